package amazonpay

import (
	"context"
	"errors"

	"echoppe.dev/tenant/payment"
)

// charge is what the shop looks at of a charge (Charge, "object").
type charge struct {
	ID          string `json:"chargeId"`
	Permission  string `json:"chargePermissionId"`
	Amount      price  `json:"chargeAmount"`
	Taken       price  `json:"captureAmount"`
	Status      status `json:"statusDetails"`
	Environment string `json:"releaseEnvironment"`
}

// charge asks for a charge. Errors: ErrNotKnown, ErrBank.
func (g *Gateway) charge(ctx context.Context, a payment.Account, test bool, id string) (charge, error) {
	var c charge
	if !objectShape.MatchString(id) {
		return c, payment.ErrNotKnown
	}
	if err := known(g.call(ctx, a, test, ask{what: "charge", path: "charges/" + id}, &c)); err != nil {
		return charge{}, err
	}
	return c, c.check(id, test)
}

// check makes sure that an answer is about that charge. Errors: ErrBank.
func (c charge) check(id string, test bool) error {
	if c.ID != id || !inMode(c.Environment, test) {
		return payment.ErrBank.Because(errors.New("amazonpay: another charge"))
	}
	return nil
}

// owner asks whose payment a charge permission is for. Errors: errOther when this mode has not opened it; ErrNotKnown, ErrBank.
func (g *Gateway) owner(ctx context.Context, a payment.Account, test bool, permission string) (ref string, err error) {
	var p struct {
		ID          string   `json:"chargePermissionId"`
		Own         metadata `json:"merchantMetadata"`
		Environment string   `json:"releaseEnvironment"`
	}
	if !permissionShape.MatchString(permission) {
		return "", payment.ErrBank.Because(errors.New("amazonpay: a charge without a permission"))
	}
	err = known(g.call(ctx, a, test, ask{what: "permission", path: "chargePermissions/" + permission}, &p))
	switch {
	case err != nil:
		return "", err
	case p.ID != permission || !inMode(p.Environment, test):
		return "", payment.ErrBank.Because(errors.New("amazonpay: another permission"))
	case !p.Own.ours(a):
		return "", other("a payment of another shop")
	}
	return p.Own.Ref, nil
}

// The names of facts, which end the ID of a notice. They are the same for notices, answers and inquiries.
const (
	factPending    = "pending"
	factAuthorised = "authorised"
	factCapturing  = "capturing"
	factCaptured   = "captured"
	factDeclined   = "declined"
	factCancelled  = "cancelled"
)

// notice is a charge in our words (Charge, "State transitions"). What was given back of it is told by refunds. Errors: ErrBank.
func (c charge) notice(ref string, test bool) (payment.Notice, error) {
	tell := func(e payment.Event, what string, worth price, reason payment.Reason) (payment.Notice, error) {
		amount, err := worth.read()
		if err != nil {
			return payment.Notice{}, payment.ErrBank.Because(err)
		}
		m := payment.Message{"id": c.ID, "event": string(e), "amount": worth.Amount, "currency": worth.Code}
		n := payment.Notice{ID: c.ID + ":" + what, Ref: ref, Event: e, Amount: amount, BankRef: c.ID, Test: test, Reason: reason,
			Message: noted(noted(m, "state", c.Status.State), "reason", c.Status.Reason)}
		if e == payment.Failed {
			n.BankRef = "" // the buyer may pay by another charge of the same session
		}
		return n, nil
	}
	switch c.Status.State {
	case "AuthorizationInitiated", "Pending":
		return tell(payment.Waiting, factPending, c.Amount, "")
	case "Authorized":
		return tell(payment.Authorised, factAuthorised, c.Amount, "")
	case "CaptureInitiated":
		return tell(payment.Waiting, factCapturing, c.Amount, "")
	case "Captured", "Completed":
		return tell(payment.Captured, factCaptured, c.Taken, "")
	case "Declined":
		reason, ok := declines[c.Status.Reason]
		if !ok {
			reason = payment.ReasonRefused
		}
		return tell(payment.Failed, factDeclined, c.Amount, reason)
	case "Canceled":
		reason := payment.ReasonAbandoned
		if c.Status.Reason == "ExpiredUnused" {
			reason = payment.ReasonExpired
		}
		return tell(payment.Cancelled, factCancelled, c.Amount, reason)
	}
	return payment.Notice{}, payment.ErrBank.Because(errState)
}

// noted adds a word of Amazon's to a message, where it is one.
func noted(m payment.Message, name, word string) payment.Message {
	if wordShape.MatchString(word) {
		m[name] = word
	}
	return m
}

// declines are the reasons of declined charges, and of sessions that could not be completed (Charge, "Reason codes"). Others
// say nothing of the buyer.
var declines = map[string]payment.Reason{
	"SoftDeclined": payment.ReasonRefused, "HardDeclined": payment.ReasonRefused, "AmazonRejected": payment.ReasonRefused, "PaymentMethodNotAllowed": payment.ReasonCard,
	"MFANotCompleted": payment.ReasonSecure, "TransactionTimedOut": payment.ReasonTechnical, "ProcessingFailure": payment.ReasonTechnical,
}

// refund is what the shop looks at of a refund (Refund, "object").
type refund struct {
	ID          string `json:"refundId"`
	Charge      string `json:"chargeId"`
	Amount      price  `json:"refundAmount"`
	Status      status `json:"statusDetails"`
	Environment string `json:"releaseEnvironment"`
}

// notice is a refund in our words. One that is under way counts as given back: asking for another would give the money back
// twice. Errors: ErrBank.
func (r refund) notice(ref string, test bool) (payment.Notice, error) {
	amount, err := r.Amount.read()
	if err != nil || !objectShape.MatchString(r.ID) || !objectShape.MatchString(r.Charge) || !inMode(r.Environment, test) {
		return payment.Notice{}, payment.ErrBank.Because(errors.New("amazonpay: no refund"))
	}
	n := payment.Notice{ID: r.ID + ":refunded", Ref: ref, Event: payment.Refunded, Amount: amount, BankRef: r.Charge, Test: test,
		Message: noted(noted(payment.Message{"id": r.ID, "charge": r.Charge, "amount": r.Amount.Amount, "currency": r.Amount.Code}, "state", r.Status.State), "reason", r.Status.Reason)}
	switch r.Status.State {
	case "RefundInitiated", "Pending", "Refunded", "Completed":
	case "Declined", "Canceled":
		n.ID, n.Event = r.ID+":refund-failed", payment.Waiting
	default:
		return payment.Notice{}, payment.ErrBank.Because(errState)
	}
	n.Message["event"] = string(n.Event)
	return n, nil
}
