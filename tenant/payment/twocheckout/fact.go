package twocheckout

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// fact is what 2Checkout says of an order, by an IPN or by REST.
type fact struct {
	number string // 2Checkout's
	ref    string // ours
	status string
	fraud  string
	amount money.Amount // negative, of a refund
	test   bool
	// at names one refund among several: its IPN's number or moment.
	at   string
	card payment.Card
}

// notice puts a fact into our words: the same fact under the same ID, whoever tells it. Errors: ErrGarbled.
func (f fact) notice() (payment.Notice, error) {
	n := payment.Notice{Ref: f.ref, Amount: f.amount.Abs(), BankRef: f.number, Test: f.test, Card: f.card}
	is := func(id string, e payment.Event, why payment.Reason) (payment.Notice, error) {
		n.ID, n.Event, n.Reason = id+":"+f.number, e, why
		return n, nil
	}
	switch {
	case f.status == "REFUND":
		if !f.amount.IsNegative() { // how much of it went back is not said
			n.Amount = money.Zero(f.amount.Currency())
		}
		n.BankRef = ""
		return is("refunded:"+f.at, payment.Refunded, "")
	case f.status == "REVERSED", f.status == "CANCELED":
		return is("cancelled", payment.Cancelled, payment.ReasonAbandoned)
	case f.status == "INVALID", f.fraud == "DENIED":
		return is("refused", payment.Failed, payment.ReasonRefused)
	case f.amount.IsNegative():
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("twocheckout: less than nothing was paid"))
	case f.fraud == "UNDER REVIEW":
		return is("review", payment.Waiting, "")
	}
	switch f.status {
	case "PAYMENT_RECEIVED", "COMPLETE":
		return is("paid", payment.Captured, "")
	case "PENDING", "PENDING_APPROVAL", "PURCHASE_PENDING", "PAYMENT_AUTHORIZED", "AUTHRECEIVED", "SUSPECT", "TEST":
		return is("waiting:"+strings.ToLower(f.status), payment.Waiting, "")
	}
	return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("twocheckout: a status of %d characters", len(f.status)))
}

var sumShape = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,4})?$`)

// readSum reads an amount and its currency.
func readSum(amount, code string) (money.Amount, error) {
	if !sumShape.MatchString(amount) {
		return money.Amount{}, fmt.Errorf("twocheckout: an amount of %d characters", len(amount))
	}
	currency, err := money.ParseCurrency(strings.ToUpper(code))
	if err != nil {
		return money.Amount{}, err
	}
	return money.Parse(amount, currency)
}
