package lyra

import "echoppe.dev/cmd/fakebank/bank"

// keepAction asks for the card to be kept.
const keepAction = "REGISTER_PAY"

// silentAction takes the money from a card that is kept, without its buyer.
const silentAction = "SILENT"

// silent is Charge/CreatePayment with a token and without a form: the answer is the payment.
func (d *desk) silent(q bank.Request, token string) {
	if d.t.Trouble(d.w, d.r, nil) { // before the money is taken
		return
	}
	saved := holder(d.t, q.Merchant, q.Mode, token)
	if saved == nil {
		d.fail("PSP_030", "payment token not found")
		return
	}
	q.Framed, q.Absent = false, true
	p, err := d.t.Charge(q, saved)
	if err != nil {
		d.fail("INT_902", "the order has another amount")
		return
	}
	d.answer(map[string]any{"shopId": q.Merchant, "orderStatus": simple(d.state(p)), "transactions": d.all(p), "_type": "V4/Payment"})
}

// gone is the note on a payment whose token was cancelled.
const gone = "gone"

func tokenOf(p *bank.Payment) string { return uuid(p, "token") }

// kept tells that the card of a payment was kept.
func kept(p *bank.Payment) bool {
	return p.Request.Fields["vads_page_action"] == keepAction && held(p) && p.Notes[gone] == ""
}

// holder is the payment whose card has that token.
func holder(t *bank.Teller, merchant, mode, token string) *bank.Payment {
	for _, p := range t.List(merchant, mode) {
		if kept(p) && tokenOf(p) == token {
			return p
		}
	}
	return nil
}

func knows(t *bank.Teller, q bank.Request, token string) bool {
	return holder(t, q.Merchant, q.Mode, token) != nil
}

// cancelToken is Token/Cancel.
func (d *desk) cancelToken(q question) {
	if d.t.Trouble(d.w, d.r, nil) {
		return
	}
	p := holder(d.t, d.merchant.Number, d.mode, q.Token)
	if p == nil {
		d.fail("PSP_030", "payment token not found")
		return
	}
	if err := d.t.Note(p, gone, "1"); err != nil {
		d.t.Broken(d.w, err)
		return
	}
	d.answer(map[string]any{"responseCode": 0, "_type": "V4/Common/ResponseCodeAnswer"})
}
