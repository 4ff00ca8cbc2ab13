package supply

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// Item is a variant as the desk of stock shows it.
type Item struct {
	Variant stock.VariantID
	Product catalog.ProductID
	SKU     string
	Barcode string
	Name    string // of the article, and what this variant is: "Mug, Colour: red"
	Tracked bool
	Cost    *decimal.Decimal
	Source  Source
	Drafted int // in drafts of orders
	stock.Figures
}

// Free is what others can still buy.
func (i Item) Free() int { return i.Current - i.Reserved }

const itemSQL = `
	select v.id as variant, p.id as product, v.sku, v.barcode, t.name, p.options, v.options as chosen, v.tracked, v.cost,
		v.supplier, v.on_hand as current, v.reserved, v.pending, v.on_order, v.low_at as minimum, v.reorder_qty as reorder,
		coalesce(d.qty, 0) as drafted, count(*) over () as total
	from variants v
	join products p on p.id = v.product_id
	join lateral (
		select name, folded from product_texts t where t.product_id = p.id
		order by t.locale = ? desc, t.locale = ? desc, t.locale limit 1) t on true
	left join (
		select l.variant, sum(l.qty)::int as qty
		from supply_orders o cross join jsonb_to_recordset(o.lines) as l(variant uuid, qty int)
		where o.state = 'draft' group by l.variant) d on d.variant = v.id
	where `

// items reads variants; where is SQL of this package.
func items(tx tenant.Tx, l i18n.Locale, where string, args ...any) ([]Item, int, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, 0, err
	}
	var rows []struct {
		Variant            stock.VariantID
		Product            catalog.ProductID
		SKU, Barcode, Name string
		Options, Chosen    []byte
		Tracked            bool
		Cost               *decimal.Decimal
		Supplier           []byte
		Current, Reserved  int
		Pending, OnOrder   int
		Minimum, Reorder   int
		Drafted, Total     int
	}
	args = append([]any{l, s.Languages.Default}, args...)
	if err := tx.DB().Raw(itemSQL+where, args...).Scan(&rows).Error; err != nil {
		return nil, 0, fmt.Errorf("read stock list: %w", err)
	}
	list, total := make([]Item, len(rows)), 0
	for i, r := range rows {
		total = r.Total
		words, err := choice(r.Options, r.Chosen, l, s.Languages.Default)
		if err != nil {
			return nil, 0, fmt.Errorf("read options of %s: %w", r.SKU, err)
		}
		list[i] = Item{Variant: r.Variant, Product: r.Product, SKU: r.SKU, Barcode: r.Barcode, Name: strings.Join(append([]string{r.Name}, words...), ", "),
			Tracked: r.Tracked, Cost: r.Cost, Drafted: r.Drafted,
			Figures: stock.Figures{Current: r.Current, Reserved: r.Reserved, Pending: r.Pending, OnOrder: r.OnOrder, Minimum: r.Minimum, Reorder: r.Reorder}}
		if err := json.Unmarshal(r.Supplier, &list[i].Source); err != nil {
			return nil, 0, fmt.Errorf("read supplier of %s: %w", r.SKU, err)
		}
	}
	return list, total, nil
}

// choice puts the options of a variant into words, in the order of the article.
func choice(options, chosen []byte, l, fallback i18n.Locale) ([]string, error) {
	var all []catalog.Option
	if err := json.Unmarshal(options, &all); err != nil {
		return nil, err
	}
	var picked map[string]string
	if err := json.Unmarshal(chosen, &picked); err != nil {
		return nil, err
	}
	var words []string
	for _, o := range all {
		for _, v := range o.Values {
			if v.Code != picked[o.Code] {
				continue
			}
			word := v.Name.In(l, fallback)
			if word == "" {
				word = v.Code
			}
			words = append(words, word)
		}
	}
	return words, nil
}

// FindItem reads one variant. Errors: stock.ErrVariant.
func FindItem(tx tenant.Tx, v stock.VariantID, l i18n.Locale) (*Item, error) {
	list, _, err := items(tx, l, "v.id = ?", v)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, stock.ErrVariant
	}
	return &list[0], nil
}

// ItemsOf reads the variants of an article, in its order.
func ItemsOf(tx tenant.Tx, p catalog.ProductID, l i18n.Locale) ([]Item, error) {
	list, _, err := items(tx, l, "p.id = ? order by v.position, v.id", p)
	return list, err
}

// byCode finds the variant a scanned or typed code names: barcode or SKU. Errors: ErrCode.
func byCode(tx tenant.Tx, code string, l i18n.Locale) (*Item, error) {
	list, _, err := items(tx, l, "lower(v.sku) = lower(?) or v.barcode <> '' and v.barcode = ? order by v.barcode = ? desc limit 1", code, code, code)
	if err != nil {
		return nil, err
	}
	if code == "" || len(list) == 0 {
		return nil, ErrCode.With(map[string]any{"code": code})
	}
	return &list[0], nil
}
