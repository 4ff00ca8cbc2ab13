package square

import (
	"fmt"
	"strconv"
	"time"

	"echoppe.dev/tenant/payment"
)

// say is a fact about an object, in our words. Errors: ErrGarbled.
func say(object, fact, ref string, test bool, e payment.Event, sum cash) (payment.Notice, error) {
	amount, err := sum.amount()
	if err != nil {
		return payment.Notice{}, err
	}
	if !idShape.MatchString(object) || !refShape.MatchString(ref) {
		return payment.Notice{}, payment.ErrGarbled.Because(errNameless)
	}
	return payment.Notice{ID: object + fact, Ref: ref, Event: e, Amount: amount, Test: test,
		Message: payment.Message{"amount": strconv.FormatInt(sum.Amount, 10), "currency": sum.Currency}}, nil
}

// notice is what a payment says. Errors: ErrGarbled.
func (p paymentObject) notice(ref string, test bool) (payment.Notice, error) {
	var event payment.Event
	var fact string
	switch p.Status {
	case statusCompleted:
		event, fact = payment.Captured, ":paid"
	case statusApproved:
		event, fact = payment.Authorised, ":authorised"
	case statusPending:
		event, fact = payment.Waiting, ":pending"
	case statusCanceled:
		event, fact = payment.Cancelled, ":cancelled"
	case statusFailed:
		event, fact = payment.Failed, ":failed"
	default:
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("square: a payment that is %.30q", p.Status))
	}
	n, err := say(p.ID, fact, ref, test, event, p.Total)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Message["payment"], n.Message["status"] = p.ID, p.Status
	c := p.Card.Card
	n.Card = payment.Card{Brand: c.Brand, Last: c.Last, Expiry: payment.ExpiryOf(strconv.Itoa(c.Month), strconv.Itoa(c.Year)), Auth: p.Card.Auth}
	switch event {
	case payment.Cancelled:
		n.Reason = payment.ReasonExpired // by the shop, by the office, or by time: never by the buyer
	case payment.Failed:
		n.Reason = p.reason()
		n.Message["code"] = bounded(p.code())
	default:
		if !idShape.MatchString(p.Order) {
			return payment.Notice{}, payment.ErrGarbled.Because(errNameless)
		}
		n.BankRef = p.Order
	}
	return n, nil
}

// notice is what an order nobody has paid says. Errors: ErrGarbled.
func (o orderObject) notice(ref string, test bool) (payment.Notice, error) {
	event, fact, reason := payment.Waiting, ":open", payment.Reason("")
	if o.State == orderCanceled {
		event, fact, reason = payment.Cancelled, ":cancelled", payment.ReasonExpired
	}
	n, err := say(o.ID, fact, ref, test, event, o.Total)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Reason = reason
	n.Message["order"], n.Message["state"] = o.ID, bounded(o.State)
	return n, nil
}

// notice is money on its way back. What is pending counts: Square has taken it on, and asking again would give back twice. One
// that failed afterwards is written down and moves nothing, since the book cannot take a refund back.
func (r refundObject) notice(ref string, test bool) (payment.Notice, error) {
	event, fact := payment.Refunded, ""
	switch {
	case r.failed():
		event, fact = payment.Waiting, ":failed"
	case r.Status != statusPending && r.Status != statusCompleted:
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("square: a refund that is %.30q", r.Status))
	}
	n, err := say(r.ID, fact, ref, test, event, r.Amount)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Message["refund"], n.Message["status"], n.Message["payment"] = r.ID, r.Status, bounded(r.Payment)
	return n, nil
}

// stand is what the state of a dispute means. An inquiry of the buyer's bank takes evidence as well, and may end or become a
// dispute under the same name.
type stand struct {
	event payment.Event
	fact  string
}

var stands = map[string]stand{
	"INQUIRY_EVIDENCE_REQUIRED": {payment.Disputed, ":inquiry"}, "INQUIRY_PROCESSING": {payment.Disputed, ":inquiry"}, "INQUIRY_CLOSED": {payment.DisputeWon, ":inquiry-closed"},
	"EVIDENCE_REQUIRED": {payment.Disputed, ":opened"}, "PROCESSING": {payment.Disputed, ":opened"},
	"WON": {payment.DisputeWon, ":won"}, "LOST": {payment.DisputeLost, ":lost"}, "ACCEPTED": {payment.DisputeLost, ":lost"},
}

// notice is a dispute by where it stands (PGW-15). A state nobody has heard of is written down and moves nothing.
func (d disputeObject) notice(ref string, test bool) (payment.Notice, error) {
	s, known := stands[d.State]
	if !known {
		s = stand{payment.Waiting, ":" + bounded(d.State)}
	}
	n, err := say(d.name(), s.fact, ref, test, s.event, d.Amount)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Dispute.Reason = bounded(d.Reason)
	if due, err := time.Parse(time.RFC3339, d.Due); err == nil {
		n.Dispute.Due = due.UTC()
	}
	n.Message["dispute"], n.Message["state"], n.Message["reason"] = d.name(), bounded(d.State), n.Dispute.Reason
	return n, nil
}

// bounded is a word of Square's for the ledger.
func bounded(text string) string { return text[:min(len(text), 100)] }
