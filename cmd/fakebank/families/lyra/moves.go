package lyra

import "echoppe.dev/cmd/fakebank/bank"

// get is one transaction.
func (d *desk) get(p *bank.Payment, q question) {
	for _, one := range d.all(p) {
		if one["uuid"] == q.UUID {
			d.answer(one)
		}
	}
}

// validate lets the bank take what waits for it.
func (d *desk) validate(p *bank.Payment) {
	if d.state(p) != "AUTHORISED_TO_VALIDATE" {
		d.fail("PSP_103", "invalid transaction status")
		return
	}
	p, _, err := d.t.Move(p, bank.Capture, p.Request.Amount, p.Request.Currency, "")
	if d.moved(err) {
		d.answer(d.debit(p, d.state(p)))
	}
}

// update lowers the amount of what is not yet taken, and lets the bank take it.
func (d *desk) update(p *bank.Payment, q question) {
	state, u := d.state(p), q.CardUpdate
	current := p.Captured - p.Refunded
	if state == "AUTHORISED_TO_VALIDATE" {
		current = p.Request.Amount
	}
	switch {
	case u == nil || u.Currency != p.Request.Currency || u.Amount <= 0:
		d.fail("INT_902", "web-service input data validation error")
	case state != "AUTHORISED_TO_VALIDATE" && state != "AUTHORISED":
		d.fail("PSP_103", "invalid transaction status")
	case u.Amount > current:
		d.fail("PSP_100", "the amount can only be lowered")
	case state == "AUTHORISED" && u.Amount == current:
		d.answer(map[string]any{"responseCode": 0, "_type": "V4/Common/ResponseCodeAnswer"})
	case state == "AUTHORISED":
		_, _, err := d.t.Move(p, bank.Refund, current-u.Amount, u.Currency, "")
		if d.moved(err) {
			d.answer(map[string]any{"responseCode": 0, "_type": "V4/Common/ResponseCodeAnswer"})
		}
	case u.ManualValidation == "NO":
		_, _, err := d.t.Move(p, bank.Capture, u.Amount, u.Currency, "")
		if d.moved(err) {
			d.answer(map[string]any{"responseCode": 0, "_type": "V4/Common/ResponseCodeAnswer"})
		}
	default:
		d.fail("PSP_099", "this pretend bank lowers what waits only to take it")
	}
}

// cancelOrRefund lets go of the whole of what is not yet taken, and gives back of what is.
func (d *desk) cancelOrRefund(p *bank.Payment, q question) {
	state := d.state(p)
	switch {
	case state == "CANCELLED":
		d.fail("PSP_105", "transaction already cancelled")
	case state == "CAPTURED" && p.Captured == p.Refunded:
		d.fail("PSP_104", "transaction already refunded")
	case state == "CAPTURED" && q.ResolutionMode != "CANCELLATION_ONLY":
		d.refund(p, q)
	case (state == "AUTHORISED" || state == "AUTHORISED_TO_VALIDATE") && q.ResolutionMode != "REFUND_ONLY":
		d.cancel(p, state)
	default:
		d.fail("PSP_103", "invalid transaction status")
	}
}

func (d *desk) refund(p *bank.Payment, q question) {
	amount, currency := p.Captured-p.Refunded, p.Request.Currency
	if q.Amount != nil {
		amount, currency = *q.Amount, q.Currency
	}
	p, e, err := d.t.Move(p, bank.Refund, amount, currency, "")
	if d.moved(err) {
		d.answer(d.credit(p, e))
	}
}

// cancel is of the whole, whatever amount was asked.
func (d *desk) cancel(p *bank.Payment, state string) {
	what, amount := bank.CancelHold, p.Request.Amount
	if state == "AUTHORISED" {
		what, amount = bank.Refund, p.Captured-p.Refunded
	}
	p, _, err := d.t.Move(p, what, amount, p.Request.Currency, "")
	if d.moved(err) {
		d.answer(d.debit(p, d.state(p)))
	}
}
