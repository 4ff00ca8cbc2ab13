package lyra

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// The ways money goes back; AUTO would let go of the whole of what was not yet taken, whatever amount was asked.
const (
	refundOnly = "REFUND_ONLY"
	cancelOnly = "CANCELLATION_ONLY"
)

// Capture lets the bank take what was authorised, or a part of it. Done before, it is not done again.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	minor, err := amount.Minor()
	if err != nil || minor <= 0 {
		return payment.Notice{}, payment.ErrUnfit
	}
	now, err := g.find(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	n := told(p, p.BankRef+":paid", payment.Captured, amount, p.BankRef)
	code := amount.Currency().Code()
	switch {
	case p.Captured.IsPositive(), now.Currency != code, now.Amount < minor:
		err = payment.ErrDeclined.Because(fmt.Errorf("lyra: %s of %d %s", now.Detailed, now.Amount, now.Currency))
	case now.Detailed == toValidate && now.Amount == minor:
		err = g.do(ctx, a, p, validate, question{UUID: p.BankRef, Comment: key})
	case now.Detailed == toValidate:
		err = g.do(ctx, a, p, update, question{UUID: p.BankRef, Comment: key,
			CardUpdate: &cardUpdate{Amount: minor, Currency: code, ManualValidation: "NO"}})
	case (now.Detailed == authorised || now.Detailed == captured) && now.Amount == minor:
	default:
		err = payment.ErrDeclined.Because(fmt.Errorf("lyra: the transaction is %s", now.Detailed))
	}
	if err != nil {
		return payment.Notice{}, err
	}
	return n, nil
}

// Cancel lets go of an authorisation.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, key string) (payment.Notice, error) {
	if err := g.do(ctx, a, p, cancelOrRefund, question{UUID: p.BankRef, ResolutionMode: cancelOnly, Comment: key}); err != nil {
		return payment.Notice{}, err
	}
	n := told(p, p.BankRef+":cancelled", payment.Cancelled, p.Amount, "")
	n.Reason = payment.ReasonAbandoned
	return n, nil
}

// Refund gives money back. What the bank has not yet taken, which it does in the night, goes back by asking it to take
// less, or nothing.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	minor, err := amount.Minor()
	if err != nil || minor <= 0 {
		return payment.Notice{}, payment.ErrUnfit
	}
	now, err := g.find(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	left := p.Refundable().Sub(amount)
	if left.IsNegative() {
		return payment.Notice{}, payment.ErrDeclined.Because(errors.New("lyra: more than is left"))
	}
	switch now.Detailed {
	case captured:
		return g.giveBack(ctx, a, p, question{UUID: p.BankRef, Amount: minor, Currency: amount.Currency().Code(), ResolutionMode: refundOnly, Comment: key})
	case authorised, cancelled:
		return g.takeLess(ctx, a, p, now, left, amount, key)
	default:
		return payment.Notice{}, payment.ErrDeclined.Because(fmt.Errorf("lyra: the transaction is %s", now.Detailed))
	}
}

// giveBack makes a credit, which is a transaction of its own.
func (g *Gateway) giveBack(ctx context.Context, a payment.Account, p payment.Payment, q question) (payment.Notice, error) {
	var t transaction
	if err := g.move(ctx, a, p, cancelOrRefund, q, &t); err != nil {
		return payment.Notice{}, err
	}
	if t.Operation != credit || t.Amount != q.Amount || t.Currency != q.Currency || !t.ours(a, p.Ref, p.Test) {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("lyra: asked to give back, and told of %s %s", t.Operation, t.Detailed))
	}
	n, err := t.notice(p.Ref, p.Test)
	switch {
	case err != nil:
		return payment.Notice{}, payment.ErrBank.Because(err)
	case n.Event != payment.Refunded:
		return payment.Notice{}, payment.ErrDeclined.Because(fmt.Errorf("lyra: the credit is %s", t.Detailed))
	}
	return n, nil
}

// takeLess says how much is left to be taken. Done before, it is not done again: the amount is compared with our book.
func (g *Gateway) takeLess(ctx context.Context, a payment.Account, p payment.Payment, now transaction, left, amount money.Amount, key string) (payment.Notice, error) {
	before, err := p.Refundable().Minor()
	after, unfit := left.Minor()
	if err != nil || unfit != nil {
		return payment.Notice{}, payment.ErrUnfit
	}
	n := told(p, p.BankRef+":lowered-"+strconv.FormatInt(after, 10), payment.Refunded, amount, "")
	if after == 0 {
		n.ID = p.BankRef + ":cancelled"
	}
	switch {
	case now.Currency != amount.Currency().Code():
		err = payment.ErrBank.Because(errors.New("lyra: another currency"))
	case now.Detailed == cancelled && after == 0, now.Detailed == authorised && now.Amount == after:
	case now.Detailed == cancelled || now.Amount != before:
		err = payment.ErrDeclined.Because(fmt.Errorf("lyra: %s of %d, and not of %d", now.Detailed, now.Amount, before))
	case after == 0:
		err = g.do(ctx, a, p, cancelOrRefund, question{UUID: p.BankRef, ResolutionMode: cancelOnly, Comment: key})
	default:
		err = g.do(ctx, a, p, update, question{UUID: p.BankRef, CardUpdate: &cardUpdate{Amount: after, Currency: now.Currency}, Comment: key})
	}
	if err != nil {
		return payment.Notice{}, err
	}
	return n, nil
}

// find is the payment as the bank has it now.
func (g *Gateway) find(ctx context.Context, a payment.Account, p payment.Payment) (transaction, error) {
	var now transaction
	if err := g.move(ctx, a, p, transactionGet, question{UUID: p.BankRef}, &now); err != nil {
		return transaction{}, err
	}
	if now.UUID != p.BankRef || !now.ours(a, p.Ref, p.Test) {
		return transaction{}, payment.ErrBank.Because(errors.New("lyra: an answer about another transaction"))
	}
	return now, nil
}

// do asks for something of which the bank says only that it was done.
func (g *Gateway) do(ctx context.Context, a payment.Account, p payment.Payment, service string, q question) error {
	var d done
	if err := g.move(ctx, a, p, service, q, &d); err != nil {
		return err
	}
	if d.Code != nil && *d.Code != 0 {
		return payment.ErrDeclined.Because(fmt.Errorf("lyra %s: response %d", service, *d.Code))
	}
	return nil
}

// move asks about a transaction there must be.
func (g *Gateway) move(ctx context.Context, a payment.Account, p payment.Payment, service string, q question, into any) error {
	if passwordOf(a, p.Test) != "" && p.BankRef == "" {
		return payment.ErrDeclined.Because(errors.New("lyra: the bank's number of the payment is not known"))
	}
	err := g.ask(ctx, a, p.Test, service, q, into)
	if errors.Is(err, payment.ErrNotKnown) {
		err = payment.ErrDeclined.Because(err)
	}
	return err
}

// told is an answer in our words.
func told(p payment.Payment, id string, e payment.Event, amount money.Amount, bankRef string) payment.Notice {
	minor, _ := amount.Minor() // looked at before
	return payment.Notice{ID: id, Ref: p.Ref, Event: e, Amount: amount, BankRef: bankRef, Test: p.Test,
		Message: payment.Message{"uuid": p.BankRef, "amount": strconv.FormatInt(minor, 10), "currency": amount.Currency().Code(), "event": string(e)}}
}
