package checkout_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"echoppe.dev/platform/driver/kv"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shield"
	"echoppe.dev/tenant/stock"
)

// shielded is a shop with a shield that counts in Redis, or in the process when there is none.
func shielded(t *testing.T, redis bool) (*checkouttest.Stage, stock.VariantID) {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	server := miniredis.RunT(t)
	address := server.Addr()
	if !redis {
		server.Close()
	}
	client, err := kv.Open(t.Context(), kv.Config{URL: "redis://" + address, Clock: s.Clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	s.Desk.Shield = shield.New(client.Tally(shield.Window), client.Limiter(), nil)
	return s, s.Stock("lamp", "20.00", 900)
}

// try orders from a client's address and has the bank refuse the card.
func try(t *testing.T, s *checkouttest.Stage, lamp stock.VariantID, n int, client, mode string) (*checkout.Placed, error) {
	t.Helper()
	b := s.Guest(fmt.Sprintf("g%d@example.com", n))
	b.Key = fmt.Sprint("key", n)
	b.Who.Client = netip.MustParseAddr(client)
	if err := b.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place(mode)
	if err == nil && mode == "card" {
		refuse(t, s, placed)
	}
	if errors.Is(err, checkout.ErrTried) && len(b.Cart().Lines) != 1 {
		t.Error("his cart is lost")
	}
	return placed, err
}

// refuse has the bank say no to the newest attempt of an order.
func refuse(t *testing.T, s *checkouttest.Stage, placed *checkout.Placed) {
	t.Helper()
	before := len(s.Bank.Wait(0))
	s.Bank.Visit(placed.Next, "funds", "proper")
	s.Bank.Wait(before + 1)
}

// TestGuard: SEC-04, cards that are tried from one network, order after order, are refused for a while beside the
// choice of the way to pay; a way without a bank stays open, the cart is kept, others notice nothing; with Redis and
// without it.
func TestGuard(t *testing.T) {
	t.Parallel()
	for name, redis := range map[string]bool{"with Redis": true, "without Redis": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, lamp := shielded(t, redis)
			for n := range 8 {
				if _, err := try(t, s, lamp, n, "203.0.113."+fmt.Sprint(n+1), "card"); err != nil {
					t.Fatalf("attempt %d: %v", n, err)
				}
			}
			_, err := try(t, s, lamp, 10, "203.0.113.99", "card")
			if !errors.Is(err, checkout.ErrTried) || fault.FieldsOf(err)[0].Name != "payment" || fault.ArgsOf(err)["minutes"] != 15 {
				t.Fatalf("the ninth: %v", err)
			}
			if _, err := try(t, s, lamp, 11, "203.0.113.99", "cheque"); err != nil {
				t.Errorf("a cheque: %v", err)
			}
			if _, err := try(t, s, lamp, 12, "198.51.100.1", "card"); err != nil {
				t.Errorf("from elsewhere: %v", err)
			}
			s.Clock.Advance(2 * shield.Window)
			if _, err := try(t, s, lamp, 13, "203.0.113.99", "card"); err != nil {
				t.Errorf("later: %v", err)
			}
		})
	}
}

// TestGuard_order: SEC-04, one order is tried with a few cards and no more for now; a cheque still pays it, and where the
// buyer came from to pay is what is kept.
func TestGuard_order(t *testing.T) {
	t.Parallel()
	s, lamp := shielded(t, true)
	placed, err := try(t, s, lamp, 1, "203.0.113.7", "card")
	if err != nil {
		t.Fatal(err)
	}
	who := checkout.Visitor{Client: netip.MustParseAddr("198.51.100.9")}
	again := func(mode string) (*checkout.Placed, error) {
		return s.Desk.PayAgain(t.Context(), s.Shop, who, placed.Link, s.ModeOf(mode), checkout.With{})
	}
	for n := range 3 {
		next, err := again("card")
		if err != nil {
			t.Fatalf("card %d: %v", n+2, err)
		}
		refuse(t, s, next)
	}
	if _, err := again("card"); !errors.Is(err, checkout.ErrTried) {
		t.Errorf("the fifth card: %v", err)
	}
	if _, err := again("cheque"); err != nil {
		t.Errorf("a cheque: %v", err)
	}
	if f := s.Find(placed.Order.ID).Screening; f.Network != "198.51.100.0/24" || f.Client != who.Client {
		t.Errorf("paid from %+v", f)
	}
}

// TestGuard_twice: ORD-07, SEC-04, the page of an order that was placed leads to it however much was tried since.
func TestGuard_twice(t *testing.T) {
	t.Parallel()
	s, lamp := shielded(t, true)
	b := s.Guest("zoe@example.com")
	b.Who.Client = netip.MustParseAddr("203.0.113.200")
	if err := b.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	cmd, err := b.Order("card")
	if err != nil {
		t.Fatal(err)
	}
	first, err := b.Send(cmd)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		s.Desk.Shield.Refused(t.Context(), shield.Attempt{Network: fraud.Network(b.Who.Client)})
	}
	if second, err := b.Send(cmd); err != nil || second.Order.ID != first.Order.ID {
		t.Errorf("the same page again: %v", err)
	}
}

// TestGuard_counts: SEC-04, the shop counts refusals and what came to nothing, not failures between banks, and another
// card refused under the same reference counts again.
func TestGuard_counts(t *testing.T) {
	t.Parallel()
	s, lamp := shielded(t, true)
	book := &counted{}
	s.Desk.Shield = shield.New(book, open{}, nil)
	b := s.Guest("zoe@example.com")
	b.Who.Client = netip.MustParseAddr("203.0.113.7")
	if err := b.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place("card")
	if err != nil {
		t.Fatal(err)
	}
	refuse(t, s, placed)
	refuse(t, s, placed)
	var attempts []payment.Payment
	s.Read(func(tx tenant.Tx) error {
		file, err := s.Desk.Open(t.Context(), s.Shop, placed.Order.ID)
		if err == nil {
			attempts = file.Payments
		}
		return err
	})
	if len(attempts) != 1 {
		t.Fatalf("%d attempts", len(attempts))
	}
	shop, net := s.Shop.ID().String(), "203.0.113.0/24"
	for key, want := range map[string]int{
		"shield:network:begun:" + net: 1, "shield:network:refused:" + net: 2, "shield:shop:refused:" + shop: 2, "shield:order:refused:" + placed.Order.ID.String(): 2,
	} {
		if (*book)[key] != want {
			t.Errorf("%s counted %d times, want %d: %v", key, (*book)[key], want, *book)
		}
	}
}

type counted map[string]int

func (c *counted) Add(_ context.Context, keys ...string) {
	if *c == nil {
		*c = counted{}
	}
	for _, key := range keys {
		(*c)[key]++
	}
}

func (c *counted) Read(_ context.Context, keys ...string) []int { return make([]int, len(keys)) }

type open struct{}

func (open) Allow(context.Context, string, int, time.Duration) (bool, time.Duration) { return true, 0 }

// TestGuard_surge: SEC-04, in a shop where cards are tried a visitor nobody knows is stopped and a customer who paid
// before is not; an account made today is nobody the shop knows.
func TestGuard_surge(t *testing.T) {
	t.Parallel()
	s, lamp := shielded(t, true)
	prepared, err := s.Accounts.Prepare(t.Context(), customer.Registration{Email: "old@example.com", Name: "Old", Password: "correct horse battery", Locale: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	var old *customer.Customer
	s.Write(func(tx tenant.Tx) (err error) {
		old, err = s.Accounts.Add(tx, prepared)
		return err
	})
	order := func(n int, who customer.ID, mode string) (*checkout.Placed, error) {
		b := s.Guest("old@example.com")
		b.Who.Customer, b.Key = who, fmt.Sprint("key", n)
		if who.IsZero() {
			b.Draft.Email = fmt.Sprintf("g%d@example.com", n)
		}
		if err := b.Add(lamp, 1); err != nil {
			t.Fatal(err)
		}
		return b.Place(mode)
	}
	placed, err := order(1, old.ID, "cheque")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, placed.Order.ID, s.Find(placed.Order.ID).Total, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	surge := func() {
		for range 40 {
			s.Desk.Shield.Refused(t.Context(), shield.Attempt{Shop: s.Shop.ID().String()})
		}
	}
	surge()
	stopped := 0
	for n := range 8 {
		if _, err := order(10+n, customer.ID{}, "card"); errors.Is(err, checkout.ErrTried) {
			stopped++
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if stopped != 3 {
		t.Errorf("%d of 8 visitors nobody knows are stopped, want all but five", stopped)
	}
	if _, err := order(20, old.ID, "card"); !errors.Is(err, checkout.ErrTried) {
		t.Errorf("who paid a moment ago for the first time: %v", err)
	}
	s.Pass(25 * time.Hour)
	surge()
	for n := range 5 { // the allowance of the minute
		_, _ = order(30+n, customer.ID{}, "card")
	}
	if _, err := order(40, customer.ID{}, "card"); !errors.Is(err, checkout.ErrTried) {
		t.Errorf("the visitor after them: %v", err)
	}
	if _, err := order(41, old.ID, "card"); err != nil {
		t.Errorf("who paid yesterday: %v", err)
	}
}
