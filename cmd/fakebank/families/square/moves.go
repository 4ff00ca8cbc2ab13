package square

import (
	"net/http"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// complete is POST /v2/payments/{id}/complete. It takes what was approved, and nothing less.
func (d *desk) complete() {
	var body struct {
		Version string `json:"version_token"`
	}
	p := d.find(paymentPrefix)
	if p == nil || !d.read(&body) {
		return
	}
	p, _, err := d.t.Move(p, bank.Capture, p.Request.Amount, p.Request.Currency, "")
	if d.moved(err, "INVALID_REQUEST_ERROR", "BAD_REQUEST") {
		d.answer(object{"payment": paymentOf(now(p))})
	}
}

// cancel is POST /v2/payments/{id}/cancel.
func (d *desk) cancel() {
	p := d.find(paymentPrefix)
	if p == nil {
		return
	}
	p, _, err := d.t.Move(p, bank.CancelHold, p.Request.Amount, p.Request.Currency, "")
	if d.moved(err, "INVALID_REQUEST_ERROR", "BAD_REQUEST") {
		d.answer(object{"payment": paymentOf(now(p))})
	}
}

// refund is POST /v2/refunds.
func (d *desk) refund() {
	var body struct {
		Key     string `json:"idempotency_key"`
		Payment string `json:"payment_id"`
		Money   cash   `json:"amount_money"`
		Reason  string `json:"reason"`
	}
	if !d.read(&body) {
		return
	}
	if body.Key == "" || len(body.Key) > 45 || len(body.Reason) > 192 {
		d.invalid("VALUE_TOO_LONG")
		return
	}
	d.r.SetPathValue("id", body.Payment)
	p := d.find(paymentPrefix)
	if p == nil {
		return
	}
	if before := p.Notes["key "+body.Key]; before != "" && before != d.asked {
		d.invalid("IDEMPOTENCY_KEY_REUSED")
		return
	}
	p, e, err := d.t.Move(p, bank.Refund, body.Money.Amount, body.Money.Currency, body.Key)
	if !d.moved(err, "REFUND_ERROR", "REFUND_AMOUNT_INVALID") {
		return
	}
	for name, value := range map[string]string{"key " + body.Key: d.asked, "reason " + e.ID: body.Reason} {
		if err := d.t.Note(p, name, value); err != nil {
			d.t.Broken(d.w, err)
			return
		}
	}
	d.answer(object{"refund": refundOf(p, e.ID, e.Amount, p.Request.Currency, body.Reason)})
}

// showRefund is GET /v2/refunds/{id}.
func (d *desk) showRefund() {
	id := d.r.PathValue("id")
	p := d.find(paymentPrefix)
	if p == nil {
		return
	}
	for _, e := range p.Events {
		if e.Kind == bank.Refunded && refundID(p, e.ID) == id {
			d.answer(object{"refund": refundOf(p, e.ID, e.Amount, p.Request.Currency, p.Notes["reason "+e.ID])})
			return
		}
	}
	d.fail(http.StatusNotFound, "INVALID_REQUEST_ERROR", "NOT_FOUND")
}

// refundID names a refund: the payment's name and more.
func refundID(p *bank.Payment, event string) string {
	return paymentPrefix + p.Number + "x" + strings.TrimPrefix(event, p.Number+"-")
}
