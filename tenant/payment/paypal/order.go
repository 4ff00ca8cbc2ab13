package paypal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"

	"echoppe.dev/tenant/payment"
)

// order is what the shop looks at of an order (Orders v2, "order").
type order struct {
	ID     string `json:"id"`
	Intent string `json:"intent"`
	Status string `json:"status"`
	Payer  struct {
		ID string `json:"payer_id"`
	} `json:"payer"`
	Units  []unit `json:"purchase_units"`
	Source source `json:"payment_source"`
	Links  []struct {
		Rel  string `json:"rel"`
		Href string `json:"href"`
	} `json:"links"`
}

// The statuses of an order that are acted on.
const (
	orderApproved  = "APPROVED"
	orderCompleted = "COMPLETED"
	orderVoided    = "VOIDED"
)

// unit is the one purchase unit of an order of ours.
type unit struct {
	Custom   string `json:"custom_id"`
	Amount   value  `json:"amount"`
	Payee    payee  `json:"payee"`
	Payments struct {
		Captures       []item `json:"captures"`
		Authorizations []item `json:"authorizations"`
	} `json:"payments"`
}

type value struct {
	Value string `json:"value"`
	Code  string `json:"currency_code"`
}

type payee struct {
	Merchant string `json:"merchant_id"`
}

// item is a capture, an authorisation or a refund (Payments v2), as it stands in an order, an answer or a webhook.
type item struct {
	ID        string `json:"id"`
	Status    string `json:"status"`
	Custom    string `json:"custom_id"`
	Amount    value  `json:"amount"`
	Payee     payee  `json:"payee"`
	Processor struct {
		Code string `json:"response_code"`
	} `json:"processor_response"`
	Related struct {
		IDs struct {
			Order string `json:"order_id"`
		} `json:"related_ids"`
	} `json:"supplementary_data"`
}

var (
	idShape  = regexp.MustCompile(`^[0-9A-Za-z]{8,40}$`)
	refShape = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)
)

// order asks for an order and makes sure that it is one of ours. Errors: ErrNotKnown, ErrForeign, ErrBank.
func (s *session) order(ctx context.Context, id string) (order, error) {
	if !idShape.MatchString(id) {
		return order{}, payment.ErrNotKnown
	}
	var o order
	err := s.call(ctx, http.MethodGet, "/v2/checkout/orders/"+id, "", nil, &o)
	var no *refusal
	switch {
	case errors.As(err, &no) && no.status == http.StatusNotFound:
		return order{}, payment.ErrNotKnown.Because(no)
	case err != nil && !errors.Is(err, payment.ErrBank):
		return order{}, payment.ErrBank.Because(err)
	case err != nil:
		return order{}, err
	case o.ID != id || len(o.Units) != 1 || !refShape.MatchString(o.Units[0].Custom):
		return order{}, payment.ErrBank.Because(errors.New("paypal: an order that is none of ours, or another one"))
	case !theirs(s.account, o.Units[0].Payee):
		return order{}, payment.ErrForeign
	}
	return o, nil
}

// theirs tells whether the money is for the merchant, as far as both are known.
func theirs(a payment.Account, p payee) bool {
	own := a.Config.Text("merchant")
	return own == "" || p.Merchant == "" || own == p.Merchant
}

// settle brings an order forward: what the buyer agreed to is captured or authorised, as the order was made, and what became
// of it is told. However often and from wherever it is called, the same happens once.
func (s *session) settle(ctx context.Context, o order) (payment.Notice, error) {
	if o.Status != orderApproved {
		return standing(o, s.test)
	}
	what := "capture"
	if o.Intent == "AUTHORIZE" {
		what = "authorize"
	}
	var after order
	err := s.call(ctx, http.MethodPost, "/v2/checkout/orders/"+o.ID+"/"+what, requestID(what, o.ID), struct{}{}, &after)
	var no *refusal
	switch {
	case errors.As(err, &no):
		return s.unsettled(ctx, o, no)
	case err != nil:
		return payment.Notice{}, err
	case after.ID != o.ID || len(after.Units) != 1 || len(after.Units[0].Payments.Captures)+len(after.Units[0].Payments.Authorizations) == 0:
		return s.again(ctx, o)
	}
	after.Units[0].Custom = o.Units[0].Custom // which the answer may leave out
	if after.Source == (source{}) {
		after.Source = o.Source
	}
	return standing(after, s.test)
}

// again looks at an order that was settled by somebody else, or answered for with too few words.
func (s *session) again(ctx context.Context, o order) (payment.Notice, error) {
	now, err := s.order(ctx, o.ID)
	if err != nil {
		return payment.Notice{}, err
	}
	return standing(now, s.test)
}

// unsettled is what a refusal to capture or authorise means.
func (s *session) unsettled(ctx context.Context, o order, no *refusal) (payment.Notice, error) {
	switch no.issue {
	case "ORDER_ALREADY_CAPTURED", "ORDER_ALREADY_AUTHORIZED", "ORDER_COMPLETED_OR_VOIDED", "ORDER_ALREADY_COMPLETED":
		return s.again(ctx, o)
	case "ORDER_NOT_APPROVED", "PAYER_ACTION_REQUIRED":
		o.Status = "PAYER_ACTION_REQUIRED"
		return standing(o, s.test)
	}
	reason, known := issues[no.issue]
	if !known {
		return payment.Notice{}, payment.ErrBank.Because(no)
	}
	n, err := orderNotice(o, payment.Failed, "declined", s.test)
	n.Reason, n.Message["issue"] = reason, no.issue
	return n, err
}

// weight is which of several captures or authorisations of an order says what became of it; of two alike the first.
var weight = map[payment.Event]int{payment.Captured: 4, payment.Authorised: 3, payment.Waiting: 2, payment.Failed: 1, payment.Cancelled: 1}

// standing is an order as it is now, in our words. Errors: ErrBank.
func standing(o order, test bool) (payment.Notice, error) {
	var best payment.Notice
	p := o.Units[0].Payments
	for i, it := range append(append([]item{}, p.Captures...), p.Authorizations...) {
		it.Custom = o.Units[0].Custom
		read := captureNotice
		if i >= len(p.Captures) {
			read = authorizationNotice
		}
		n, err := read(it, test)
		if err != nil {
			return payment.Notice{}, payment.ErrBank.Because(err)
		}
		if weight[n.Event] > weight[best.Event] {
			best = n
		}
	}
	switch {
	case best.ID != "":
		best.Card = o.Source.card()
		return best, nil
	case o.Status == orderVoided:
		n, err := orderNotice(o, payment.Cancelled, "voided", test)
		n.Reason = payment.ReasonAbandoned
		return n, err
	case o.Status == orderCompleted:
		return payment.Notice{}, payment.ErrBank.Because(errors.New("paypal: a completed order without a payment"))
	}
	return orderNotice(o, payment.Waiting, "waiting", test)
}

// orderNotice is about an order of which nothing was captured or authorised. Errors: ErrBank.
func orderNotice(o order, e payment.Event, what string, test bool) (payment.Notice, error) {
	u := o.Units[0]
	amount, err := read(u.Amount.Value, u.Amount.Code)
	if err != nil {
		return payment.Notice{Message: payment.Message{}}, payment.ErrBank.Because(fmt.Errorf("paypal: order %s: %w", o.ID, err))
	}
	return payment.Notice{ID: o.ID + ":" + what, Ref: u.Custom, Event: e, Amount: amount, Test: test,
		Message: payment.Message{"order": o.ID, "event": string(e), "amount": u.Amount.Value, "currency": u.Amount.Code}}, nil
}
