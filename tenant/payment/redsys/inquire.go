package redsys

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/tenant/payment"
)

// settled is Ds_State of an operation that has come to its end.
const settled = "F"

// Inquire asks for all operations of an order.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	list, err := g.operations(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	n, err := tell(list, p)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Ref, n.Test = p.Ref, p.Test
	return n, nil
}

// tell is the newest fact about a payment: what was done with the money, or else with the card.
func tell(list []values, p payment.Payment) (payment.Notice, error) {
	var best values
	rank, returned := 0, false
	for _, v := range list {
		if v["ds_transactiontype"] == typeRefund && v.done(refund) {
			returned = true
		}
		if r := v.rank(); r >= rank && r > 0 { // of two of a rank, the later one
			best, rank = v, r
		}
	}
	if best == nil {
		return payment.Notice{}, payment.ErrNotKnown
	}
	n, err := best.told()
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("redsys status: %w", err))
	}
	// What went back while we did not know of it should be seen by somebody.
	n.Unproven = n.Event == payment.Captured && returned && !p.Captured.IsPositive()
	return n, nil
}

// done tells that an operation came to its good end.
func (v values) done(o operation) bool {
	code, err := codeOf(v["ds_response"])
	return err == nil && v["ds_state"] == settled && (code == o.done || authorised(code))
}

// rank is how much an operation says about its payment, 0 for nothing.
func (v values) rank() int {
	switch v["ds_transactiontype"] {
	case typeConfirm:
		if v.done(confirm) {
			return 4
		}
	case typeCancel:
		if v.done(letGo) {
			return 4
		}
	case typePayment, typeHold:
		code, err := codeOf(v["ds_response"])
		switch {
		case v["ds_state"] != settled:
			return 2 // a buyer who was refused may be trying another card
		case err == nil && authorised(code):
			return 3
		case err == nil:
			return 1
		}
	}
	return 0
}

// told puts an operation into our words, without what is the same for all.
func (v values) told() (payment.Notice, error) {
	amount, err := amountOf(v["ds_amount"], v["ds_currency"])
	if err != nil {
		return payment.Notice{}, err
	}
	n := payment.Notice{Amount: amount, Message: v.message()}
	ref, kind := v["ds_order"], v["ds_transactiontype"]
	switch {
	case kind == typeConfirm:
		n.ID, n.Event = captureID(ref), payment.Captured
	case kind == typeCancel:
		n.ID, n.Event, n.Reason = cancelID(ref), payment.Cancelled, payment.ReasonAbandoned
	case v["ds_state"] != settled:
		n.ID, n.Event = fact(ref, kind, "9998"), payment.Waiting
	default:
		code, err := codeOf(v["ds_response"])
		if err != nil {
			return payment.Notice{}, errors.New("no code")
		}
		n.ID = fact(ref, kind, code)
		n.Event, n.Reason = outcome(kind, code)
	}
	return n, nil
}
