package stripe

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// nobody is a secret no endpoint has.
const nobody = "whsec_nobody"

// Notice is an event.
func (Dialect) Notice(s bank.Saying, letter string) (bank.Letter, error) {
	if letter == ofIntent && s.Payment.Quirk == bank.Contradiction {
		s.Amount = s.Event.Amount
	}
	name, about, before := event(s, letter)
	sum := sha256.Sum256([]byte(s.ID + "/" + name + "/" + strconv.FormatInt(s.Amount, 10)))
	data := object{"object": about}
	if before != nil {
		data["previous_attributes"] = before
	}
	body, err := json.MarshalIndent(object{"id": "evt_" + hex.EncodeToString(sum[:12]), "object": "event", "api_version": "2023-10-16", "created": s.Time, "data": data,
		"livemode": s.Mode == "live", "pending_webhooks": 1, "request": object{"id": nil, "idempotency_key": nil}, "type": name}, "", "  ")
	if err != nil {
		return bank.Letter{}, err
	}
	secret := hookOf(s.Contract, s.Mode)
	if s.Forged {
		secret = nobody
	}
	stamp := strconv.FormatInt(s.Now.Unix(), 10)
	h := http.Header{}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Stripe-Signature", "t="+stamp+",v1="+seal("whsec_rolled_away", stamp, body)+",v1="+seal(secret, stamp, body)+",v0="+seal("test", stamp, body))
	return bank.Letter{Header: h, Body: body}, nil
}

// seal is the signature of scheme v1. While a secret is rolled there is one for the old and one for the new.
func seal(secret, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write(append([]byte(stamp+"."), body...))
	return hex.EncodeToString(mac.Sum(nil))
}

// event is its type, the object it is about, and what of that was otherwise before.
func event(s bank.Saying, letter string) (string, object, object) {
	st, p := told(s), s.Payment
	switch s.Message.Event {
	case bank.Disputed:
		return "charge.dispute.created", disputeOf(st), nil
	case bank.Won, bank.Lost:
		return "charge.dispute.closed", disputeOf(st), nil
	case bank.Refunded:
		all := given(p, s.ID)
		return "charge.refunded", chargeOf(st), object{"amount_refunded": all - s.Event.Amount, "refunded": false}
	}
	if letter == ofSession && s.Message.Event != bank.Refused {
		if p.Request.Fields["kind"] == bySession {
			return sessionEvent(st), sessionOf(st), nil
		}
		switch s.Message.Event {
		case bank.Paid, bank.Authorised:
			return "charge.succeeded", chargeOf(st), nil
		case bank.Approved:
			return "charge.pending", chargeOf(st), nil
		}
	}
	return intentEvents[s.Message.Event], intentOf(st), nil
}

var intentEvents = map[bank.Kind]string{bank.Approved: "payment_intent.processing", bank.Authorised: "payment_intent.amount_capturable_updated", bank.Paid: "payment_intent.succeeded",
	bank.Refused: "payment_intent.payment_failed", bank.Cancelled: "payment_intent.canceled", bank.Expired: "payment_intent.canceled"}

func sessionEvent(st state) string {
	switch {
	case st.kind == bank.Expired:
		return "checkout.session.expired"
	case st.kind == bank.Paid && st.p.Request.OnCall:
		return "checkout.session.async_payment_succeeded"
	default:
		return "checkout.session.completed"
	}
}

// Heard is any answer of status 200 to 299.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status >= 200 && a.Status <= 299
}

// Back is success_url, or cancel_url when the buyer gave up; from the shop's own page return_url with what Stripe.js adds.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	p := s.Payment
	if p.Request.Fields["kind"] == bySession {
		if s.Message.Event == bank.Cancelled && p.Request.Fields["cancel"] != "" {
			return bank.Way{URL: p.Request.Fields["cancel"]}, nil
		}
		return bank.Way{URL: strings.ReplaceAll(p.Request.Return, "{CHECKOUT_SESSION_ID}", sessionID(p))}, nil
	}
	to := p.Notes["return"]
	if p.Request.Saved != "" {
		to = p.Request.Return
	}
	if to == "" {
		return bank.Way{}, fmt.Errorf("payment %s: only the shop's page knows the way back", p.Number)
	}
	glue := "?"
	if strings.Contains(to, "?") {
		glue = "&"
	}
	return bank.Way{URL: to + glue + url.Values{"payment_intent": {intentID(p)}, "payment_intent_client_secret": {clientSecret(p)}, "redirect_status": {"succeeded"}}.Encode()}, nil
}
