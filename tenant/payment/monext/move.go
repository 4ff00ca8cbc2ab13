package monext

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// The kinds of what was done since. The vendor's modules look for CANCEL and RESET alike.
var (
	captures = []string{"CAPTURE"}
	resets   = []string{"RESET", "CANCEL"}
	refunds  = []string{"REFUND"}
)

// since is an authorisation as it stands: taken, let go of, or still that.
func (h history) since(n payment.Notice, s session) payment.Notice {
	if taken, _ := h.sum(captures...); taken > 0 {
		n.Event, n.ID = payment.Captured, s.transaction+":paid"
		n.Amount = money.FromMinor(taken, s.amount.Currency())
	} else if gone, _ := h.sum(resets...); gone > 0 {
		n.Event, n.ID, n.BankRef, n.Reason = payment.Cancelled, s.transaction+":cancelled", "", payment.ReasonAbandoned
	}
	return n
}

// Capture takes what was authorised, or a part of it. Done before, it is not done again.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	of, d, h, err := g.begin(ctx, a, p, amount, key)
	if err != nil {
		return payment.Notice{}, err
	}
	_, transaction := split(p.BankRef)
	taken, _ := h.sum(captures...)
	gone, _ := h.sum(resets...)
	switch {
	case p.Captured.IsPositive(), gone > 0, taken > 0 && taken != of.Amount:
		err = payment.ErrDeclined.Because(fmt.Errorf("monext: %d was taken and %d let go of", taken, gone))
	case taken == 0:
		_, err = d.move(ctx, capture, transaction, of)
	}
	if err != nil {
		return payment.Notice{}, err
	}
	n := told(p, transaction+":paid", payment.Captured, amount)
	n.BankRef = p.BankRef
	return n, nil
}

// Cancel lets go of an authorisation. Done before, it is not done again.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, key string) (payment.Notice, error) {
	of, d, h, err := g.begin(ctx, a, p, p.Amount, key)
	if err != nil {
		return payment.Notice{}, err
	}
	_, transaction := split(p.BankRef)
	taken, _ := h.sum(captures...)
	gone, _ := h.sum(resets...)
	switch {
	case p.Captured.IsPositive(), taken > 0:
		err = payment.ErrDeclined.Because(errors.New("monext: taken already"))
	case gone == 0:
		_, err = d.move(ctx, cancel, transaction, of)
	}
	if err != nil {
		return payment.Notice{}, err
	}
	n := told(p, transaction+":cancelled", payment.Cancelled, p.Amount)
	n.Reason = payment.ReasonAbandoned
	return n, nil
}

// Refund gives money back. The bank knows no keys, so what it has given back is compared with our book first: a refund that
// was done and whose answer was lost is recognised by its sum, and not done again.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	of, d, h, err := g.begin(ctx, a, p, amount, key)
	if err != nil {
		return payment.Notice{}, err
	}
	book, err := p.Refunded.Minor()
	if err != nil {
		return payment.Notice{}, payment.ErrUnfit
	}
	_, transaction := split(p.BankRef)
	given, last := h.sum(refunds...)
	gone, _ := h.sum(resets...)
	switch {
	case p.Refundable().Cmp(amount) < 0, gone > 0:
		err = payment.ErrDeclined.Because(errors.New("monext: more than is left"))
	case given == book+of.Amount && h.last(refunds...) == of.Amount:
	case given != book:
		err = payment.ErrDeclined.Because(fmt.Errorf("monext: the bank has given back %d, and the book says %d", given, book))
	default:
		last, err = d.move(ctx, refund, transaction, of)
	}
	if err != nil {
		return payment.Notice{}, err
	}
	return told(p, last+":refund", payment.Refunded, amount), nil
}

// last is the amount of the last operation of a kind.
func (h history) last(kinds ...string) int64 {
	_, id := h.sum(kinds...)
	for _, o := range h.done {
		if o.id == id {
			return o.amount
		}
	}
	return 0
}

// begin looks at what is asked and at what was done before. Errors: ErrUnfit, ErrDeclined; of kind Upstream.
func (g *Gateway) begin(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (part, desk, history, error) {
	minor, err := amount.Minor()
	if err != nil || minor <= 0 || amount.Currency() != p.Amount.Currency() {
		return part{}, nil, history{}, payment.ErrUnfit
	}
	_, transaction := split(p.BankRef)
	if !transactionShape.MatchString(transaction) {
		return part{}, nil, history{}, payment.ErrDeclined.Because(errors.New("monext: the bank's number of the payment is not known"))
	}
	d, err := g.desk(a, p.Test)
	if err != nil {
		return part{}, nil, history{}, err
	}
	h, err := d.history(ctx, transaction)
	if missing(err) {
		err = payment.ErrDeclined.Because(err)
	}
	return part{Amount: minor, Currency: amount.Currency(), Contract: h.contract, Key: key}, d, h, err
}

// told is an answer in our words.
func told(p payment.Payment, id string, e payment.Event, amount money.Amount) payment.Notice {
	minor, _ := amount.Minor() // looked at before
	_, transaction := split(p.BankRef)
	return payment.Notice{ID: id, Ref: p.Ref, Event: e, Amount: amount, Test: p.Test,
		Message: payment.Message{"transaction": transaction, "amount": strconv.FormatInt(minor, 10), "currency": amount.Currency().Code(), "event": string(e)}}
}
