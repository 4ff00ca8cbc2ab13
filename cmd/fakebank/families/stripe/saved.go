package stripe

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// keepOption asks for a card to be kept.
const keepOption = "payment_method_options[card][setup_future_usage]"

// gone is the note on a payment whose card was deleted.
const gone = "gone"

// kept tells that the card of a payment was kept.
func kept(p *bank.Payment) bool {
	if p.Request.Fields["keep"] == "" || p.Notes[gone] != "" {
		return false
	}
	for _, e := range p.Events {
		if e.Kind == bank.Paid || e.Kind == bank.Authorised {
			return true
		}
	}
	return false
}

func methodID(p *bank.Payment) string { return "pm_" + p.Number }

// customerID is whose card it is: the customer the shop made before, or one made with the session.
func customerID(p *bank.Payment) string {
	if c := p.Request.Fields["customer"]; c != "" {
		return c
	}
	return "cus_" + p.Number
}

// openCustomer is POST /v1/customers. A customer is remembered by the payments that name him.
func (d *desk) openCustomer() {
	if d.t.Trouble(d.w, d.r, nil) || !d.only("email", "name", "metadata") {
		return
	}
	sum := sha256.Sum256([]byte(d.merchant.Number + d.mode + d.r.Header.Get("Idempotency-Key")))
	d.answer(object{"id": "cus_" + hex.EncodeToString(sum[:7]), "object": "customer", "livemode": d.live(), "email": d.form.Get("email")})
}

// deleteCustomer is DELETE /v1/customers/{id}: the cards kept for him go with him.
func (d *desk) deleteCustomer() {
	if d.t.Trouble(d.w, d.r, nil) {
		return
	}
	id, found := d.r.PathValue("id"), false
	for _, p := range d.t.List(d.merchant.Number, d.mode) {
		if !kept(p) || customerID(p) != id {
			continue
		}
		if err := d.t.Note(p, gone, "1"); err != nil {
			d.t.Broken(d.w, err)
			return
		}
		found = true
	}
	if !found {
		d.missing("customer")
		return
	}
	d.answer(object{"id": id, "object": "customer", "deleted": true})
}

// keeper is the payment whose card has that name.
func (d *desk) keeper(id string) (*bank.Payment, bool) {
	number, _ := strings.CutPrefix(id, "pm_")
	p, ok := d.t.FindNumber(number)
	return p, d.ours(p, ok) && kept(p)
}

// showMethod is GET /v1/payment_methods/{id}.
func (d *desk) showMethod() {
	p, ok := d.keeper(d.r.PathValue("id"))
	switch {
	case d.t.Trouble(d.w, d.r, nil) || !d.only():
	case !ok:
		d.missing("PaymentMethod")
	default:
		digits := ""
		for _, e := range p.Events {
			if e.Card != "" {
				digits = e.Card
			}
		}
		last := []rune(digits)
		d.answer(object{"id": methodID(p), "object": "payment_method", "type": "card", "customer": customerID(p), "livemode": d.live(),
			"card": object{"brand": "visa", "last4": string(last[max(0, len(last)-4):]), "exp_month": 12, "exp_year": p.Opened.Year() + 3, "country": "FR"}})
	}
}

// chargeCard is POST /v1/payment_intents with a card that was kept, confirmed at once.
func (d *desk) chargeCard() {
	if d.t.Trouble(d.w, d.r, nil) { // before the money is taken
		return
	}
	if !d.only("amount", "currency", "capture_method", "metadata", "description", "customer", "payment_method", "payment_method_types[]", "confirm", "return_url", "off_session") {
		return
	}
	amount, ok := d.number("amount")
	if !ok {
		return
	}
	f := d.form
	absent := f.Get("off_session") == "true"
	saved, ok := d.keeper(f.Get("payment_method"))
	switch {
	case !ok || customerID(saved) != f.Get("customer"):
		d.missing("PaymentMethod")
		return
	case f.Get("payment_method_types[0]") != "card":
		d.invalid("payment_method_types")
		return
	case absent && saved.Request.Fields["keep"] != "off_session": // there it is the card's bank that may refuse
		d.invalid("off_session")
		return
	case !absent && !d.t.Browsable(f.Get("return_url")):
		d.invalid("return_url")
		return
	}
	q := bank.Request{Amount: amount, Currency: strings.ToUpper(f.Get("currency")), Order: f.Get("description"), Return: f.Get("return_url"), Absent: absent,
		Fields: map[string]string{"kind": byIntent, "capture": f.Get("capture_method"), "metadata": d.metadata("metadata[")}}
	var meta map[string]string
	_ = json.Unmarshal([]byte(q.Fields["metadata"]), &meta) // written a line above
	for name, value := range meta {
		if strings.HasSuffix(name, "ref") {
			q.Ref = value
		}
	}
	p := d.opened(q, func(q bank.Request) (*bank.Payment, error) { return d.t.Charge(q, saved) })
	switch {
	case p == nil:
	case p.Newest().Kind == bank.Refused:
		d.failed(p)
	default:
		d.answer(d.intent(p))
	}
}

// confirmAt is the page at which a buyer confirms.
func (d *desk) confirmAt(p *bank.Payment) string {
	scheme := "http://"
	if d.r.TLS != nil || d.r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https://"
	}
	return scheme + d.r.Host + d.t.Page(p)
}
