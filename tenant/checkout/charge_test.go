package checkout_test

import (
	"errors"
	"testing"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// abroad is a shop in euros that shows dollars, whose card contract takes both and whose cheques are in euros.
func abroad(t *testing.T) (*checkouttest.Stage, stock.VariantID) {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	rate(t, s, "1.10", 0)
	s.Settle("card", "EUR", "USD")
	return s, s.Stock("Lamp", "98.33", 10) // with 5.00 net for the parcel: 104.33
}

func rate(t *testing.T, s *checkouttest.Stage, usd string, rev int) {
	t.Helper()
	doc := settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: usd, Active: true}}}
	if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, doc, rev); err != nil {
		t.Fatal(err)
	}
}

// american sees dollars and has a lamp in his cart.
func american(t *testing.T, s *checkouttest.Stage, lamp stock.VariantID) *checkouttest.Buyer {
	t.Helper()
	b := s.Guest("sam@example.com")
	b.Who.Display = "USD"
	if err := b.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	return b
}

// keep keeps what the checkout page said, as the face does.
func keep(t *testing.T, s *checkouttest.Stage, b *checkouttest.Buyer, sheet *checkout.Sheet) {
	t.Helper()
	ch := sheet.Cart.Choices
	ch.Lock = sheet.Keep()
	if err := s.Carts.Choose(t.Context(), s.Shop, b.Reader(), ch); err != nil {
		t.Fatal(err)
	}
}

func TestCharge_InTheCurrencyShown(t *testing.T) {
	t.Parallel()
	s, lamp := abroad(t)
	b := american(t, s, lamp)
	cmd, err := b.Order("card")
	if err != nil {
		t.Fatal(err)
	}
	if cmd.Shown != "104.33 EUR = 114.76 USD" {
		t.Errorf("CUR-03: the page says %q", cmd.Shown)
	}
	placed, err := b.Send(cmd)
	if err != nil {
		t.Fatal(err)
	}
	o := s.Find(placed.Order.ID)
	if o.Total.String() != "104.33" || o.Currencies.Settlement.Amount.String() != "114.76" || o.Currencies.Settlement.Rate.String() != "1.1" ||
		o.Currencies.Display.Amount.Currency() != money.USD || o.Currencies.Management.Amount.String() != "104.33" {
		t.Errorf("CUR-03: the order keeps %+v", o.Currencies)
	}
	if got := checkouttest.Amount(placed.Next); got != "11476" {
		t.Errorf("CUR-03: the bank is asked for %s minor units", got)
	}
	back := s.Bank.Visit(placed.Next, "good", "proper")
	s.Bank.Wait(1)
	if o = s.Find(placed.Order.ID); o.State != order.Paid || o.Paid.String() != "104.33" {
		t.Errorf("CUR-03: after paying %s by %v: %s, paid %s", "114.76 USD", back, o.State, o.Paid)
	}
}

// CUR-03: a refund in parts gives back in dollars, and all of it is worth all of the order.
func TestCharge_RefundedInParts(t *testing.T) {
	t.Parallel()
	s, lamp := abroad(t)
	b := american(t, s, lamp)
	placed, err := b.Place("card")
	if err != nil {
		t.Fatal(err)
	}
	s.Bank.Visit(placed.Next, "good", "proper")
	s.Bank.Wait(1)
	file, err := s.Desk.Open(t.Context(), s.Shop, placed.Order.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"33.33", "33.33", "48.10"} {
		amount := money.Must(money.Parse(part, money.USD))
		if err := s.Desk.Refund(t.Context(), s.Shop, checkouttest.Clerk, file.Payments[0].ID, amount, checkout.Remark{}); err != nil {
			t.Fatal(err)
		}
	}
	if o := s.Find(placed.Order.ID); o.Refunded.String() != "104.33" || o.PaymentState() != order.AllRefunded {
		t.Errorf("CUR-03: refunded %s, %s", o.Refunded, o.PaymentState())
	}
}

func TestCharge_InTheShopsOwn(t *testing.T) {
	t.Parallel()
	s, lamp := abroad(t)
	b := american(t, s, lamp)
	cmd, err := b.Order("cheque")
	if err != nil {
		t.Fatal(err)
	}
	if cmd.Shown != "104.33 EUR" {
		t.Errorf("CUR-04: kinds are independent, but the cheque is for %q", cmd.Shown)
	}
	view, err := s.Carts.Show(t.Context(), s.Shop, cart.Reader{Token: b.Token, Display: "USD", Locale: i18n.French})
	if err != nil {
		t.Fatal(err)
	}
	if view.Charge.Currency().IsZero() {
		t.Error("ORD-02: the cart does not say what will be charged")
	}
}

func TestCharge_Locked(t *testing.T) {
	t.Parallel()
	s, lamp := abroad(t)
	b := american(t, s, lamp)
	b.Draft.Payment = s.ModeOf("card").String()
	sheet, err := b.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	keep(t, s, b, sheet)
	rate(t, s, "1.20", 1)
	s.Pass(currency.LockFor - time.Minute)
	cmd := checkout.PlaceOrder{Cart: b.Token, Key: b.Key, Draft: sheet.Draft, Shown: sheet.Shown, Terms: true}
	again, err := b.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	if again.Shown != sheet.Shown {
		t.Errorf("CUR-04: reloaded within half an hour the page says %q, not %q", again.Shown, sheet.Shown)
	}
	placed, err := b.Send(cmd)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Find(placed.Order.ID).Currencies.Settlement; got.Amount.String() != "114.76" {
		t.Errorf("CUR-04: charged %s", got.Amount)
	}
}

func TestCharge_LockIsOver(t *testing.T) {
	t.Parallel()
	s, lamp := abroad(t)
	b := american(t, s, lamp)
	b.Draft.Payment = s.ModeOf("card").String()
	sheet, err := b.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	keep(t, s, b, sheet)
	rate(t, s, "1.20", 1)
	s.Pass(currency.LockFor)
	_, err = b.Send(checkout.PlaceOrder{Cart: b.Token, Key: b.Key, Draft: sheet.Draft, Shown: sheet.Shown, Terms: true})
	if !errors.Is(err, checkout.ErrTotalChanged) {
		t.Fatalf("CUR-04: got %v", err)
	}
	cmd, err := b.Order("card")
	if err != nil {
		t.Fatal(err)
	}
	if cmd.Shown != "104.33 EUR = 125.20 USD" {
		t.Errorf("CUR-04: asked again with %q", cmd.Shown)
	}
	if _, err := b.Send(cmd); err != nil {
		t.Error(err)
	}
}

// TestCharge_CurrencyRemoved: a currency that goes away with carts open is defined behaviour: the buyer sees and pays
// the shop's own, after being asked.
func TestCharge_CurrencyRemoved(t *testing.T) {
	t.Parallel()
	s, lamp := abroad(t)
	b := american(t, s, lamp)
	cmd, err := b.Order("card")
	if err != nil {
		t.Fatal(err)
	}
	doc := settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{}}
	if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, doc, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Send(cmd); !errors.Is(err, checkout.ErrTotalChanged) {
		t.Fatalf("got %v", err)
	}
	if cmd, err = b.Order("card"); err != nil {
		t.Fatal(err)
	}
	if cmd.Shown != "104.33 EUR" {
		t.Errorf("asked again with %q", cmd.Shown)
	}
	if _, err := b.Send(cmd); err != nil {
		t.Error(err)
	}
}

// PGW-16: a further try keeps the rate of the order in its currency; another mode may settle in another.
func TestCharge_PayAgain(t *testing.T) {
	t.Parallel()
	s, lamp := abroad(t)
	b := american(t, s, lamp)
	placed, err := b.Place("card")
	if err != nil {
		t.Fatal(err)
	}
	rate(t, s, "1.30", 1)
	paper, err := s.Desk.Show(t.Context(), s.Shop, placed.Link)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range paper.Offers {
		want := "104.33"
		if o.ID == s.ModeOf("card") {
			want = "114.76"
		}
		if got := paper.Charges[i].Amount; got.String() != want {
			t.Errorf("%s is charged %s %s", o.Kind, got, got.Currency().Code())
		}
	}
	if _, err := s.Desk.PayAgain(t.Context(), s.Shop, checkout.Visitor{}, placed.Link, s.ModeOf("cheque"), checkout.With{}); err != nil {
		t.Fatal(err)
	}
	file, err := s.Desk.Open(t.Context(), s.Shop, placed.Order.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := file.Awaited(); got.String() != "104.33" || got.Currency() != money.EUR || file.Order.Currencies.Settlement.Amount.Currency() != money.EUR {
		t.Errorf("awaited %s %s", got, got.Currency().Code())
	}
	if p := file.Payments[len(file.Payments)-1]; p.State != payment.StatePending {
		t.Errorf("the newest attempt is %s", p.State)
	}
}

// CUR-03: letters show the buyer what he saw, and say that he was charged only when he was; staff reads the shop's own.
func TestCharge_Letters(t *testing.T) {
	t.Parallel()
	s, lamp := abroad(t)
	placed, err := american(t, s, lamp).Place("cheque")
	if err != nil {
		t.Fatal(err)
	}
	facts := func(staff bool) *notify.Order {
		var f *notify.Order
		s.Read(func(tx tenant.Tx) (err error) {
			f, err = s.Desk.Facts(tx, id.As[notify.Order](placed.Order.ID), i18n.English, staff)
			return err
		})
		return f
	}
	if f := facts(false); f.Total != "$114.76" || f.Totals[len(f.Totals)-1].Amount != "$114.76" || f.ToCharge != "€104.33" || f.Charged != "" {
		t.Errorf("before: %+v", f)
	}
	s.Write(func(tx tenant.Tx) error {
		return tx.DB().Exec("update orders set paid = total, state = 'paid' where id = ?", placed.Order.ID).Error
	})
	if f := facts(false); f.ToCharge != "" || f.Charged != "€104.33" {
		t.Errorf("paid: to charge %q, charged %q", f.ToCharge, f.Charged)
	}
	if f := facts(true); f.Total != "€104.33" || f.Charged != "" {
		t.Errorf("staff reads %q, %q", f.Total, f.Charged)
	}
}

// CUR-02: a letter says what the page said, by the rounding rule of the currency, and lines come to the total. The deposit
// of an order is a part of that.
func TestCharge_LettersRounded(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	doc := settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Ending: ".95", Active: true}}}
	if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, doc, 0); err != nil {
		t.Fatal(err)
	}
	s.Settle("card", "EUR", "USD")
	lamp := s.Stock("Lamp", "98.33", 10)
	b := s.Guest("sam@example.com")
	b.Who.Display = "USD"
	if err := b.Add(lamp, 2); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place("card")
	if err != nil {
		t.Fatal(err)
	}
	s.Read(func(tx tenant.Tx) error {
		f, err := s.Desk.Facts(tx, id.As[notify.Order](placed.Order.ID), i18n.English, false)
		if err != nil {
			return err
		}
		// 98.33 at 1.10 are 108.163, on the shelf 107.95; the parcel is free.
		if l := f.Lines[0]; l.Unit != "$107.95" || l.Total != "$215.90" || f.Total != "$215.90" || f.Charged != "" || f.ToCharge != "" {
			t.Errorf("the letter says %+v of %+v", f, f.Lines)
		}
		return nil
	})
	if got := checkouttest.Amount(placed.Next); got != "21590" {
		t.Errorf("the bank is asked for %s minor units", got)
	}
	s.Bank.Visit(placed.Next, "good", "proper")
	s.Bank.Wait(1)
	if o := s.Find(placed.Order.ID); o.State != order.Paid || !o.Paid.Equal(o.Total) {
		t.Errorf("%s, paid %s of %s", o.State, o.Paid, o.Total)
	}
}
