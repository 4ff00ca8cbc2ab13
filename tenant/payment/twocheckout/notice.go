package twocheckout

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
)

// The fields that carry signatures, and are covered by none.
const (
	signatureSHA3 = "SIGNATURE_SHA3_256"
	signatureSHA2 = "SIGNATURE_SHA2_256"
	signatureMD5  = "HASH"
)

// stamp is how a receipt writes a moment.
const stamp = "20060102150405"

// ReadNotice reads an IPN.
func (g *Gateway) ReadNotice(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	key, err := secretOf(a, "key")
	if err != nil {
		return payment.Notice{}, err
	}
	m, err := readMessage(string(raw.Body))
	if err != nil {
		return payment.Notice{}, err
	}
	algo, err := m.check(key, a.Config.Text("hash") == hashMD5)
	if err != nil {
		return payment.Notice{}, err
	}
	if vendor := m.one["VENDOR_CODE"]; vendor != "" && vendor != a.Config.Text("merchant") {
		return payment.Notice{}, payment.ErrForeign
	}
	n, err := m.notice()
	if err != nil {
		return payment.Notice{}, err
	}
	n.Receipt = receipt(algo, key, m.first("IPN_PID"), m.first("IPN_PNAME"), m.one["IPN_DATE"], g.calls.Clock().Now().UTC().Format(stamp))
	return n, nil
}

// message is an IPN: the values that are signed, in their order, and all by name, lists by their first.
type message struct {
	values []string
	one    map[string]string
}

// readMessage reads a form in its order. Names of lists end in brackets and may come often; any other that comes twice
// is refused: which of them is meant is nobody's to guess. Errors: ErrForged.
func readMessage(body string) (message, error) {
	m := message{one: map[string]string{}}
	bad := func(why string) (message, error) {
		return message{}, payment.ErrForged.Because(errors.New("twocheckout: " + why))
	}
	for pair := range strings.SplitSeq(body, "&") {
		before, after, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(before)
		value, second := url.QueryUnescape(after)
		if errors.Join(err, second) != nil {
			return bad("the form cannot be read")
		}
		_, twice := m.one[name]
		switch {
		case twice && !strings.HasSuffix(name, "]"):
			return bad("a field twice")
		case !twice:
			m.one[name] = value
		}
		if name != signatureSHA3 && name != signatureSHA2 && name != signatureMD5 {
			m.values = append(m.values, value)
		}
	}
	return m, nil
}

// first is the first of a list, which is written IPN_PID[] or IPN_PID[0].
func (m message) first(name string) string {
	if v, ok := m.one[name+"[]"]; ok {
		return v
	}
	return m.one[name+"[0]"]
}

// check finds the strongest signature and gives its algorithm. All of SHA that are there must be right; MD5 counts only
// where the merchant said so and nothing else is there. Errors: ErrForged.
func (m message) check(key string, old bool) (algo string, err error) {
	text := serialise(m.values...)
	for _, s := range []struct{ algo, name string }{{algoSHA3, signatureSHA3}, {algoSHA2, signatureSHA2}} {
		told, there := m.one[s.name]
		if !there {
			continue
		}
		if !right(s.algo, key, text, told) {
			return "", payment.ErrForged
		}
		if algo == "" {
			algo = s.algo
		}
	}
	if algo == "" && old && right(algoMD5, key, text, m.one[signatureMD5]) {
		algo = algoMD5
	}
	if algo == "" {
		return "", payment.ErrForged
	}
	return algo, nil
}

// notice puts an IPN into our words. Errors: ErrGarbled.
func (m message) notice() (payment.Notice, error) {
	amount, err := readSum(m.one["IPN_TOTALGENERAL"], m.one["CURRENCY"])
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	test, at := m.one["TEST_ORDER"], m.one["MESSAGE_ID"]
	if at == "" {
		at = m.one["IPN_DATE"]
	}
	f := fact{number: m.one["REFNO"], ref: m.one["REFNOEXT"], status: m.one["ORDERSTATUS"], fraud: m.one["FRAUD_STATUS"], amount: amount,
		test: test == "1" || m.one["ORDERSTATUS"] == "TEST", at: at, card: m.card()}
	if f.number == "" || f.ref == "" || test != "0" && test != "1" {
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("twocheckout: order %q without a reference, or TEST_ORDER", f.number))
	}
	n, err := f.notice()
	n.Message = m.kept()
	return n, err
}

// card is what is told of it where the merchant ticked these fields in his control panel.
func (m message) card() payment.Card {
	month, year, _ := strings.Cut(m.one["CARD_EXPIRATION_DATE"], "/")
	return payment.Card{Brand: m.one["CARD_TYPE"], Last: m.one["CARD_LAST_DIGITS"], Expiry: payment.ExpiryOf(month, year)}
}

// kept is what the ledger gets: nothing of the card and the buyer.
func (m message) kept() payment.Message {
	kept := payment.Message{}
	for _, name := range []string{"REFNO", "REFNOEXT", "ORDERNO", "ORDERSTATUS", "FRAUD_STATUS", "IPN_TOTALGENERAL", "CURRENCY", "TEST_ORDER",
		"IPN_DATE", "PAYMETHOD_CODE", "MESSAGE_TYPE", "REFUND_TYPE", "CHARGEBACK_RESOLUTION", "CHARGEBACK_REASON_CODE"} {
		if value := m.one[name]; value != "" {
			kept[strings.ToLower(name)] = value
		}
	}
	return kept
}

// Acknowledge gives the receipt; without one the IPN comes again.
func (g *Gateway) Acknowledge(n payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/xml", Body: []byte(n.Receipt)}
	switch {
	case err == nil:
	case fault.Is(err, fault.Denied), fault.Is(err, fault.Malformed), errors.Is(err, payment.ErrMode):
		reply.Status, reply.Body = http.StatusBadRequest, nil
	default: // it may pass
		reply.Status, reply.Body = http.StatusServiceUnavailable, nil
	}
	return reply
}
