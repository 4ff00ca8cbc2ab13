package storefront_test

import (
	"context"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/payment/testbank"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/shipping"
)

const bankOrigin = "https://bank.example"

// join makes the rooms a shopper changes things in, as the program does.
func (s *stage) join() {
	s.t.Helper()
	ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	must(s.t, err)
	s.ring = ring
	hosted, err := testbank.New(testbank.Options{Endpoint: "https://hop.example", Clock: s.clock})
	must(s.t, err)
	gateways, err := payment.NewGateways(append(offline.All(), hosted, redirectBank{&s.away})...)
	must(s.t, err)
	hasher, err := account.NewHasher()
	must(s.t, err)
	to := storefront.Addresses{Platform: func(shop *tenant.Shop) string { return "http://localhost:8080/" + shop.Slug() + ".shop" }}
	post := notify.NewPost(ring)
	s.modes = payment.NewModes(gateways, ring)
	s.accounts = customer.New(hasher, unlimited, to, post)
	s.desk = checkout.New(checkout.Config{Modes: s.modes, Calculators: shipping.Builtin(), Accounts: s.accounts,
		Links: order.NewLinks(ring), Quotes: quote.NewLinks(ring), Post: post, Addresses: to})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// roomWords are the messages of the rooms.
func roomWords() *i18n.Catalog {
	words := i18n.Base()
	for _, more := range []*i18n.Catalog{tenant.Words(), cart.Words(), checkout.Words(), customer.Words(), order.Words(), payment.Words(), quote.Words(), discountWords(), priceWords()} {
		words.Merge(more)
	}
	return words
}

// redirectBank is a family whose bank is reached by an address and whose notices are lines of text:
// "<reference> <event> <amount>", with a password.
type redirectBank struct{ away *atomic.Bool }

const bankPassword = "s3cret-of-the-bank"

func (redirectBank) Key() string         { return "redirect" }
func (redirectBank) Config() form.Schema { return form.Schema{} }
func (redirectBank) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid}
}

func (b redirectBank) Start(_ context.Context, _ payment.Account, r payment.Request) (payment.Action, error) {
	if b.away.Load() {
		return nil, payment.ErrBank
	}
	q := url.Values{"ref": {r.Payment.Ref}, "back": {r.ReturnURL}, "cancel": {r.CancelURL}, "notify": {r.NotifyURL}}
	return payment.Redirect{URL: bankOrigin + "/pay?" + q.Encode()}, nil
}

func (redirectBank) ReadNotice(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if raw.HeaderValue("Password") != bankPassword {
		return payment.Notice{}, payment.ErrForged
	}
	words := strings.Fields(string(raw.Body))
	if len(words) < 3 {
		return payment.Notice{}, payment.ErrGarbled
	}
	in := money.EUR
	if len(words) > 3 {
		in = money.USD // the only other one it knows
	}
	amount, err := money.Parse(words[2], in)
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	n := payment.Notice{ID: words[0] + words[1], Ref: words[0], Event: payment.Event(words[1]), Amount: amount, Test: a.Test}
	if words[1] == "settle" {
		n.Event, n.Settling = payment.Waiting, true
	}
	return n, nil
}

func (redirectBank) Acknowledge(_ payment.Notice, err error) payment.Reply {
	if err != nil {
		return payment.Reply{Status: 400, ContentType: "text/plain", Body: []byte("KO")}
	}
	return payment.Reply{Status: 200, ContentType: "text/plain", Body: []byte("version=2\ncdr=0")}
}

// sells opens the shop's counter: parcels at 4.95 to everywhere, free from 60, and every way to pay.
func (h *house) sells() {
	h.t.Helper()
	_, err := shipping.Builtin().Save(h.t.Context(), h.shop, clerk, shipping.Stored{
		Mode: shipping.Mode{Name: i18n.Text{"fr": "Colis", "de": "Paket"}, Calculator: "flat", IncludesTax: true,
			Values: form.Values{"fee": form.TextValue("4.95"), "free_from": form.TextValue("60")}},
		Active: true,
	})
	must(h.t, err)
	for i, mode := range []struct {
		kind, name string
		config     url.Values
	}{
		{"redirect", "Carte", nil},
		{"cheque", "Chèque", url.Values{"payee": {"Atelier Lune"}, "address": {"12 rue des Carmes\n44000 Nantes"}}},
		{"testbank", "Banque", url.Values{"merchant": {"LUNE"}, "key": {strings.Repeat("ab", 32)}, "capture": {"now"}}},
	} {
		_, err := h.modes.Save(h.t.Context(), h.shop, clerk, payment.Draft{Kind: mode.kind, Names: i18n.Text{"fr": mode.name}, Active: true,
			Test: true, Config: mode.config, Locale: "fr", Position: i})
		must(h.t, err)
	}
}

var _ payment.Gateway = redirectBank{}
