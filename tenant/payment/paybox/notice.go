package paybox

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// ReadNotice reads the call to PBX_REPONDRE_A, by POST or GET.
func (g *Gateway) ReadNotice(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	text := string(raw.Body)
	if text == "" {
		text = raw.RawQuery
	}
	return g.read(ctx, a, text)
}

// ReadReturn reads what the browser brought back.
func (g *Gateway) ReadReturn(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	return g.read(ctx, a, raw.RawQuery)
}

// read believes what the bank signed, and asks it about money.
func (g *Gateway) read(ctx context.Context, a payment.Account, text string) (payment.Notice, error) {
	if len(text) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	m, err := unseal(g.bankKey(), text)
	if err != nil {
		return payment.Notice{}, err
	}
	n, err := m.notice()
	if err != nil || n.Event != payment.Captured && n.Event != payment.Authorised {
		return n, err
	}
	switch a.Config.Text("calls") {
	case callsBelieve:
		return n, nil
	case callsAsk:
		return n, g.confirm(ctx, a, m, n)
	default:
		n.Unproven = true
		return n, nil
	}
}

// bankKey is the key that signs.
func (g *Gateway) bankKey() *rsa.PublicKey {
	if g.calls.Pretended() {
		return pretendKey
	}
	return bankKey
}

// message is what was signed.
type message struct {
	amount, currency, ref, auth, code, call, trans, card, digits string
	test, later                                                  bool
}

// unseal takes the variables from the bytes that were signed. The merchant's own fields may stand before them, and may
// be signed with them. Errors: ErrForged, ErrGarbled.
func unseal(key *rsa.PublicKey, text string) (message, error) {
	signed, rest, found := cutLast(text, "&"+varSignature+"=")
	signature, err := url.QueryUnescape(rest)
	if !found || err != nil {
		return message{}, payment.ErrForged
	}
	own := signed
	if i := strings.Index(signed, "&"+varAmount); i > 0 && !strings.HasPrefix(signed, varAmount) {
		own = signed[i+1:]
	}
	switch {
	case verify(key, own, signature):
	case verify(key, signed, signature):
	default:
		return message{}, payment.ErrForged
	}
	v, err := url.ParseQuery(own)
	if err != nil {
		return message{}, payment.ErrGarbled.Because(err)
	}
	return readMessage(v)
}

func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

// readMessage refuses what the form did not ask for. Errors: ErrGarbled.
func readMessage(v url.Values) (message, error) {
	m, refs, sums := message{}, 0, 0
	for name, values := range v {
		if len(values) != 1 {
			return message{}, payment.ErrGarbled.Because(fmt.Errorf("paybox: %q %d times", name, len(values)))
		}
		switch value := values[0]; name {
		case varAuth:
			m.auth = value
		case varError:
			m.code = value
		case varCall:
			m.call = value
		case varTrans:
			m.trans = value
		case varCard:
			m.card = value
		case varDigits:
			m.digits = value
		default:
			if number, ok := strings.CutPrefix(name, varAmount); ok {
				sums, m.amount, m.currency = sums+1, value, number
			}
			if marks, ok := strings.CutPrefix(name, varReference); ok {
				refs, m.ref = refs+1, value
				m.test, m.later = strings.Contains(marks, markTest), strings.Contains(marks, markLater)
			}
		}
	}
	if refs != 1 || sums != 1 || m.ref == "" || m.call == "" {
		return message{}, payment.ErrGarbled.Because(errors.New("paybox: no reference, no amount or no number"))
	}
	return m, nil
}

// ok is the code of success, testAuth the authorisation of a test.
const (
	ok       = "00000"
	testAuth = "XXXXXX"
)

// notice puts a message into our words.
func (m message) notice() (payment.Notice, error) {
	currency, err := money.ParseNumber(m.currency)
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	minor, err := strconv.ParseInt(m.amount, 10, 64)
	if err != nil || minor < 0 {
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("paybox: amount %q", m.amount))
	}
	n := payment.Notice{
		ID: "call:" + m.call + "-" + m.trans, Ref: m.ref, Amount: money.FromMinor(minor, currency), Test: m.test,
		Message: payment.Message{"reference": m.ref, "amount": m.amount, "currency": m.currency, "error": m.code, "authorisation": m.auth, "call": m.call,
			"transaction": m.trans, "card": m.card, "digits": m.digits},
		Card: payment.Card{Brand: m.card, Last: m.digits, Auth: m.auth},
	}
	n.Event, n.Reason = outcome(m.code)
	if n.Event == payment.Captured {
		if m.auth == "" || m.trans == "" || m.trans == "0" {
			return payment.Notice{}, payment.ErrGarbled.Because(errors.New("paybox: a success without an authorisation"))
		}
		n.BankRef, n.Test = bankRef(m.call, m.trans), m.auth == testAuth
		if m.later {
			n.Event = payment.Authorised
		}
	}
	if n.Event == payment.Waiting {
		n.ID += "-" + m.code // what comes of it in the end has the same numbers
	}
	return n, nil
}

// outcome is what a code means.
func outcome(code string) (payment.Event, payment.Reason) {
	switch code {
	case ok:
		return payment.Captured, ""
	case "99999", "00200", "00201", "00300", "00301", "00302", "00303":
		return payment.Waiting, ""
	case "00001": // what comes when the buyer cancels
		return payment.Cancelled, payment.ReasonAbandoned
	case "00030":
		return payment.Cancelled, payment.ReasonExpired
	case "00151", "00161", "00165": // not enough, too much at once, too often
		return payment.Failed, payment.ReasonFunds
	case "00004", "00008", "00021", "00029", "00033", "00114", "00133", "00141", "00143", "00154", "00156":
		return payment.Failed, payment.ReasonCard
	case "00040", "00159", "00163":
		return payment.Failed, payment.ReasonSecure
	case "00003", "00097", "00098", "00099", "00190", "00191", "00196":
		return payment.Failed, payment.ReasonTechnical
	default:
		return payment.Failed, payment.ReasonRefused
	}
}

// Acknowledge is an empty page, of status 200 when all is well.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8"}
	switch {
	case err == nil:
	case fault.Is(err, fault.Denied):
		reply.Status = http.StatusForbidden
	case fault.Is(err, fault.Malformed):
		reply.Status = http.StatusBadRequest
	case fault.Is(err, fault.NotFound):
		reply.Status = http.StatusNotFound
	default:
		reply.Status = http.StatusServiceUnavailable
	}
	return reply
}
