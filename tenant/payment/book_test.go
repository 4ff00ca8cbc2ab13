package payment_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/tenanttest"
)

// card is a family that hears notices made by hand.
type card struct {
	key  string
	refs func() string
}

func (c card) Key() string       { return c.key }
func (card) Config() form.Schema { return form.Schema{} }
func (c card) NewRef() string    { return c.refs() }
func (card) Capabilities() payment.Capabilities {
	return payment.Capabilities{Moment: payment.MomentPaid, Patience: time.Hour, Currencies: []money.Currency{money.EUR, money.JPY}}
}
func (card) Start(context.Context, payment.Account, payment.Request) (payment.Action, error) {
	return payment.Redirect{URL: "https://bank.example/"}, nil
}
func (card) ReadNotice(context.Context, payment.Account, payment.RawNotice) (payment.Notice, error) {
	return payment.Notice{}, payment.ErrNoNotices
}
func (card) Acknowledge(payment.Notice, error) payment.Reply { return payment.Reply{Status: 200} }

// book is a shop with an account of that family.
type book struct {
	t       testing.TB
	shop    *tenant.Shop
	account payment.Account
	gateway payment.Gateway
	n       int
}

func newBook(t testing.TB) *book {
	t.Helper()
	b := &book{t: t, shop: tenanttest.Open(t), account: account(false)}
	b.gateway = card{"card", func() string { b.n++; return fmt.Sprintf("REF%05d", b.n) }}
	return b
}

func account(test bool) payment.Account {
	return payment.NewAccount(id.New[payment.Mode](), "card", test, nil, nil)
}

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

func (b *book) write(fn func(tenant.Tx) error) {
	b.t.Helper()
	if err := b.shop.Write(b.t.Context(), fn); err != nil {
		b.t.Fatal(err)
	}
}

func (b *book) begin(bill payment.Bill) (p payment.Payment, err error) {
	err = b.shop.Write(b.t.Context(), func(tx tenant.Tx) (err error) {
		p, err = payment.Begin(tx, b.gateway, b.account, bill)
		return err
	})
	return p, err
}

// attempt begins one of 10.00 for an order of its own.
func (b *book) attempt() payment.Payment {
	b.t.Helper()
	p, err := b.begin(gatewaytest.NewBill(b.t, b.shop, eur("10.00")))
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

func (b *book) record(a payment.Account, n payment.Notice) (out payment.Outcome) {
	b.t.Helper()
	b.write(func(tx tenant.Tx) (err error) {
		out, err = payment.Record(tx, a, payment.SourceNotice, n)
		return err
	})
	return out
}

func (b *book) find(p payment.Payment) (found payment.Payment, ledger []payment.Entry) {
	b.t.Helper()
	b.write(func(tx tenant.Tx) (err error) {
		if found, err = payment.Find(tx, p.ID); err != nil {
			return err
		}
		ledger, err = payment.Ledger(tx, p.ID)
		return err
	})
	return found, ledger
}

// says is what a bank says of p.
func says(p payment.Payment, id string, e payment.Event, amount string) payment.Notice {
	return payment.Notice{ID: p.Ref + id, Ref: p.Ref, Event: e, Amount: eur(amount), BankRef: "B" + p.Ref}
}

func TestBegin(t *testing.T) {
	b := newBook(t)
	bill := gatewaytest.NewBill(t, b.shop, eur("10.00"))
	p, err := b.begin(bill)
	if err != nil || p.State != payment.StateCreated || p.Ref == "" || !p.Amount.Equal(bill.Amount) {
		t.Fatalf("%+v, %v", p, err)
	}
	found, ledger := b.find(p)
	if !cmp.Equal(found, p) || len(ledger) != 1 || ledger[0].Verdict != payment.Applied {
		t.Errorf("stored %+v, ledger %+v", found, ledger)
	}
	for name, amount := range map[string]money.Amount{
		"nothing": eur("0"), "less than nothing": eur("-1"), "less than a cent": eur("1.001"),
		"a currency the family cannot carry": money.Must(money.Parse("1", money.USD)),
	} {
		if _, err := b.begin(payment.Bill{Order: bill.Order, Amount: amount}); !errors.Is(err, payment.ErrUnfit) {
			t.Errorf("%s: %v", name, err)
		}
	}
	clashing := *b
	clashing.gateway = card{"card", func() func() string {
		list := []string{p.Ref, p.Ref, "FRESH"}
		return func() string { r := list[0]; list = list[1:]; return r }
	}()}
	if q, err := clashing.begin(bill); err != nil || q.Ref != "FRESH" {
		t.Errorf("PGW-01 a reference made before: %+v, %v", q, err)
	}
	for range 18 {
		if _, err := b.begin(bill); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.begin(bill); !errors.Is(err, payment.ErrTooMany) {
		t.Errorf("attempt 21: %v", err)
	}
	if attempts := b.listOf(bill.Order); len(attempts) != 20 || attempts[0].ID != p.ID {
		t.Errorf("%d attempts", len(attempts))
	}
}

func (b *book) listOf(order payment.OrderID) (list []payment.Payment) {
	b.t.Helper()
	b.write(func(tx tenant.Tx) (err error) {
		list, err = payment.ListOf(tx, order)
		return err
	})
	return list
}

func TestStarted(t *testing.T) {
	b := newBook(t)
	p := b.attempt()
	start := func() {
		t.Helper()
		b.write(func(tx tenant.Tx) error { return payment.Started(tx, p.ID, "BANK1") })
	}
	start()
	start()
	got, ledger := b.find(p)
	if got.State != payment.StatePending || got.BankRef != "BANK1" || len(ledger) != 2 {
		t.Errorf("%+v, %d lines", got, len(ledger))
	}
	q := b.attempt()
	b.record(b.account, says(q, "", payment.Captured, "10.00"))
	b.write(func(tx tenant.Tx) error { return payment.Started(tx, q.ID, "LATER") })
	if got, _ := b.find(q); got.State != payment.StateCaptured || got.BankRef != "B"+q.Ref {
		t.Errorf("the bank was faster: %+v", got)
	}
	err := b.shop.Write(t.Context(), func(tx tenant.Tx) error { return payment.Started(tx, id.New[payment.Payment](), "") })
	if !errors.Is(err, payment.ErrPayment) || fault.KindOf(err) != fault.NotFound {
		t.Errorf("no such payment: %v", err)
	}
}

func TestListOpen(t *testing.T) {
	b := newBook(t)
	p, q := b.attempt(), b.attempt()
	b.record(b.account, says(q, "", payment.Captured, "10.00"))
	list := func(kinds []string, before time.Time) (found []payment.Payment) {
		t.Helper()
		b.write(func(tx tenant.Tx) (err error) {
			found, err = payment.ListOpen(tx, kinds, before, 10)
			return err
		})
		return found
	}
	soon := p.Created.Add(time.Second)
	if got := list([]string{"card"}, soon); len(got) != 1 || got[0].ID != p.ID {
		t.Errorf("open: %+v", got)
	}
	if got := append(list([]string{"card"}, p.Created), append(list([]string{"cheque"}, soon), list(nil, soon)...)...); len(got) != 0 {
		t.Errorf("too young, or of other kinds: %+v", got)
	}
	if out := b.record(b.account, payment.Lapse(p)); out.After != payment.StateCancelled || out.Payment.Reason != payment.ReasonExpired {
		t.Errorf("lapsed: %+v", out)
	}
	if out := b.record(b.account, says(p, "late", payment.Captured, "10.00")); !out.Captured.Equal(p.Amount) {
		t.Errorf("money after all: %+v", out)
	}
}
