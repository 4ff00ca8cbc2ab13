package cart

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
)

// forSaleSQL tells of a variant v of an article p whether it may be bought at $2.
const forSaleSQL = "p.state = 'published' and v.active and coalesce(p.available_on <= $2::date, true)"

// offerSQL is all that putting a variant into a cart asks of it: two rows by their keys, where
// goodsSQL is mostly planning.
const offerSQL = `
	select v.on_hand, v.reserved, v.low_at, v.tracked, v.backorder
	from variants v join products p on p.id = v.product_id
	where v.id = $1 and ` + forSaleSQL

// readOffer reads how many of a variant there are. Errors: ErrGone when it is not for sale.
func readOffer(tx tenant.Tx, v stock.VariantID) (stock.Level, error) {
	l := stock.Level{Variant: v}
	err := tx.Raw().QueryRow(tx.Context(), offerSQL, v, tx.Now()).Scan(&l.OnHand, &l.Reserved, &l.LowAt, &l.Tracked, &l.Backorder)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return l, ErrGone
	case err != nil:
		return l, fmt.Errorf("read offer: %w", err)
	}
	return l, nil
}

// soldOut is the refusal that calls the article by its name.
func soldOut(tx tenant.Tx, v stock.VariantID, l i18n.Locale) error {
	goods, err := ReadGoods(tx, []stock.VariantID{v}, l)
	if err != nil {
		return err
	}
	return ErrSoldOut.With(fault.Args{"name": goods[v].Name})
}
