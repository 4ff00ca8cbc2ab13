package supply

import (
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// Show says which variants a list of the stock has.
type Show string

// The lists.
const (
	ShowAll    Show = ""
	ShowWanted Show = "wanted" // to be ordered (STK-03)
	ShowLow    Show = "low"    // the first alert (STK-05)
	ShowOut    Show = "out"    // the second
)

// Query is what a list of the stock is asked for.
type Query struct {
	Show     Show
	Text     string // part of a name or SKU, or a barcode
	Supplier SupplierID
	Page     int // from 1
	PerPage  int
	Locale   i18n.Locale
}

const (
	// counted are the variants that can run out: what may be sold below zero does not.
	counted = "v.tracked and v.active and p.state <> 'archived'"
	wanted  = counted + " and v.on_hand - v.pending + v.on_order <= v.low_at"
	alerted = "v.tracked and v.active and not v.backorder and p.state = 'published'"
	low     = alerted + " and v.on_hand - v.reserved between 1 and greatest(v.low_at, ?)"
	out     = alerted + " and v.on_hand <= v.reserved"
)

// ListItems lists variants by name, and how many there are.
func ListItems(tx tenant.Tx, q Query) ([]Item, int, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, 0, err
	}
	where, args := []string{"p.state <> 'archived'"}, []any{}
	switch q.Show {
	case ShowWanted:
		where = append(where, wanted)
	case ShowLow:
		where, args = append(where, low), append(args, s.Stock.LowAt)
	case ShowOut:
		where = append(where, out)
	case ShowAll:
	}
	if q.Text != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q.Text) + "%"
		where = append(where, "(t.name ilike ? or v.sku ilike ? or v.barcode = ?)")
		args = append(args, like, like, q.Text)
	}
	if !q.Supplier.IsZero() {
		where, args = append(where, "v.supplier->>'id' = ?"), append(args, q.Supplier.String())
	}
	args = append(args, q.PerPage, (max(q.Page, 1)-1)*q.PerPage)
	return items(tx, q.Locale, strings.Join(where, " and ")+" order by t.folded, v.position, v.id limit ? offset ?", args...)
}

// Counts are the figures of the desk's first page.
type Counts struct {
	Wanted, Low, Out int
	Open             int // orders on their way
}

// Count counts what asks for attention.
func Count(tx tenant.Tx) (Counts, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return Counts{}, err
	}
	var n Counts
	err = tx.DB().Raw(`
		select count(*) filter (where `+wanted+`) as wanted, count(*) filter (where `+low+`) as low,
			count(*) filter (where `+out+`) as out,
			(select count(*) from supply_orders where state in ('ordered', 'part_received')) as open
		from variants v join products p on p.id = v.product_id`, s.Stock.LowAt).Scan(&n).Error
	if err != nil {
		return Counts{}, wrap("count stock", err)
	}
	return n, nil
}

// ProductName is what an article is called, for headings.
func ProductName(tx tenant.Tx, p catalog.ProductID, l i18n.Locale) (string, error) {
	found, err := catalog.FindAll(tx, []catalog.ProductID{p})
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", catalog.ErrProduct
	}
	s, err := settings.Load(tx)
	if err != nil {
		return "", err
	}
	return found[0].Text(l, s.Languages.Default).Name, nil
}
