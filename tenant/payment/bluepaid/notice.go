package bluepaid

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

// secretName is in the declared address: "…?secret=<the merchant's secret>".
const secretName = "secret"

// The words of etat, and those of mode.
const (
	paid       = "ok"
	paidTest   = "test"
	refused    = "ko"
	waiting    = "attente"
	modeTest   = "test"
	modeRefund = "r"
)

// ReadNotice reads the post to the declared address.
func (g *Gateway) ReadNotice(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.RawQuery)+len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	secret, err := secretOf(a)
	if err != nil {
		return payment.Notice{}, err
	}
	declared, err := single(raw.RawQuery)
	if err != nil {
		return payment.Notice{}, err
	}
	m, err := single(string(raw.Body))
	if err != nil {
		return payment.Notice{}, err
	}
	boutique := a.Config.Text("boutique")
	known := hmac.Equal([]byte(declared[secretName]), []byte(secret))
	ours := hmac.Equal([]byte(m["divers"]), []byte(mac(secret, boutique, m["id_client"])))
	switch {
	case !known || !ours || m["id_client"] == "":
		return payment.Notice{}, payment.ErrForged
	case m["id_boutique"] != boutique:
		return payment.Notice{}, payment.ErrForeign
	}
	n, err := m.notice(a.Test)
	n.Unproven = a.Config.Text("review") != reviewNone
	return n, err
}

// message is a notice by its names.
type message map[string]string

// single reads a form or a query. A name that comes twice is refused: which of them is meant is nobody's to guess.
// Errors: ErrForged.
func single(text string) (message, error) {
	v, err := url.ParseQuery(text)
	if err != nil {
		return nil, payment.ErrForged.Because(errors.New("bluepaid: the message cannot be read"))
	}
	m := message{}
	for name, values := range v {
		if len(values) != 1 {
			return nil, payment.ErrForged.Because(fmt.Errorf("bluepaid: a field %d times", len(values)))
		}
		m[name] = values[0]
	}
	return m, nil
}

// notice puts a message into our words; test is that of the account, for refunds, which do not say it. Errors:
// ErrGarbled.
func (m message) notice(test bool) (payment.Notice, error) {
	garbled := func(err error) (payment.Notice, error) { return payment.Notice{}, payment.ErrGarbled.Because(err) }
	if abo := m["num_abo"]; abo != "" && abo != "0" {
		return garbled(errors.New("bluepaid: a subscription nobody asked for"))
	}
	transaction := m["id_trans"]
	amount, err := m.amount()
	if err != nil || transaction == "" {
		return garbled(errors.Join(err, fmt.Errorf("bluepaid: id_trans of %d characters", len(transaction))))
	}
	state, mode := strings.ToLower(m["etat"]), strings.ToLower(strings.TrimSpace(m["mode"]))
	n := payment.Notice{Ref: m["id_client"], Amount: amount, Test: mode == modeTest || state == paidTest, Message: m.kept()}
	switch {
	case mode == modeRefund && state == paid:
		n.ID, n.Event, n.Test = "refunded:"+transaction, payment.Refunded, test
	case mode == modeRefund && state == refused: // the refund, not the payment: nothing has changed
		n.ID, n.Event, n.Test = "refund-refused:"+transaction, payment.Waiting, test
	case mode != "" && mode != modeTest:
		return garbled(fmt.Errorf("bluepaid: mode of %d characters", len(mode)))
	case state == paid, state == paidTest:
		n.ID, n.Event, n.BankRef = "paid:"+transaction, payment.Captured, transaction
	case state == refused:
		n.ID, n.Event, n.Reason = "refused:"+transaction, payment.Failed, payment.ReasonRefused
	case state == waiting:
		n.ID, n.Event = "waiting:"+transaction, payment.Waiting
	default:
		return garbled(fmt.Errorf("bluepaid: etat of %d characters", len(state)))
	}
	return n, nil
}

var amountShape = regexp.MustCompile(`^[0-9]{1,9}([.,][0-9]{1,4})?$`)

// amount reads montant, which has a comma or a full stop, and devise.
func (m message) amount() (money.Amount, error) {
	if !amountShape.MatchString(m["montant"]) {
		return money.Amount{}, errors.New("bluepaid: no montant that is an amount")
	}
	currency, err := money.ParseCurrency(m["devise"])
	if err != nil {
		return money.Amount{}, fmt.Errorf("bluepaid: devise: %w", err)
	}
	return money.Parse(strings.Replace(m["montant"], ",", ".", 1), currency)
}

// kept is what the ledger gets.
func (m message) kept() payment.Message {
	kept := payment.Message{}
	for _, name := range []string{"etat", "id_trans", "id_client", "montant", "devise", "mode", "langue", "id_boutique"} {
		if value := m[name]; value != "" {
			kept[name] = value
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
