package checkout

import (
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
)

// moment is when the pieces of an order leave, by the mode it is paid with as that is set up now; an
// order nothing is to be paid for is paid when it is placed.
func (d *Desk) moment(tx tenant.Tx, o *order.Order) (payment.Moment, error) {
	mode, ok := modeOf(o)
	if !ok {
		return payment.MomentPaid, nil
	}
	return d.Modes.MomentOf(tx, mode)
}

// reach does what is owed to the pieces of an order that has come to a point of its way: they leave
// when that is their moment or a later one, else what is promised is kept until it is.
func (d *Desk) reach(tx tenant.Tx, o *order.Order, at ...payment.Moment) error {
	moment, err := d.moment(tx, o)
	if err != nil {
		return err
	}
	for _, m := range at {
		if m == moment {
			return take(tx, o)
		}
	}
	return keep(tx, o)
}

// take takes the order's pieces out of the stock, as far as they have not left.
func take(tx tenant.Tx, o *order.Order) error {
	short, err := stock.Commit(tx, holder(o.ID), o.Wants())
	return oversold(tx, o, short, err)
}

// keep holds them for good.
func keep(tx tenant.Tx, o *order.Order) error {
	short, err := stock.Keep(tx, holder(o.ID), o.Wants())
	return oversold(tx, o, short, err)
}

func oversold(tx tenant.Tx, o *order.Order, short []stock.Shortage, err error) error {
	if err != nil || len(short) == 0 {
		return err
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

// giveBack frees what is held for the order, and brings back what has left the stock but for what the
// buyer has.
func giveBack(tx tenant.Tx, o *order.Order) error {
	var has []stock.Want
	for _, l := range o.Lines {
		if !l.Variant.IsZero() && l.Shipped > 0 {
			has = append(has, stock.Want{Variant: l.Variant, Qty: l.Shipped})
		}
	}
	return stock.Return(tx, holder(o.ID), has)
}

// alert puts something before a person.
func alert(tx tenant.Tx, o *order.Order, key string, data map[string]string) error {
	return order.Happen(tx, o.ID, order.Happening{Kind: order.Alerted, Actor: tenant.ByProgram, Note: key, Data: data})
}
