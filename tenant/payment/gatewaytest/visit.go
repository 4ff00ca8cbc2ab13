package gatewaytest

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Back is what the browser brings back to the shop, and where to.
type Back struct {
	URL *url.URL
	Raw payment.RawNotice
}

// Visit plays the buyer: a browser without script follows the action to the bank, and presses a card
// there. It gives what the browser brings back, nil when it stays at the bank.
func (r *Rig) Visit(t *testing.T, action payment.Action, card Card, quirk Quirk) *Back {
	t.Helper()
	page := r.arrive(t, action)
	first, second := card, Card("")
	switch card {
	case Secure:
		second = "confirm"
	case Deny:
		first, second = Secure, Deny
	}
	pressed := press(t, page, url.Values{"card": {string(first)}, "quirk": {string(quirk)}})
	if second != "" {
		pressed = press(t, page, url.Values{"card": {string(second)}})
	}
	switch to := location(t, pressed); {
	case to.Host != hostOf(t, page):
		return &Back{to, payment.RawNotice{Path: to.Path, RawQuery: to.RawQuery, Query: to.Query()}}
	case card == Good || card == Secure || card == GiveUp:
		return r.posted(t, page)
	}
	return nil
}

// confirm plays a buyer whose bank wants to see him, and who confirms.
func (r *Rig) confirm(t *testing.T, action payment.Action) {
	t.Helper()
	page := r.arrive(t, action)
	if to := location(t, press(t, page, url.Values{"card": {"confirm"}})); to.Host == hostOf(t, page) {
		t.Errorf("confirmed, and stays at %s", to)
	}
}

// arrive follows the action to the hosted page.
func (r *Rig) arrive(t *testing.T, action payment.Action) string {
	t.Helper()
	var resp *http.Response
	switch a := action.(type) {
	case payment.FormPost:
		// In its order, as a browser sends a form: some banks sign the fields in it.
		body, err := browser.Post(a.URL, bankcall.FormType, bytes.NewReader(bankcall.Form(a.Fields)))
		if err != nil {
			t.Fatal(err)
		}
		resp = drained(t, body)
	case payment.Redirect:
		resp = get(t, a.URL)
	case payment.Embedded:
		resp = get(t, r.family.Frame(a))
	default:
		t.Fatalf("action %T", action)
	}
	if to, ok := action.(payment.Redirect); ok && strings.HasPrefix(to.URL, r.bankAt+"/pay/") {
		return to.URL
	}
	for range 5 {
		if resp.StatusCode != http.StatusSeeOther && resp.StatusCode != http.StatusFound {
			t.Fatalf("the bank answers %d at %s: %s", resp.StatusCode, resp.Request.URL.Path, said(resp))
		}
		to := location(t, resp)
		if strings.HasPrefix(to.String(), r.bankAt+"/pay/") {
			return to.String()
		}
		resp = get(t, to.String())
	}
	t.Fatal("the bank sends the buyer in circles")
	return ""
}

// posted is what the page's form brings back.
func (r *Rig) posted(t *testing.T, page string) *Back {
	t.Helper()
	u, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	way, err := r.Bank.Back(strings.TrimPrefix(u.Path, "/pay/"))
	if err != nil {
		t.Fatal(err)
	}
	to, err := url.Parse(way.URL)
	if err != nil {
		t.Fatal(err)
	}
	return &Back{to, payment.RawNotice{Header: map[string][]string{"Content-Type": {bankcall.FormType}},
		Path: to.Path, RawQuery: to.RawQuery, Query: to.Query(), Body: bankcall.Form(fields(way))}}
}

func fields(way bank.Way) []payment.FormField {
	list := make([]payment.FormField, len(way.Fields))
	for i, f := range way.Fields {
		list[i] = payment.FormField(f)
	}
	return list
}

var browser = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func press(t *testing.T, to string, fields url.Values) *http.Response {
	t.Helper()
	resp, err := browser.PostForm(to, fields)
	if err != nil {
		t.Fatal(err)
	}
	return drained(t, resp)
}

func get(t *testing.T, from string) *http.Response {
	t.Helper()
	resp, err := browser.Get(from)
	if err != nil {
		t.Fatal(err)
	}
	return drained(t, resp)
}

// drained reads a page to its end and keeps it.
func drained(t *testing.T, resp *http.Response) *http.Response {
	t.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(strings.NewReader(string(body)))
	return resp
}

// said is what a refusing page tells.
func said(resp *http.Response) string {
	body, _ := io.ReadAll(resp.Body)
	_, text, _ := strings.Cut(string(body), `class="note bad">`)
	text, _, _ = strings.Cut(text, "<")
	return text
}

func location(t *testing.T, resp *http.Response) *url.URL {
	t.Helper()
	to, err := resp.Location()
	if err != nil {
		t.Fatalf("answer %d: %v", resp.StatusCode, err)
	}
	return to
}

func hostOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}
