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
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// offersSQL is all that putting variants into a cart asks of them: rows by their keys, where goodsSQL
// is mostly planning. Options are read where there is something to choose beside the variant.
const offersSQL = `
	select v.id::text, v.on_hand, v.reserved, v.low_at, v.tracked, v.backorder, p.available_on, p.preorder_limit,
		case when p.options @> '[{"kind": "extra"}]' then p.options end
	from variants v join products p on p.id = v.product_id
	where v.id = any($1::uuid[]) and p.state = 'published' and v.active`

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

// lockWithOffers locks the reader's cart, nil for none, and reads what is offered of the wished variants, in one
// round trip to the database: whoever shops waits for this. Variants that are not for sale are absent.
func lockWithOffers(tx tenant.Tx, r Reader, wishes []Wish) (c *Cart, found offers, err error) {
	var batch pgx.Batch
	if sql, args := r.question(tx.Now()); sql != "" {
		batch.Queue(sql+forUpdate, args...).QueryRow(func(row pgx.Row) (err error) {
			c, err = scanCart(row)
			return err
		})
	}
	ids := make([]string, len(wishes))
	for i, w := range wishes {
		ids[i] = w.Variant.String()
	}
	found = make(offers, len(wishes))
	days := map[stock.VariantID]release{}
	batch.Queue(offersSQL, ids).Query(func(rows pgx.Rows) error { return found.scan(rows, days) })
	if err := tx.Raw().SendBatch(tx.Context(), &batch).Close(); err != nil {
		return nil, nil, fmt.Errorf("read offers: %w", err)
	}
	return c, found, found.await(tx, days)
}

func (o offers) scan(rows pgx.Rows, days map[stock.VariantID]release) error {
	var text string
	var l stock.Level
	var r release
	var doc []byte
	_, err := pgx.ForEachRow(rows, []any{&text, &l.OnHand, &l.Reserved, &l.LowAt, &l.Tracked, &l.Backorder, &r.day, &r.limit, &doc}, func() (err error) {
		one := offer{level: l}
		if one.level.Variant, err = id.Parse[stock.Variant](text); err != nil {
			return err
		}
		if len(doc) > 0 {
			if _, one.extras, err = catalog.ReadChoices(doc); err != nil {
				return err
			}
		}
		if r.day != nil {
			days[one.level.Variant] = r
		}
		o[one.level.Variant] = one
		return nil
	})
	return err
}

// await takes away what has a day that is to come and cannot be ordered before.
func (o offers) await(tx tenant.Tx, days map[stock.VariantID]release) error {
	if len(days) == 0 {
		return nil
	}
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	for v, r := range days {
		one := o[v]
		if forSale, _ := r.at(tx.Now(), s.Rules().Zone, &one.level); forSale {
			o[v] = one
		} else {
			delete(o, v)
		}
	}
	return nil
}

// soldOut is the refusal that calls the article by its name.
func soldOut(tx tenant.Tx, v stock.VariantID, l i18n.Locale) error {
	goods, err := ReadGoods(tx, []stock.VariantID{v}, l)
	if err != nil {
		return err
	}
	return ErrSoldOut.With(fault.Args{"name": goods[v].Name})
}
