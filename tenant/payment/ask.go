package payment

import (
	"errors"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// ErrUnanswered: the bank was asked for just this before, its answer never came, and it would take the same call
// for another one. What it did stands in its own office, and is recorded by hand.
var ErrUnanswered = fault.New(fault.Conflict, "payment.unanswered")

// Asking is what a bank is about to be asked.
type Asking struct {
	Key string
	// Again: the same was asked with this key before, and the answer never came. A gateway that can be asked
	// (Inquirer) is asked first; one that knows no keys (Capabilities.Keyless) must not be called twice blindly.
	Again bool
}

// Ask notes that the bank is about to be asked to capture, refund or cancel, and gives the key of the
// call: the bank does it once for a key, so a call whose answer was lost is made again with the same
// one. What the bank then says, by its answer or by a notice that is faster, is recognised by it.
//
// Errors: ErrPayment; fsm.ErrRefused when the payment cannot go there; ErrAmount for more than was
// authorised or can be given back.
func Ask(tx tenant.Tx, who tenant.Actor, payment ID, what Event, amount money.Amount) (Asking, error) {
	p, err := lockPayment(tx, payment)
	if err != nil {
		return Asking{}, err
	}
	if _, err := table.Next(p.State, what); err != nil {
		return Asking{}, err
	}
	most := p.Amount
	if what == Refunded {
		most = p.Refundable()
	}
	if amount.Currency() != most.Currency() || !amount.IsPositive() || !exact(amount) || amount.Cmp(most) > 0 {
		return Asking{}, ErrAmount
	}
	key, err := Unanswered(tx, payment, what, amount)
	if err != nil || key != "" {
		return Asking{Key: key, Again: true}, err
	}
	key = id.New[entry]().String()
	_, err = insertEvent(tx, entry{
		payment: p.ID, scope: scope(p.Kind, p.Mode), source: SourceStaff, before: p.State, after: p.State, verdict: Asked,
		notice: Notice{ID: askID(key), Ref: p.Ref, Event: what, Amount: amount, Test: p.Test,
			Message: Message{"by": string(who.Kind) + " " + who.Name}},
	})
	return Asking{Key: key}, err
}

// Deny notes that the bank said no to what it was asked with that key, so that the same may be asked anew.
func Deny(tx tenant.Tx, payment ID, what Event, amount money.Amount, key string) error {
	p, err := lockPayment(tx, payment)
	if err != nil {
		return err
	}
	_, err = insertEvent(tx, entry{
		payment: p.ID, scope: scope(p.Kind, p.Mode), source: SourceCall, before: p.State, after: p.State, verdict: Denied,
		notice: Notice{ID: "deny:" + key, Ref: p.Ref, Event: what, Amount: amount, Test: p.Test},
	})
	return err
}

// Unanswered is the key of the newest call for just this whose answer never came, "" when there is none: there are
// more lines that ask for it than lines that say it was done or denied.
func Unanswered(tx tenant.Tx, payment ID, what Event, amount money.Amount) (key string, err error) {
	var found struct {
		Open   int
		Newest string
	}
	err = tx.DB().Raw(`select
		count(*) filter (where outcome = ?) - count(*) filter (where outcome in (?, ?)) as open,
		coalesce((array_agg(notice_id order by at desc, id desc) filter (where outcome = ?))[1], '') as newest
		from payment_events where payment_id = ? and event = ? and amount = ?`,
		Asked, Applied, Denied, Asked, payment, what, amount.Decimal()).Scan(&found).Error
	if err != nil {
		return "", fmt.Errorf("look for what was asked: %w", err)
	}
	if found.Open <= 0 {
		return "", nil
	}
	if len(found.Newest) <= len(askID("")) {
		return "", errors.New("look for what was asked: a line without a key")
	}
	return found.Newest[len(askID("")):], nil
}

// askID is the ledger's name for the call of a key.
func askID(key string) string { return "ask:" + key }
