package stripe

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"echoppe.dev/tenant/payment"
)

// The ends of a fact's name, behind the name of the object it is about. A session, a charge and the intent they belong to speak
// of one fact, which is the intent's.
const (
	factPaid      = ":paid"
	factHeld      = ":authorised"
	factBusy      = ":processing"
	factOpen      = ":open"
	factCancelled = ":cancelled"
	factExpired   = ":expired"
	factFailed    = ":failed"
)

// say is a fact in our words. Errors: ErrGarbled.
func say(id string, ref string, live bool, e payment.Event, minor int64, currency string) (payment.Notice, error) {
	amount, err := amountOf(minor, currency)
	if err != nil {
		return payment.Notice{}, err
	}
	if !nameShape.MatchString(bareName(id)) || ref == "" {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("stripe: no name or no reference"))
	}
	return payment.Notice{ID: id, Ref: ref, Event: e, Amount: amount, Test: !live, Message: payment.Message{"amount": strconv.FormatInt(minor, 10), "currency": currency}}, nil
}

// bareName is the object a fact is about.
func bareName(id string) string {
	for i := range len(id) {
		if id[i] == ':' {
			return id[:i]
		}
	}
	return id
}

// notice is what an intent says of the payment. Errors: ErrGarbled.
func (i intent) notice(ref string) (payment.Notice, error) {
	event, fact, minor := payment.Waiting, factOpen, i.Amount
	switch {
	case i.Status == statusSucceeded:
		event, fact, minor = payment.Captured, factPaid, i.Received
	case i.Status == statusHeld:
		event, fact, minor = payment.Authorised, factHeld, i.Capturable
	case i.Status == statusBusy:
		fact = factBusy
	case i.Status == statusCanceled:
		event, fact = payment.Cancelled, factCancelled
	case i.Status == statusAsking && i.Problem != nil:
		event, fact = payment.Failed, factFailed+":"+i.try()
	case !i.payable():
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("stripe: an intent that is %q", i.Status))
	}
	n, err := say(i.ID+fact, ref, i.Live, event, minor, i.Currency)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Message["intent"], n.Message["status"] = i.ID, i.Status
	switch event {
	case payment.Failed:
		n.Reason, n.Never = i.Problem.reason(), never[i.Problem.Decline] || never[i.Problem.Code]
		n.Message["code"], n.Message["decline_code"], n.Message["charge"] = i.Problem.Code, i.Problem.Decline, string(i.Problem.Charge)
	case payment.Cancelled:
		n.Reason = payment.ReasonAbandoned
		if i.Canceled == "automatic" { // Stripe let go of what nobody took in time
			n.Reason = payment.ReasonExpired
		}
		n.Message["cancellation_reason"] = i.Canceled
	default:
		n.BankRef, n.Settling = i.ID, fact == factBusy
		n.Card = i.Charge.Method.card()
	}
	return n, nil
}

// try names the try that failed: one that never came to a charge has only its code.
func (i intent) try() string {
	if i.Problem.Charge != "" {
		return string(i.Problem.Charge)
	}
	return i.Problem.Code
}

// notice is what a session says of the payment, which is what its intent would say. Errors: ErrGarbled.
func (s session) notice(ref string, failed bool) (payment.Notice, error) {
	id, event, fact, reason := string(s.Intent), payment.Waiting, factBusy, payment.Reason("")
	switch {
	case s.Status == "expired":
		id, event, fact, reason = s.ID, payment.Cancelled, factExpired, payment.ReasonExpired
	case s.Status == "open":
		id, fact = s.ID, factOpen
	case s.Status != "complete" || id == "":
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("stripe: a session that is %q", s.Status))
	case s.Paid == "paid":
		event, fact = payment.Captured, factPaid
	case failed:
		event, fact, reason = payment.Failed, factFailed+":"+s.ID, payment.ReasonRefused
	}
	n, err := say(id+fact, ref, s.Live, event, s.Amount, s.Currency)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Reason = reason
	n.Message["session"], n.Message["status"], n.Message["payment_status"] = s.ID, s.Status, s.Paid
	if event == payment.Captured || event == payment.Waiting && id == string(s.Intent) {
		n.BankRef, n.Settling = id, fact == factBusy
	}
	return n, nil
}

// notice is what a charge that came about says of the payment. Errors: ErrGarbled.
func (c charge) notice(ref string, live, pending bool) (payment.Notice, error) {
	event, fact, minor := payment.Authorised, factHeld, c.Amount
	switch {
	case pending:
		event, fact = payment.Waiting, factBusy
	case c.Taken:
		event, fact, minor = payment.Captured, factPaid, c.Captured
	}
	n, err := say(string(c.Intent)+fact, ref, live, event, minor, c.Currency)
	if err != nil {
		return payment.Notice{}, err
	}
	n.BankRef, n.Settling, n.Message["charge"] = string(c.Intent), fact == factBusy, c.ID
	n.Card = c.Method.card()
	return n, nil
}

// notice is money on its way back. What is still on its way counts: Stripe has taken it on. One that failed afterwards is
// written down and moves nothing, since the book cannot take a refund back.
func (r refund) notice(ref string, live bool) (payment.Notice, error) {
	event, id := payment.Refunded, r.ID
	if r.failed() {
		event, id = payment.Waiting, r.ID+factFailed
	}
	n, err := say(id, ref, live, event, r.Amount, r.Currency)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Message["refund"], n.Message["status"] = r.ID, r.Status
	return n, nil
}

// notice is a dispute by where it stands (PGW-15): that the money is meanwhile withdrawn and given again is part of it. An
// early inquiry of the buyer's bank, warning_…, takes evidence as well. What has no such status is written down and moves nothing.
func (d dispute) notice(ref string, live bool) (payment.Notice, error) {
	event, fact := payment.Waiting, d.Status
	switch d.Status {
	case "needs_response", "under_review", "warning_needs_response", "warning_under_review":
		event, fact = payment.Disputed, "opened"
	case "won", "warning_closed":
		event, fact = payment.DisputeWon, "won"
	case "lost":
		event, fact = payment.DisputeLost, "lost"
	}
	n, err := say(d.ID+":"+bounded(fact), ref, live, event, d.Amount, d.Currency)
	if err != nil {
		return payment.Notice{}, err
	}
	n.Dispute.Reason = bounded(d.Reason)
	if d.Evidence.Due > 0 {
		n.Dispute.Due = time.Unix(d.Evidence.Due, 0).UTC()
	}
	n.Message["dispute"], n.Message["status"], n.Message["reason"] = d.ID, bounded(d.Status), n.Dispute.Reason
	return n, nil
}
