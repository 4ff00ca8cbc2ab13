package lyra

import (
	"errors"
	"fmt"
	"strings"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// fact is what the bank says of a transaction, by a form or by REST.
type fact struct {
	uuid, status, operation, ref, code string
	amount                             money.Amount
	test                               bool
	secure                             bool // the buyer did not prove himself
	technical                          bool
	returned                           bool // a cancellation of what was told as paid
}

// The kinds of transactions.
const (
	debit  = "DEBIT"
	credit = "CREDIT"
)

// The statuses by what they mean.
const (
	toValidate = "AUTHORISED_TO_VALIDATE"
	authorised = "AUTHORISED"
	captured   = "CAPTURED"
	cancelled  = "CANCELLED"
)

// notice is the fact in our words. Its id is the transaction and what became of it: the debit and each credit are
// transactions, and AUTHORISED, which the bank takes in the night, is the same fact as CAPTURED. Errors: ErrGarbled.
func (f fact) notice() (payment.Notice, error) {
	if !statusShape.MatchString(f.status) {
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("lyra: status %q", f.status))
	}
	n := payment.Notice{Ref: f.ref, Amount: f.amount, Test: f.test}
	word := ""
	switch f.operation {
	case credit:
		n.Event, word = f.credit()
	case debit:
		n.Event, n.Reason, word = f.debit()
	case "":
		if n.Event, n.Reason, word = f.debit(); n.Event != payment.Cancelled && n.Event != payment.Failed {
			return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("lyra: %q of no operation", f.status))
		}
	default: // VERIFICATION, of a card without a payment
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("lyra: operation %q", f.operation))
	}
	switch {
	case uuidShape.MatchString(f.uuid):
		n.ID = f.uuid + ":" + word
	case f.uuid == "" && f.operation == "":
		n.ID = "order:" + f.ref + ":" + word // nothing came about that could have a number
	default:
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("lyra: no transaction"))
	}
	n.Never = n.Event == payment.Failed && withdrawn[f.code]
	switch f.status {
	case "PARTIALLY_AUTHORISED", "ACCEPTED": // a part only, or a card that was only looked at: a person decides
		n.Unproven = true
	}
	if n.Event == payment.Captured || n.Event == payment.Authorised {
		n.BankRef = f.uuid
	}
	return n, nil
}

// credit is what became of money that goes back. What is still on its way counts: the bank has taken it on.
func (f fact) credit() (payment.Event, string) {
	switch f.status {
	case "REFUSED", cancelled, "EXPIRED", "CAPTURE_FAILED", "ERROR", "ABANDONED", "NOT_CREATED":
		return payment.Waiting, "refund-" + strings.ToLower(f.status)
	default:
		return payment.Refunded, "refund"
	}
}

// debit is what became of the buyer's payment.
func (f fact) debit() (payment.Event, payment.Reason, string) {
	switch f.status {
	case authorised, captured, "ACCEPTED", "PARTIALLY_AUTHORISED":
		return payment.Captured, "", "paid"
	case toValidate:
		return payment.Authorised, "", "authorised"
	case cancelled:
		if f.returned {
			return payment.Refunded, "", "cancelled"
		}
		return payment.Cancelled, payment.ReasonAbandoned, "cancelled"
	case "ABANDONED", "NOT_CREATED":
		return payment.Cancelled, payment.ReasonAbandoned, "abandoned"
	case "EXPIRED":
		return payment.Cancelled, payment.ReasonExpired, "expired"
	case "REFUSED":
		return payment.Failed, f.reason(), "failed"
	case "CAPTURE_FAILED", "ERROR":
		return payment.Failed, payment.ReasonTechnical, strings.ToLower(f.status)
	default: // INITIAL, WAITING_…, UNDER_VERIFICATION, PRE_AUTHORISED, SUSPENDED, and what comes to be
		return payment.Waiting, "", strings.ToLower(f.status)
	}
}

// withdrawn are the answers of a card's bank after which it must not be charged again: keep the card, lost, stolen, of suspected
// fraud, no such number, or its owner has stopped all such payments.
var withdrawn = map[string]bool{"04": true, "07": true, "14": true, "15": true, "33": true, "34": true, "41": true, "43": true, "46": true, "54": true, "56": true,
	"57": true, "59": true, "63": true, "R0": true, "R1": true, "R3": true}

// reason is why the buyer's bank said no.
func (f fact) reason() payment.Reason {
	switch f.code {
	case "51", "61", "65", "121": // not enough, too much at once, too often
		return payment.ReasonFunds
	case "14", "15", "33", "38", "41", "43", "54", "55", "56", "57", "82":
		return payment.ReasonCard
	case "06", "30", "31", "68", "90", "91", "94", "96", "97", "98", "99":
		return payment.ReasonTechnical
	case "1A", "81":
		return payment.ReasonSecure
	}
	switch {
	case f.secure:
		return payment.ReasonSecure
	case f.technical:
		return payment.ReasonTechnical
	}
	return payment.ReasonRefused
}
