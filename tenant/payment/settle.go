package payment

import (
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// Settlement is what a merchant records by hand: a cheque that came in, a transfer on the account,
// a payment in review that he has looked into.
type Settlement struct {
	Event  Event // Authorised (Capabilities.Held), Captured, Failed, Cancelled or Refunded
	Amount money.Amount
	Note   string
}

// told is the most a payment may have brought: what was asked, or what its bank spoke of.
func told(tx tenant.Tx, p Payment) (money.Amount, error) {
	entries, err := Ledger(tx, p.ID)
	most := p.Amount
	for _, e := range entries {
		if e.Amount.Currency() == most.Currency() {
			most = money.Max(most, e.Amount)
		}
	}
	return most, err
}

// Settle records what a merchant knows. Money for a payment in review is accepted as it is given, up to what its bank spoke of.
//
// Errors: ErrPayment; fsm.ErrRefused when the payment cannot go there; ErrAmount when the amount is
// not what was asked, or more than can be given back.
func Settle(tx tenant.Tx, who tenant.Actor, payment ID, s Settlement) (Outcome, error) {
	known, err := Find(tx, payment)
	if err != nil {
		return Outcome{}, err
	}
	p, found, err := lockByRef(tx, known.Ref)
	if err != nil {
		return Outcome{}, err
	}
	if !found {
		return Outcome{}, ErrPayment
	}
	n := Notice{ID: "staff:" + id.New[entry]().String(), Ref: p.Ref, Event: s.Event, Amount: s.Amount, Test: p.Test,
		Message: Message{"by": string(who.Kind) + " " + who.Name, "note": s.Note}}
	if p.State == StateReview && s.Event == Captured {
		most, err := told(tx, p.Payment)
		if err != nil {
			return Outcome{}, err
		}
		if s.Amount.Currency() != most.Currency() || s.Amount.Cmp(most) > 0 {
			return Outcome{}, ErrAmount
		}
		n.Event = accepted
	}
	part := p.State == StateAuthorised && s.Event == Captured && s.Amount.Cmp(p.Amount) < 0
	if part { // of what is promised any part may be taken, as Ask allows it
		if _, err := Ask(tx, who, p.ID, s.Event, s.Amount); err != nil {
			return Outcome{}, err
		}
	}
	r := judge(p.Payment, n, part)
	if r.flag == FlagMismatch {
		return Outcome{}, ErrAmount
	}
	if r.verdict != Applied {
		_, err := table.Next(p.State, n.Event)
		return Outcome{}, err
	}
	return record(tx, p, entry{scope: scope(p.Kind, p.Mode), notice: n, source: SourceStaff})
}
