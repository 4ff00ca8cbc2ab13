package stripe

import (
	"encoding/json"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

type object = map[string]any

// state is what an object says: what really happened, or what a quirk makes of it.
type state struct {
	p                *bank.Payment
	kind             bank.Kind
	amount           int64 // of what happened
	currency, reason string
	live             bool
	event            string
}

// now is the state a call is answered with.
func now(p *bank.Payment) state {
	e := p.Newest()
	return state{p, e.Kind, e.Amount, p.Request.Currency, e.Reason, p.Request.Mode == "live", e.ID}
}

// told is the state a notice speaks of.
func told(s bank.Saying) state {
	st := state{s.Payment, s.Message.Event, s.Amount, s.Currency, s.Reason, s.Mode == "live", s.ID}
	return st
}

func sessionID(p *bank.Payment) string { return "cs_" + p.Request.Mode + "_" + p.Token }
func intentID(p *bank.Payment) string  { return "pi_" + p.Number }
func clientSecret(p *bank.Payment) string {
	return intentID(p) + "_secret_" + p.Token
}

// chargeID names the try that paid, or the one a refusal ended.
func chargeID(st state) string {
	if st.kind == bank.Refused {
		return "ch_" + strings.ReplaceAll(st.event, "-", "x")
	}
	return "ch_" + st.p.Number
}

// refundID names a refund.
func refundID(event string) string { return "re_" + strings.ReplaceAll(event, "-", "x") }

// metadata is what the shop wants to find again.
func metadata(p *bank.Payment, which string) any {
	if p.Request.Fields[which] == "" {
		return object{}
	}
	return json.RawMessage(p.Request.Fields[which])
}

// tried tells that the buyer has done something, which makes the session's intent.
func tried(p *bank.Payment) bool {
	return p.Request.Fields["kind"] == byIntent || len(p.Events) > 0 && p.Newest().Kind != bank.Expired
}

// session is a Checkout Session as it stands, with the address of its page while it is open.
func (d *desk) session(p *bank.Payment) object {
	o := sessionOf(now(p))
	if o["status"] == "open" {
		scheme := "http://"
		if d.r.TLS != nil || d.r.Header.Get("X-Forwarded-Proto") == "https" {
			scheme = "https://"
		}
		o["url"] = scheme + d.r.Host + d.t.Base() + "/checkout.stripe.com/c/pay/" + sessionID(p)
	}
	return o
}

// sessionOf is a Checkout Session.
func sessionOf(st state) object {
	p := st.p
	o := object{"id": sessionID(p), "object": "checkout.session", "amount_total": p.Request.Amount, "currency": strings.ToLower(st.currency), "livemode": st.live,
		"client_reference_id": strings.TrimSuffix(p.Request.Ref, besides), "metadata": metadata(p, "own"), "mode": "payment", "status": "complete", "payment_status": "unpaid",
		"payment_intent": nil, "url": nil, "created": p.Opened.Unix(), "success_url": p.Request.Return, "cancel_url": p.Request.Fields["cancel"]}
	if tried(p) {
		o["payment_intent"] = intentID(p)
	}
	switch st.kind {
	case bank.Open, bank.Refused:
		o["status"] = "open"
	case bank.Expired, bank.Cancelled:
		o["status"] = "expired"
	case bank.Paid:
		o["amount_total"], o["payment_status"] = st.amount, "paid"
	case bank.Refunded, bank.Disputed, bank.Won, bank.Lost:
		o["payment_status"] = "paid"
	}
	return o
}

// intent is a PaymentIntent as it stands, with the address where the buyer confirms while he has to.
func (d *desk) intent(p *bank.Payment) object {
	o := intentOf(now(p))
	if o["status"] == "requires_action" {
		o["next_action"] = object{"type": "redirect_to_url", "redirect_to_url": object{"url": d.confirmAt(p), "return_url": p.Request.Return}}
	}
	return o
}

// statuses are those of an intent.
var statuses = map[bank.Kind]string{bank.Open: "requires_payment_method", bank.Refused: "requires_payment_method", bank.Approved: "processing",
	bank.Authorised: "requires_capture", bank.Paid: "succeeded", bank.Refunded: "succeeded", bank.Disputed: "succeeded",
	bank.Won: "succeeded", bank.Lost: "succeeded", bank.Cancelled: "canceled", bank.Expired: "canceled"}

// codes are the decline codes by the engine's reasons; authentication is none.
var codes = map[string]string{"funds": "insufficient_funds", "card": "incorrect_number", "refused": "generic_decline"}

// intentOf is a PaymentIntent.
func intentOf(st state) object {
	p := st.p
	o := object{"id": intentID(p), "object": "payment_intent", "amount": p.Request.Amount, "amount_received": p.Captured, "amount_capturable": 0, "currency": strings.ToLower(st.currency),
		"livemode": st.live, "metadata": metadata(p, "metadata"), "status": statuses[st.kind], "client_secret": clientSecret(p), "created": p.Opened.Unix(),
		"customer": nil, "payment_method": nil, "next_action": nil, "latest_charge": nil, "last_payment_error": nil, "cancellation_reason": nil, "capture_method": p.Request.Fields["capture"]}
	if kept(p) {
		o["customer"], o["payment_method"] = customerID(p), methodID(p)
	}
	if p.Secure && p.Request.Saved != "" {
		o["status"] = "requires_action"
	}
	switch st.kind {
	case bank.Paid:
		o["amount_received"], o["latest_charge"] = st.amount, chargeID(st)
	case bank.Authorised:
		o["amount_capturable"], o["amount_received"], o["latest_charge"] = st.amount, 0, chargeID(st)
	case bank.Refused:
		problem := object{"type": "card_error", "code": "card_declined", "decline_code": codes[st.reason], "charge": chargeID(st), "message": "Your card was declined."}
		if st.reason == "authentication" {
			problem = object{"type": "invalid_request_error", "code": "payment_intent_authentication_failure", "message": "We are unable to authenticate your payment method."}
		}
		if st.reason == "authentication" && p.Request.Absent {
			problem = object{"type": "card_error", "code": "authentication_required", "decline_code": "authentication_required", "charge": chargeID(st), "message": "This payment requires authentication."}
		}
		o["last_payment_error"], o["latest_charge"] = problem, chargeID(st)
	case bank.Cancelled:
		o["cancellation_reason"] = "requested_by_customer"
	case bank.Expired:
		o["cancellation_reason"] = "automatic"
	}
	return o
}

// chargeOf is the Charge of the try that paid.
func chargeOf(st state) object {
	p := st.p
	o := object{"id": chargeID(st), "object": "charge", "amount": p.Request.Amount, "amount_captured": p.Captured, "amount_refunded": given(p, st.event), "captured": p.Captured > 0,
		"currency": strings.ToLower(st.currency), "livemode": st.live, "metadata": metadata(p, "metadata"), "payment_intent": intentID(p), "status": "succeeded", "paid": true,
		"refunded": given(p, st.event) == p.Captured && p.Captured > 0, "created": p.Opened.Unix()}
	o["payment_method_details"] = object{"type": "card", "card": object{"brand": "visa", "last4": bank.Last(p.Tried(), 4), "exp_month": 8, "exp_year": 2031, "country": "FR",
		"funding": "credit", "network": "visa", "wallet": nil, "authorization_code": "123456"}}
	switch st.kind {
	case bank.Paid:
		o["amount_captured"], o["captured"] = st.amount, true
	case bank.Authorised:
		o["amount_captured"], o["captured"] = 0, false
	case bank.Approved:
		o["amount_captured"], o["status"], o["paid"] = p.Request.Amount, "pending", false
	}
	return o
}

// disputeOf is a Dispute, which does not repeat the metadata of the payment.
func disputeOf(st state) object {
	due, status := any(st.p.Opened.AddDate(0, 0, 14).Unix()), "needs_response"
	if st.kind != bank.Disputed {
		due, status = nil, map[bank.Kind]string{bank.Won: "won", bank.Lost: "lost"}[st.kind]
	}
	return object{"id": "du_" + st.p.Number, "object": "dispute", "amount": st.amount, "currency": strings.ToLower(st.currency), "charge": "ch_" + st.p.Number,
		"payment_intent": intentID(st.p), "status": status, "reason": "fraudulent", "metadata": object{}, "livemode": st.live,
		"evidence_details": object{"due_by": due}}
}

// given is how much had gone back with that event.
func given(p *bank.Payment, event string) (sum int64) {
	for _, e := range p.Events {
		if e.Kind == bank.Refunded {
			sum += e.Amount
		}
		if e.ID == event {
			return sum
		}
	}
	return sum
}

// refundOf is a Refund.
func refundOf(p *bank.Payment, e bank.Event) object {
	meta := any(object{})
	if text := p.Notes["refund "+e.ID]; text != "" {
		meta = json.RawMessage(text)
	}
	return object{"id": refundID(e.ID), "object": "refund", "amount": e.Amount, "currency": strings.ToLower(p.Request.Currency), "charge": "ch_" + p.Number,
		"payment_intent": intentID(p), "status": "succeeded", "metadata": meta, "created": e.At.Unix()}
}
