package testbank

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// call is what we ask of the bank (section 6).
type call struct {
	Merchant string `json:"merchant"`
	Mode     string `json:"mode"`
	Ref      string `json:"ref"`
	Amount   int64  `json:"amount,omitempty"`
	Currency string `json:"currency,omitempty"`
	Key      string `json:"key,omitempty"`
	Time     int64  `json:"time"`
}

// Inquire asks what became of a payment.
func (g *Gateway) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	return g.call(ctx, a, "status", p, call{})
}

// Capture takes what was authorised, or a part of it.
func (g *Gateway) Capture(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	return g.move(ctx, a, "capture", p, amount, key)
}

// Refund gives money back.
func (g *Gateway) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	return g.move(ctx, a, "refund", p, amount, key)
}

// Cancel lets go of an authorisation.
func (g *Gateway) Cancel(ctx context.Context, a payment.Account, p payment.Payment, key string) (payment.Notice, error) {
	return g.call(ctx, a, "cancel", p, call{Key: key})
}

func (g *Gateway) move(ctx context.Context, a payment.Account, what string, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	minor, err := amount.Minor()
	if err != nil || minor <= 0 {
		return payment.Notice{}, payment.ErrUnfit
	}
	return g.call(ctx, a, what, p, call{Amount: minor, Currency: amount.Currency().Code(), Key: key})
}

func (g *Gateway) call(ctx context.Context, a payment.Account, what string, p payment.Payment, c call) (payment.Notice, error) {
	key, err := keyOf(a)
	if err != nil {
		return payment.Notice{}, err
	}
	c.Merchant, c.Mode, c.Ref, c.Time = a.Config.Text("merchant"), modeOf(p), p.Ref, g.clock.Now().Unix()
	body, err := json.Marshal(c)
	if err != nil {
		return payment.Notice{}, fmt.Errorf("testbank %s: %w", what, err)
	}
	answer, err := g.calls.Do(ctx, bankcall.Call{
		Family: Key, What: what, Hosts: []string{g.endpoint}, Path: "/api/" + what, Body: body,
		Header: http.Header{"Content-Type": {"application/json"}, signatureHeader: {g.signature(key, body)}},
		Repeat: true, // the bank does it once for a key
	})
	if err != nil {
		return payment.Notice{}, err
	}
	return g.answer(a, key, what, c.Ref, answer)
}

// answer believes nothing that is not signed.
func (g *Gateway) answer(a payment.Account, key []byte, what, ref string, resp bankcall.Answer) (payment.Notice, error) {
	if err := g.verify(key, resp.Header.Get(signatureHeader), resp.Body); err != nil {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("testbank %s: answer %d is not signed by the bank", what, resp.Status))
	}
	switch resp.Status {
	case http.StatusOK:
	case http.StatusNotFound:
		return payment.Notice{}, payment.ErrNotKnown
	case http.StatusConflict:
		return payment.Notice{}, payment.ErrDeclined
	default:
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("testbank %s: answer %d", what, resp.Status))
	}
	n, err := readMessage(a, resp.Body)
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(err)
	}
	if n.Ref != ref {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("testbank %s: answer about another payment", what))
	}
	return n, nil
}
