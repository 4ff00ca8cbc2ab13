package payment

import (
	"crypto/rand"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// What the book refuses.
var (
	// ErrPayment: there is no such attempt.
	ErrPayment = fault.New(fault.NotFound, "payment.unknown")
	// ErrPaid: the order was paid by another attempt, or a bank holds the money for it.
	ErrPaid = fault.New(fault.Conflict, "payment.already_paid")
	// ErrAmount: the amount is not what was asked, or more than can be given back.
	ErrAmount = fault.New(fault.Conflict, "payment.wrong_amount")
	// ErrTooMany: the order has seen so many attempts that somebody is probably trying cards.
	ErrTooMany = fault.New(fault.Quota, "payment.too_many")
)

// maxAttempts bounds the attempts of one order. People try two or three cards.
const maxAttempts = 20

// Begin notes an attempt to pay a bill, before the bank is called. What is offline is pending at
// once, since nothing is left to be started.
//
// Errors: ErrPaid, ErrTooMany; ErrNoCard; ErrUnfit for a currency the family cannot carry, or nothing to pay.
func Begin(tx tenant.Tx, g Gateway, a Account, b Bill) (Payment, error) {
	caps := g.Capabilities()
	if !caps.Carries(b.Amount.Currency()) || !b.Amount.IsPositive() || !exact(b.Amount) {
		return Payment{}, ErrUnfit
	}
	var earlier []Payment
	var err error
	if !b.New {
		if earlier, err = lockOrder(tx, b.Order); err != nil {
			return Payment{}, err
		}
	}
	for _, p := range earlier {
		if p.State.Paid() && !b.Rest || p.State == StateAuthorised {
			return Payment{}, ErrPaid
		}
	}
	if len(earlier) >= maxAttempts {
		return Payment{}, ErrTooMany
	}
	zero := money.Zero(b.Amount.Currency())
	p := Payment{
		ID: id.New[Payment](), Order: b.Order, Mode: a.Mode, Kind: a.Kind, State: StateCreated,
		Amount: b.Amount, Worth: b.worth(), Captured: zero, Refunded: zero, Test: a.Test, Provider: b.Provider, Saving: b.Saving, Created: tx.Now(), Updated: tx.Now(),
	}
	if caps.Offline {
		p.State = StatePending
	}
	if !b.Saving.Card.IsZero() {
		card, err := FindSaved(tx, b.Saving.Owner, b.Saving.Card)
		if err != nil {
			return Payment{}, err
		}
		p.Card = card.Card
	}
	if p.Ref, err = insertPayment(tx, p, refs(g)); err != nil {
		return Payment{}, err
	}
	_, err = insertEvent(tx, entry{
		payment: p.ID, scope: a.scope(), notice: Notice{ID: "begin:" + p.Ref, Ref: p.Ref, Event: begun, Amount: b.Amount},
		source: SourceShop, after: p.State, verdict: Applied,
	})
	return p, err
}

// worth is what the bill is worth in the currency of its order.
func (b Bill) worth() money.Amount {
	if b.Worth.Currency().IsZero() {
		return b.Amount
	}
	return b.Worth
}

// exact tells whether banks can be told the amount: they count in minor units.
func exact(a money.Amount) bool {
	_, err := a.Minor()
	return err == nil
}

// refs is what makes references for a family.
func refs(g Gateway) func() string {
	if r, ok := g.(Referrer); ok {
		return r.NewRef
	}
	return rand.Text
}

// Started notes that the buyer was sent to the bank, and the bank's name for the payment when it is
// known by then. It changes nothing when the bank was faster.
//
// Errors: ErrPayment.
func Started(tx tenant.Tx, payment ID, bankRef string) error {
	p, err := lockPayment(tx, payment)
	if err != nil {
		return err
	}
	if p.BankRef == "" && bankRef != "" {
		p.BankRef = bankRef
	}
	before := p.State
	if next, err := table.Next(p.State, Waiting); err == nil {
		p.State = next
	}
	if err := updatePayment(tx, p); err != nil || before == p.State {
		return err
	}
	_, err = insertEvent(tx, entry{
		payment: p.ID, scope: scope(p.Kind, p.Mode), source: SourceShop, before: before, after: p.State, verdict: Applied,
		notice: Notice{ID: "start:" + p.Ref, Ref: p.Ref, Event: Waiting, Amount: p.Amount, BankRef: bankRef},
	})
	return err
}

// Find reads an attempt. Errors: ErrPayment.
func Find(tx tenant.Tx, payment ID) (Payment, error) {
	return one(tx, "id = ?", payment)
}

// FindByRef reads the attempt with our reference, as it stands in return addresses. Errors: ErrPayment.
func FindByRef(tx tenant.Tx, ref string) (Payment, error) { return one(tx, "ref = ?", ref) }

// ListOf lists the attempts of an order, the oldest first.
func ListOf(tx tenant.Tx, order OrderID) ([]Payment, error) {
	return many(tx, "order_id = ? order by created_at, id", order)
}

func one(tx tenant.Tx, where string, args ...any) (Payment, error) {
	found, err := many(tx, where, args...)
	if err != nil {
		return Payment{}, err
	}
	if len(found) == 0 {
		return Payment{}, ErrPayment
	}
	return found[0], nil
}

func lockPayment(tx tenant.Tx, payment ID) (Payment, error) {
	return one(tx, "id = ? for update", payment)
}

// lockOrder locks all attempts of an order, always in the order of their ids. Two attempts of one
// order being paid at the same moment are thereby told one after the other, so that the second is
// seen to be one too many.
func lockOrder(tx tenant.Tx, order OrderID) ([]Payment, error) {
	ps, err := many(tx, "order_id = ? order by id for update", order)
	if err != nil {
		return nil, fmt.Errorf("lock payments of order %s: %w", order, err)
	}
	return ps, nil
}
