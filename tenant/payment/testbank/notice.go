package testbank

import (
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// message is what the bank says, by notice, by return or in answer to a call (section 5).
type message struct {
	ID       string `json:"id"`
	Merchant string `json:"merchant"`
	Mode     string `json:"mode"`
	Ref      string `json:"ref"`
	Payment  string `json:"payment"`
	Event    string `json:"event"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Reason   string `json:"reason"`
	Card     string `json:"card"`
	Time     int64  `json:"time"`
	Due      int64  `json:"due"`
}

// ReadNotice reads what the bank posted.
func (g *Gateway) ReadNotice(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	key, err := keyOf(a)
	if err != nil {
		return payment.Notice{}, err
	}
	if len(raw.Body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	if err := g.verify(key, raw.HeaderValue(signatureHeader), raw.Body); err != nil {
		return payment.Notice{}, err
	}
	return readMessage(a, raw.Body)
}

// ReadReturn reads what the browser brought back (section 4).
func (g *Gateway) ReadReturn(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	key, err := keyOf(a)
	if err != nil {
		return payment.Notice{}, err
	}
	var fields []payment.FormField
	var mac []byte
	for name, values := range raw.Query {
		switch {
		case !strings.HasPrefix(name, "pb_"):
		case len(values) != 1:
			return payment.Notice{}, payment.ErrForged
		case name == "pb_mac":
			if mac, err = hex.DecodeString(values[0]); err != nil {
				return payment.Notice{}, payment.ErrForged
			}
		default:
			fields = append(fields, payment.FormField{Name: name, Value: values[0]})
		}
	}
	if !hmac.Equal(mac, fieldsMAC(key, fields)) {
		return payment.Notice{}, payment.ErrForged
	}
	q := raw.Query
	m := message{ID: q.Get("pb_id"), Merchant: q.Get("pb_merchant"), Mode: q.Get("pb_mode"), Ref: q.Get("pb_ref"),
		Payment: q.Get("pb_payment"), Event: q.Get("pb_event"), Currency: q.Get("pb_currency"), Reason: q.Get("pb_reason")}
	var amountErr, timeErr error
	m.Amount, amountErr = strconv.ParseInt(q.Get("pb_amount"), 10, 64)
	m.Time, timeErr = strconv.ParseInt(q.Get("pb_time"), 10, 64)
	if err := errors.Join(amountErr, timeErr); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	return m.notice(a)
}

func readMessage(a payment.Account, body []byte) (payment.Notice, error) {
	var m message
	dec := json.NewDecoder(bytes.NewReader(body))
	if err := dec.Decode(&m); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	if dec.More() {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("testbank: more than one message"))
	}
	return m.notice(a)
}

var events = map[string]payment.Event{
	"open":       payment.Waiting,
	"authorised": payment.Authorised,
	"paid":       payment.Captured,
	"refused":    payment.Failed,
	"cancelled":  payment.Cancelled,
	"expired":    payment.Cancelled,
	"refunded":   payment.Refunded,

	"disputed":     payment.Disputed,
	"dispute_won":  payment.DisputeWon,
	"dispute_lost": payment.DisputeLost,
}

// notice puts a message that is known to come from the bank into our words.
//
// Errors: ErrForeign, ErrGarbled.
func (m message) notice(a payment.Account) (payment.Notice, error) {
	if m.Merchant != a.Config.Text("merchant") {
		return payment.Notice{}, payment.ErrForeign
	}
	event, known := events[m.Event]
	if !known || m.ID == "" || m.Ref == "" || m.Amount < 0 || m.Mode != "test" && m.Mode != "live" {
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("testbank: message %q of event %q", m.ID, m.Event))
	}
	c, err := money.ParseCurrency(m.Currency)
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	var claim payment.Claim
	if m.Due > 0 {
		claim.Due = time.Unix(m.Due, 0).UTC()
	}
	return payment.Notice{
		ID: m.ID, Ref: m.Ref, Event: event, Dispute: claim, Amount: money.FromMinor(m.Amount, c), BankRef: m.Payment,
		Test: m.Mode == "test", Reason: m.reason(), Card: payment.Card{Last: m.Card},
		Message: payment.Message{
			"id": m.ID, "event": m.Event, "payment": m.Payment, "amount": strconv.FormatInt(m.Amount, 10),
			"currency": m.Currency, "mode": m.Mode, "reason": m.Reason, "card": m.Card,
			"time": strconv.FormatInt(m.Time, 10),
		},
	}, nil
}

func (m message) reason() payment.Reason {
	switch m.Event {
	case "cancelled":
		return payment.ReasonAbandoned
	case "expired":
		return payment.ReasonExpired
	case "refused":
	default:
		return ""
	}
	switch m.Reason {
	case "funds":
		return payment.ReasonFunds
	case "card":
		return payment.ReasonCard
	case "authentication":
		return payment.ReasonSecure
	default:
		return payment.ReasonRefused
	}
}

// Acknowledge is "OK " and the id, or why not.
func (g *Gateway) Acknowledge(n payment.Notice, err error) payment.Reply {
	reply := payment.Reply{ContentType: "text/plain; charset=utf-8"}
	switch {
	case err == nil:
		reply.Status, reply.Body = http.StatusOK, []byte("OK "+n.ID)
	case fault.Is(err, fault.Denied):
		reply.Status, reply.Body = http.StatusForbidden, []byte("NO forged")
	case fault.Is(err, fault.Malformed):
		reply.Status, reply.Body = http.StatusBadRequest, []byte("NO garbled")
	case fault.Is(err, fault.NotFound):
		reply.Status, reply.Body = http.StatusNotFound, []byte("NO unknown")
	default:
		reply.Status, reply.Body = http.StatusServiceUnavailable, []byte("NO later")
	}
	return reply
}
