package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"

	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
)

// till is one way to pay at a pretend bank, with one buyer after the other before it.
type till struct {
	m    *market // buys with the till's mode
	mode string
	box  *letterbox
	bank string // its address
	web  *http.Client
	wont int // notices of a payment
	paid [][]notice
}

// unproven is the choice of contracts whose bank signs nothing to believe it all the same.
const unproven = "none"

// tills connects a shop to a bank as often as there are buyers.
func (r *rig) tills(ctx context.Context, s *stall, b payment.Brand) ([]*till, error) {
	config := url.Values{}
	maps.Copy(config, demo.Contracts()[b.Family])
	config.Set("review", unproven)
	var list []*till
	for i := range buyers {
		saved, err := r.app.Rooms.Modes.Save(ctx, s.shop, clerk, payment.Draft{Kind: b.Key, Names: i18n.Text{"fr": fmt.Sprintf("%s %d", b.Key, i)},
			Config: config, Locale: i18n.Neutral, Active: true, Test: true})
		if err != nil {
			return nil, fmt.Errorf("connect %s: %w", b.Key, err)
		}
		m := r.unsold(s)
		m.payment = saved.ID.String()
		list = append(list, &till{m: m, mode: m.payment, box: r.letters, bank: r.out.Bank.Address, web: browser(r.addr)})
	}
	return list, nil
}

// browser finds every address on this machine, follows to the bank's pages and keeps its connections.
func browser(addr string) *http.Client {
	return &http.Client{Timeout: stuck, Transport: &http.Transport{
		MaxIdleConnsPerHost: buyers,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, addr)
		},
	}}
}

// fill lets n buyers pay at the bank, whose notices wait to be delivered.
func (t *till) fill(ctx context.Context, n int) error {
	for len(t.paid) < n {
		commands, err := t.m.prepare(ctx, 1)
		if err != nil {
			return err
		}
		placed, err := t.m.desk.Place(ctx, t.m.shop, visitor, commands[0])
		if err != nil {
			return fmt.Errorf("place order: %w", err)
		}
		if placed.Unstarted != nil {
			return placed.Unstarted
		}
		if err := t.press(ctx, placed.Next); err != nil {
			return err
		}
		told, err := t.box.wait(ctx, t.mode, t.wont)
		if err != nil {
			return err
		}
		t.wont, t.paid = len(told), append(t.paid, told)
	}
	return nil
}

// press goes to the bank's page and presses a card that pays there; the browser does not come back.
func (t *till) press(ctx context.Context, action payment.Action) error {
	at, err := t.visit(ctx, action)
	if err != nil {
		return err
	}
	token := path.Base(at.Path)
	_, err = t.post(ctx, t.bank+"/pay/"+token, url.Values{"card": {"silent"}, "quirk": {"proper"}}.Encode())
	return err
}

func (t *till) visit(ctx context.Context, action payment.Action) (*url.URL, error) {
	switch a := action.(type) {
	case payment.Redirect:
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.URL, nil)
		if err != nil {
			return nil, err
		}
		return t.ask(req)
	case payment.FormPost:
		fields := make([]string, len(a.Fields)) // some banks sign them in their order
		for i, f := range a.Fields {
			fields[i] = url.QueryEscape(f.Name) + "=" + url.QueryEscape(f.Value)
		}
		return t.post(ctx, a.URL, strings.Join(fields, "&"))
	}
	return nil, fmt.Errorf("the buyer is not sent to the bank but told %T", action)
}

func (t *till) post(ctx context.Context, to, fields string) (*url.URL, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, strings.NewReader(fields))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return t.ask(req)
}

// ask gives the address where the browser ends up.
func (t *till) ask(req *http.Request) (*url.URL, error) {
	answer, err := t.web.Do(req)
	if err != nil {
		return nil, fmt.Errorf("visit the bank: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	_, err = io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s says %d", answer.Request.URL, answer.StatusCode)
	}
	return answer.Request.URL, err
}

// deliver brings the notices of one payment to the program, one after the other.
func (t *till) deliver(ctx context.Context) error {
	if len(t.paid) == 0 {
		return errDone
	}
	told := t.paid[0]
	t.paid = t.paid[1:]
	for _, n := range told {
		if err := n.deliver(ctx, t.web); err != nil {
			return err
		}
	}
	return nil
}

// fillAll fills tills side by side. What banks still have to say about what was asked of them before is thrown away.
func fillAll(ctx context.Context, tills []*till, n int) error {
	if err := pause(ctx, settled); err != nil {
		return err
	}
	for _, t := range tills {
		t.box.take(t.mode)
	}
	failed := make(chan error, len(tills))
	for _, t := range tills {
		go func() { failed <- t.fill(ctx, n) }()
	}
	var all error
	for range tills {
		all = errors.Join(all, <-failed)
	}
	return all
}
