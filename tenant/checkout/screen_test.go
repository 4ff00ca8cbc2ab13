package checkout_test

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/fleet/signals"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipment"
	"echoppe.dev/tenant/stock"
)

// wary makes the shop of a merchant with these rules.
func wary(t *testing.T, change func(*fraud.Rules)) *checkouttest.Stage {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	r := fraud.Defaults()
	change(&r)
	if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, settings.Fraud(r), 0); err != nil {
		t.Fatal(err)
	}
	return s
}

// buy places an order and lets the jobs run.
func buy(t *testing.T, s *checkouttest.Stage, lamp stock.VariantID, mail, client, mode string) *checkout.Placed {
	t.Helper()
	b := s.Guest(mail)
	b.Key = mail + s.Clock.Now().String()
	b.Who.Client = netip.MustParseAddr(client)
	if err := b.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place(mode)
	if err != nil {
		t.Fatal(err)
	}
	if failed := s.Work(); len(failed) > 0 {
		t.Fatal(failed)
	}
	return placed
}

// told gives the lines of a timeline that hold a word, in their notes or data.
func told(s *checkouttest.Stage, which order.ID, word string) (lines []order.Happening) {
	s.Read(func(tx tenant.Tx) error {
		events, err := order.Events(tx, which, false)
		for _, e := range events {
			if strings.Contains(e.Note, word) || e.Data[checkout.KeyScreening] == word {
				lines = append(lines, e)
			}
		}
		return err
	})
	return lines
}

// TestScreen: FRD-01, PGW-21, every order is looked at after it was placed, and what was found is kept with it; nothing
// is held unless the merchant wants it, and the buyer is told nothing.
func TestScreen(t *testing.T) {
	t.Parallel()
	s := wary(t, func(r *fraud.Rules) { r.Points[fraud.Disposable] = 70 })
	lamp := s.Stock("lamp", "20.00", 9)
	plain := s.Find(buy(t, s, lamp, "zoe@example.com", "203.0.113.7", "cheque").Order.ID).Screening
	if plain.At.IsZero() || plain.Score != 0 || plain.Advice != fraud.Pass || plain.Network != "203.0.113.0/24" {
		t.Errorf("a plain order has %+v", plain)
	}
	placed := buy(t, s, lamp, "x@yopmail.com", "198.51.100.1", "cheque")
	o := s.Find(placed.Order.ID)
	if o.Screening.Score != 70 || o.Screening.Advice != fraud.Review || o.Held() {
		t.Errorf("a risky one has %+v", o.Screening)
	}
	if len(told(s, o.ID, "checkout.alert.risky")) != 1 {
		t.Error("nobody is told of it")
	}
	paper, err := s.Desk.Show(t.Context(), s.Shop, placed.Link)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range paper.Events {
		if e.Kind == order.Alerted || e.Data["score"] != "" {
			t.Errorf("the buyer sees %+v", e)
		}
	}
}

// TestScreen_velocity: FRD-05, orders of one mail address, to one door and from one network are counted, of one day.
func TestScreen_velocity(t *testing.T) {
	t.Parallel()
	s := wary(t, func(*fraud.Rules) {})
	lamp := s.Stock("lamp", "20.00", 9)
	buy(t, s, lamp, "zoe@example.com", "203.0.113.7", "cheque")
	s.Pass(2 * time.Hour)
	buy(t, s, lamp, "zoe+2@example.com", "203.0.113.8", "cheque")
	s.Pass(time.Minute)
	buy(t, s, lamp, "max@example.com", "203.0.113.9", "cheque")
	s.Pass(time.Minute)
	third := s.Find(buy(t, s, lamp, "ZOE@example.com", "198.51.100.1", "cheque").Order.ID)
	var h fraud.History
	s.Read(func(tx tenant.Tx) (err error) {
		h, err = order.History(tx, third)
		return err
	})
	want := fraud.History{Mail: fraud.Count{Hour: 1, Day: 2}, Place: fraud.Count{Hour: 2, Day: 3}}
	if h.Mail != want.Mail || h.Place != want.Place || h.Network != want.Network {
		t.Errorf("remembers %+v, want %+v", h, want)
	}
	if why := third.Screening.Reasons; len(why) != 1 || why[0].Code != fraud.PlaceOften || why[0].Args["hour"] != "3" {
		t.Errorf("counts %+v", why)
	}
}

// TestScreen_amount: FRD-05, the usual amount is the middle one of the shop's paid orders, once there are enough of them.
func TestScreen_amount(t *testing.T) {
	t.Parallel()
	s := wary(t, func(r *fraud.Rules) { r.Times = 3 })
	lamp, sofa := s.Stock("lamp", "20.00", 99), s.Stock("sofa", "200.00", 9)
	usual := func() fraud.Finding {
		s.Pass(48 * time.Hour)
		return s.Find(buy(t, s, sofa, "max@example.com", "203.0.113.7", "cheque").Order.ID).Screening
	}
	for n := range 10 {
		if n == 9 {
			if f := usual(); f.Score != 0 {
				t.Errorf("nine orders say %+v", f)
			}
		}
		s.Pass(48 * time.Hour)
		which := buy(t, s, lamp, "zoe@example.com", "203.0.113.7", "cheque").Order.ID
		if err := s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, which, s.Find(which).Total, checkout.Remark{}); err != nil {
			t.Fatal(err)
		}
	}
	if f := usual(); f.Score != 20 || f.Reasons[0].Code != fraud.Amount || f.Reasons[0].Args["times"] != "7" {
		t.Errorf("ten orders of 26 say of one of 200 %+v", f)
	}
}

// TestHold: FRD-05, a held order is not sent, not got ready and not handed over until a person releases it; both stand
// on its timeline with who it was, and it is not held again.
func TestHold(t *testing.T) {
	t.Parallel()
	s := wary(t, func(r *fraud.Rules) {
		r.Hold, r.Threshold = true, 20
	})
	lamp := s.Stock("lamp", "20.00", 9)
	which := buy(t, s, lamp, "x@yopmail.com", "203.0.113.7", "card").Order.ID
	o := s.Find(which)
	if !o.Held() || len(told(s, which, "checkout.alert.held")) != 1 {
		t.Fatalf("not held: %+v", o.Screening)
	}
	if letters := s.Mailbox.To("atelier@example.com"); len(letters) != 2 || !strings.Contains(letters[1].Subject, "retenue") || !strings.Contains(letters[1].Text, "20 sur 100") {
		t.Errorf("the shop has %d letters", len(letters))
	}
	file, err := s.Desk.Open(t.Context(), s.Shop, which)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range file.Allowed {
		if e != order.Cancel {
			t.Errorf("staff may %s", e)
		}
	}
	clerk := checkouttest.Clerk
	for name, err := range map[string]error{
		"await":   s.Desk.Await(t.Context(), s.Shop, clerk, which, checkout.Remark{}),
		"ship":    s.Desk.Ship(t.Context(), s.Shop, clerk, which, shipment.Draft{}, checkout.Remark{Unpaid: true}),
		"deliver": s.Desk.Deliver(t.Context(), s.Shop, clerk, which, checkout.Remark{}),
	} {
		if name == "deliver" {
			if err == nil {
				t.Error("delivered what is held")
			}
			continue
		}
		if !errors.Is(err, checkout.ErrHeld) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Desk.Release(t.Context(), s.Shop, clerk, which, checkout.Remark{Note: "rang her up"}); err != nil {
		t.Fatal(err)
	}
	if lines := told(s, which, checkout.Released); len(lines) != 1 || lines[0].Actor != clerk || lines[0].Note != "rang her up" || lines[0].Visible {
		t.Errorf("the timeline tells %+v", lines)
	}
	if err := s.Desk.Release(t.Context(), s.Shop, clerk, which, checkout.Remark{}); !errors.Is(err, checkout.ErrNotHeld) {
		t.Errorf("released twice: %v", err)
	}
	resumed, err := s.Desk.Resume(t.Context(), s.Shop, checkout.Visitor{}, file.Link, false)
	if err != nil {
		t.Fatal(err)
	}
	s.Bank.Visit(resumed.Next, "good", "proper")
	s.Bank.Wait(1)
	if failed := s.Work(); len(failed) > 0 { // looked at again, as paid
		t.Fatal(failed)
	}
	if o := s.Find(which); o.Held() || o.State != order.Paid {
		t.Errorf("%s, held %v after it was released", o.State, o.Held())
	}
	if err := s.Desk.Await(t.Context(), s.Shop, clerk, which, checkout.Remark{}); err != nil {
		t.Errorf("released, and yet: %v", err)
	}
}

// TestHold_list: FRD-05, whom the merchant denies is held although nothing else is, and a cancelled order waits for nobody.
func TestHold_list(t *testing.T) {
	t.Parallel()
	s := wary(t, func(r *fraud.Rules) {
		r.List = []fraud.Entry{{Verdict: fraud.Deny, Kind: fraud.ByNetwork, Value: "203.0.113.0/24"}}
	})
	lamp := s.Stock("lamp", "20.00", 9)
	which := buy(t, s, lamp, "zoe@example.com", "203.0.113.7", "cheque").Order.ID
	held := func() (n int) {
		s.Read(func(tx tenant.Tx) (err error) {
			n, err = order.CountHeld(tx)
			return err
		})
		return n
	}
	if !s.Find(which).Held() || held() != 1 {
		t.Fatalf("not held, %d wait", held())
	}
	s.Read(func(tx tenant.Tx) error {
		page, err := order.List(tx, order.Filter{Held: true})
		if err == nil && (len(page.Rows) != 1 || !page.Rows[0].Held) {
			t.Errorf("the queue has %+v", page.Rows)
		}
		return err
	})
	if err := s.Desk.Cancel(t.Context(), s.Shop, checkouttest.Clerk, which, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	if s.Find(which).Held() || held() != 0 {
		t.Error("a cancelled order waits")
	}
}

// TestForgetClients: FRD-03, where an order came from is forgotten after 90 days, what was found stays.
func TestForgetClients(t *testing.T) {
	t.Parallel()
	s := wary(t, func(*fraud.Rules) {})
	lamp := s.Stock("lamp", "20.00", 9)
	which := buy(t, s, lamp, "x@yopmail.com", "203.0.113.7", "cheque").Order.ID
	sweep := func() fraud.Finding {
		if err := checkout.Sweep(t.Context(), s.Shop); err != nil {
			t.Fatal(err)
		}
		return s.Find(which).Screening
	}
	s.Pass(89 * 24 * time.Hour)
	if f := sweep(); !f.Client.IsValid() {
		t.Error("forgotten too early")
	}
	s.Pass(2 * 24 * time.Hour)
	if f := sweep(); f.Client.IsValid() || f.Network != "" || f.Score != 20 {
		t.Errorf("still keeps %+v", f)
	}
}

// TestSignals: FRD-03, FRD-05, what one shop marks as fraud another learns of when both take part, as a number and nothing
// else; it is taken back with the mark, and nobody tells who does not take part.
func TestSignals(t *testing.T) {
	t.Parallel()
	ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	if err != nil {
		t.Fatal(err)
	}
	shop := func(share bool) (*checkouttest.Stage, stock.VariantID) {
		s := wary(t, func(r *fraud.Rules) { r.Share = share })
		s.Desk.Signals = signals.New(s.Pool, ring)
		return s, s.Stock("lamp", "20.00", 9)
	}
	mail := "thief-" + strings.ToLower(t.Name()) + "@example.com"
	score := func(s *checkouttest.Stage, lamp stock.VariantID) int {
		s.Pass(48 * time.Hour) // his earlier orders do not count
		return s.Find(buy(t, s, lamp, mail, "198.51.100.77", "cheque").Order.ID).Screening.Score
	}
	one, lampOne := shop(true)
	two, lampTwo := shop(true)
	apart, lampApart := shop(false)
	mark := func(s *checkouttest.Stage, which order.ID) {
		if err := s.Desk.MarkFraud(t.Context(), s.Shop, checkouttest.Clerk, which, checkout.Remark{}); err != nil {
			t.Fatal(err)
		}
		if failed := s.Work(); len(failed) > 0 {
			t.Fatal(failed)
		}
	}
	mark(apart, buy(t, apart, lampApart, mail, "198.51.100.77", "cheque").Order.ID)
	if n := score(two, lampTwo); n != 0 {
		t.Errorf("who does not take part was heard: %d", n)
	}
	his := buy(t, one, lampOne, mail, "198.51.100.77", "cheque").Order.ID
	mark(one, his)
	if o := one.Find(his); !o.Held() || len(told(one, his, checkout.Marked)) != 1 {
		t.Errorf("marked: %+v", o.Screening)
	}
	if n := score(two, lampTwo); n != 40 {
		t.Errorf("the other shop counts %d", n)
	}
	if n := score(one, lampOne); n != 0 {
		t.Errorf("the shop hears itself: %d", n)
	}
	if n := score(apart, lampApart); n != 0 {
		t.Errorf("who does not take part is told: %d", n)
	}
	if err := one.Desk.Release(t.Context(), one.Shop, checkouttest.Clerk, his, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	if failed := one.Work(); len(failed) > 0 {
		t.Fatal(failed)
	}
	if n := score(two, lampTwo); n != 0 {
		t.Errorf("taken back, and yet %d", n)
	}
	mail = "other-" + mail
	placed := buy(t, one, lampOne, mail, "198.51.100.77", "card")
	lost := placed.Order.ID
	one.Bank.Visit(placed.Next, "silent", "proper")
	one.Bank.Wait(1)
	p := attempt(t, one, lost)
	for i, what := range []string{"dispute", "lose"} {
		one.Bank.Office(p.Ref, what)
		one.Bank.Wait(i + 2)
		if failed := one.Work(); len(failed) > 0 {
			t.Fatal(failed)
		}
	}
	if p := attempt(t, one, lost); p.State != payment.StateChargedBack {
		t.Fatalf("the dispute: %s", p.State)
	}
	if n := score(two, lampTwo); n != 40 {
		t.Errorf("PGW-15: of a lost dispute the other shop counts %d", n)
	}
}

// says is an outside screener with one answer.
type says struct {
	points int
	err    error
}

func (s says) Screen(context.Context, fraud.Case) (fraud.Result, error) {
	return fraud.Result{Reasons: []fraud.Reason{{Code: fraud.Scorer, Points: s.points, Args: map[string]string{"name": "Scorer", "score": "5"}}}}, s.err
}

// TestScorers: FRD-07, an outside screener's points are added; one that does not answer is told, and costs nobody his order.
func TestScorers(t *testing.T) {
	t.Parallel()
	s := wary(t, func(*fraud.Rules) {})
	lamp := s.Stock("lamp", "20.00", 9)
	s.Desk.Scorers = func(*tenant.Shop, fraud.Rules) []fraud.Outside {
		return []fraud.Outside{{Name: "Scorer", Screener: says{points: 55}}, {Name: "Mute", Screener: says{err: errors.New("away")}}}
	}
	f := s.Find(buy(t, s, lamp, "x@yopmail.com", "203.0.113.7", "cheque").Order.ID).Screening
	if f.Score != 75 || len(f.Reasons) != 3 || f.Reasons[2].Code != fraud.Silent || f.Reasons[2].Args["name"] != "Mute" {
		t.Errorf("found %+v", f)
	}
}
