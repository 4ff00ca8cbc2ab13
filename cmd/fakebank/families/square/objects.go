package square

import (
	"encoding/json"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

type object = map[string]any

// The beginnings of names. Square's have none; here they tell what is looked for.
const (
	linkPrefix    = "LNK"
	orderPrefix   = "ORD"
	paymentPrefix = "PAY"
)

// state is what an object says: what really happened, or what a quirk makes of it.
type state struct {
	p                          *bank.Payment
	kind                       bank.Kind
	amount                     int64 // of what happened
	currency, reason, location string
	event                      string
}

// now is the state a call is answered with: a refund or a dispute leaves the payment completed.
func now(p *bank.Payment) state {
	e := p.Newest()
	st := state{p, e.Kind, e.Amount, p.Request.Currency, e.Reason, p.Request.Merchant, e.ID}
	switch e.Kind {
	case bank.Refunded, bank.Disputed, bank.Won, bank.Lost:
		st.kind, st.amount = bank.Paid, p.Captured
	}
	return st
}

// told is the state a notice speaks of.
func told(s bank.Saying) state {
	return state{s.Payment, s.Message.Event, s.Amount, s.Currency, s.Reason, s.Merchant, s.ID}
}

func orderID(p *bank.Payment) string { return orderPrefix + p.Number }

// paymentID names the try that paid, or the one that was refused.
func paymentID(st state) string {
	if st.kind == bank.Refused {
		return paymentPrefix + st.p.Number + "x" + strings.ReplaceAll(strings.TrimPrefix(st.event, st.p.Number), "-", "F")
	}
	return paymentPrefix + st.p.Number
}

// tendered tells that somebody paid, or that money waits.
func tendered(p *bank.Payment) bool {
	for _, e := range p.Events {
		if e.Kind == bank.Paid || e.Kind == bank.Authorised {
			return true
		}
	}
	return false
}

// linkOf is a PaymentLink.
func linkOf(p *bank.Payment) object {
	return object{"id": linkPrefix + p.Number, "version": 1, "order_id": orderID(p), "url": "https://" + pages[p.Request.Mode] + "/u/" + p.Token,
		"long_url": "https://" + pages[p.Request.Mode] + "/u/" + p.Token + "?long", "created_at": stamp(p.Opened), "payment_note": p.Request.Fields["note"]}
}

// orderOf is an Order: a draft until somebody pays. The tenders are its payments.
func orderOf(p *bank.Payment) object {
	total := cash{p.Request.Amount, p.Request.Currency}
	o := object{"id": orderID(p), "location_id": p.Request.Merchant, "reference_id": p.Request.Ref, "state": "DRAFT", "version": 1, "total_money": total,
		"net_amount_due_money": total, "metadata": json.RawMessage(p.Request.Fields["metadata"]), "created_at": stamp(p.Opened),
		"line_items": []object{{"name": p.Request.Order, "quantity": "1", "base_price_money": total}}}
	if tendered(p) {
		id := paymentID(now(p))
		o["state"], o["net_amount_due_money"] = "OPEN", cash{0, p.Request.Currency}
		o["tenders"] = []object{{"id": id, "payment_id": id, "type": "CARD", "amount_money": total, "location_id": p.Request.Merchant}}
	}
	return o
}

// statuses are those of a payment.
var statuses = map[bank.Kind]string{bank.Authorised: "APPROVED", bank.Paid: "COMPLETED", bank.Refused: "FAILED", bank.Cancelled: "CANCELED"}

// codes are why a card was refused, by the engine's reasons.
var codes = map[string]string{"funds": "INSUFFICIENT_FUNDS", "card": "CVV_FAILURE", "refused": "GENERIC_DECLINE", "authentication": "CARD_DECLINED_VERIFICATION_REQUIRED"}

// paymentOf is a Payment.
func paymentOf(st state) object {
	sum := cash{st.amount, st.currency}
	o := object{"id": paymentID(st), "order_id": orderID(st.p), "location_id": st.location, "status": statuses[st.kind], "source_type": "CARD", "amount_money": sum,
		"total_money": sum, "approved_money": sum, "note": st.p.Request.Fields["note"], "created_at": stamp(st.p.Opened), "version_token": "v" + st.event,
		"card_details": object{"status": map[bool]string{true: "FAILED", false: "CAPTURED"}[st.kind == bank.Refused], "auth_result_code": "68aLBM",
			"card": object{"card_brand": "VISA", "last_4": bank.Last(st.p.Tried(), 4), "exp_month": 8, "exp_year": 2031, "card_type": "CREDIT"}}}
	if st.kind == bank.Refused {
		o["card_details"] = object{"status": "FAILED", "errors": []object{{"category": "PAYMENT_METHOD_ERROR", "code": codes[st.reason], "detail": "declined"}}}
	}
	var ids []string
	for _, e := range st.p.Events {
		if e.Kind == bank.Refunded {
			ids = append(ids, refundID(st.p, e.ID))
		}
	}
	if ids != nil {
		o["refund_ids"], o["refunded_money"] = ids, cash{st.p.Refunded, st.currency}
	}
	return o
}

// refundOf is a PaymentRefund. Its order is not the one that was paid.
func refundOf(p *bank.Payment, event string, amount int64, currency, reason string) object {
	return object{"id": refundID(p, event), "payment_id": paymentPrefix + p.Number, "order_id": "RET" + p.Number, "location_id": p.Request.Merchant, "status": "COMPLETED",
		"amount_money": cash{amount, currency}, "reason": reason}
}

// disputeOf is a Dispute, which names the payment alone.
func disputeOf(st state) object {
	return object{"id": "DSP" + st.p.Number, "amount_money": cash{st.amount, st.currency}, "reason": "NOT_RECEIVED", "due_at": stamp(st.p.Opened.AddDate(0, 0, 14)),
		"state":            map[bank.Kind]string{bank.Disputed: "EVIDENCE_REQUIRED", bank.Won: "WON", bank.Lost: "LOST"}[st.kind],
		"disputed_payment": object{"payment_id": paymentPrefix + st.p.Number}, "card_brand": "VISA", "location_id": st.location}
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
