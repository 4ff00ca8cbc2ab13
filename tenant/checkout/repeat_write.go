package checkout

import (
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricing"
)

// following is the next order of a repetition, at the taxes of today. Errors: of kind Malformed where it can no longer be written:
// its language or class of tax is gone.
func (d *Desk) following(tx tenant.Tx, first *order.Order) (*order.Order, error) {
	rules, err := d.rules(tx)
	if err != nil {
		return nil, err
	}
	r := first.Request.Repeat
	cmd := PayRequest{Name: first.Buyer, Email: first.Email, Locale: first.Locale, Country: first.Billing.Country, Postcode: first.Billing.Postcode,
		Gross: r.Gross, Note: first.Request.Note}
	for _, l := range r.Lines {
		cmd.Lines = append(cmd.Lines, RequestLine{Text: l.Text, Amount: l.Amount, Class: pricing.Class(l.Class)})
	}
	if err := rules.checkRequest(&cmd, tx.Now()); err != nil {
		return nil, err
	}
	if rules.Rules().Currency != first.Currency {
		return nil, ErrNothingAsked // the amounts are of another currency
	}
	o, err := rules.requested(tx, cmd)
	if err == nil {
		o.Request.Of = &order.Period{First: first.ID, Number: r.Done + 1}
	}
	return o, err
}

// writeNext writes the next order of a repetition, once for its number, and has its card charged or its buyer sent the link.
func (d *Desk) writeNext(tx tenant.Tx, first *order.Order) error {
	o, err := d.following(tx, first)
	if fault.Is(err, fault.Malformed) {
		return d.cannotGoOn(tx, first)
	}
	if err != nil {
		return err
	}
	rules, err := d.rules(tx)
	if err != nil {
		return err
	}
	r := first.Request.Repeat
	key := fmt.Sprintf("repeat:%s:%d", first.ID, r.Done+1)
	placing := order.Placing{Key: key, Link: d.Links.Make(tx.Shop(), o.ID, o.PlacedAt), Prefix: rules.Orders.Prefix, First: rules.Orders.NextNumber, Actor: tenant.ByProgram}
	if err := order.Insert(tx, o, placing); err != nil {
		return err
	}
	if err := react(tx, d.Reactions.Placed, o, tenant.ByProgram); err != nil {
		return err
	}
	r.Done, r.Told, r.Retry = r.Done+1, time.Time{}, time.Time{}
	r.Orders = append(r.Orders, o.ID)
	if err := order.SaveRepeat(tx, first); err != nil {
		return err
	}
	if err := plan(tx, first); err != nil {
		return err
	}
	if r.Charges() {
		return collectAt(tx, o.ID, 1, tx.Now())
	}
	return d.bringBuyer(tx, o)
}

// bringBuyer sends the buyer of an order the link to pay it with; where nothing can be paid online he is told what he owes.
func (d *Desk) bringBuyer(tx tenant.Tx, o *order.Order) error {
	err := d.sendLink(tx, o, tenant.ByProgram)
	if errors.Is(err, ErrNoOnline) {
		return d.tell(tx, o, notify.OrderPlaced, nil)
	}
	return err
}
