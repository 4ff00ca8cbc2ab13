package checkout_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// sum adds what is displayed below each other: everything that is not "of which".
func sum(t rapid.TB, totals []bill.Total) (parts, total money.Amount) {
	t.Helper()
	parts = money.Zero(money.EUR)
	for _, x := range totals {
		switch x.Kind {
		case "tax_included":
		case "total":
			total = x.Amount
		default:
			parts = parts.Add(x.Amount)
		}
	}
	return parts, total
}

// TestTotals_Agree is ORD-07: what is displayed sums to the total of the order, which is the amount
// the bank is told, whatever is bought, wherever it goes, on whichever side amounts are shown.
func TestTotals_Agree(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	var goods []stock.VariantID
	for i, price := range []string{"0.01", "9.99", "19.9", "3.3333", "149.95"} {
		goods = append(goods, s.Sell(&catalog.Product{Code: "g" + strconv.Itoa(i), TaxClass: []string{"standard", "reduced"}[i%2], PriceGross: i != 2,
			Texts:    map[i18n.Locale]catalog.Text{"fr": {Name: "Article " + strconv.Itoa(i)}},
			Variants: []catalog.Variant{{SKU: "g" + strconv.Itoa(i), Price: decimal.RequireFromString(price), Active: true, WeightG: 100 * i}}}))
	}
	places := []address.Address{
		{Name: "A", Line1: "1 rue", Postcode: "75002", City: "Paris", Country: "FR"},
		{Name: "B", Line1: "Weg 1", Postcode: "10115", City: "Berlin", Country: "DE"},
		{Name: "C", Line1: "Weg 2", Postcode: "8001", City: "Zürich", Country: "CH"},
	}
	n := 0
	tax := settings.Defaults().Tax
	tax.Destination = true
	saved := 1
	rapid.Check(t, func(rt *rapid.T) {
		n++
		gross := rapid.Bool().Draw(rt, "gross")
		if tax.ShowGross != gross {
			tax.ShowGross = gross
			if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, tax, saved); err != nil {
				rt.Fatal(err)
			}
			saved++
		}
		b := s.Guest("b" + strconv.Itoa(n) + "@example.com")
		for _, g := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(goods)-1), 1, len(goods), rapid.ID).Draw(rt, "goods") {
			if err := b.Add(goods[g], rapid.IntRange(1, 40).Draw(rt, "qty")); err != nil {
				rt.Fatal(err)
			}
		}
		b.Draft.Delivery = rapid.SampledFrom(places).Draw(rt, "place")
		sheet, err := b.Prepare()
		if err != nil {
			rt.Fatal(err)
		}
		placed, err := b.Place("card")
		if err != nil {
			rt.Fatal(err)
		}
		o := s.Find(placed.Order.ID)
		parts, total := sum(rt, bill.Totals(o.Priced))
		if !parts.Equal(total) || !total.Equal(o.Total) || !sheet.Total.Equal(o.Total) {
			rt.Errorf("displayed %s, total %s, order %s, shown before %s", parts, total, o.Total, sheet.Total)
		}
		minor, err := o.Total.Minor()
		if sent := checkouttest.Amount(placed.Next); err != nil || sent != strconv.FormatInt(minor, 10) {
			rt.Errorf("the bank is asked for %s, the order costs %d: %v", sent, minor, err)
		}
		lines := money.Zero(money.EUR)
		for _, l := range o.Lines {
			lines = lines.Add(l.Total)
			if !l.Net.Add(l.Tax).Equal(l.Total) {
				rt.Errorf("line %s: %s + %s is not %s", l.SKU, l.Net, l.Tax, l.Total)
			}
		}
		if rest := o.Total.Sub(lines); !rest.Equal(o.Priced.Totals.Shipping.Gross) {
			rt.Errorf("lines %s and shipping %s are not %s", lines, o.Priced.Totals.Shipping.Gross, o.Total)
		}
	})
}

// TestPlace_VAT is LAW-04: where the goods go decides whose tax is in the price.
func TestPlace_VAT(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "120.00", 50) // over the limit: sent free
	for name, tt := range map[string]struct {
		to        address.Address
		treatment string
		rate      string
		total     string
		says      string
	}{
		"home":   {address.Address{Postcode: "75002", City: "Paris", Country: "FR"}, "domestic", "20", "120.00", ""},
		"union":  {address.Address{Postcode: "10115", City: "Berlin", Country: "DE"}, "destination", "19", "120.00", ""},
		"export": {address.Address{Postcode: "8001", City: "Zürich", Country: "CH"}, "export", "0", "100.00", "VAT: export, none is due"},
		"business": {address.Address{Postcode: "10115", City: "Berlin", Country: "DE", Company: "GmbH", VATNumber: "DE136695976"},
			"reverse_charge", "0", "100.00", "VAT: reverse charge, owed by the buyer (DE136695976)"},
	} {
		t.Run(name, func(t *testing.T) {
			b := s.Guest(name + "@example.com")
			tt.to.Name, tt.to.Line1 = "Zoé", "1 Weg"
			b.Draft.Delivery = tt.to
			if err := b.Add(mug, 1); err != nil {
				t.Fatal(err)
			}
			placed, err := b.Place("transfer")
			if err != nil {
				t.Fatal(err)
			}
			o := s.Find(placed.Order.ID)
			if o.Priced.Taxation.Treatment != tt.treatment || o.Lines[0].TaxRate.String() != tt.rate || o.Total.String() != tt.total {
				t.Errorf("%s at %s %%, total %s", o.Priced.Taxation.Treatment, o.Lines[0].TaxRate, o.Total)
			}
			if len(o.Priced.Trace) == 0 {
				t.Error("CAT-05 the order does not say why it costs that")
			}
			untaxed := ""
			for _, row := range bill.Totals(o.Priced) {
				if row.Untaxed() {
					key, args := row.Label()
					untaxed += checkout.Words().T("en", key, args)
				}
			}
			if untaxed != tt.says {
				t.Errorf("the totals say %q of the tax that is not there, not %q", untaxed, tt.says)
			}
			trace := bill.Trace(o.Priced, 0)
			if last := trace[len(trace)-1]; last.After.String() != tt.total || (tt.rate == "0") != (last.Reason.Key == pricing.Retaxed) {
				t.Errorf("CAT-05 the trace ends with %s at %s", last.Reason.Key, last.After)
			}
		})
	}
}

func TestPlace_Digital(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	song := s.Sell(&catalog.Product{Code: "song", Kind: catalog.Digital, Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Chanson"}},
		Variants: []catalog.Variant{{SKU: "song", Price: decimal.RequireFromString("2"), Active: true}}})
	b := s.Guest("zoe@example.com")
	if err := b.Add(song, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place("cheque")
	if err != nil {
		t.Fatal(err)
	}
	o := s.Find(placed.Order.ID)
	if o.ShipmentState() != order.NothingToShip || o.Shipping.Mode != "" || o.Total.String() != "2.00" || !o.Delivery.IsZero() {
		t.Errorf("order %+v", o)
	}
}

// What delivery is going to cost is reckoned for the cart's page alone, and says what the checkout proposes.
func TestPreview(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 5)
	b := s.Guest("zoe@example.com")
	if err := b.Add(mug, 1); err != nil {
		t.Fatal(err)
	}
	seen := b.Cart()
	if seen.Delivery == nil || seen.Delivery.Country != "FR" || seen.Delivery.Cost.String() != "6.00" {
		t.Fatalf("SHP-01 the cart says %+v", seen.Delivery)
	}
	sheet, err := b.Prepare()
	if err != nil || !sheet.Shipping[0].Price.Equal(seen.Delivery.Cost) {
		t.Errorf("SHP-01 the checkout proposes %+v, %v", sheet.Shipping, err)
	}
	s.Read(func(tx tenant.Tx) error {
		c, err := cart.Find(tx, b.Reader())
		if err != nil {
			return err
		}
		priced, err := s.Desk.Price(tx, c, i18n.French)
		if err == nil && (priced.Delivery != nil || !priced.Total().Equal(seen.Total())) {
			t.Errorf("priced alone: %+v, %s", priced.Delivery, priced.Total())
		}
		return err
	})
}

func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, err := range []*fault.Error{checkout.ErrTotalChanged, checkout.ErrDueChanged, checkout.ErrTaxChanged, checkout.ErrRest, checkout.ErrNoRest, checkout.ErrEarly, checkout.ErrTerms, checkout.ErrLines, checkout.ErrShipping, checkout.ErrPayment,
		checkout.ErrNotPayable, checkout.ErrAmount, checkout.ErrCapture, checkout.ErrVATUnknown} {
		i18ntest.Used(t, c, err.Key())
	}
	i18ntest.Used(t, c, "checkout.vat_home")
	i18ntest.Used(t, c, "checkout.vat_elsewhere")
	for _, kind := range []string{"goods", "discount", "shipping", "shipping_discount", "insurance", "fee", "tax", "tax_included", "total"} {
		key, _ := bill.Total{Kind: kind}.Label()
		i18ntest.Used(t, c, key)
	}
	i18ntest.Used(t, c, "checkout.change", "checkout.change.goods", "checkout.change.discounts", "checkout.change.delivery", "checkout.change.fee")
	i18ntest.Used(t, c, "checkout.alert.oversold", "checkout.alert.paid_after_cancel", "checkout.alert.hold_expired",
		"checkout.alert.vat_invalid", "checkout.alert.vat_unchecked", "checkout.alert.no_weight", "checkout.alert.dispute", "checkout.alert.dispute_lost",
		"checkout.alert.dispute_won", "checkout.dispute.until", "checkout.dispute.soon", "checkout.alert.bank_silent.refund", "checkout.alert.bank_silent.capture",
		"checkout.alert.bank_silent.release", "checkout.alert.bank_denied.refund", "checkout.alert.bank_denied.capture", "checkout.alert.bank_denied.release",
		"checkout.alert.repeat_paused", "checkout.alert.repeat_stopped", "checkout.repeat.forever", "checkout.repeat.times",
		"checkout.repeat.why_unpaid", "checkout.alert.repeat_ended", "checkout.repeat.receipt", checkout.ErrOnce.Key(), checkout.ErrNoRepeat.Key())
	for _, every := range order.Rhythms() {
		i18ntest.Used(t, c, "checkout.repeat."+string(every))
	}
	for _, why := range payment.Reasons() {
		i18ntest.Used(t, c, "checkout.repeat.why_"+string(why))
	}
}
