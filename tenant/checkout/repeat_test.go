package checkout_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// member is somebody who is asked for the same every month, at a shop whose bank "kept" keeps cards.
type member struct {
	*keeper
	first order.ID
}

// newMember asks for something every month and has it paid with a card of the pretend bank; "" pays by another way, with no mandate.
func newMember(t *testing.T, times int, card string) *member {
	t.Helper()
	k := newKeeper(t)
	ask := repair()
	ask.Every, ask.Times = order.Monthly, times
	o, err := k.Desk.RequestPayment(t.Context(), k.Shop, checkouttest.Clerk, ask)
	must(t, err)
	m := &member{k, o.ID}
	if card == "" {
		m.byHand(m.first)
		return m
	}
	m.agree(m.first, card)
	return m
}

// agree pays an order with a card, and lets it be charged from now on.
func (m *member) agree(which order.ID, card string) {
	m.t.Helper()
	who, link := payer(m.Stage, m.Find(which))
	placed, err := m.Desk.PayAgain(m.t.Context(), m.Shop, who, link, m.ModeOf("kept"), checkout.With{Save: true})
	must(m.t, err)
	if placed.Unstarted != nil {
		m.t.Fatal(placed.Unstarted)
	}
	list := attempts(m.t, m.Stage, placed)
	ref := list[len(list)-1].Ref
	m.Bank.Press(ref, card)
	if card == "secure" {
		m.Bank.Confirm(ref)
	}
	m.hears(2)
	m.Work()
}

// byHand notes money for an order that came by another way.
func (m *member) byHand(which order.ID) {
	m.t.Helper()
	must(m.t, m.Desk.MarkPaid(m.t.Context(), m.Shop, checkouttest.Clerk, which, m.Find(which).Asks(), checkout.Remark{}))
	m.Work()
}

// live lets days go by, one after the other, and does every morning what is due.
func (m *member) live(days int) {
	m.t.Helper()
	for range days {
		m.Pass(24 * time.Hour)
		for range 2 {
			if failed := m.Work(); len(failed) > 0 {
				m.t.Fatalf("jobs failed: %v", failed[0].Err)
			}
		}
	}
}

func (m *member) repeat() *order.Repeat { m.t.Helper(); return m.Find(m.first).Request.Repeat }

// letters is how many letters to the buyer, or to the shop, have that in their subject.
func (m *member) letters(to, part string) (n int) {
	for _, l := range m.Mailbox.To(to) {
		if strings.Contains(l.Subject, part) {
			n++
		}
	}
	return n
}

func (m *member) paid(which order.ID) bool { return m.Find(which).State == order.Paid }

func (m *member) tries(which order.ID) []payment.Payment {
	m.t.Helper()
	f, err := m.Desk.Open(m.t.Context(), m.Shop, which)
	must(m.t, err)
	return f.Payments
}

const (
	buyerMail = "zoe@example.org"
	shopMail  = "atelier@example.com"
)

// PGW-31: with the buyer's mandate the same is charged every month without him, announced before, once a month however often the jobs
// run, at the day of the first; after the last his card is erased.
func TestRepeat(t *testing.T) {
	t.Parallel()
	m := newMember(t, 3, "good")
	r := m.repeat()
	if r.Done != 1 || r.Start.IsZero() || !r.Charges() || r.Mandate.Wording != "r1 fr" || !strings.Contains(r.Mandate.Text, "130,55") || !strings.Contains(r.Mandate.Text, "3 fois") || r.Mandate.At.IsZero() || !r.Mandate.Amount.Equal(eur("130.55")) {
		t.Fatalf("mandate: %+v of %+v", r.Mandate, r)
	}
	if m.letters(buyerMail, "accord pour des prélèvements") != 1 {
		t.Error("what he agreed to was not sent to the buyer")
	}
	m.Read(func(tx tenant.Tx) error {
		list, err := payment.ListSaved(tx, payment.OwnerID{})
		if len(list) > 0 {
			t.Error("the mandate is a card for one click")
		}
		return err
	})
	next, _ := r.Next()
	for day := m.Clock.Now(); day.Before(next.AddDate(0, 0, -3)); day = m.Clock.Now() {
		if len(m.repeat().Orders) > 0 || m.letters(buyerMail, "prélevés") > 0 {
			t.Fatal("told or asked too early")
		}
		m.live(1)
	}
	if n := m.letters(buyerMail, "prélevés"); n != 1 || len(m.repeat().Orders) != 0 {
		t.Fatalf("%d letters announce it, %d orders", n, len(m.repeat().Orders))
	}
	m.live(4)
	r = m.repeat()
	if len(r.Orders) != 1 || r.Done != 2 {
		t.Fatalf("%+v", r)
	}
	m.hears(2)
	second := m.Find(r.Orders[0])
	if second.State != order.Paid || !second.Total.Equal(eur("130.55")) || second.Request.Of.First != m.first || second.Request.Of.Number != 2 {
		t.Errorf("second: %s, %s, %+v", second.State, second.Total, second.Request.Of)
	}
	if p := m.tries(second.ID); len(p) != 1 || !p[0].Saving.Absent || m.Bank.Took(p[0].Ref) != minor(t, p[0]) {
		t.Errorf("charged: %+v", p)
	}
	for range 3 { // the jobs once more
		m.Write(func(tx tenant.Tx) error {
			for _, args := range []jobs.Args{checkout.Repeat{Shop: tx.Shop().ID(), Order: m.first}, checkout.Collect{Shop: tx.Shop().ID(), Order: second.ID, Try: 1}, checkout.Collect{Shop: tx.Shop().ID(), Order: second.ID, Try: 2}} {
				must(t, jobs.Enqueue(tx, args))
			}
			return nil
		})
		m.Work()
	}
	if r := m.repeat(); len(r.Orders) != 1 || len(m.tries(second.ID)) != 1 {
		t.Errorf("run again: %d orders, %d charges", len(r.Orders), len(m.tries(second.ID)))
	}
	token := m.token()
	m.live(35)
	m.hears(2)
	m.live(1)
	if r = m.repeat(); len(r.Orders) != 2 || r.Done != 3 || !m.paid(r.Orders[1]) || r.More() {
		t.Fatalf("at the end: %+v", r)
	}
	if r.Charges() || r.Mandate.Text == "" {
		t.Errorf("what stays of the mandate: %+v", r.Mandate)
	}
	m.gone(token)
	m.live(60)
	if n := len(m.repeat().Orders); n != 2 {
		t.Errorf("%d orders after the last", n)
	}
}

// token is what the bank calls the card of the mandate.
func (m *member) token() (token payment.Token) {
	m.t.Helper()
	x := m.repeat().Mandate
	which, err := id.Parse[payment.SavedCard](x.Payment)
	must(m.t, err)
	m.Read(func(tx tenant.Tx) (err error) {
		token, err = m.Modes.OpenMandate(tx, payment.Mandate{ID: which, Token: x.Token, Test: x.Test})
		return err
	})
	return token
}

// gone fails unless the bank has erased a card.
func (m *member) gone(token payment.Token) {
	m.t.Helper()
	g, err := m.Modes.Gateways().Find("stripe")
	must(m.t, err)
	var a payment.Account
	m.Read(func(tx tenant.Tx) (err error) {
		a, err = m.Modes.FindAccount(tx, m.ModeOf("kept"))
		return err
	})
	p := payment.Payment{Ref: "NOBODYPAYSTHIS", Amount: eur("1.00"), Test: token.Test}
	said, err := g.(payment.Repeater).Charge(m.t.Context(), a, payment.Request{Payment: p, Absent: true}, token)
	if !errors.Is(err, payment.ErrNoCard) {
		m.t.Errorf("the card is still there: %+v, %v", said, err)
	}
}

// PGW-31: a card without money is tried again after 1, 3 and 7 days; the buyer is told each time, and after the last the shop is: it waits
// for him to pay by the link. When he has it goes on, and what went by meanwhile is not asked for.
func TestRepeat_dunning(t *testing.T) {
	t.Parallel()
	m := newMember(t, 0, "poor")
	first, _ := m.repeat().Next()
	for len(m.repeat().Orders) == 0 {
		m.live(1)
	}
	second := m.repeat().Orders[0]
	for _, tt := range []struct{ days, tries, letters, staff int }{{0, 1, 1, 0}, {1, 2, 2, 0}, {1, 2, 2, 0}, {1, 3, 3, 0}, {3, 3, 3, 0}, {1, 4, 3, 1}, {10, 4, 3, 1}} {
		m.live(tt.days)
		refused, failed, staff := m.letters(buyerMail, "pas pu être prélevés"), m.letters(buyerMail, "il reste"), m.letters(shopMail, "en pause")
		if n := len(m.tries(second)); n != tt.tries || refused != tt.letters || staff != tt.staff || failed != tt.staff {
			t.Fatalf("after %d more days: %d charges, %d and %d letters, the shop %d", tt.days, n, refused, failed, staff)
		}
	}
	if r := m.repeat(); r.Paused.IsZero() || r.Why != "funds" || !r.Charges() || len(r.Orders) != 1 {
		t.Fatalf("paused: %+v", r)
	}
	for m.Clock.Now().Before(first.AddDate(0, 2, 5)) {
		m.live(5)
	}
	if n := len(m.repeat().Orders); n != 1 {
		t.Fatalf("%d orders while it waits", n)
	}
	m.byHand(second)
	r := m.repeat()
	next, ok := r.Next()
	if !ok || !next.After(m.Clock.Now()) || next.After(m.Clock.Now().AddDate(0, 1, 1)) || r.Missed == 0 {
		t.Errorf("goes on %s, %+v", next, r)
	}
}

// PGW-31: a card that is refused once and then pays needs nobody.
func TestRepeat_later(t *testing.T) {
	t.Parallel()
	m := newMember(t, 0, "later")
	for len(m.repeat().Orders) == 0 {
		m.live(1)
	}
	second := m.repeat().Orders[0]
	if r := m.repeat(); r.Retry.IsZero() || m.paid(second) {
		t.Fatalf("%+v", r)
	}
	m.live(2)
	if r := m.repeat(); !m.paid(second) || !r.Retry.IsZero() || !r.Paused.IsZero() || m.letters(shopMail, "en pause") != 0 {
		t.Errorf("paid %t, %+v", m.paid(second), r)
	}
}

// PGW-31: a card that is to be charged no more is not, and is erased; one whose bank wants to see its owner waits for him, with the
// mandate. Each is charged once, and the order is paid by its link.
func TestRepeat_final(t *testing.T) {
	t.Parallel()
	for card, keeps := range map[string]bool{"once": false, "secure": true} {
		t.Run(card, func(t *testing.T) {
			t.Parallel()
			m := newMember(t, 0, card)
			for len(m.repeat().Orders) == 0 {
				m.live(1)
			}
			m.live(12)
			second := m.repeat().Orders[0]
			r := m.repeat()
			if len(m.tries(second)) != 1 || r.Paused.IsZero() || r.Charges() != keeps || m.letters(buyerMail, "il reste") != 1 || m.letters(shopMail, "en pause") != 1 || m.letters(buyerMail, "pas pu être") != 0 {
				t.Fatalf("%d charges, %+v", len(m.tries(second)), r)
			}
			if err := m.Desk.CollectNow(t.Context(), m.Shop, checkouttest.Clerk, second); !errors.Is(err, checkout.ErrNotPayable) {
				t.Errorf("charged by the shop: %v", err)
			}
			who, link := payer(m.Stage, m.Find(second))
			placed, err := m.Desk.PayAgain(t.Context(), m.Shop, who, link, m.ModeOf("card"), checkout.With{})
			must(t, err)
			m.Bank.Visit(placed.Next, "silent", "proper")
			for !m.paid(second) {
				time.Sleep(10 * time.Millisecond)
			}
			if r := m.repeat(); !r.Paused.IsZero() || r.Charges() != keeps {
				t.Errorf("goes on: %+v", r)
			}
		})
	}
}

// PGW-31: what was tried with test money is not asked for with real money: it ends when its mode is put to work.
func TestRepeat_Trial(t *testing.T) {
	t.Parallel()
	m := newMember(t, 0, "good")
	m.Write(func(tx tenant.Tx) error {
		return tx.DB().Exec("update orders set test = true where id = ?", m.first).Error
	})
	m.live(40)
	if r := m.repeat(); r.Stopped.IsZero() || len(r.Orders) > 0 || r.Charges() {
		t.Errorf("goes on with real money: %+v", r)
	}
}
