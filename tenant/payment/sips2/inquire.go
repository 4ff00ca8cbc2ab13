package sips2

import (
	"context"
	"fmt"
	"strconv"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// The statuses of a transaction.
const (
	toValidate = "TO_VALIDATE"
	toCapture  = "TO_CAPTURE" // ours, and not yet sent to the banks
	captured   = "CAPTURED"
	toCredit   = "TO_CREDIT"
	credited   = "CREDITED" // all of it went back
	refused    = "REFUSED"
	cancelled  = "CANCELLED"
	expired    = "EXPIRED" // was not validated in time
)

// held are those of transactions on which somebody or something is still to decide.
var held = map[string]bool{"TO_AUTHORIZE": true, "TO_CHALLENGE": true, "TO_CONFIRM": true, "TO_AUTHENTICATE": true}

// Inquire asks how a payment stands.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	r, err := g.status(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	currency, err := money.ParseNumber(r.v["currencyCode"])
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("sips2 status: %w", err))
	}
	amount, err := r.amount("originAmount", currency)
	if err != nil {
		return payment.Notice{}, err
	}
	n := payment.Notice{Ref: p.Ref, Amount: amount, Test: p.Test, Message: r.message()}
	switch status := r.v["transactionStatus"]; {
	case status == toCapture, status == captured, status == toCredit, status == credited, status == cancelled && p.Captured.IsPositive():
		// What went back while we did not know of it should be seen by somebody.
		n.Event, n.Unproven = payment.Captured, status == toCredit || status == credited
		return r.taken(a, p, n, currency)
	case status == toValidate:
		n.ID, n.Event = fact(p.Ref, done), payment.Authorised
	case status == cancelled:
		n.ID, n.Event, n.Reason = "cancel:"+p.Ref, payment.Cancelled, payment.ReasonAbandoned
	case status == expired:
		n.ID, n.Event, n.Reason = "expire:"+p.Ref, payment.Cancelled, payment.ReasonExpired
	case held[status]:
		n.ID, n.Event = fact(p.Ref, status), payment.Waiting
	default:
		return r.unpaid(p, n, status)
	}
	return n, nil
}

// taken is a payment whose money is ours. Where it was authorised first, the validation is another fact, and may have been of a part.
func (r reply) taken(a payment.Account, p payment.Payment, n payment.Notice, currency money.Currency) (payment.Notice, error) {
	n.ID = fact(p.Ref, done)
	if p.State != payment.StateAuthorised && r.v["lastOperationName"] != "VALIDATE" && a.Config.Text("capture") != captureLater {
		return n, nil
	}
	n.ID = "capture:" + p.Ref
	if p.Captured.IsPositive() {
		n.Amount = p.Captured // what is left of it by now would look like another fact
		return n, nil
	}
	var err error
	n.Amount, err = r.amount("currentAmount", currency)
	return n, err
}

// unpaid is a payment that came to nothing, by the code its notice has.
func (r reply) unpaid(p payment.Payment, n payment.Notice, status string) (payment.Notice, error) {
	code := r.v["responseCode"]
	n.Event, n.Reason = outcome(code, r.v["acquirerResponseCode"], r.v["holderAuthentStatus"])
	if code == "" || n.Event == payment.Captured && status != refused {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("sips2 status: %q, code %q", status, code))
	}
	if n.Event == payment.Captured { // the code of an answer that has no other
		n.Event, n.Reason = payment.Failed, payment.ReasonRefused
	}
	n.ID = fact(p.Ref, code)
	return n, nil
}

// amount is one of an answer's.
func (r reply) amount(name string, c money.Currency) (money.Amount, error) {
	minor, err := strconv.ParseInt(r.v[name], 10, 64)
	if err != nil || minor < 0 {
		return money.Amount{}, payment.ErrBank.Because(fmt.Errorf("sips2 status: %s %q", name, r.v[name]))
	}
	return money.FromMinor(minor, c), nil
}

// told are the fields the ledger has of an answer.
var told = append([]string{"getTransDataResponseCode", "transactionStatus", "lastOperationName", "originAmount", "currentAmount", "newStatus", "newAmount",
	"operationDateTime", "errorFieldName"}, kept...)

func (r reply) message() payment.Message {
	m := payment.Message{}
	for _, name := range told {
		if value := r.v[name]; value != "" {
			m[name] = value
		}
	}
	return m
}
