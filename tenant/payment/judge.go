package payment

import "echoppe.dev/platform/kit/money"

// Flag is something about a message that a person should know.
type Flag string

// The flags. Each has a message: "payment.flag.<flag>".
const (
	FlagNone     Flag = ""
	FlagConflict Flag = "conflict"     // one notice id, two meanings
	FlagMismatch Flag = "mismatch"     // not the amount or currency that was asked
	FlagDouble   Flag = "double"       // the order was paid already: give this money back
	FlagEarly    Flag = "early"        // a refund of what was never captured
	FlagForeign  Flag = "foreign"      // signed by one account, about a payment of another
	FlagUnknown  Flag = "unknown"      // about no payment of ours
	FlagTest     Flag = "test_on_live" // a test message for a real payment, or the reverse
	FlagUnproven Flag = "unproven"     // nothing proves that the bank said so
	FlagDispute  Flag = "dispute"      // a dispute about money that is not here
)

// ruling is what a message does to a payment.
type ruling struct {
	event    Event // as the table knows it
	after    State
	verdict  Verdict
	flag     Flag
	captured money.Amount
	refunded money.Amount
}

// judge rules on a message about p; asked tells that we asked the bank to take just this amount. It is
// a function of what it is given and nothing else.
func judge(p Payment, n Notice, asked bool) ruling {
	zero := money.Zero(p.Amount.Currency())
	r := ruling{event: n.Event, after: p.State, verdict: Refused, captured: zero, refunded: zero}
	if n.Test != p.Test {
		r.verdict, r.flag = WrongSet, FlagTest
		return r
	}
	switch n.Event {
	case Captured, accepted:
		r.capture(p, n, asked)
	case Authorised:
		if !n.Amount.Equal(p.Amount) {
			r.doubt(p)
		}
	case Refunded:
		r.refund(p, n)
	case Disputed, DisputeLost, DisputeWon:
		r.dispute(p, n)
	}
	if r.verdict != Refused || r.flag != FlagNone {
		return r
	}
	if n.Unproven && (n.Event == Captured || n.Event == Authorised) && !p.Captured.IsPositive() {
		r.doubt(p)
		r.verdict, r.flag = Doubted, FlagUnproven
		return r
	}
	next, err := table.Next(p.State, r.event)
	if err != nil {
		return r
	}
	r.after, r.verdict = next, Applied
	switch r.event {
	case Captured, accepted:
		r.captured = n.Amount
	case Refunded, partRefunded:
		r.refunded = n.Amount
	case DisputeLost:
		r.refunded = money.Min(n.Amount, p.Refundable())
	}
	return r
}

// capture looks at money that came.
func (r *ruling) capture(p Payment, n Notice, asked bool) {
	switch {
	case p.Captured.IsPositive():
		// It came before. Said again it is late; with another name at the bank it came twice.
		if p.BankRef != "" && n.BankRef != "" && p.BankRef != n.BankRef {
			r.flag = FlagDouble
		} else if !n.Amount.Equal(p.Captured) {
			r.verdict, r.flag = Mismatch, FlagMismatch
		}
	case n.Event == accepted:
		if n.Amount.Currency() != p.Amount.Currency() || !n.Amount.IsPositive() {
			r.verdict, r.flag = Mismatch, FlagMismatch
		}
	case n.Amount.Equal(p.Amount), asked && p.State == StateAuthorised:
	default:
		r.doubt(p)
	}
}

// doubt puts what can still be doubted before a person.
func (r *ruling) doubt(p Payment) {
	r.event, r.verdict, r.flag = doubted, Mismatch, FlagMismatch
	if next, err := table.Next(p.State, doubted); err == nil {
		r.after = next
	}
}

// dispute looks at what a buyer told his bank.
func (r *ruling) dispute(p Payment, n Notice) {
	switch {
	case !p.Captured.IsPositive():
		r.flag = FlagDispute
	case n.Amount.Currency() != p.Amount.Currency(), !n.Amount.IsPositive(), n.Amount.Cmp(p.Captured) > 0:
		r.verdict, r.flag = Mismatch, FlagMismatch
	case n.Event == DisputeWon && p.Refunded.IsPositive():
		r.event = wonRest
	case n.Event == Disputed && p.State == StateRefunded:
		r.flag = FlagDispute
	}
}

// refund looks at money that went back.
func (r *ruling) refund(p Payment, n Notice) {
	switch {
	case !p.Captured.IsPositive():
		r.flag = FlagEarly
	case n.Amount.Currency() != p.Amount.Currency(), !n.Amount.IsPositive(), n.Amount.Cmp(p.Refundable()) > 0:
		r.verdict, r.flag = Mismatch, FlagMismatch
	case n.Amount.Cmp(p.Refundable()) < 0:
		r.event = partRefunded
	}
}
