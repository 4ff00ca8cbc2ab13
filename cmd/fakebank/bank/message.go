package bank

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Message is section 5 of the protocol.
type Message struct {
	ID       string `json:"id"`
	Merchant string `json:"merchant"`
	Mode     string `json:"mode"`
	Ref      string `json:"ref"`
	Payment  string `json:"payment"`
	Event    Kind   `json:"event"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Reason   string `json:"reason"`
	Card     string `json:"card"`
	Time     int64  `json:"time"`
}

// message is the truth about an event.
func (b *Bank) message(p *Payment, e Event) Message {
	r := p.Request
	return Message{ID: e.ID, Merchant: r.Merchant, Mode: r.Mode, Ref: r.Ref, Payment: p.Number, Event: e.Kind,
		Amount: e.Amount, Currency: r.Currency, Reason: e.Reason, Card: e.Card, Time: e.At.Unix()}
}

// seal signs a body sent at t.
func seal(key []byte, t int64, body []byte) string {
	stamp := strconv.FormatInt(t, 10)
	return "t=" + stamp + ",v1=" + hex.EncodeToString(digest(key, stamp+"."+string(body)))
}

func digest(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// clockDrift is how far off the time of a call may be, callWindow that of a payment's opening.
const (
	clockDrift = 10 * time.Minute
	openWindow = time.Hour
)

var errForged = errors.New("forged")

// unseal checks the header of a body. Errors: errForged.
func unseal(key []byte, header string, body []byte, now time.Time) error {
	parts := strings.Split(header, ",")
	if len(parts) != 2 || !strings.HasPrefix(parts[0], "t=") || !strings.HasPrefix(parts[1], "v1=") {
		return errForged
	}
	stamp, code := parts[0][2:], parts[1][3:]
	want := hex.EncodeToString(digest(key, stamp+"."+string(body)))
	if !hmac.Equal([]byte(want), []byte(code)) {
		return errForged
	}
	t, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || now.Sub(time.Unix(t, 0)).Abs() > clockDrift {
		return errForged
	}
	return nil
}

// macOf is pb_mac over the other pb_ fields of v.
func macOf(key []byte, v url.Values) string {
	var names []string
	for name := range v {
		if strings.HasPrefix(name, "pb_") && name != "pb_mac" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var text strings.Builder
	for _, name := range names {
		value := v.Get(name)
		text.WriteString(name + "=" + strconv.Itoa(len(value)) + ":" + value + "\n")
	}
	return hex.EncodeToString(digest(key, text.String()))
}

// wayBack is the address the browser goes to after e (section 4).
func wayBack(key []byte, m Message, to string) (string, error) {
	u, err := url.Parse(to)
	if err != nil {
		return "", err
	}
	v := url.Values{}
	for name, value := range map[string]string{
		"pb_merchant": m.Merchant, "pb_mode": m.Mode, "pb_ref": m.Ref, "pb_payment": m.Payment,
		"pb_event": string(m.Event), "pb_id": m.ID, "pb_amount": strconv.FormatInt(m.Amount, 10),
		"pb_currency": m.Currency, "pb_reason": m.Reason, "pb_time": strconv.FormatInt(m.Time, 10),
	} {
		v.Set(name, value)
	}
	v.Set("pb_mac", macOf(key, v))
	// Behind what is there, untouched: the shop's own fields may be signed in their order.
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += v.Encode()
	return u.String(), nil
}
