package monetico

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// The words of code-retour.
const (
	paid     = "paiement"
	paidTest = "payetest"
	refused  = "Annulation"
)

// stamp is how the bank writes a moment in a notice.
const stamp = "02/01/2006_a_15:04:05"

// ReadNotice reads the call to the declared address, by POST or GET.
func (g *Gateway) ReadNotice(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	text := string(raw.Body)
	if text == "" {
		text = raw.RawQuery
	}
	if len(text) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	key, err := keyOf(a)
	if err != nil {
		return payment.Notice{}, err
	}
	m, err := unseal(key, text)
	if err != nil {
		return payment.Notice{}, err
	}
	if m["TPE"] != a.Config.Text("tpe") {
		return payment.Notice{}, payment.ErrForeign
	}
	return m.notice(a)
}

// message is a notice by its names.
type message map[string]string

// unseal gives what is under the right MAC. A name that comes twice is refused: which of them was signed is nobody's
// to guess. Errors: ErrForged, ErrGarbled.
func unseal(key []byte, text string) (message, error) {
	v, err := url.ParseQuery(text)
	if err != nil {
		return nil, payment.ErrForged.Because(err)
	}
	m, fields := message{}, make([]payment.FormField, 0, len(v))
	for name, values := range v {
		if len(values) != 1 {
			return nil, payment.ErrForged.Because(fmt.Errorf("monetico: a field %d times", len(values)))
		}
		if name != macName {
			m[name], fields = values[0], append(fields, payment.FormField{Name: name, Value: values[0]})
		}
	}
	told, err := hex.DecodeString(v.Get(macName))
	if err != nil || !hmac.Equal(told, mac(key, fields)) {
		return nil, payment.ErrForged
	}
	return m, nil
}

var amountShape = regexp.MustCompile(`^([0-9]{1,12}(?:\.[0-9]{1,4})?)([A-Z]{3})$`)

// notice puts a message into our words. Errors: ErrGarbled.
func (m message) notice(a payment.Account) (payment.Notice, error) {
	amount, err := readSum(m["montant"])
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	at, err := time.Parse(stamp, m["date"])
	if err != nil || m["reference"] == "" {
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("monetico: no reference, or the moment %q", m["date"]))
	}
	n := payment.Notice{Ref: m["reference"], Amount: amount, Test: a.Test, Message: m.kept(), Card: m.card()}
	switch code := m["code-retour"]; code {
	case paid, paidTest:
		n.ID, n.Event, n.Test = "paid:"+n.Ref, payment.Captured, code == paidTest
		if a.Config.Text("capture") == captureLater {
			n.Event = payment.Authorised
		}
		n.BankRef = bankRef(m["numauto"], at)
	case refused:
		n.ID, n.Event, n.Reason = "refused:"+n.Ref+":"+m["date"], payment.Failed, reasonOf(m["motifrefus"])
	default: // of instalments, which nobody asked for
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("monetico: code-retour %q", code))
	}
	return n, nil
}

func readSum(text string) (money.Amount, error) {
	parts := amountShape.FindStringSubmatch(text)
	if parts == nil {
		return money.Amount{}, fmt.Errorf("monetico: amount %q", text)
	}
	currency, err := money.ParseCurrency(parts[2])
	if err != nil {
		return money.Amount{}, err
	}
	return money.Parse(parts[1], currency)
}

// reasonOf is why the bank said no. It does not tell an empty account from other refusals.
func reasonOf(why string) payment.Reason {
	switch strings.ToLower(why) {
	case "3dsecure":
		return payment.ReasonSecure
	case "interdit":
		return payment.ReasonCard
	default: // Refus, Appel Phonie, filtrage, scoring
		return payment.ReasonRefused
	}
}

// schemes are the codes of the interface (documentation technique 2.0, champ brand).
var schemes = map[string]string{"AM": "American Express", "CB": "CB", "MC": "Mastercard", "VI": "Visa"}

// card is what may be told of it: the end of the masked number, not its fingerprint (hpancb).
func (m message) card() payment.Card {
	c := payment.Card{Brand: schemes[m["brand"]], Last: m["cbmasquee"], Country: m["originecb"], Auth: m["numauto"]}
	if vld := m["vld"]; len(vld) == 4 { // MMYY
		c.Expiry = payment.ExpiryOf(vld[:2], vld[2:])
	}
	return c
}

// kept is what the ledger gets: nothing of the card's number, not even its fingerprint.
func (m message) kept() payment.Message {
	kept := payment.Message{}
	for _, name := range []string{"TPE", "date", "montant", "reference", "texte-libre", "code-retour", "brand", "numauto", "motifrefus", "originecb", "modepaiement", "cvx"} {
		if value := m[name]; value != "" {
			kept[strings.ToLower(name)] = value
		}
	}
	return kept
}

// The two answers the bank knows; to anything else it calls again.
const (
	heard  = "version=2\ncdr=0\n"
	forged = "version=2\ncdr=1\n"
)

// Acknowledge is what the bank expects byte for byte.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain", Body: []byte(heard)}
	switch {
	case err == nil:
	case fault.Is(err, fault.Denied), fault.Is(err, fault.Malformed), errors.Is(err, payment.ErrMode):
		reply.Body = []byte(forged)
	default: // it may pass: call again
		reply.Status, reply.Body = http.StatusServiceUnavailable, nil
	}
	return reply
}
