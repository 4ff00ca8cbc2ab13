package lyra

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/tenant/payment"
)

// weight is which of several debits of an order says what became of it: money before a promise, a promise before a
// refusal, and of two alike the later one.
var weight = map[payment.Event]int{payment.Captured: 4, payment.Authorised: 3, payment.Waiting: 2, payment.Failed: 1, payment.Cancelled: 1}

// choose is the debit among the transactions of an order. Errors: ErrNotKnown, ErrForeign, ErrGarbled.
func choose(a payment.Account, list []transaction, ref string, test bool) (payment.Notice, error) {
	best := payment.Notice{}
	for _, t := range list {
		if !t.ours(a, ref, test) {
			return payment.Notice{}, payment.ErrForeign
		}
		if t.Operation != debit && t.Operation != "" {
			continue
		}
		n, err := t.notice(ref, test)
		if err != nil {
			return payment.Notice{}, err
		}
		if weight[n.Event] >= weight[best.Event] {
			best = n
		}
	}
	if best.ID == "" {
		return payment.Notice{}, payment.ErrNotKnown
	}
	return best, nil
}

// Inquire asks for the transactions of our reference. Before the buyer has chosen a card there are none.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	var order struct {
		Transactions []transaction `json:"transactions"`
	}
	if err := g.ask(ctx, a, p.Test, orderGet, question{OrderID: p.Ref}, &order); err != nil {
		if errors.Is(err, payment.ErrDeclined) {
			err = payment.ErrBank.Because(err)
		}
		return payment.Notice{}, err
	}
	n, err := choose(a, order.Transactions, p.Ref, p.Test)
	if err != nil && !errors.Is(err, payment.ErrNotKnown) {
		err = payment.ErrBank.Because(fmt.Errorf("lyra %s: %w", orderGet, err))
	}
	return n, err
}
