package paypal

import (
	"context"
	"errors"
	"net/http"

	vendor "github.com/plutov/paypal/v4"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// Inquire asks for the order, and settles it when the buyer agreed and nobody has told us.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	if p.BankRef == "" {
		return payment.Notice{}, payment.ErrNotKnown // no buyer was sent anywhere
	}
	s, o, err := g.find(ctx, a, p)
	if err != nil {
		return payment.Notice{}, err
	}
	return s.settle(ctx, o)
}

// find opens a session and reads the payment's order. Errors: ErrNotKnown, ErrBank.
func (g *Gateway) find(ctx context.Context, a payment.Account, p payment.Payment) (*session, order, error) {
	s, err := g.open(a, p.Test)
	if err != nil {
		return nil, order{}, err
	}
	o, err := s.order(ctx, p.BankRef)
	if err == nil && o.Units[0].Custom != p.Ref {
		err = payment.ErrBank.Because(errors.New("paypal: an answer about another payment"))
	}
	if errors.Is(err, payment.ErrForeign) {
		err = payment.ErrBank.Because(err)
	}
	return s, o, err
}

// amountOf is an amount in the body of a call.
func amountOf(a money.Amount) (*vendor.Money, error) {
	text, err := write(a)
	if err != nil {
		return nil, payment.ErrUnfit
	}
	return &vendor.Money{Currency: a.Currency().Code(), Value: text}, nil
}

// Capture takes what was authorised, or a part of it, for good: the rest is let go.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	body := struct {
		Amount *vendor.Money `json:"amount"`
		Final  bool          `json:"final_capture"`
	}{Final: true}
	var err error
	if body.Amount, err = amountOf(amount); err != nil {
		return payment.Notice{}, err
	}
	s, o, err := g.find(ctx, a, p)
	if err != nil {
		return payment.Notice{}, moved(err)
	}
	promised := o.Units[0].Payments.Authorizations
	if len(promised) == 0 || !idShape.MatchString(promised[0].ID) {
		return payment.Notice{}, payment.ErrDeclined.Because(errors.New("paypal: nothing is authorised"))
	}
	var it item
	if err := s.call(ctx, http.MethodPost, "/v2/payments/authorizations/"+promised[0].ID+"/capture", requestID("capture", p.Ref, key), body, &it); err != nil {
		return payment.Notice{}, moved(err)
	}
	return done(it, p, amount, captureNotice)
}

// Refund gives back of what was captured.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	var body vendor.RefundCaptureRequest
	var err error
	if body.Amount, err = amountOf(amount); err != nil {
		return payment.Notice{}, err
	}
	s, o, err := g.find(ctx, a, p)
	if err != nil {
		return payment.Notice{}, moved(err)
	}
	taken := ""
	for _, it := range o.Units[0].Payments.Captures {
		switch it.Status {
		case "COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED":
			if taken == "" && idShape.MatchString(it.ID) {
				taken = it.ID
			}
		}
	}
	if taken == "" {
		return payment.Notice{}, payment.ErrDeclined.Because(errors.New("paypal: nothing was captured"))
	}
	var it item
	if err := s.call(ctx, http.MethodPost, "/v2/payments/captures/"+taken+"/refund", requestID("refund", p.Ref, key), body, &it); err != nil {
		return payment.Notice{}, moved(err)
	}
	return done(it, p, amount, refundNotice)
}

// Cancel lets go of an authorisation. PayPal answers with nothing.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, key string) (payment.Notice, error) {
	s, o, err := g.find(ctx, a, p)
	if err != nil {
		return payment.Notice{}, moved(err)
	}
	promised := o.Units[0].Payments.Authorizations
	if len(promised) == 0 || !idShape.MatchString(promised[0].ID) {
		return payment.Notice{}, payment.ErrDeclined.Because(errors.New("paypal: nothing is authorised"))
	}
	it := promised[0]
	if it.Status != "VOIDED" {
		err = s.call(ctx, http.MethodPost, "/v2/payments/authorizations/"+it.ID+"/void", requestID("void", p.Ref, key), nil, nil)
	}
	var no *refusal
	if errors.As(err, &no) && (no.issue == "PREVIOUSLY_VOIDED" || no.issue == "AUTHORIZATION_VOIDED") {
		err = nil // asked for before
	}
	if err != nil {
		return payment.Notice{}, moved(err)
	}
	it.Status, it.Custom = "VOIDED", p.Ref
	n, err := authorizationNotice(it, p.Test)
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(err)
	}
	return n, nil
}

// done is the answer to a call that moved money. Only what was asked is believed to have been done.
func done(it item, p payment.Payment, asked money.Amount, read func(item, bool) (payment.Notice, error)) (payment.Notice, error) {
	if it.Custom == "" {
		it.Custom = p.Ref // which the answer may leave out
	}
	n, err := read(it, p.Test)
	switch {
	case err != nil:
		return payment.Notice{}, payment.ErrBank.Because(err)
	case n.Ref != p.Ref || !n.Amount.Equal(asked):
		return payment.Notice{}, payment.ErrBank.Because(errors.New("paypal: an answer about another payment or amount"))
	case n.Event == payment.Failed, n.Event == payment.Waiting && it.Status != "PENDING":
		return payment.Notice{}, payment.ErrDeclined.Because(errItem)
	}
	return n, nil
}

// moved is why something was not done: what PayPal refuses is ErrDeclined, what this app may not do ErrOffice, and all else
// says nothing of what was done.
func moved(err error) error {
	var no *refusal
	switch {
	case errors.Is(err, payment.ErrBank):
		return err
	case errors.Is(err, payment.ErrNotKnown):
		return payment.ErrDeclined.Because(err)
	case !errors.As(err, &no):
		return payment.ErrBank.Because(err)
	case no.status == http.StatusForbidden:
		return payment.ErrOffice.Because(no)
	}
	return payment.ErrDeclined.Because(no)
}
