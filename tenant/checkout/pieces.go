package checkout

import (
	"errors"
	"fmt"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
)

// taken tells whether the order's pieces have left the stock.
func taken(tx tenant.Tx, o *order.Order) (bool, error) {
	wants := o.Wants()
	variants := make([]stock.VariantID, len(wants))
	for i, w := range wants {
		variants[i] = w.Variant
	}
	if len(variants) == 0 {
		return false, nil
	}
	var n int
	err := tx.DB().Raw("select count(*) from stock_moves where variant_id in ? and ref = ? and reason = ?",
		variants, o.ID.String(), stock.ReasonSold).Scan(&n).Error
	if err != nil {
		return false, fmt.Errorf("look for sold pieces: %w", err)
	}
	return n > 0, nil
}

// take takes the order's pieces out of the stock, once.
func take(tx tenant.Tx, o *order.Order) error {
	gone, err := taken(tx, o)
	if err != nil || gone {
		return err
	}
	oversold, err := stock.Commit(tx, holder(o.ID), o.Wants())
	if err != nil {
		return err
	}
	if len(oversold) == 0 {
		return nil
	}
	return alert(tx, o, "checkout.alert.oversold", nil)
}

// weighed tells the merchant of an article whose weight nobody has said, so that the delivery of this
// order could not be computed (ART-13).
func weighed(tx tenant.Tx, o *order.Order) error {
	for _, e := range o.Priced.Trace {
		if e.Reason.Key == shipping.KeyNoWeight {
			sku, _ := e.Reason.Args["sku"].(string)
			return alert(tx, o, "checkout.alert.no_weight", map[string]string{"sku": sku})
		}
	}
	return nil
}

// giveBack frees what is held for the order, or brings back what has left.
func giveBack(tx tenant.Tx, o *order.Order) error {
	return errors.Join(stock.Free(tx, holder(o.ID)), stock.Return(tx, holder(o.ID)))
}

// alert puts something before a person.
func alert(tx tenant.Tx, o *order.Order, key string, data map[string]string) error {
	return order.Happen(tx, o.ID, order.Happening{Kind: order.Alerted, Actor: tenant.ByProgram, Note: key, Data: data})
}
