package gatewaytest

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/tenanttest"
)

// patience is how long a notice may take to come before a test gives up.
const patience = 20 * time.Second

// How long a call waits for a bank, and how long a slow bank takes.
const (
	callLimit = 700 * time.Millisecond
	slowness  = 5 * time.Second
)

// Heard is one notice as the shop took it.
type Heard struct {
	Raw     payment.RawNotice
	Notice  payment.Notice
	Outcome payment.Outcome
	Err     error
	Reply   payment.Reply
}

// Rig is a shop with one mode of the family, its address for notices, and a bank of its own.
type Rig struct {
	Shop    *tenant.Shop
	Modes   *payment.Modes
	Mode    payment.Mode
	Gateway payment.Gateway
	Bank    *bank.Bank
	family  Family
	bankAt  string
	server  *httptest.Server
	heard   chan Heard
	begun   int
}

// NewRig sets up a shop in test mode with the given configuration of the family. The bank repeats a notice
// after each of these pauses, never by default.
func NewRig(t *testing.T, f Family, config url.Values, repeats ...time.Duration) *Rig {
	t.Helper()
	r := &Rig{family: f, heard: make(chan Heard, 1000)}
	r.Bank, r.bankAt = OpenBank(t, f, repeats...)
	log := &journal{}
	t.Cleanup(func() { log.discreet(t, f.Secrets) })
	var err error
	r.Gateway, err = f.Open(bankcall.New(bankcall.Options{Clock: clock.System(), Log: slog.New(slog.NewTextHandler(log, nil)), StandIn: r.bankAt,
		Timeout: callLimit, Pause: time.Millisecond}), r.bankAt)
	if err != nil {
		t.Fatal(err)
	}
	gateways, err := payment.NewGateways(r.Gateway)
	if err != nil {
		t.Fatal(err)
	}
	r.Shop, r.Modes = tenanttest.Open(t), payment.NewModes(gateways, Ring(t))
	r.Mode = r.Save(t, config, true)
	r.server = httptest.NewServer(http.HandlerFunc(r.notify))
	t.Cleanup(r.server.Close)
	return r
}

// OpenBank starts a pretend bank that speaks the family's protocol and knows its contracts.
func OpenBank(t testing.TB, f Family, repeats ...time.Duration) (*bank.Bank, string) {
	t.Helper()
	if repeats == nil {
		repeats = []time.Duration{}
	}
	b, err := bank.New(bank.Options{Dialects: []bank.Dialect{f.Dialect}, Merchants: f.Contracts, Clock: clock.System(),
		Backoff: repeats, Late: time.Millisecond, Slow: slowness})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b)
	t.Cleanup(func() {
		server.Close()
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b, server.URL
}

// Ring is a key ring for tests.
func Ring(t testing.TB) *secret.Ring {
	t.Helper()
	ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// Save makes another mode of the family.
func (r *Rig) Save(t *testing.T, config url.Values, test bool) payment.Mode {
	t.Helper()
	mode, err := r.Modes.Save(t.Context(), r.Shop, tenant.ByProgram, payment.Draft{
		Kind: r.Gateway.Key(), Names: i18n.Text{i18n.English: "Card"}, Active: true, Test: test, Config: config,
		Locale: i18n.English,
	})
	if err != nil {
		t.Fatal(err)
	}
	return mode
}

// Account opens a mode.
func (r *Rig) Account(t testing.TB, mode payment.ModeID) payment.Account {
	t.Helper()
	var a payment.Account
	r.read(t, func(tx tenant.Tx) (err error) {
		a, err = r.Modes.FindAccount(tx, mode)
		return err
	})
	return a
}

// Bill makes an order that wants that much.
func (r *Rig) Bill(t testing.TB, amount money.Amount) payment.Bill {
	t.Helper()
	return NewBill(t, r.Shop, amount)
}

// NewBill makes an order of a shop, as little of one as the tables take.
func NewBill(t testing.TB, shop *tenant.Shop, amount money.Amount) payment.Bill {
	t.Helper()
	bill := payment.Bill{Order: id.New[payment.Bill](), Amount: amount}
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`
			insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing,
				delivery, currency, goods_net, shipping_net, tax, total, priced, placed_at, updated_at)
			values (?, ?, decode(md5(?), 'hex'), ?, 'placed', true, 'buyer@example.com', 'Buyer', 'en', '{}',
				'{}', ?, ?, 0, 0, ?, '{}', now(), now())`,
			bill.Order, bill.Order.String(), bill.Order.String(), bill.Order.String(),
			amount.Currency().Code(), amount.Decimal(), amount.Decimal()).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return bill
}

// Buyer is who pays, with all a bank may want to know of him.
var Buyer = payment.Buyer{Name: "Zoë Büyer & Fils", Email: "zoe@example.com", Billing: address.Address{Name: "Zoë Büyer & Fils", Line1: "1, rue de l’Été",
	Line2: "Bât. <B>", Postcode: "75001", City: "Paris", Country: "FR", Phone: "+33123456789"}}

// request is what the gateway is asked to open: notices go to the shop below a path and on a sub-domain, in turn.
func (r *Rig) request(p payment.Payment, mode payment.ModeID) payment.Request {
	at := r.server.URL + "/name.shop"
	if r.begun++; r.begun%2 == 0 {
		at = strings.Replace(r.server.URL, "127.0.0.1", "name.localhost", 1)
	}
	return payment.Request{
		Payment: p, OrderNumber: "R-1001", ShopName: "Café Zoë", Locale: i18n.French, Buyer: Buyer, Pieces: 3, Save: p.Saving.Agreed != nil,
		Lasting: p.Saving.Lasting, Absent: p.Saving.Absent,
		ReturnURL: at + "/pay/return/" + p.Ref + "?lang=fr&x=%C3%A9", CancelURL: at + "/checkout",
		NotifyURL: at + "/pay/notify/" + mode.String(),
	}
}

// Begin begins an attempt and starts it at the bank.
func (r *Rig) Begin(t *testing.T, mode payment.ModeID, bill payment.Bill) (payment.Payment, payment.Action) {
	t.Helper()
	a := r.Account(t, mode)
	var p payment.Payment
	r.write(t, func(tx tenant.Tx) (err error) {
		p, err = payment.Begin(tx, r.Gateway, a, bill)
		return err
	})
	action, err := r.Gateway.Start(t.Context(), a, r.request(p, mode))
	if err != nil {
		t.Fatal(err)
	}
	if ref := payment.BankRefOf(action); ref != "" {
		r.write(t, func(tx tenant.Tx) error { return payment.Started(tx, p.ID, ref) })
		p.BankRef = ref
	}
	return p, action
}

// Pay begins an attempt of its own order and plays the buyer.
func (r *Rig) Pay(t *testing.T, card Card, quirk Quirk) (payment.Payment, *Back) {
	t.Helper()
	p, action := r.Begin(t, r.Mode.ID, r.Bill(t, eur("49.90")))
	return p, r.Visit(t, action, card, quirk)
}

// notify is what the shop does with a notice.
func (r *Rig) notify(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, payment.MaxBody))
	if err != nil {
		http.Error(w, "", http.StatusRequestEntityTooLarge)
		return
	}
	raw := payment.RawNotice{Header: req.Header, Path: req.URL.Path, RawQuery: req.URL.RawQuery, Query: req.URL.Query(), Body: body,
		URL: "http://" + req.Host + req.URL.RequestURI()}
	h := r.Hear(req, raw)
	w.Header().Set("Content-Type", h.Reply.ContentType)
	w.WriteHeader(h.Reply.Status)
	_, _ = w.Write(h.Reply.Body)
	r.heard <- h
}

// Hear takes one notice through the steps of package payment.
func (r *Rig) Hear(req *http.Request, raw payment.RawNotice) Heard {
	ctx, h := req.Context(), Heard{Raw: raw}
	h.Err = func() error {
		mode, err := id.Parse[payment.Mode](raw.Path[strings.LastIndexByte(raw.Path, '/')+1:])
		if err != nil {
			return err
		}
		var a payment.Account
		err = r.Shop.Read(ctx, func(tx tenant.Tx) (err error) {
			a, err = r.Modes.FindAccount(tx, mode)
			return err
		})
		if err != nil {
			return err
		}
		if h.Notice, err = r.Gateway.ReadNotice(ctx, a, raw); err != nil {
			return err
		}
		return r.Shop.Write(ctx, func(tx tenant.Tx) (err error) {
			if h.Outcome, err = payment.Record(tx, a, payment.SourceNotice, h.Notice); err != nil {
				return err
			}
			return r.Modes.KeepSaved(tx, h.Outcome, h.Notice)
		})
	}()
	h.Reply = r.Gateway.Acknowledge(h.Notice, h.Err)
	return h
}

// Wait gives the next n notices.
func (r *Rig) Wait(t *testing.T, n int) []Heard {
	t.Helper()
	var list []Heard
	late := time.NewTimer(patience)
	defer late.Stop()
	for len(list) < n {
		select {
		case h := <-r.heard:
			list = append(list, h)
		case <-late.C:
			t.Fatalf("%d of %d notices came", len(list), n)
		}
	}
	return list
}

// Quiet fails when there was a notice nobody waited for.
func (r *Rig) Quiet(t *testing.T) {
	t.Helper()
	select {
	case h := <-r.heard:
		t.Errorf("a notice too many: %+v", h.Notice)
	default:
	}
}

// Find reads an attempt and its ledger.
func (r *Rig) Find(t testing.TB, p payment.Payment) (payment.Payment, []payment.Entry) {
	t.Helper()
	var found payment.Payment
	var ledger []payment.Entry
	r.read(t, func(tx tenant.Tx) (err error) {
		if found, err = payment.Find(tx, p.ID); err != nil {
			return err
		}
		ledger, err = payment.Ledger(tx, p.ID)
		return err
	})
	return found, ledger
}

// Record records a notice of the rig's mode.
func (r *Rig) Record(t *testing.T, by payment.Source, n payment.Notice) payment.Outcome {
	t.Helper()
	a := r.Account(t, r.Mode.ID)
	var out payment.Outcome
	r.write(t, func(tx tenant.Tx) (err error) {
		out, err = payment.Record(tx, a, by, n)
		return err
	})
	return out
}

func (r *Rig) read(t testing.TB, fn func(tenant.Tx) error) {
	t.Helper()
	if err := r.Shop.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func (r *Rig) write(t testing.TB, fn func(tenant.Tx) error) {
	t.Helper()
	if err := r.Shop.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// same compares a reply byte for byte.
func same(got, want payment.Reply) error {
	if got.Status != want.Status || got.ContentType != want.ContentType || !bytes.Equal(got.Body, want.Body) {
		return fmt.Errorf("answered %d %q %q, want %d %q %q", got.Status, got.ContentType, got.Body,
			want.Status, want.ContentType, want.Body)
	}
	return nil
}
