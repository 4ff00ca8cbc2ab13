package testbank

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// callLimit is how long the bank has to answer a call.
const callLimit = 10 * time.Second

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
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.endpoint+"/api/"+what, bytes.NewReader(body))
	if err != nil {
		return payment.Notice{}, fmt.Errorf("testbank %s: %w", what, err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(signatureHeader, g.signature(key, body))
	resp, err := g.client.Do(req)
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("testbank %s: %w", what, err))
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, payment.MaxBody))
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("testbank %s: %w", what, err))
	}
	return g.answer(a, key, what, c.Ref, resp, answer)
}

// answer believes nothing that is not signed.
func (g *Gateway) answer(a payment.Account, key []byte, what, ref string, resp *http.Response, body []byte) (payment.Notice, error) {
	if err := g.verify(key, resp.Header.Get(signatureHeader), body); err != nil {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("testbank %s: answer %d is not signed by the bank", what, resp.StatusCode))
	}
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return payment.Notice{}, payment.ErrNotKnown
	case http.StatusConflict:
		return payment.Notice{}, payment.ErrDeclined
	default:
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("testbank %s: answer %d", what, resp.StatusCode))
	}
	n, err := readMessage(a, body)
	if err != nil {
		return payment.Notice{}, payment.ErrBank.Because(err)
	}
	if n.Ref != ref {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("testbank %s: answer about another payment", what))
	}
	return n, nil
}

// newClient calls the bank. Names below localhost are this machine (RFC 6761, section 6.3), which
// not every resolver knows. An answer that sends us elsewhere is no answer.
func newClient() *http.Client {
	dialer := &net.Dialer{Timeout: callLimit}
	return &http.Client{
		Timeout:       callLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			MaxIdleConnsPerHost: 16,
			IdleConnTimeout:     time.Minute,
			DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
				host, port, err := net.SplitHostPort(addr)
				if err == nil && strings.HasSuffix(host, ".localhost") {
					addr = net.JoinHostPort("127.0.0.1", port)
				}
				return dialer.DialContext(ctx, network, addr)
			},
		},
	}
}
