package square

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/tenant/payment"
)

// errOther is the reason for not taking a message that is rightly signed and concerns another shop of the same account, a till
// of the merchant's, or something we do not deal with. Square is told that it was heard: it tells of all payments of a seller,
// however they were made, and ends subscriptions that refuse its events.
var errOther = errors.New("square: nothing of ours")

func other(what string) error {
	return payment.ErrGarbled.Because(fmt.Errorf("%w: %s", errOther, what))
}

// event is the envelope of a notice. Of the objects there is the one its type speaks of.
type event struct {
	ID   string `json:"event_id"`
	Type string `json:"type"`
	Data struct {
		Object struct {
			Payment *paymentObject `json:"payment"`
			Refund  *refundObject  `json:"refund"`
			Dispute *disputeObject `json:"dispute"`
		} `json:"object"`
	} `json:"data"`
}

// read puts an event into our words. Errors: ErrGarbled; ErrBank.
func (g *Gateway) read(ctx context.Context, a payment.Account, e event, test bool) (payment.Notice, error) {
	about := e.Data.Object
	switch e.Type {
	case "payment.created", "payment.updated":
		if about.Payment == nil {
			return payment.Notice{}, payment.ErrGarbled.Because(errors.New("square: an event about nothing"))
		}
		ref, err := g.refOf(ctx, a, *about.Payment, test)
		if err != nil {
			return payment.Notice{}, err
		}
		return about.Payment.notice(ref, test)
	case "refund.created", "refund.updated":
		if about.Refund == nil {
			return payment.Notice{}, payment.ErrGarbled.Because(errors.New("square: an event about nothing"))
		}
		ref, err := g.refOfPayment(ctx, a, about.Refund.Payment, test)
		if err != nil {
			return payment.Notice{}, err
		}
		return about.Refund.notice(ref, test)
	case "dispute.created", "dispute.state.updated", "dispute.state.changed":
		if about.Dispute == nil {
			return payment.Notice{}, payment.ErrGarbled.Because(errors.New("square: an event about nothing"))
		}
		ref, err := g.refOfPayment(ctx, a, about.Dispute.Payment.ID, test)
		if err != nil {
			return payment.Notice{}, err
		}
		return about.Dispute.notice(ref, test)
	}
	return payment.Notice{}, other(bounded(e.Type))
}

// refOf is our reference of a payment, for whose order Square is asked. Errors: other for one that is none of ours; ErrBank.
func (g *Gateway) refOf(ctx context.Context, a payment.Account, p paymentObject, test bool) (string, error) {
	if p.Location != locationOf(a, test) || !idShape.MatchString(p.Order) {
		return "", other("a payment at another location, or without an order")
	}
	o, err := g.order(ctx, a, p.Order, test)
	if err != nil {
		return "", unknown(err)
	}
	ref := o.ref(a, test)
	if ref == "" {
		return "", other("an order of somebody else")
	}
	return ref, nil
}

// refOfPayment is our reference of a payment of which the event gives the name only. Errors: as for refOf.
func (g *Gateway) refOfPayment(ctx context.Context, a payment.Account, id string, test bool) (string, error) {
	if !idShape.MatchString(id) {
		return "", other("no payment")
	}
	p, err := g.payment(ctx, a, id, test)
	if err != nil {
		return "", unknown(err)
	}
	return g.refOf(ctx, a, p, test)
}

// unknown is what an error means while a notice is read: what Square does not know is none of ours, and all else is to be told
// again.
func unknown(err error) error {
	if errors.Is(err, payment.ErrNotKnown) {
		return other("what nobody knows")
	}
	return payment.ErrBank.Because(err)
}
