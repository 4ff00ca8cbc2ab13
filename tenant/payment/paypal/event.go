package paypal

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"echoppe.dev/tenant/payment"
)

// event is the body of a webhook (Webhooks v1, "event").
type event struct {
	ID       string          `json:"id"`
	Type     string          `json:"event_type"`
	Resource json.RawMessage `json:"resource"`
}

// readEvent says what a webhook of PayPal's means. The signature covers a CRC-32 of the body, for which another body is
// easily made by whoever has one genuine message; so of money that came it is only believed where to look, and the order is
// asked for. That money went back is believed. Errors: ErrForeign, ErrGarbled, ErrBank.
func (g *Gateway) readEvent(ctx context.Context, a payment.Account, body []byte, test bool) (payment.Notice, error) {
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("paypal: a webhook that cannot be read"))
	}
	switch {
	case e.Type == "PAYMENT.CAPTURE.REFUNDED" || e.Type == "PAYMENT.CAPTURE.REVERSED" || strings.HasPrefix(e.Type, "PAYMENT.REFUND."):
		return refundEvent(a, e, test)
	case strings.HasPrefix(e.Type, "CUSTOMER.DISPUTE."):
		return disputeEvent(a, e, test)
	case strings.HasPrefix(e.Type, "CHECKOUT.ORDER."):
		return g.orderEvent(ctx, a, e, test)
	case strings.HasPrefix(e.Type, "PAYMENT.CAPTURE.") || strings.HasPrefix(e.Type, "PAYMENT.AUTHORIZATION."):
		return g.itemEvent(ctx, a, e, test)
	}
	return payment.Notice{}, payment.ErrGarbled.Because(errors.New("paypal: a webhook about something else"))
}

func refundEvent(a payment.Account, e event, test bool) (payment.Notice, error) {
	var it item
	if err := json.Unmarshal(e.Resource, &it); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("paypal: no refund"))
	}
	if !theirs(a, it.Payee) {
		return payment.Notice{}, payment.ErrForeign
	}
	n, err := refundNotice(it, test)
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	return n, nil
}

func (g *Gateway) orderEvent(ctx context.Context, a payment.Account, e event, test bool) (payment.Notice, error) {
	var o order
	if err := json.Unmarshal(e.Resource, &o); err != nil || len(o.Units) != 1 {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("paypal: no order, or one of several parts"))
	}
	return g.look(ctx, a, o, test)
}

// itemEvent is about a capture or an authorisation, which names its order.
func (g *Gateway) itemEvent(ctx context.Context, a payment.Account, e event, test bool) (payment.Notice, error) {
	var it item
	if err := json.Unmarshal(e.Resource, &it); err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("paypal: no capture and no authorisation"))
	}
	return g.look(ctx, a, order{ID: it.Related.IDs.Order, Units: []unit{{Custom: it.Custom, Amount: it.Amount, Payee: it.Payee}}}, test)
}

// look asks for the order a webhook is about. One this app cannot see is only noted, with the message's own words: it may be
// of the other mode, or have expired.
func (g *Gateway) look(ctx context.Context, a payment.Account, told order, test bool) (payment.Notice, error) {
	switch {
	case !idShape.MatchString(told.ID) || !refShape.MatchString(told.Units[0].Custom):
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("paypal: no order or no reference"))
	case !theirs(a, told.Units[0].Payee):
		return payment.Notice{}, payment.ErrForeign
	}
	s, err := g.open(a, test)
	if err != nil {
		return payment.Notice{}, err
	}
	o, err := s.order(ctx, told.ID)
	if errors.Is(err, payment.ErrNotKnown) {
		n, err := orderNotice(told, payment.Waiting, "unseen", test)
		if err != nil {
			return payment.Notice{}, payment.ErrGarbled.Because(errItem)
		}
		return n, nil
	}
	if err != nil {
		return payment.Notice{}, err
	}
	return s.settle(ctx, o)
}
