package payment

import (
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// Settlement is what a merchant records by hand: a cheque that came in, a transfer on the account,
// a payment in review that he has looked into.
type Settlement struct {
	Event  Event // Captured, Failed, Cancelled or Refunded
	Amount money.Amount
	Note   string
}

// Settle records what a merchant knows. Money for a payment in review is accepted as it is given.
//
// Errors: ErrPayment; fsm.ErrRefused when the payment cannot go there; ErrAmount when the amount is
// not what was asked, or more than can be given back.
func Settle(tx tenant.Tx, who tenant.Actor, payment ID, s Settlement) (Outcome, error) {
	p, err := Find(tx, payment)
	if err != nil {
		return Outcome{}, err
	}
	if p, _, err = lockByRef(tx, p.Ref); err != nil {
		return Outcome{}, err
	}
	n := Notice{ID: "staff:" + id.New[entry]().String(), Ref: p.Ref, Event: s.Event, Amount: s.Amount, Test: p.Test,
		Message: Message{"by": string(who.Kind) + " " + who.Name, "note": s.Note}}
	if p.State == StateReview && s.Event == Captured {
		n.Event = accepted
	}
	r := judge(p, n, false)
	if r.flag == FlagMismatch {
		return Outcome{}, ErrAmount
	}
	if r.verdict != Applied {
		_, err := table.Next(p.State, n.Event)
		return Outcome{}, err
	}
	return record(tx, p, entry{scope: scope(p.Kind, p.Mode), notice: n, source: SourceStaff})
}

// Ask notes that the bank is about to be asked to capture, refund or cancel, and gives the key of the
// call: the bank does it once for a key, so a call whose answer was lost is made again with the same
// one. What the bank then says, by its answer or by a notice that is faster, is recognised by it.
//
// Errors: ErrPayment; fsm.ErrRefused when the payment cannot go there; ErrAmount for more than was
// authorised or can be given back.
func Ask(tx tenant.Tx, who tenant.Actor, payment ID, what Event, amount money.Amount) (key string, err error) {
	p, err := lockPayment(tx, payment)
	if err != nil {
		return "", err
	}
	if _, err := table.Next(p.State, what); err != nil {
		return "", err
	}
	most := p.Amount
	if what == Refunded {
		most = p.Refundable()
	}
	if amount.Currency() != most.Currency() || !amount.IsPositive() || !exact(amount) || amount.Cmp(most) > 0 {
		return "", ErrAmount
	}
	key = id.New[entry]().String()
	_, err = insertEvent(tx, entry{
		payment: p.ID, scope: scope(p.Kind, p.Mode), source: SourceStaff, before: p.State, after: p.State, verdict: Asked,
		notice: Notice{ID: "ask:" + key, Ref: p.Ref, Event: what, Amount: amount, Test: p.Test,
			Message: Message{"by": string(who.Kind) + " " + who.Name}},
	})
	return key, err
}
