package cart

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
)

// forSaleSQL tells of a variant v of an article p whether it may be bought at $2: its day has come, or it
// can be ordered before (STK-04).
var forSaleSQL = "p.state = 'published' and v.active and (p.preorder_limit > 0 or coalesce(p.available_on <= " + stock.Today("$2") + ", true))"

// offersSQL is all that putting variants into a cart asks of them: rows by their keys, where goodsSQL
// is mostly planning. Options are read where there is something to choose beside the variant.
var offersSQL = `
	select v.id::text, v.on_hand, v.reserved, v.low_at, v.tracked, v.backorder, ` + stock.Ahead("$2") + `,
		case when p.options @> '[{"kind": "extra"}]' then p.options else '[]' end
	from variants v join products p on p.id = v.product_id
	where v.id = any($1::uuid[]) and ` + forSaleSQL

// offer is how many of a variant there are, and with which extras it can be had.
type offer struct {
	level  stock.Level
	extras []catalog.Extra
}

// has tells whether the variant can be had with these extras.
func (o offer) has(extras map[string]string) bool {
	_, ok := catalog.Priced(o.extras, extras, money.EUR) // prices are read later: any currency does
	return ok
}

// offers are those of several variants.
type offers map[stock.VariantID]offer

// readOffers reads what is offered of variants; those that are not for sale are absent.
func readOffers(tx tenant.Tx, variants []stock.VariantID) (offers, error) {
	ids := make([]string, len(variants))
	for i, v := range variants {
		ids[i] = v.String()
	}
	rows, err := tx.Raw().Query(tx.Context(), offersSQL, ids, tx.Now())
	if err != nil {
		return nil, fmt.Errorf("read offers: %w", err)
	}
	found := make(offers, len(variants))
	var text string
	var l stock.Level
	var doc []byte
	_, err = pgx.ForEachRow(rows, []any{&text, &l.OnHand, &l.Reserved, &l.LowAt, &l.Tracked, &l.Backorder, &l.Ahead, &doc}, func() (err error) {
		o := offer{level: l}
		if o.level.Variant, err = id.Parse[stock.Variant](text); err != nil {
			return err
		}
		if _, o.extras, err = catalog.ReadChoices(doc); err != nil {
			return err
		}
		found[o.level.Variant] = o
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read offers: %w", err)
	}
	return found, nil
}

// soldOut is the refusal that calls the article by its name.
func soldOut(tx tenant.Tx, v stock.VariantID, l i18n.Locale) error {
	goods, err := ReadGoods(tx, []stock.VariantID{v}, l)
	if err != nil {
		return err
	}
	return ErrSoldOut.With(fault.Args{"name": goods[v].Name})
}
