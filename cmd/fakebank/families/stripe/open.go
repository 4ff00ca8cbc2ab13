package stripe

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// The kinds of what is opened, which Request.Fields tells.
const (
	bySession = "session"
	byIntent  = "intent"
)

// besides ends the reference of a session that was opened beside the intent for the fields on the shop's own page.
const besides = "/page"

// openSession is POST /v1/checkout/sessions.
func (d *desk) openSession() {
	if !d.only("mode", "line_items[][quantity]", "line_items[][price_data][currency]", "line_items[][price_data][unit_amount]",
		"line_items[][price_data][product_data][name]", "success_url", "cancel_url", "client_reference_id", "customer_email", "locale", "expires_at",
		"metadata", "customer_creation", keepOption, "payment_intent_data[capture_method]", "payment_intent_data[metadata]", "payment_intent_data[description]") {
		return
	}
	const item = "line_items[0]"
	amount, ok := d.number(item + "[price_data][unit_amount]")
	if !ok {
		return
	}
	expires, ok := d.number("expires_at")
	if !ok {
		return
	}
	if left := time.Unix(expires, 0).Sub(d.t.Now()); left < 29*time.Minute || left > 24*time.Hour+time.Minute {
		d.invalid("expires_at")
		return
	}
	f := d.form
	q := bank.Request{Ref: f.Get("client_reference_id"), Amount: amount, Currency: strings.ToUpper(f.Get(item + "[price_data][currency]")), Order: f.Get(item + "[price_data][product_data][name]"),
		Locale: f.Get("locale"), Return: f.Get("success_url"), OnCall: d.merchant.Fields["methods"] == "sepa_debit",
		Fields: map[string]string{"kind": bySession, "cancel": f.Get("cancel_url"), "capture": f.Get("payment_intent_data[capture_method]"), "metadata": d.metadata("payment_intent_data[metadata]["), "own": d.metadata("metadata["), "keep": f.Get(keepOption)}}
	switch {
	case q.Fields["keep"] != "" && f.Get("customer_creation") != "always":
		d.invalid("customer_creation")
	case f.Get("mode") != "payment":
		d.invalid("mode")
	case f.Get(item+"[quantity]") != "1":
		d.invalid(item + "[quantity]")
	case q.Order == "":
		d.invalid(item + "[price_data][product_data][name]")
	case !d.t.Browsable(q.Return):
		d.invalid("success_url")
	case q.Fields["cancel"] != "" && !d.t.Browsable(q.Fields["cancel"]):
		d.invalid("cancel_url")
	default:
		if before, ok := d.t.Find(d.merchant.Number, d.mode, q.Ref); ok && before.Request.Fields["kind"] != bySession {
			q.Ref += besides
		}
		if p := d.open(q); p != nil {
			d.answer(d.session(p))
		}
	}
}

// openIntent is POST /v1/payment_intents, for fields on the shop's own page.
func (d *desk) openIntent() {
	if d.form.Get("confirm") == "true" {
		d.chargeCard()
		return
	}
	if !d.only("amount", "currency", "automatic_payment_methods[enabled]", "capture_method", "metadata", "description", "receipt_email", "customer", keepOption) {
		return
	}
	amount, ok := d.number("amount")
	if !ok {
		return
	}
	var meta map[string]string
	_ = json.Unmarshal([]byte(d.metadata("metadata[")), &meta) // written two lines above
	q := bank.Request{Amount: amount, Currency: strings.ToUpper(d.form.Get("currency")), Order: d.form.Get("description"), Framed: true, Inside: true,
		Fields: map[string]string{"kind": byIntent, "capture": d.form.Get("capture_method"), "metadata": d.metadata("metadata["), "keep": d.form.Get(keepOption), "customer": d.form.Get("customer")}}
	for name, value := range meta {
		if strings.HasSuffix(name, "ref") {
			q.Ref = value
		}
	}
	if d.form.Get("automatic_payment_methods[enabled]") != "true" {
		d.invalid("automatic_payment_methods[enabled]")
		return
	}
	if p := d.open(q); p != nil {
		d.answer(d.intent(p))
	}
}

// open remembers the payment, and answers when it cannot.
func (d *desk) open(q bank.Request) *bank.Payment {
	return d.opened(q, d.t.Open)
}

// opened is open by whichever way the engine takes it.
func (d *desk) opened(q bank.Request, take func(bank.Request) (*bank.Payment, error)) *bank.Payment {
	q.Merchant, q.Mode, q.Notify, q.Capture = d.merchant.Number, d.mode, d.r.Header.Get("Pretend-Notify"), bank.Now
	key := d.r.Header.Get("Idempotency-Key")
	q.Fields["key"], q.Fields["asked"] = key, d.digest()
	if _, err := money.ParseCurrency(q.Currency); err != nil || q.Ref == "" {
		d.invalid("currency or reference")
		return nil
	}
	switch q.Fields["capture"] {
	case "manual":
		q.Capture = bank.Later
	case "automatic", "automatic_async", "":
	default:
		d.invalid("capture_method")
		return nil
	}
	if !d.t.Callable(q.Notify) {
		d.invalid("Pretend-Notify")
		return nil
	}
	p, err := take(q)
	if d.t.Trouble(d.w, d.r, p) {
		return nil
	}
	if err != nil || p.Request.Fields["key"] == key && key != "" && p.Request.Fields["asked"] != q.Fields["asked"] {
		d.fail(http.StatusBadRequest, "idempotency_error", "", "Keys for idempotent requests can only be used with the same parameters they were first used with.")
		return nil
	}
	return p
}

func (d *desk) invalid(name string) {
	d.fail(http.StatusBadRequest, "invalid_request_error", "", "Invalid "+name)
}

// metadata is what the shop wants to find again, as it is kept.
func (d *desk) metadata(prefix string) string {
	v := map[string]string{}
	for name, values := range d.form {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			v[strings.TrimSuffix(rest, "]")] = values[0]
		}
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings
	}
	return string(text)
}
