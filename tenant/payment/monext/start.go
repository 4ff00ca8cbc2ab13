package monext

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"echoppe.dev/tenant/payment"
)

// Start opens a session and sends the buyer to its page. The bank makes another session each time it is asked, so one that
// is known and not over is shown again: a buyer who steps back cannot pay twice.
func (g *Gateway) Start(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	amount, err := r.Payment.Amount.Minor()
	if err != nil || amount <= 0 || amount > maxUnits || r.Payment.Amount.Currency().Number() == "" {
		return nil, payment.ErrUnfit
	}
	d, err := g.desk(a, r.Payment.Test)
	if err != nil {
		return nil, err
	}
	if token, _ := split(r.Payment.BankRef); token != "" {
		open, err := g.goesOn(ctx, d, token, r.Payment)
		if err != nil {
			return nil, err
		}
		if open {
			address := g.calls.At(Family, g.brand.Hosts(r.Payment.Test, page)[0], "/v2/?token="+url.QueryEscape(token))
			return payment.Redirect{URL: address, BankRef: r.Payment.BankRef}, nil
		}
	}
	token, address, err := d.open(ctx, r, amount, string(g.brand.Speaks(r.Locale)))
	switch {
	case errors.Is(err, payment.ErrDeclined):
		return nil, payment.ErrBank.Because(err)
	case err != nil:
		return nil, err
	case !tokenShape.MatchString(token), !g.browsable(address):
		return nil, payment.ErrBank.Because(errors.New("monext: no token, or no address of a page"))
	}
	return payment.Redirect{URL: address, BankRef: token}, nil
}

// goesOn tells that a session can be paid, or was.
func (g *Gateway) goesOn(ctx context.Context, d desk, token string, p payment.Payment) (bool, error) {
	s, err := d.session(ctx, token)
	if errors.Is(err, payment.ErrNotKnown) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	n, err := s.notice(token, p.Test)
	if err != nil {
		return false, err
	}
	return n.Event != payment.Failed && n.Event != payment.Cancelled, nil
}

// browsable tells that an address the bank gave is one of a bank.
func (g *Gateway) browsable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && u.User == nil && (u.Scheme == "https" || g.calls.Pretended() && u.Scheme == "http")
}

// line is a text on one line, cut to the most characters the bank takes.
func line(text string, most int) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, " ")), " ")
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	if r := []rune(text); len(r) > most {
		text = strings.TrimSpace(string(r[:most]))
	}
	return text
}

// names are the first names and the last.
func names(name string) (first, last string) {
	if i := strings.LastIndexByte(name, ' '); i > 0 {
		return line(name[:i], 50), line(name[i+1:], 50)
	}
	return "", line(name, 50)
}

// later tells that the contract authorises only.
func later(a payment.Account) bool { return a.Config.Text("capture") == captureLater }

// bad is an answer that cannot be understood.
func bad(what string, why any) error {
	return payment.ErrBank.Because(fmt.Errorf("monext %s: %v", what, why))
}

// missing tells that the bank does not know what it was asked about.
func missing(err error) bool { return errors.Is(err, payment.ErrNotKnown) }
