package lyra

import (
	"encoding/json"
	"errors"
	"net/url"

	"echoppe.dev/tenant/payment"
)

// The fields of a notice of REST, which the bank sends where its office was told an address for REST, and for its
// embedded form.
const (
	krAnswer  = "kr-answer"
	krHashOf  = "kr-hash"
	krHashKey = "kr-hash-key"
	krHashAlg = "kr-hash-algorithm"
	krType    = "kr-answer-type"
)

// readAnswer believes what was signed with the password, as notices of REST are. Errors: ErrForged, ErrForeign, ErrGarbled.
func readAnswer(a payment.Account, text string) (payment.Notice, error) {
	if len(text) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	v, err := url.ParseQuery(text)
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	for _, name := range []string{krAnswer, krHashOf, krHashKey, krHashAlg, krType} {
		if len(v[name]) != 1 {
			return payment.Notice{}, payment.ErrForged
		}
	}
	if v.Get(krHashAlg) != "sha256_hmac" {
		return payment.Notice{}, payment.ErrForged
	}
	// The key that signed it tells the mode, whatever the message says.
	for _, test := range []bool{true, false} {
		var key string
		switch v.Get(krHashKey) {
		case "password": // notices
			key = passwordOf(a, test)
		case "sha256_hmac": // what the browser brings
			key = returnKey(a, test).Reveal()
		}
		if signed, ok := verifyKR(key, v.Get(krAnswer), v.Get(krHashOf)); ok {
			if v.Get(krType) != "V4/Payment" {
				return payment.Notice{}, payment.ErrGarbled
			}
			return paymentNotice(a, signed, test)
		}
	}
	return payment.Notice{}, payment.ErrForged
}

// paymentNotice is the newest transaction of a V4/Payment, the credit if it is one.
func paymentNotice(a payment.Account, text string, test bool) (payment.Notice, error) {
	var p struct {
		Shop  string `json:"shopId"`
		Order struct {
			ID   string `json:"orderId"`
			Mode string `json:"mode"`
		} `json:"orderDetails"`
		Status       string        `json:"orderStatus"`
		Transactions []transaction `json:"transactions"`
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	switch {
	case p.Shop != a.Config.Text("site"):
		return payment.Notice{}, payment.ErrForeign
	case p.Order.Mode == ctxOf(test) && refShape.MatchString(p.Order.ID) && len(p.Transactions) == 0 && p.Status == "ABANDONED":
		return fact{status: p.Status, ref: p.Order.ID, test: test}.notice()
	case p.Order.Mode != ctxOf(test), !refShape.MatchString(p.Order.ID), len(p.Transactions) == 0:
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("lyra: no reference, no transaction, or another mode"))
	}
	if len(p.Transactions) == 1 && p.Transactions[0].Operation == credit {
		if t := p.Transactions[0]; t.ours(a, p.Order.ID, test) {
			return t.notice(p.Order.ID, test)
		}
		return payment.Notice{}, payment.ErrForeign
	}
	n, err := choose(a, p.Transactions, p.Order.ID, test)
	if errors.Is(err, payment.ErrNotKnown) {
		err = payment.ErrGarbled.Because(errors.New("lyra: no debit"))
	}
	return n, err
}
