package checkout_test

import (
	"errors"
	"net/url"
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// dated is an announced lamp of which so much is due with the order.
func dated(t *testing.T, s *checkouttest.Stage, price, due string) stock.VariantID {
	t.Helper()
	lamp := s.Stock("Lamp", price, 0)
	must(t, announced(s, lamp, 10, 5, due))
	return lamp
}

// rest opens the attempt to pay what is due later.
func rest(t *testing.T, s *checkouttest.Stage, p *checkout.Placed, mode string) *checkout.Placed {
	t.Helper()
	again, err := s.Desk.PayAgain(t.Context(), s.Shop, checkout.Visitor{}, p.Link, s.ModeOf(mode), checkout.With{})
	must(t, err)
	if again.Unstarted != nil {
		t.Fatal(again.Unstarted)
	}
	return again
}

// STK-04 CUR-03: both parts are charged in dollars at the rate of the order, whatever the rate has become since, and
// come to what the page said, to the cent: 79.75 EUR by themselves would be 87.73 USD, a cent too many.
func TestDeposit_InTheCurrencyShown(t *testing.T) {
	t.Parallel()
	s, _ := abroad(t)
	mug := s.Stock("Mug", "98.33", 0)
	must(t, announced(s, mug, 10, 5, "25 %"))
	b := american(t, s, mug)
	cmd, err := b.Order("card")
	must(t, err)
	if cmd.Shown != "104.33 EUR (24.58) = 27.04 USD" {
		t.Errorf("CUR-03: the page says %q", cmd.Shown)
	}
	placed, err := b.Send(cmd)
	must(t, err)
	o := s.Find(placed.Order.ID)
	if c := o.Currencies; c.Settlement.Amount.String() != "114.76" || c.Settlement.Rate.String() != "1.1" || c.Management.Amount.String() != "104.33" {
		t.Errorf("CUR-03: the order keeps %+v", c)
	}
	if got := checkouttest.Amount(placed.Next); got != "2704" {
		t.Errorf("CUR-03: the bank is asked for %s minor units now", got)
	}
	s.Bank.Visit(placed.Next, "good", "proper")
	s.Bank.Wait(1)
	if o = s.Find(placed.Order.ID); o.State != order.Placed || o.Paid.String() != "24.58" || !o.Secured() {
		t.Fatalf("CUR-03: after the deposit %s, paid %s", o.State, o.Paid)
	}
	rate(t, s, "1.50", 1)
	paper, err := s.Desk.Show(t.Context(), s.Shop, placed.Link)
	must(t, err)
	for i, offer := range paper.Offers {
		want := "79.75"
		if offer.ID == s.ModeOf("card") {
			want = "87.72"
		}
		if got := paper.Charges[i].Amount; got.String() != want {
			t.Errorf("CUR-03: the rest by %s is %s %s, want %s", offer.Kind, got, got.Currency().Code(), want)
		}
	}
	later := rest(t, s, placed, "card")
	if got := checkouttest.Amount(later.Next); got != "8772" {
		t.Errorf("CUR-03: the bank is asked for %s minor units later", got)
	}
	s.Bank.Visit(later.Next, "good", "proper")
	s.Bank.Wait(2)
	o = s.Find(placed.Order.ID)
	if o.State != order.Paid || !o.Paid.Equal(o.Total) || o.Currencies.Settlement.Amount.String() != "114.76" {
		t.Errorf("CUR-03: in the end %s, paid %s, charged %s", o.State, o.Paid, o.Currencies.Settlement.Amount)
	}
	file, err := s.Desk.Open(t.Context(), s.Shop, o.ID)
	must(t, err)
	charged := money.Zero(money.USD)
	for _, p := range file.Payments {
		charged = charged.Add(p.Captured)
	}
	if charged.String() != "114.76" {
		t.Errorf("CUR-03: both parts come to %s USD", charged)
	}
	for i := len(file.Payments) - 1; i >= 0; i-- {
		must(t, s.Desk.Refund(t.Context(), s.Shop, checkouttest.Clerk, file.Payments[i].ID, file.Payments[i].Captured, checkout.Remark{}))
	}
	if o = s.Find(o.ID); o.Refunded.String() != "104.33" || o.State != order.Refunded {
		t.Errorf("CUR-03: given back %s, %s", o.Refunded, o.State)
	}
}

// STK-04 CUR-03: what is due later alone, or after a deposit in the shop's own currency, is charged at the rate the
// order was shown at, too.
func TestDeposit_LaterInTheCurrencyShown(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, due, by, shown, first, rest string }{
		{"CUR-03 nothing with the order", "nothing", "card", "104.33 EUR (0.00)", "", "11476"},
		{"CUR-03 a deposit by cheque in euros", "25 %", "cheque", "104.33 EUR (24.58)", "24.58", "8772"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, _ := abroad(t)
			mug := s.Stock("Mug", "98.33", 0)
			must(t, announced(s, mug, 10, 5, tt.due))
			b := american(t, s, mug)
			cmd, err := b.Order(tt.by)
			must(t, err)
			if cmd.Shown != tt.shown {
				t.Errorf("the page says %q", cmd.Shown)
			}
			placed, err := b.Send(cmd)
			must(t, err)
			if tt.first != "" {
				must(t, s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, placed.Order.ID, eur(tt.first), checkout.Remark{}))
			}
			rate(t, s, "1.50", 1)
			later := rest(t, s, placed, "card")
			if got := checkouttest.Amount(later.Next); got != tt.rest {
				t.Errorf("the bank is asked for %s minor units", got)
			}
			s.Bank.Visit(later.Next, "good", "proper")
			s.Bank.Wait(1)
			if o := s.Find(placed.Order.ID); o.State != order.Paid || o.Paid.String() != "104.33" || o.Currencies.Settlement.Amount.String() != "114.76" {
				t.Errorf("in the end %s, paid %s, charged %s", o.State, o.Paid, o.Currencies.Settlement.Amount)
			}
		})
	}
}

// STK-04 CUR-03: the currency is gone when the rest is due: the order keeps its own rate and is paid by it.
func TestDeposit_CurrencyRemoved(t *testing.T) {
	t.Parallel()
	s, _ := abroad(t)
	mug := s.Stock("Mug", "98.33", 0)
	must(t, announced(s, mug, 10, 5, "25 %"))
	placed, err := american(t, s, mug).Place("card")
	must(t, err)
	s.Bank.Visit(placed.Next, "good", "proper")
	s.Bank.Wait(1)
	must(t, settings.Save(t.Context(), s.Shop, checkouttest.Clerk, settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{}}, 1))
	if got := checkouttest.Amount(rest(t, s, placed, "card").Next); got != "8772" {
		t.Errorf("the bank is asked for %s minor units", got)
	}
}

// STK-04 QUO-03: a quote with an article that is not there yet, beside one that is, is ordered at the agreed prices
// and divided like any order; the terms are those of the day it is ordered.
func TestDeposit_Quote(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Quoting()
	lamp, shade := dated(t, s, "60.00", "everything"), s.Stock("Shade", "24.00", 10)
	b := buyer(s, "zoe@example.org")
	must(t, b.Add(lamp, 2))
	must(t, b.Add(shade, 1))
	a, err := b.Ask("")
	must(t, err)
	version := s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) {
		for i, l := range s.Quote(a.Quote.ID).Draft.Lines {
			if l.Variant == lamp {
				e.Lines[i].Unit = dec("40")
			}
		}
		e.Carriage, e.Cost = s.ShippingOf("Colissimo"), dec("10")
	})
	must(t, announced(s, lamp, 20, 5, "25 %"))
	reprice(t, s, lamp, "90")
	// 2 × 40.00 + 20.00 + 10.00 = 110.00 net, 132.00 with tax; a quarter of 96.00 and all of 24.00 and 12.00 now.
	cmd, err := b.OrderQuote(a.Link, version, "cheque")
	must(t, err)
	if cmd.Shown != "132.00 EUR (60.00)" {
		t.Errorf("QUO-03: the page says %q", cmd.Shown)
	}
	placed, err := b.Send(cmd)
	must(t, err)
	o := s.Find(placed.Order.ID)
	if o.Total.String() != "132.00" || o.Advance == nil || o.Advance.Now.String() != "60.00" || s.Quote(a.Quote.ID).Order != o.ID {
		t.Fatalf("QUO-03: %s, advance %+v", o.Total, o.Advance)
	}
	if f := s.Figures(lamp); f.Reserved != 2 {
		t.Errorf("STK-04: %d are promised", f.Reserved)
	}
	must(t, s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, o.ID, eur("60.00"), checkout.Remark{}))
	if o = s.Find(o.ID); !o.Secured() || o.Due().String() != "72.00" {
		t.Errorf("STK-04: after the deposit %s is due", o.Due())
	}
	arrive(s, lamp, 2)
	must(t, s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, o.ID, eur("72.00"), checkout.Remark{}))
	if o = s.Find(o.ID); o.State != order.Paid {
		t.Errorf("STK-04: %s", o.State)
	}
}

// QUO-03 STK-04: terms that change while the checkout of a quote is open change what is due now: the buyer is asked
// again, and the quote stays open.
func TestDeposit_QuoteTermsChange(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Quoting()
	lamp := dated(t, s, "60.00", "25 %")
	b := buyer(s, "zoe@example.org")
	must(t, b.Add(lamp, 1))
	a, err := b.Ask("")
	must(t, err)
	version := s.Offer(a.Quote.ID, nil)
	cmd, err := b.OrderQuote(a.Link, version, "cheque")
	must(t, err)
	must(t, announced(s, lamp, 10, 5, "50 %"))
	if _, err := b.Send(cmd); !errors.Is(err, checkout.ErrDueChanged) {
		t.Fatalf("QUO-03: %v", err)
	}
	again, err := b.OrderQuote(a.Link, version, "cheque")
	must(t, err)
	if again.Shown == cmd.Shown {
		t.Errorf("asked again with %q", again.Shown)
	}
	if _, err := b.Send(again); err != nil {
		t.Error(err)
	}
}

func arrive(s *checkouttest.Stage, v stock.VariantID, n int) {
	s.Write(func(tx tenant.Tx) error {
		return stock.Post(tx, checkouttest.Clerk, stock.ReasonReceived, "", "", []stock.Posting{{Variant: v, OnHand: n}})
	})
}

// slow is a way to pay in advance that costs two euros.
func slow(s *checkouttest.Stage) {
	s.PayFor("slow", offline.Cheque{}.Key(), url.Values{"payee": {"Atelier SARL"}, "address": {"1 rue de la Soie\n69001 Lyon"}},
		payment.Cost{Fee: payment.Share{Fixed: dec("2")}, IncludesTax: true})
}

// STK-04 PAY-08: a fee or rebate is reckoned once, on the whole price, and binds the rest to its mode. A rebate is
// taken off the lines before they are divided; a fee is due with the order, unless every line is deferred.
func TestDeposit_ModeThatCosts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, mode, beside, total, fee, now, later string }{
		{"PAY-08 a rebate, everything deferred", "ahead", "", "55.00", "0.00", "12.25", "42.75"},
		{"PAY-08 a rebate beside something in stock", "ahead", "Plate", "66.76", "0.00", "30.01", "36.75"},
		{"PAY-08 a fee, everything deferred", "slow", "", "58.00", "2.00", "12.50", "45.50"},
		{"PAY-08 a fee beside something in stock", "slow", "Plate", "70.00", "2.00", "32.50", "37.50"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := checkouttest.New(t, checkout.Reactions{})
			fees(s)
			slow(s)
			lamp := dated(t, s, "50.00", "25 %")
			b := s.Guest("zoe@example.com")
			must(t, b.Add(lamp, 1))
			if tt.beside != "" {
				must(t, b.Add(s.Stock(tt.beside, "12.00", 3), 1))
			}
			placed, err := b.Place(tt.mode)
			must(t, err)
			o := s.Find(placed.Order.ID)
			if o.Total.String() != tt.total || o.Priced.Totals.Fee.Gross.String() != tt.fee {
				t.Errorf("total %s, fee %s", o.Total, o.Priced.Totals.Fee.Gross)
			}
			if o.Advance == nil || o.Advance.Now.String() != tt.now || o.Total.Sub(o.Advance.Now).String() != tt.later {
				t.Fatalf("%+v", o.Advance)
			}
			must(t, s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, o.ID, eur(tt.now), checkout.Remark{}))
			for _, other := range []string{"card", "collected"} {
				if _, err := s.Desk.PayAgain(t.Context(), s.Shop, checkout.Visitor{}, placed.Link, s.ModeOf(other), checkout.With{}); !errors.Is(err, payment.ErrMode) {
					t.Errorf("the rest by %s: %v", other, err)
				}
			}
			rest(t, s, placed, tt.mode)
			file, err := s.Desk.Open(t.Context(), s.Shop, o.ID)
			must(t, err)
			if file.Awaited().String() != tt.later {
				t.Errorf("the rest is %s", file.Awaited())
			}
			must(t, s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, o.ID, eur(tt.later), checkout.Remark{}))
			if o = s.Find(o.ID); o.State != order.Paid || !o.Paid.Equal(o.Total) || o.Total.String() != tt.total {
				t.Errorf("in the end %s, paid %s of %s", o.State, o.Paid, o.Total)
			}
		})
	}
}

// STK-04 PAY-08: where nothing is due with the order no mode is chosen and no fee is asked, and the price stays
// without one: the rest is paid with a mode that costs nothing.
func TestDeposit_NothingNowAndFees(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	fees(s)
	lamp := dated(t, s, "50.00", "nothing")
	b := s.Guest("zoe@example.com")
	must(t, b.Add(lamp, 1))
	placed, err := b.Place("collected")
	must(t, err)
	o := s.Find(placed.Order.ID)
	if o.Total.String() != "56.00" || o.Payment.Mode != "" || !o.Priced.Totals.Fee.Gross.IsZero() {
		t.Errorf("total %s, mode %q", o.Total, o.Payment.Mode)
	}
	paper, err := s.Desk.Show(t.Context(), s.Shop, placed.Link)
	must(t, err)
	if len(paper.Offers) == 0 {
		t.Error("the rest cannot be paid")
	}
	for _, offer := range paper.Offers {
		if !offer.Scope.Cost.IsZero() {
			t.Errorf("PAY-08: offered with %v, whose fee is not in the price", offer.Names)
		}
	}
}

// STK-04 PAY-08: where every way to pay costs or saves something, an order of which nothing was due at first can be paid
// all the same, at its price.
func TestDeposit_NothingNowAndOnlyFees(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	lamp := dated(t, s, "50.00", "nothing")
	s.Write(func(tx tenant.Tx) error {
		return tx.DB().Exec(`update payment_modes set scope = '{"cost": {"rebate": {"percent": "2"}, "includes_tax": true}}'`).Error
	})
	b := s.Guest("zoe@example.com")
	must(t, b.Add(lamp, 1))
	placed, err := b.Place("card")
	must(t, err)
	paper, err := s.Desk.Show(t.Context(), s.Shop, placed.Link)
	must(t, err)
	if len(paper.Offers) == 0 {
		t.Fatal("the rest cannot be paid")
	}
	if got := checkouttest.Amount(rest(t, s, placed, "card").Next); got != "5600" {
		t.Errorf("the bank is asked for %s minor units", got)
	}
	rest(t, s, placed, "cheque") // he may change his mind
	file, err := s.Desk.Open(t.Context(), s.Shop, placed.Order.ID)
	must(t, err)
	if file.Awaited().String() != "56.00" {
		t.Errorf("awaited %s", file.Awaited())
	}
}
