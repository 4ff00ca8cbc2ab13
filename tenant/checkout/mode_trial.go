package checkout

import (
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// ModeTrial is how the newest try of a mode went.
type ModeTrial struct {
	payment.Trial
	Which   order.ID
	Number  string
	Pay     string // where it is paid
	Payment payment.Payment
	Ledger  []payment.Entry
}

// FindTrial is the newest try of a mode, nil when it was never tried, or its order was erased.
func (d *Desk) FindTrial(tx tenant.Tx, m payment.Mode) (*ModeTrial, error) {
	if m.Trial == nil {
		return nil, nil
	}
	t := &ModeTrial{Trial: *m.Trial, Which: orderOf(m.Trial.Order)}
	o, err := order.Find(tx, t.Which)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t.Number, t.Pay = o.Number, d.Addresses.Pay(tx.Shop(), d.Links.Make(tx.Shop(), o.ID, o.PlacedAt))
	attempts, err := payment.ListOf(tx, t.Order)
	if err != nil || len(attempts) == 0 {
		return nil, err
	}
	t.Payment = attempts[len(attempts)-1]
	t.Ledger, err = payment.Ledger(tx, t.Payment.ID)
	return t, err
}

// TrialResult is what a trial came to.
type TrialResult string

// The results.
const (
	TrialOpen TrialResult = "open" // nothing is known yet
	TrialGood TrialResult = "good" // paid as asked, and the bank's notice came and was believed
	TrialBad  TrialResult = "bad"  // not paid, or not as it should be
)

// Result tells what it came to.
func (t *ModeTrial) Result() TrialResult {
	p := t.Payment.State
	switch {
	case p.Open() && t.Unread == "":
		return TrialOpen
	case t.Noticed != nil && (t.Doubted() || p.Paid() || p == payment.StateAuthorised || p == payment.StateRefunded || t.released()):
		return TrialGood
	}
	return TrialBad
}

// Doubted tells that the money waits for a person because the contract asks for that, and not because the bank said something else.
func (t *ModeTrial) Doubted() bool {
	if t.Payment.State != payment.StateReview {
		return false
	}
	for _, e := range t.Ledger {
		if e.Verdict == payment.Mismatch || e.Verdict == payment.Conflict || e.Verdict == payment.WrongSet {
			return false
		}
	}
	return true
}

// released tells that the bank held the money, and was asked to let it go.
func (t *ModeTrial) released() bool {
	for _, e := range t.Ledger {
		if e.Before == payment.StateAuthorised && e.After == payment.StateCancelled {
			return true
		}
	}
	return false
}
