package square

import (
	"context"
	"errors"
	"strings"

	"echoppe.dev/tenant/payment"
)

// Inquire asks for the order, and for the payments that paid it. Cards that were refused are not among them.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	o, err := g.orderFor(ctx, a, p)
	if err != nil {
		return payment.Notice{}, answered(err)
	}
	one, err := g.best(ctx, a, o, p.Test)
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		return upstream(o.notice(p.Ref, p.Test))
	case err != nil:
		return payment.Notice{}, answered(err)
	}
	return upstream(one.notice(p.Ref, p.Test))
}

// upstream is what an answer nobody understands means: it may be better the next time.
func upstream(n payment.Notice, err error) (payment.Notice, error) {
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(err)
	}
	return n, nil
}

// namesOf takes a BankRef apart: Start gives link and order with a colon between them, and notices the order alone.
func namesOf(bankRef string) (link, order string) {
	link, order, both := strings.Cut(bankRef, ":")
	if !both {
		link, order = "", bankRef
	}
	if !idShape.MatchString(order) || link != "" && !idShape.MatchString(link) {
		return "", ""
	}
	return link, order
}

// orderFor is the payment's order. Errors: ErrNotKnown, also for a payment with which no buyer was sent anywhere; as for call.
func (g *Gateway) orderFor(ctx context.Context, a payment.Account, p payment.Payment) (orderObject, error) {
	_, id := namesOf(p.BankRef)
	if id == "" {
		return orderObject{}, payment.ErrNotKnown
	}
	o, err := g.order(ctx, a, id, p.Test)
	if err == nil && o.ref(a, p.Test) != p.Ref {
		return orderObject{}, payment.ErrBank.Because(errors.New("square: an order of another payment"))
	}
	return o, err
}

// order asks for an order.
func (g *Gateway) order(ctx context.Context, a payment.Account, id string, test bool) (orderObject, error) {
	var answer struct {
		Order orderObject `json:"order"`
	}
	err := g.call(ctx, a, test, get("order", "/v2/orders/"+id), &answer)
	if err == nil && answer.Order.ID != id {
		err = payment.ErrBank.Because(errors.New("square: another order than was asked for"))
	}
	return answer.Order, err
}

// payment asks for a payment.
func (g *Gateway) payment(ctx context.Context, a payment.Account, id string, test bool) (paymentObject, error) {
	return g.paymentAfter(ctx, a, id, test, get("payment", "/v2/payments/"+id))
}

// paymentAfter is the payment a call answers with, which must be the one that was named.
func (g *Gateway) paymentAfter(ctx context.Context, a payment.Account, id string, test bool, q question) (paymentObject, error) {
	var answer struct {
		Payment paymentObject `json:"payment"`
	}
	err := g.call(ctx, a, test, q, &answer)
	if err == nil && answer.Payment.ID != id {
		err = payment.ErrBank.Because(errors.New("square: another payment than was asked for"))
	}
	return answer.Payment, err
}

// weight is which of several payments says what became of an order: money before a promise, a promise before a wait.
var weight = map[string]int{statusCompleted: 5, statusApproved: 4, statusPending: 3, statusFailed: 2, statusCanceled: 1}

// best is the payment that says what became of an order. Errors: ErrNotKnown when nobody has paid it; as for call.
func (g *Gateway) best(ctx context.Context, a payment.Account, o orderObject, test bool) (found paymentObject, err error) {
	for _, t := range o.Tenders[:min(len(o.Tenders), maxTenders)] {
		if !idShape.MatchString(t.ID) {
			return paymentObject{}, payment.ErrBank.Because(errNameless)
		}
		p, err := g.payment(ctx, a, t.ID, test)
		switch {
		case errors.Is(err, payment.ErrNotKnown):
			return paymentObject{}, payment.ErrBank.Because(errors.New("square: the order names a payment nobody knows"))
		case err != nil:
			return paymentObject{}, err
		case p.Order != o.ID:
			return paymentObject{}, payment.ErrBank.Because(errors.New("square: a payment of another order"))
		case weight[p.Status] > weight[found.Status] || found.ID == "":
			found = p
		}
	}
	if found.ID == "" {
		return paymentObject{}, payment.ErrNotKnown
	}
	return found, nil
}
