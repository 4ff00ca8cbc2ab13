package payment

import (
	"bytes"
	"encoding/hex"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// Outcome is what a message did.
type Outcome struct {
	// Payment as it is now; zero when the message is about no payment of this account.
	Payment Payment
	Before  State
	After   State
	// Captured and Refunded are what this very message moved, in the currency of the order, zero for
	// anything but the first telling: add them to the order as they are.
	Captured money.Amount
	Refunded money.Amount
	// Taken and Returned are the same in the currency the bank moved.
	Taken    money.Amount
	Returned money.Amount
	// Repeat: the same was said before, and nothing was done now.
	Repeat  bool
	Verdict Verdict // "" for a repeat
	Flag    Flag
	Never   bool // as Notice.Never
}

// Moved tells that the payment is in another state than before.
func (o Outcome) Moved() bool { return o.Before != o.After }

// Money tells that money moved: a second refund in part leaves the payment in the state it is in.
func (o Outcome) Money() bool { return o.Captured.IsPositive() || o.Refunded.IsPositive() }

// Record is the one door through which anything becomes known of a payment: notices, returns,
// answers of the bank. It locks the attempts of the order, writes the ledger and moves the payment,
// once however often and in whatever order it is told. What cannot be believed or has come too late
// is recorded and flagged, and is no error: the bank is to be answered that it was heard.
//
// a is the account the message was verified for. Errors: ErrGarbled for a message without an id,
// which is a mistake of the family; else of the database only.
func Record(tx tenant.Tx, a Account, by Source, n Notice) (Outcome, error) {
	if n.ID == "" {
		return Outcome{}, ErrGarbled
	}
	n = n.clean()
	p, found, err := lockByRef(tx, n.Ref)
	if err != nil {
		return Outcome{}, err
	}
	e := entry{scope: a.scope(), notice: n, source: by}
	switch {
	case !found:
		e.verdict = Unknown
		return recordStray(tx, e, FlagUnknown)
	case p.Mode != a.Mode:
		// The key of one account proves nothing about the payments of another: a merchant's test
		// account, whose key may be known to many, must not pay his real orders.
		e.verdict = Foreign
		return recordStray(tx, e, FlagForeign)
	}
	out, err := record(tx, p, e)
	out.Never = n.Never && n.Event == Failed
	return out, err
}

// record rules on a message about p, whose order's attempts are locked.
func record(tx tenant.Tx, p attempt, e entry) (Outcome, error) {
	asked, err := partAsked(tx, p.Payment, e.notice)
	if err != nil {
		return Outcome{}, err
	}
	r := judge(p.Payment, e.notice, asked)
	if p.State == StateReview && e.source != SourceStaff && (r.event == Failed || r.event == Cancelled) {
		// There may be money: a refusal that was overtaken must not hide it from whoever looks.
		r.after, r.verdict = p.State, Refused
	}
	e.payment, e.before, e.after, e.verdict = p.ID, p.State, r.after, r.verdict
	zero := money.Zero(p.Worth.Currency())
	before := Outcome{Payment: p.Payment, Before: p.State, After: p.State, Captured: zero, Refunded: zero}
	out := before
	out.After, out.Verdict, out.Flag = r.after, r.verdict, r.flag
	if r.verdict != Applied && r.after == p.State && !settles(r, e.notice) {
		fresh, err := insertEvent(tx, e)
		if err == nil && !fresh {
			return repeated(tx, e, before)
		}
		return out, err
	}
	out.Taken, out.Returned = r.captured, r.refunded
	out.Captured, out.Refunded = p.WorthOf(p.Captured, r.captured), p.WorthOf(p.Refunded, r.refunded)
	if p.second && r.captured.IsPositive() {
		out.Flag = FlagDouble
	}
	out.Payment = moved(p.Payment, r, e.notice)
	out.Payment.Dispute = disputed(p.Payment, r, e.notice, tx.Now())
	out.Payment.Updated = tx.Now()
	if p.Paid.IsZero() && (r.after == StateAuthorised || r.after == StateCaptured) {
		out.Payment.Paid = tx.Now()
	}
	fresh, err := insertMove(tx, e, out.Payment)
	if err == nil && !fresh {
		return repeated(tx, e, before)
	}
	return out, err
}

// moved is p after the ruling.
func moved(p Payment, r ruling, n Notice) Payment {
	p.State = r.after
	p.Captured = p.Captured.Add(r.captured)
	p.Refunded = p.Refunded.Add(r.refunded)
	p.Card = p.Card.with(n.Card)
	if n.BankRef != "" && r.refunded.IsZero() {
		p.BankRef = n.BankRef
	}
	p.Settling = r.after.Open() && (p.Settling || settles(r, n))
	switch r.after {
	case StateFailed, StateCancelled:
		p.Reason = n.Reason
	default:
		p.Reason = ""
	}
	return p
}

// settles tells that an open attempt is heard to be on its way: a message that moves no state and is kept all the same.
func settles(r ruling, n Notice) bool {
	return n.Settling && n.Event == Waiting && r.after.Open() && r.verdict != WrongSet
}

// repeated tells a repetition from a contradiction.
func repeated(tx tenant.Tx, e entry, out Outcome) (Outcome, error) {
	first, err := readDigest(tx, e.scope, e.notice.ID)
	if err != nil {
		return Outcome{}, err
	}
	digest := e.notice.digest()
	if bytes.Equal(first, digest) {
		out.Repeat = true
		return out, learnCard(tx, &out.Payment, e.notice)
	}
	// The contradiction gets a line of its own, once, under a name no bank gives.
	e.notice.ID += "#" + hex.EncodeToString(digest[:8])
	e.after, e.verdict = e.before, Conflict
	fresh, err := insertEvent(tx, e)
	if err != nil {
		return Outcome{}, err
	}
	out.Repeat, out.Verdict, out.Flag = !fresh, Conflict, FlagConflict
	return out, nil
}

// learnCard keeps what a repetition tells of the card beyond what was known: banks tell one fact in several forms, and not each of
// them names the card. What is known already stays.
func learnCard(tx tenant.Tx, p *Payment, n Notice) error {
	known := n.Card.with(p.Card)
	if p.ID.IsZero() || known == p.Card || n.Event != Captured && n.Event != Authorised {
		return nil
	}
	p.Card = known
	return updatePayment(tx, *p)
}

// recordStray writes down a message about no payment of the account.
func recordStray(tx tenant.Tx, e entry, flag Flag) (Outcome, error) {
	fresh, err := insertEvent(tx, e)
	if err != nil {
		return Outcome{}, err
	}
	if !fresh {
		return repeated(tx, e, Outcome{Flag: flag})
	}
	return Outcome{Verdict: e.verdict, Flag: flag}, nil
}
