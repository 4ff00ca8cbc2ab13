package testbank

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// keySize is that of a key, in bytes.
const keySize = 32

// header carries the signature of a body, both ways.
const header = "Bank-Signature"

// Message is section 5.
type Message struct {
	ID       string    `json:"id"`
	Merchant string    `json:"merchant"`
	Mode     string    `json:"mode"`
	Ref      string    `json:"ref"`
	Payment  string    `json:"payment"`
	Event    bank.Kind `json:"event"`
	Amount   int64     `json:"amount"`
	Currency string    `json:"currency"`
	Reason   string    `json:"reason"`
	Card     string    `json:"card"`
	Time     int64     `json:"time"`
	Due      int64     `json:"due,omitempty"`
}

// inWords is a message as the protocol writes it.
func inWords(m bank.Message) Message {
	said := Message{ID: m.ID, Merchant: m.Merchant, Mode: m.Mode, Ref: m.Ref, Payment: m.Payment, Event: m.Event, Amount: m.Amount,
		Currency: m.Currency, Reason: m.Reason, Card: m.Card, Time: m.Time}
	if m.Event == bank.Disputed {
		said.Due = m.Time + int64(evidence/time.Second)
	}
	return said
}

// evidence is how long the bank takes evidence of a payment that is disputed.
const evidence = 10 * 24 * time.Hour

// Disputes tells that there are words for them.
func (Dialect) Disputes() {}

// keyOf is what signs: the contract's key, or nobody's.
func keyOf(s bank.Saying) ([]byte, error) {
	if s.Forged {
		key := make([]byte, keySize)
		_, err := rand.Read(key)
		return key, err
	}
	return hex.DecodeString(s.Contract.Key)
}

// Notice is section 5, signed anew each time.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	key, err := keyOf(s)
	if err != nil {
		return bank.Letter{}, err
	}
	body, err := json.Marshal(inWords(s.Message))
	if err != nil {
		return bank.Letter{}, err
	}
	h := http.Header{}
	h.Set("Content-Type", "application/json")
	h.Set(header, seal(key, s.Now.Unix(), body))
	return bank.Letter{Header: h, Body: body}, nil
}

// Heard is "OK " and the id.
func (Dialect) Heard(s bank.Saying, _ string, a bank.Answer) bool {
	return a.Status == http.StatusOK && a.Body == "OK "+s.ID
}

// Back is section 4.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	key, err := keyOf(s)
	if err != nil {
		return bank.Way{}, err
	}
	u, err := url.Parse(s.Payment.Request.Return)
	if err != nil {
		return bank.Way{}, err
	}
	v := url.Values{}
	for name, value := range map[string]string{
		"pb_merchant": s.Merchant, "pb_mode": s.Mode, "pb_ref": s.Ref, "pb_payment": s.Message.Payment,
		"pb_event": string(s.Message.Event), "pb_id": s.ID, "pb_amount": strconv.FormatInt(s.Amount, 10),
		"pb_currency": s.Currency, "pb_reason": s.Reason, "pb_time": strconv.FormatInt(s.Time, 10),
	} {
		v.Set(name, value)
	}
	v.Set("pb_mac", macOf(key, v))
	// Behind what is there, untouched: the shop's own fields may be signed in their order.
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += v.Encode()
	return bank.Way{URL: u.String()}, nil
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

// clockDrift is how far off the time of a call may be, openWindow that of a payment's opening.
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
