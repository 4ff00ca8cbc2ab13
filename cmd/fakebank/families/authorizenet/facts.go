package authorizenet

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// early is the place of the refusal that the engine tells of without its having happened.
const early = 99

// nobodys is the number of a transaction no merchant has.
const nobodys = "70000000001"

// voided notes that a captured payment was taken back before it was settled.
const voided = "voided"

// place is where an event stands among those of its payment, from 1.
func place(event string) int64 {
	tail := event[strings.LastIndexByte(event, '-')+1:]
	n, err := strconv.ParseInt(tail, 10, 64)
	if err != nil {
		return early
	}
	return n
}

// root is the event that made the transaction an event is about: what was captured or voided keeps the number of its beginning.
func root(p *bank.Payment, e bank.Event) bank.Event {
	own := e.Kind == bank.Refused || e.Kind == bank.Refunded && p.Notes[voided] == ""
	for _, first := range p.Events {
		if !own && (first.Kind == bank.Authorised || first.Kind == bank.Paid) {
			return first
		}
	}
	return e
}

// number is that of the transaction an event is about.
func number(p *bank.Payment, e bank.Event) string {
	return "6" + bank.NumberOf(p.Serial, 8) + bank.NumberOf(place(root(p, e).ID), 2)
}

// find is the payment and the event a transaction began with.
func (d *desk) find(id string) (*bank.Payment, bank.Event, bool) {
	serial, err := strconv.ParseInt(id[min(1, len(id)):max(min(9, len(id)), min(1, len(id)))], 10, 64)
	if err != nil || len(id) != 11 {
		return nil, bank.Event{}, false
	}
	p, ok := d.t.FindSerial(serial)
	if !ok || p.Request.Merchant != d.merchant.Number {
		return nil, bank.Event{}, false
	}
	for _, e := range p.Events {
		if transaction(p, e) && number(p, e) == id && root(p, e).ID == e.ID {
			return p, e, true
		}
	}
	e := bank.Event{ID: p.Number + "-early", Kind: bank.Refused, Amount: p.Request.Amount, Reason: "funds", At: p.Opened}
	return p, e, number(p, e) == id
}

// transaction tells that an event is about one.
func transaction(p *bank.Payment, e bank.Event) bool {
	switch e.Kind {
	case bank.Refused, bank.Authorised, bank.Paid, bank.Refunded:
		return true
	case bank.Cancelled:
		return root(p, e).ID != e.ID
	}
	return false
}

// newest is the last that happened to a transaction.
func newest(p *bank.Payment, first bank.Event) bank.Event {
	last := first
	for _, e := range p.Events {
		if transaction(p, e) && number(p, e) == number(p, first) {
			last = e
		}
	}
	return last
}

// night tells that the contract's transactions wait for settlement.
func night(m bank.Merchant) bool { return m.Fields["settle"] == "night" }

// status is where a transaction stands after its newest event.
func status(m bank.Merchant, p *bank.Payment, e bank.Event) string {
	switch {
	case e.Kind == bank.Refused:
		return "declined"
	case e.Kind == bank.Cancelled, e.Kind == bank.Refunded && p.Notes[voided] != "":
		return "voided"
	case e.Kind == bank.Authorised:
		return "authorizedPendingCapture"
	case e.Kind == bank.Refunded && night(m):
		return "refundPendingSettlement"
	case e.Kind == bank.Refunded:
		return "refundSettledSuccessfully"
	case night(m):
		return "capturedPendingSettlement"
	}
	return "settledSuccessfully"
}

// kind is the type of a transaction by the event it began with.
func kind(e bank.Event) string {
	switch e.Kind {
	case bank.Refunded:
		return "refundTransaction"
	case bank.Authorised:
		return "authOnlyTransaction"
	}
	return "authCaptureTransaction"
}

// reasons are the codes of refusals by the engine's reasons.
var reasons = map[string]int{"funds": 2, "refused": 2, "card": 8, "authentication": 2}

// last is the number of the buyer's card, masked.
func last(p *bank.Payment) string { return "XXXX" + bank.Last(p.Tried(), 4) }

// detail is the whole of a transaction.
func detail(s bank.Saying, first bank.Event) map[string]any {
	p := s.Payment
	code, reason, settled := 1, 1, s.Amount
	state := status(s.Contract, p, s.Event)
	switch state {
	case "declined":
		code, reason, settled = 2, reasons[s.Reason], 0
	case "voided":
		settled = 0
	}
	asked := s.Amount
	if first.Kind == bank.Authorised {
		asked = p.Request.Amount
	}
	x := map[string]any{"transId": number(p, first), "submitTimeUTC": first.At.UTC().Format(time.RFC3339), "transactionType": kind(first), "transactionStatus": state,
		"responseCode": code, "responseReasonCode": reason, "responseReasonDescription": "Pretended", "order": map[string]any{"invoiceNumber": s.Ref, "description": p.Request.Order},
		"authCode": "2768NO", "authAmount": decimal(asked), "settleAmount": decimal(settled), "taxExempt": false, "recurringBilling": false, "product": "Card Not Present", "marketType": "eCommerce",
		"payment": map[string]any{"creditCard": map[string]any{"cardNumber": last(p), "expirationDate": "XXXX", "cardType": "Visa"}}}
	if first.Kind == bank.Paid || first.Kind == bank.Authorised {
		x["networkTransId"] = networkID(p)
	}
	if id := p.Request.Fields["customer"]; id != "" {
		x["customer"] = map[string]any{"id": id}
	}
	if first.Kind == bank.Refunded {
		for _, e := range p.Events {
			if e.Kind == bank.Paid {
				x["refTransId"] = number(p, e)
			}
		}
	}
	return x
}

// showTransaction tells one, as the payment's quirk bends it.
func (d *desk) showTransaction() {
	var q struct {
		ID string `json:"transId"`
	}
	if json.Unmarshal(d.body, &q) != nil {
		d.fail(codeFormat)
		return
	}
	p, first, ok := d.find(q.ID)
	if d.t.Trouble(d.w, d.r, p) {
		return
	}
	if !ok {
		d.fail(codeAbsent)
		return
	}
	told := d.t.Told(p, newest(p, first))
	if told.Mode != d.mode {
		d.fail(codeAbsent)
		return
	}
	d.reply(map[string]any{"transaction": detail(told, first)}, codeOK)
}
