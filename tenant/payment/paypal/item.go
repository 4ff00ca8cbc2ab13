package paypal

import (
	"errors"
	"fmt"

	"echoppe.dev/tenant/payment"
)

// The names of facts, which end the ID of a notice. They are the same for webhooks, IPN, answers and inquiries.
const (
	factCaptured   = "captured"
	factPending    = "pending"
	factDeclined   = "declined"
	factAuthorised = "authorised"
	factVoided     = "voided"
	factExpired    = "expired"
	factRefunded   = "refunded"
)

// errItem is of a status nobody has told of. Errors with it ask the bank to repeat, so that nothing is lost.
var errItem = errors.New("paypal: not understood")

// captureNotice is a capture in our words (Payments v2, "capture_status"). What was given back of it is told by refunds.
func captureNotice(it item, test bool) (payment.Notice, error) {
	switch it.Status {
	case "COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED":
		return it.notice(payment.Captured, factCaptured, test)
	case "PENDING": // an eCheck, or a currency the merchant has to accept in his office
		return it.notice(payment.Waiting, factPending, test)
	case "DECLINED", "FAILED", "DENIED":
		n, err := it.notice(payment.Failed, factDeclined, test)
		n.Reason = reasonOf(it.Processor.Code)
		return n, err
	}
	return payment.Notice{}, errItem
}

// authorizationNotice is an authorisation in our words ("authorization_status").
func authorizationNotice(it item, test bool) (payment.Notice, error) {
	switch it.Status {
	case "CREATED", "CAPTURED", "PARTIALLY_CAPTURED":
		return it.notice(payment.Authorised, factAuthorised, test)
	case "PENDING":
		return it.notice(payment.Waiting, factPending, test)
	case "DENIED":
		n, err := it.notice(payment.Failed, factDeclined, test)
		n.Reason = reasonOf(it.Processor.Code)
		return n, err
	case "VOIDED":
		n, err := it.notice(payment.Cancelled, factVoided, test)
		n.Reason = payment.ReasonAbandoned
		return n, err
	case "EXPIRED":
		n, err := it.notice(payment.Cancelled, factExpired, test)
		n.Reason = payment.ReasonExpired
		return n, err
	}
	return payment.Notice{}, errItem
}

// refundNotice is a refund in our words ("refund_status"). One that is pending is on its way by an eCheck, and asking for
// another would give the money back twice.
func refundNotice(it item, test bool) (payment.Notice, error) {
	switch it.Status {
	case "COMPLETED", "PENDING", "": // REVERSED webhooks bring none
		return it.notice(payment.Refunded, factRefunded, test)
	case "CANCELLED", "FAILED":
		return it.notice(payment.Waiting, "refund-failed", test)
	}
	return payment.Notice{}, errItem
}

// notice is the fact about an item. BankRef is left as Start has set it: IPN and refunds do not name the order.
func (it item) notice(e payment.Event, what string, test bool) (payment.Notice, error) {
	amount, err := read(it.Amount.Value, it.Amount.Code)
	switch {
	case err != nil:
		return payment.Notice{}, err
	case !idShape.MatchString(it.ID) || !refShape.MatchString(it.Custom):
		return payment.Notice{}, fmt.Errorf("paypal: no number or no reference")
	}
	m := payment.Message{"id": it.ID, "event": string(e), "amount": it.Amount.Value, "currency": it.Amount.Code}
	if wordShape.MatchString(it.Status) {
		m["status"] = it.Status
	}
	if wordShape.MatchString(it.Processor.Code) {
		m["response_code"] = it.Processor.Code
	}
	return payment.Notice{ID: it.ID + ":" + what, Ref: it.Custom, Event: e, Amount: amount, Test: test, Message: m}, nil
}

// issues are those that say no for good to this way of paying, of PayPal's pages on failures. Others say nothing of the
// buyer, and the order is asked after again.
var issues = map[string]payment.Reason{
	"INSTRUMENT_DECLINED": payment.ReasonRefused, "TRANSACTION_REFUSED": payment.ReasonRefused, "PAYER_CANNOT_PAY": payment.ReasonRefused,
	"PAYER_ACCOUNT_RESTRICTED": payment.ReasonRefused, "PAYER_ACCOUNT_LOCKED_OR_CLOSED": payment.ReasonRefused, "COMPLIANCE_VIOLATION": payment.ReasonRefused,
	"REDIRECT_PAYER_FOR_ALTERNATE_FUNDING": payment.ReasonRefused, "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED": payment.ReasonRefused,
	"TRANSACTION_LIMIT_EXCEEDED": payment.ReasonFunds, "TRANSACTION_AMOUNT_EXCEEDS_MONTHLY_MAX_LIMIT": payment.ReasonFunds,
	"CARD_EXPIRED": payment.ReasonCard, "CARD_CLOSED": payment.ReasonCard, "CREDIT_CARD_REFUSED": payment.ReasonCard, "ORDER_EXPIRED": payment.ReasonExpired,
	"TRANSACTION_BLOCKED_BY_PAYEE": payment.ReasonRefused, "PAYEE_BLOCKED_TRANSACTION": payment.ReasonRefused,
	"PAYEE_ACCOUNT_RESTRICTED": payment.ReasonTechnical, "PAYEE_ACCOUNT_LOCKED_OR_CLOSED": payment.ReasonTechnical,
}

// processors are the codes of a card's processor that say more than no (Payments v2, "processor_response").
var processors = map[string]payment.Reason{
	"5120": payment.ReasonFunds, "5130": payment.ReasonCard, "5180": payment.ReasonCard, "5400": payment.ReasonCard, "5110": payment.ReasonCard,
	"00N7": payment.ReasonCard, "1330": payment.ReasonCard, "5650": payment.ReasonSecure, "0800": payment.ReasonTechnical, "0580": payment.ReasonTechnical,
}

func reasonOf(code string) payment.Reason {
	if r, ok := processors[code]; ok {
		return r
	}
	return payment.ReasonRefused
}
