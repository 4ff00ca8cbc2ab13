package klikandpay

import (
	"context"
	"crypto/hmac"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// The two names the declared address ends with: "…?secret=<the merchant's secret>&order=", after which RETOUR is put.
const (
	secretName = "secret"
	orderName  = "order"
)

// The words of RESPONSE.
const (
	paid          = "00"
	waiting       = "AWAITING"
	waitingCheque = "AWAITINGCHEQUE"
	refused       = "REFUSED"
	cancelled     = "CANCELED"
)

// ReadNotice reads the call to the declared address, a GET.
func (g *Gateway) ReadNotice(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.RawQuery)+len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	secret, err := secretOf(a)
	if err != nil {
		return payment.Notice{}, err
	}
	m, err := single(raw.RawQuery)
	if err != nil {
		return payment.Notice{}, err
	}
	if !hmac.Equal([]byte(m[secretName]), []byte(secret)) {
		return payment.Notice{}, payment.ErrForged
	}
	ref, test, err := readToken(secret, a.Config.Text("account"), m[orderName])
	if err != nil {
		return payment.Notice{}, err
	}
	n, err := m.notice(ref)
	n.Test, n.Unproven = test, a.Config.Text("review") != reviewNone
	return n, err
}

// message is a notice by its names.
type message map[string]string

// single reads a query. A name that comes twice is refused: which of them is meant is nobody's to guess. Errors:
// ErrForged.
func single(query string) (message, error) {
	v, err := url.ParseQuery(query)
	if err != nil {
		return nil, payment.ErrForged.Because(errors.New("klikandpay: the query cannot be read"))
	}
	m := message{}
	for name, values := range v {
		if len(values) != 1 {
			return nil, payment.ErrForged.Because(fmt.Errorf("klikandpay: a variable %d times", len(values)))
		}
		m[name] = values[0]
	}
	return m, nil
}

// notice puts a message into our words. One of a payment that came about names the money; without it, it is as if
// nothing had been said. Errors: ErrGarbled.
func (m message) notice(ref string) (payment.Notice, error) {
	number := m["NUMXKP"]
	if number == "" { // not ticked in the office
		number = ref
	}
	n := payment.Notice{Ref: ref, Message: m.kept(), Card: payment.Card{Brand: m["PAIEMENT"], Country: m["PAYSBXKP"]}}
	amount, err := m.amount()
	switch m["RESPONSE"] {
	case paid:
		if err != nil {
			return payment.Notice{}, payment.ErrGarbled.Because(err)
		}
		n.ID, n.Event, n.BankRef = "paid:"+number, payment.Captured, m["NUMXKP"]
	case waiting, waitingCheque:
		n.ID, n.Event = "waiting:"+number, payment.Waiting
	case refused:
		n.ID, n.Event, n.Reason = "refused:"+number, payment.Failed, payment.ReasonRefused
	case cancelled:
		n.ID, n.Event, n.Reason = "cancelled:"+number, payment.Cancelled, payment.ReasonAbandoned
	default:
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("klikandpay: RESPONSE of %d characters", len(m["RESPONSE"])))
	}
	if err == nil {
		n.Amount = amount
	}
	return n, nil
}

var amountShape = regexp.MustCompile(`^[0-9]{1,9}(\.[0-9]{1,2})?$`)

// amount reads MONTANTXKP and DEVISEXKP.
func (m message) amount() (money.Amount, error) {
	if !amountShape.MatchString(m["MONTANTXKP"]) {
		return money.Amount{}, errors.New("klikandpay: no MONTANTXKP that is an amount")
	}
	currency, err := money.ParseCurrency(m["DEVISEXKP"])
	if err != nil {
		return money.Amount{}, fmt.Errorf("klikandpay: DEVISEXKP: %w", err)
	}
	return money.Parse(m["MONTANTXKP"], currency)
}

// kept is what the ledger gets.
func (m message) kept() payment.Message {
	kept := payment.Message{}
	for _, name := range []string{"RESPONSE", "NUMXKP", "PAIEMENT", "MONTANTXKP", "DEVISEXKP", "PAYSRXKP", "PAYSBXKP", "SCOREXKP"} {
		if value := m[name]; value != "" {
			kept[strings.ToLower(name)] = value
		}
	}
	return kept
}

// The answers.
const (
	heard    = "OK"
	unheeded = "KO"
)

// Acknowledge says OK, or KO to what will never be taken.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain", Body: []byte(heard)}
	switch {
	case err == nil:
	case fault.Is(err, fault.Denied), fault.Is(err, fault.Malformed), errors.Is(err, payment.ErrMode):
		reply.Body = []byte(unheeded)
	default: // it may pass
		reply.Status, reply.Body = http.StatusServiceUnavailable, nil
	}
	return reply
}
