package stripe

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// showSession is GET /v1/checkout/sessions/{id}.
func (d *desk) showSession() {
	token, _ := strings.CutPrefix(d.r.PathValue("id"), "cs_"+d.mode+"_")
	p, ok := d.t.FindToken(token)
	if !d.ours(p, ok) {
		p = nil
	}
	switch {
	case d.t.Trouble(d.w, d.r, p) || !d.only("expand[]"):
	case p == nil:
		d.missing("checkout.session")
	default:
		o := d.session(p)
		if d.form.Get("expand[0]") == "payment_intent" && tried(p) {
			o["payment_intent"] = d.intent(p)
		}
		d.answer(o)
	}
}

// find is the payment of the intent in the path, or in a parameter.
func (d *desk) find(id string) *bank.Payment {
	number, _ := strings.CutPrefix(id, "pi_")
	p, ok := d.t.FindNumber(number)
	if !d.ours(p, ok) || !tried(p) {
		p = nil
	}
	if d.t.Trouble(d.w, d.r, p) {
		return nil
	}
	if p == nil {
		d.missing("payment_intent")
	}
	return p
}

// showIntent is GET /v1/payment_intents/{id}.
func (d *desk) showIntent() {
	if p := d.find(d.r.PathValue("id")); p != nil {
		d.answer(d.expanded(p, "latest_charge"))
	}
}

// expanded is an intent with its charge whole where that was asked for.
func (d *desk) expanded(p *bank.Payment, what string) object {
	o := d.intent(p)
	if o["latest_charge"] != nil && d.form.Get("expand[]") == what {
		o["latest_charge"] = chargeOf(now(p))
	}
	return o
}

var queryShape = regexp.MustCompile(`^metadata\['[a-z_]+'\]:'([0-9A-Za-z_-]+)'$`)

// searchIntents is GET /v1/payment_intents/search, for one of our references.
func (d *desk) searchIntents() {
	m := queryShape.FindStringSubmatch(d.form.Get("query"))
	if m == nil {
		d.invalid("query")
		return
	}
	p, ok := d.t.Find(d.merchant.Number, d.mode, m[1])
	if d.t.Trouble(d.w, d.r, p) || !d.only("query", "limit", "expand[]") {
		return
	}
	list := []any{}
	if ok && tried(p) {
		list = append(list, d.expanded(p, "data.latest_charge"))
	}
	if beside, ok := d.t.Find(d.merchant.Number, d.mode, m[1]+besides); ok && tried(beside) {
		list = append(list, d.expanded(beside, "data.latest_charge"))
	}
	d.answer(object{"object": "search_result", "data": list, "has_more": false, "next_page": nil, "url": "/v1/payment_intents/search"})
}

// captureIntent is POST /v1/payment_intents/{id}/capture.
func (d *desk) captureIntent() {
	p := d.find(d.r.PathValue("id"))
	if p == nil || !d.only("amount_to_capture") {
		return
	}
	amount := p.Request.Amount
	if d.form.Has("amount_to_capture") {
		var ok bool
		if amount, ok = d.number("amount_to_capture"); !ok {
			return
		}
	}
	p, _, err := d.t.Move(p, bank.Capture, amount, p.Request.Currency, d.r.Header.Get("Idempotency-Key"))
	if d.moved(err, "payment_intent_unexpected_state") {
		d.answer(d.intent(p))
	}
}

// cancelIntent is POST /v1/payment_intents/{id}/cancel.
func (d *desk) cancelIntent() {
	p := d.find(d.r.PathValue("id"))
	if p == nil || !d.only("cancellation_reason") {
		return
	}
	p, _, err := d.t.Move(p, bank.CancelHold, p.Request.Amount, p.Request.Currency, d.r.Header.Get("Idempotency-Key"))
	if d.moved(err, "payment_intent_unexpected_state") {
		d.answer(d.intent(p))
	}
}

// refund is POST /v1/refunds.
func (d *desk) refund() {
	p := d.find(d.form.Get("payment_intent"))
	if p == nil || !d.only("payment_intent", "amount", "metadata") {
		return
	}
	amount, ok := d.number("amount")
	if !ok {
		return
	}
	p, e, err := d.t.Move(p, bank.Refund, amount, p.Request.Currency, d.r.Header.Get("Idempotency-Key"))
	if !d.moved(err, "charge_already_refunded") {
		return
	}
	if err := d.t.Note(p, "refund "+e.ID, d.metadata("metadata[")); err != nil {
		d.t.Broken(d.w, err)
		return
	}
	o := refundOf(p, e)
	o["metadata"] = json.RawMessage(d.metadata("metadata["))
	d.answer(o)
}

// listRefunds is GET /v1/refunds, the newest first.
func (d *desk) listRefunds() {
	id := d.form.Get("payment_intent")
	if charge := d.form.Get("charge"); charge != "" {
		id = "pi_" + strings.TrimPrefix(charge, "ch_")
	}
	p := d.find(id)
	if p == nil || !d.only("payment_intent", "charge", "limit") {
		return
	}
	list := []any{}
	for _, e := range p.Events {
		if e.Kind == bank.Refunded {
			list = append([]any{refundOf(p, e)}, list...)
		}
	}
	d.answer(object{"object": "list", "data": list, "has_more": false, "url": "/v1/refunds"})
}

// showToBuyer is what Stripe.js asks, with a publishable key and the intent's client secret.
func (d *desk) showToBuyer() {
	q := d.r.URL.Query()
	_, token, _ := strings.Cut(q.Get("client_secret"), "_secret_")
	p, ok := d.t.FindToken(token)
	d.w.Header().Set("Access-Control-Allow-Origin", "*")
	m := bank.Merchant{}
	if ok {
		m, _ = d.t.Merchant(p.Request.Merchant)
	}
	switch {
	case ok && d.t.Trouble(d.w, d.r, p):
	case !ok, clientSecret(p) != q.Get("client_secret"), intentID(p) != d.r.PathValue("id"), q.Get("key") != field(m, "public", p.Request.Mode):
		d.fail(http.StatusForbidden, "invalid_request_error", "", "No such payment_intent")
	default:
		o := d.intent(p)
		delete(o, "metadata")
		d.answer(o)
	}
}
