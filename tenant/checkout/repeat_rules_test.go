package checkout_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// PGW-31: without a mandate the buyer is sent a link each time; one he does not pay is waited for, and no other comes.
func TestRepeat_links(t *testing.T) {
	t.Parallel()
	m := newMember(t, 0, "")
	if r := m.repeat(); r.Mandate != nil || r.Done != 1 {
		t.Fatalf("%+v", r)
	}
	m.live(32)
	r := m.repeat()
	if len(r.Orders) != 1 || len(m.tries(r.Orders[0])) != 0 || m.letters(buyerMail, "à payer") != 3 { // the first, the announcement, the second
		t.Fatalf("%+v, %d letters", r, m.letters(buyerMail, "à payer"))
	}
	m.live(35)
	if r = m.repeat(); len(r.Orders) != 1 || r.Paused.IsZero() || r.Why != "unpaid" || m.letters(shopMail, "en pause") != 1 {
		t.Errorf("%+v", r)
	}
	must(t, m.Desk.Cancel(t.Context(), m.Shop, checkouttest.Clerk, r.Orders[0], checkout.Remark{}))
	if r = m.repeat(); !r.Paused.IsZero() {
		t.Errorf("called off: %+v", r)
	}
}

// PGW-31: the buyer stops it by his link, the shop by its page; both are told, nothing is charged afterwards, and the card is erased.
func TestRepeat_stop(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"buyer", "shop"} {
		t.Run(by, func(t *testing.T) {
			t.Parallel()
			m := newMember(t, 0, "poor")
			for len(m.repeat().Orders) == 0 {
				m.live(1)
			}
			second, token := m.repeat().Orders[0], m.token()
			who, link := payer(m.Stage, m.Find(second))
			stop := func() error { return m.Desk.StopRepeatBy(t.Context(), m.Shop, who, link) }
			if by == "shop" {
				stop = func() error { return m.Desk.StopRepeat(t.Context(), m.Shop, checkouttest.Clerk, m.first) }
			}
			must(t, stop())
			m.live(40)
			if r := m.repeat(); r.Charges() || len(r.Orders) != 1 || len(m.tries(second)) != 1 || r.By.Name == "" || r.Mandate.Text == "" {
				t.Errorf("%d charges, %+v", len(m.tries(second)), r)
			}
			if m.letters(buyerMail, "arrêtés") != 1 || m.letters(shopMail, "arrêtés") != 1 {
				t.Error("not told")
			}
			m.gone(token)
			if err := stop(); !errors.Is(err, checkout.ErrNoRepeat) {
				t.Errorf("again: %v", err)
			}
			if m.paid(second) || m.Find(second).State != order.Placed {
				t.Error("what was asked for does not stay")
			}
		})
	}
}

// PGW-31: however many ask for it at once, a card is charged once.
func TestRepeat_race(t *testing.T) {
	t.Parallel()
	m := newMember(t, 0, "later")
	for len(m.repeat().Orders) == 0 {
		m.live(1)
	}
	second := m.repeat().Orders[0]
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			err := m.Desk.CollectNow(t.Context(), m.Shop, checkouttest.Clerk, second)
			if err != nil && !errors.Is(err, checkout.ErrNotPayable) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	m.live(8)
	list := m.tries(second)
	if len(list) != 2 || m.Bank.Took(list[1].Ref) != 13055 || !m.paid(second) {
		t.Errorf("%d charges, paid %t", len(list), m.paid(second))
	}
}

// PGW-31: a bank that is away is asked what it did, and the card is charged once.
func TestRepeat_lost(t *testing.T) {
	t.Parallel()
	m := newMember(t, 0, "good")
	for m.repeat().Told.IsZero() {
		m.live(1)
	}
	m.Bank.Behave(bank.BrokenCalls)
	for len(m.repeat().Orders) == 0 {
		m.Pass(24 * time.Hour)
		m.Work()
		m.Work()
	}
	second := m.repeat().Orders[0]
	if list := m.tries(second); len(list) != 1 || list[0].State != payment.StateCreated {
		t.Fatalf("%+v", list)
	}
	m.Bank.Behave(bank.Proper)
	m.live(9)
	if list := m.tries(second); !m.paid(second) || len(list) < 2 {
		t.Errorf("%d charges, paid %t", len(list), m.paid(second))
	}
	var sum int64
	for _, p := range m.tries(second) {
		if m.Bank.Knows(p.Ref) {
			sum += m.Bank.Took(p.Ref)
		}
	}
	if sum != 13055 {
		t.Errorf("the bank took %d", sum)
	}
}

// PGW-31: no more is charged than was agreed to: when taxes rise the buyer gets the link.
func TestRepeat_more(t *testing.T) {
	t.Parallel()
	m := newMember(t, 0, "good")
	m.Write(func(tx tenant.Tx) error {
		return tx.DB().Exec(`update orders set request = jsonb_set(request, '{repeat,mandate,amount,amount}', '"130.54"') where id = ?`, m.first).Error
	})
	m.live(32)
	second := m.repeat().Orders[0]
	if len(m.tries(second)) != 0 || m.letters(buyerMail, "Votre commande "+m.Find(second).Number) != 1 {
		t.Errorf("%d charges", len(m.tries(second)))
	}
}

// PGW-31: what can no longer be written as it was agreed ends, and both sides are told.
func TestRepeat_gone(t *testing.T) {
	t.Parallel()
	m := newMember(t, 0, "good")
	token := m.token()
	m.Write(func(tx tenant.Tx) error {
		return tx.DB().Exec(`update orders set request = jsonb_set(request, '{repeat,lines,0,class}', '"luxury"') where id = ?`, m.first).Error
	})
	m.live(40)
	if r := m.repeat(); len(r.Orders) != 0 || r.Stopped.IsZero() || r.Charges() || m.letters(buyerMail, "arrêtés") != 1 || m.letters(shopMail, "arrêtés") != 1 {
		t.Errorf("%+v", r)
	}
	m.gone(token)
}

// PGW-31: who pays with a card of another of his orders, or is asked once, gives no mandate; what cannot be asked for is refused
// beside its field.
func TestRepeat_refused(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	for name, tt := range map[string]struct {
		every order.Rhythm
		times int
		field string
	}{"a rhythm nobody has": {"hour", 0, "every"}, "once, twice": {"", 2, "times"}, "once in all": {order.Monthly, 1, "times"}, "for ever": {order.Yearly, checkout.MaxTimes + 1, "times"}} {
		ask := repair()
		ask.Every, ask.Times = tt.every, tt.times
		_, err := k.Desk.RequestPayment(t.Context(), k.Shop, checkouttest.Clerk, ask)
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != tt.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	o, err := k.Desk.RequestPayment(t.Context(), k.Shop, checkouttest.Clerk, repair())
	must(t, err)
	who, link := payer(k.Stage, o)
	placed, err := k.Desk.PayAgain(t.Context(), k.Shop, who, link, k.ModeOf("kept"), checkout.With{Save: true})
	must(t, err)
	if p := attempts(t, k.Stage, placed); p[0].Saving != (payment.Saving{}) {
		t.Errorf("asked once: %+v", p[0].Saving)
	}
	if err := k.Desk.StopRepeatBy(t.Context(), k.Shop, who, link); !errors.Is(err, checkout.ErrNoRepeat) {
		t.Errorf("stopped what is not repeated: %v", err)
	}
}

// PGW-31: the link of an order leads nobody on to an attempt at which its buyer agreed to be charged again, but soon after he did.
func TestRepeat_friend(t *testing.T) {
	t.Parallel()
	k := newKeeper(t)
	ask := repair()
	ask.Every = order.Quarterly
	o, err := k.Desk.RequestPayment(t.Context(), k.Shop, checkouttest.Clerk, ask)
	must(t, err)
	who, link := payer(k.Stage, o)
	_, err = k.Desk.PayAgain(t.Context(), k.Shop, who, link, k.ModeOf("kept"), checkout.With{Save: true})
	must(t, err)
	if again, err := k.Desk.Resume(t.Context(), k.Shop, who, link, false); err != nil || again.Next == nil {
		t.Fatalf("%+v, %v", again, err)
	}
	k.Pass(31 * time.Minute)
	if again, err := k.Desk.Resume(t.Context(), k.Shop, who, link, false); err != nil || again.Next != nil {
		t.Errorf("led to %+v, %v", again, err)
	}
}
