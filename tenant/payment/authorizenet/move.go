package authorizenet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// paidWith is the card a refund goes to.
type paidWith struct {
	Card struct {
		Last   string `json:"cardNumber"`
		Expiry string `json:"expirationDate"`
	} `json:"creditCard"`
}

// lastDigits are those of a masked card number.
var lastDigits = regexp.MustCompile(`^X{4}([0-9]{4})$`)

// Capture takes what was authorised, or a part of it; the rest is let go. Done before, it is not done again.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, _ string) (payment.Notice, error) {
	text, s, d, err := g.begin(ctx, a, p, amount)
	if err != nil {
		return payment.Notice{}, err
	}
	switch {
	case p.Captured.IsPositive():
		err = refuse("taken before")
	case d.Status == statusHeld:
		_, err = s.move(ctx, transaction{Type: "priorAuthCaptureTransaction", Amount: text, Currency: amount.Currency().Code(), Of: d.ID}, p.Ref)
	case d.Status == statusTaken, d.Status == statusSettled:
		if taken, wrong := read(a, d.Settled); wrong != nil || !taken.Equal(amount) {
			err = refuse("another sum was taken")
		}
	default:
		err = refuse("status " + d.Status)
	}
	return told(p, d.ID+":paid", payment.Captured, amount, err)
}

// Cancel lets go of an authorisation. Done before, it is not done again.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, _ string) (payment.Notice, error) {
	_, s, d, err := g.begin(ctx, a, p, p.Amount)
	if err != nil {
		return payment.Notice{}, err
	}
	switch {
	case p.Captured.IsPositive():
		err = refuse("taken")
	case d.Status == statusHeld:
		_, err = s.move(ctx, transaction{Type: "voidTransaction", Of: d.ID}, p.Ref)
	case d.Status != statusVoided:
		err = refuse("status " + d.Status)
	}
	n, err := told(p, d.ID+":cancelled", payment.Cancelled, p.Amount, err)
	n.Reason = payment.ReasonAbandoned
	return n, err
}

// Refund gives back of what was settled, or voids the whole of what was not. A part of what is not settled is ErrDeclined: it can be given
// back the next day.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, _ string) (payment.Notice, error) {
	text, s, d, err := g.begin(ctx, a, p, amount)
	if err != nil {
		return payment.Notice{}, err
	}
	whole := amount.Equal(p.Captured) && p.Refunded.IsZero()
	card := lastDigits.FindStringSubmatch(d.Payment.Card.Number)
	number, word := d.ID, ":void"
	switch {
	case p.Refundable().Cmp(amount) < 0:
		err = refuse("more than is left")
	case d.Status == statusSettled && card != nil:
		x := transaction{Type: typeRefund, Amount: text, Currency: amount.Currency().Code(), Payment: &paidWith{}, Of: d.ID, Order: &order{Invoice: p.Ref}}
		x.Payment.Card.Last, x.Payment.Card.Expiry = card[1], "XXXX"
		word = ":refund"
		number, err = s.move(ctx, x, p.Ref)
	case d.Status == statusTaken && whole:
		_, err = s.move(ctx, transaction{Type: "voidTransaction", Of: d.ID}, p.Ref)
	case d.Status == statusTaken:
		err = refuse("a part, and it is not settled")
	case d.Status != statusVoided || !whole:
		err = refuse("status " + d.Status)
	}
	return told(p, number+word, payment.Refunded, amount, err)
}

// begin looks at what is asked, and how the transaction stands. Errors: ErrUnfit, ErrDeclined, ErrOffice, ErrBank.
func (g *Gateway) begin(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount) (string, *session, details, error) {
	text, err := write(a, amount)
	if err != nil {
		return "", nil, details{}, err
	}
	if !numberShape.MatchString(p.BankRef) {
		return "", nil, details{}, refuse("the number of the transaction is not known")
	}
	s, err := g.open(a, p.Test)
	if err != nil {
		return "", nil, details{}, err
	}
	d, err := s.find(ctx, p.BankRef)
	switch {
	case errors.Is(err, payment.ErrNotKnown):
		err = payment.ErrDeclined.Because(err)
	case err == nil && d.Order.Invoice != p.Ref:
		err = payment.ErrBank.Because(errors.New("authorizenet: an answer about another payment"))
	}
	return text, s, d, err
}

// moved is the answer to something that was asked to be done.
type moved struct {
	Response struct {
		Code   json.Number `json:"responseCode"`
		ID     string      `json:"transId"`
		Errors []struct {
			Code string `json:"errorCode"`
		} `json:"errors"`
	} `json:"transactionResponse"`
}

// duplicate is the error of a transaction that looks like one of the last minutes.
const duplicate = "11"

// move asks for something to be done, once, and gives the number of what was done. Errors: ErrDeclined when it was not done; ErrOffice;
// ErrBank when nobody knows.
func (s *session) move(ctx context.Context, x transaction, ref string) (string, error) {
	body := struct {
		Login       login       `json:"merchantAuthentication"`
		Ref         string      `json:"refId"`
		Transaction transaction `json:"transactionRequest"`
	}{s.login, ref, x}
	var answer moved
	err := s.ask(ctx, "createTransactionRequest", body, false, &answer)
	r := answer.Response
	code, fault := r.Code.String(), "-"
	if len(r.Errors) > 0 && wordShape.MatchString(r.Errors[0].Code) {
		fault = r.Errors[0].Code
	}
	switch {
	case err == nil && code == "1" && numberShape.MatchString(r.ID):
		return r.ID, nil
	case err != nil && codeOf(err) != codeFailed:
		return "", err
	case (code == "2" || code == "3") && fault != duplicate:
		return "", refuse("error " + fault)
	}
	return "", payment.ErrBank.Because(fmt.Errorf("authorizenet %s: response %.2q, error %s", x.Type, code, fault))
}

// refuse is a no.
func refuse(why string) error {
	return payment.ErrDeclined.Because(fmt.Errorf("authorizenet: %.80q", why))
}

// told is what was done in our words.
func told(p payment.Payment, id string, e payment.Event, amount money.Amount, err error) (payment.Notice, error) {
	if err != nil {
		return payment.Notice{}, err
	}
	return payment.Notice{ID: id, Ref: p.Ref, Event: e, Amount: amount, BankRef: p.BankRef, Test: p.Test,
		Message: payment.Message{"transaction": p.BankRef, "amount": amount.String(), "currency": amount.Currency().Code(), "event": string(e)}}, nil
}
