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

// Heard is the first message of a kind that moved the trial's payment, nil when none came that way.
func (t *ModeTrial) Heard(by payment.Source) *payment.Entry {
	for i, e := range t.Ledger {
		if e.Source == by && (e.Verdict == payment.Applied || e.Verdict == payment.Doubted || e.Verdict == payment.Mismatch) {
			return &t.Ledger[i]
		}
	}
	return nil
}
