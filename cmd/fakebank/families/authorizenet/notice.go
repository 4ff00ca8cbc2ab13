package authorizenet

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// Letters is one about each transaction, whoever asked for it. A buyer who gives up or takes too long makes none.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Paid, bank.Authorised, bank.Refused, bank.Refunded:
		return []string{"webhook"}
	case bank.Cancelled:
		if m.Asked {
			return []string{"webhook"}
		}
	}
	return nil
}

// event is the type of a webhook, without what all begin with.
func event(p *bank.Payment, k bank.Kind) string {
	switch k {
	case bank.Authorised:
		return "authorization"
	case bank.Cancelled:
		return "void"
	case bank.Refunded:
		if p.Notes[voided] != "" {
			return "void"
		}
		return "refund"
	}
	if p.Request.Capture == bank.Later && k == bank.Paid {
		return "priorAuthCapture"
	}
	if p.Request.Capture == bank.Later {
		return "authorization"
	}
	return "authcapture"
}

// Notice is a webhook, signed with the key of its mode as the text it is.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	what := s.Event
	if s.Message.Event != what.Kind { // the refusal that comes late
		what = bank.Event{ID: s.Message.ID, Kind: s.Message.Event}
	}
	id, code := number(s.Payment, what), 1
	if s.Message.Merchant != s.Contract.Number {
		id = nobodys
	}
	if what.Kind == bank.Refused {
		code = 2
	}
	body, err := json.Marshal(map[string]any{"notificationId": fmt.Sprintf("0b1ac8f8-0000-4000-8000-%012d", s.Payment.Serial*100+place(what.ID)), "webhookId": "849eb87e-078a-4169-a34b-c0bded5019a8",
		"eventType": "net.authorize.payment." + event(s.Payment, what.Kind) + ".created", "eventDate": time.Unix(s.Time, 0).UTC().Format(time.RFC3339Nano),
		"payload": map[string]any{"responseCode": code, "authAmount": decimal(s.Amount), "invoiceNumber": s.Ref, "entityName": "transaction", "id": id}})
	if err != nil {
		return bank.Letter{}, err
	}
	key := s.Contract.Key
	if s.Mode == "live" {
		key = s.Contract.Fields["signature_live"]
	}
	if s.Forged {
		key = strings.Repeat("F", 128)
	}
	mac := hmac.New(sha512.New, []byte(key))
	_, _ = mac.Write(body)
	h := http.Header{}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("X-ANET-Signature", fmt.Sprintf("sha512=%X", mac.Sum(nil)))
	return bank.Letter{Header: h, Body: body}, nil
}

// Heard is any status of 200 to 299.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status >= 200 && a.Status <= 299
}
