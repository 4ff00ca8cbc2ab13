package monext

import (
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// Types of transactions.
const (
	authorization = "AUTHORIZATION"
	sale          = "AUTHORIZATION_AND_CAPTURE"
	capture       = "CAPTURE"
	reset         = "RESET"
	refund        = "REFUND"
)

// outcome is a result as both APIs tell it.
type outcome struct{ code, title, detail string }

var (
	accepted = outcome{"00000", "ACCEPTED", "Transaction approved"}
	unknown  = outcome{"02304", "ERROR", "No transaction found for this token"}
	absent   = outcome{"02301", "ERROR", "Transaction ID is invalid"}
	invalid  = outcome{"02305", "ERROR", "Invalid field format"}
	denied   = outcome{"02303", "ERROR", "Operation not possible on this transaction"}
	refusals = map[string]string{"funds": "01116", "card": "01111", "authentication": "03022", "refused": "01100"}
)

// outcomeOf is what became of a session.
func outcomeOf(m bank.Message) outcome {
	switch m.Event {
	case bank.Paid, bank.Authorised:
		return accepted
	case bank.Refused:
		return outcome{refusals[m.Reason], "REFUSED", "Do not honor"}
	case bank.Cancelled:
		return outcome{"02319", "CANCELLED", "Payment cancelled by the buyer"}
	case bank.Expired:
		return outcome{"02324", "CANCELLED", "The session expired before the buyer has finished"}
	default:
		return outcome{"02306", "INPROGRESS", "The buyer has to fill in his payment data"}
	}
}

// end is the event a session ended with: what was done to the money later is not the session's.
func end(p *bank.Payment) bank.Event {
	last := bank.Event{ID: p.Number + "-0", Kind: bank.Open, Amount: p.Request.Amount, At: p.Opened}
	for _, e := range p.Events {
		switch e.Kind {
		case bank.Refused:
			last = e
		case bank.Authorised, bank.Paid, bank.Cancelled, bank.Expired:
			return e
		}
	}
	return last
}

// transaction numbers the transaction of an event: the payment's serial and the event's place. None came of a session nobody paid.
func transaction(p *bank.Payment, e bank.Event) string {
	i := strings.LastIndexByte(e.ID, '-')
	place, err := strconv.ParseInt(e.ID[i+1:], 10, 64)
	if err != nil || e.Kind == bank.Open || e.Kind == bank.Expired || e.Kind == bank.Cancelled && !held(p) {
		return ""
	}
	return "1" + bank.NumberOf(p.Serial, 10) + bank.NumberOf(place, 3)
}

// held tells that there was an authorisation.
func held(p *bank.Payment) bool {
	for _, e := range p.Events {
		if e.Kind == bank.Authorised {
			return true
		}
	}
	return false
}

// kind is the type of an event's transaction.
func kind(p *bank.Payment, e bank.Event) string {
	switch e.Kind {
	case bank.Refunded:
		return refund
	case bank.Cancelled:
		return reset
	case bank.Paid:
		if held(p) {
			return capture
		}
		return sale
	default:
		if p.Request.Capture == bank.Later {
			return authorization
		}
		return sale
	}
}

// findTransaction is the payment whose session made that transaction.
func findTransaction(t *bank.Teller, m bank.Merchant, mode, id string) (*bank.Payment, bool) {
	if len(id) != 14 || id[0] != '1' {
		return nil, false
	}
	serial, ok := number(id[1:11])
	if !ok {
		return nil, false
	}
	p, ok := t.FindSerial(serial)
	if !ok || p.Request.Merchant != m.Number || p.Request.Mode != mode {
		return nil, false
	}
	return p, transaction(p, end(p)) == id
}

// moved does what a call asks of the money.
func moved(t *bank.Teller, p *bank.Payment, what bank.What, amount int64, currency string) (bank.Event, outcome) {
	_, e, err := t.Move(p, what, amount, currency, "")
	if err != nil {
		return bank.Event{}, denied
	}
	return e, accepted
}

// number reads digits.
func number(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0
}
