package conversion_test

import (
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/conversion"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stats"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

var who = checkouttest.Clerk

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func ref(text string) *decimal.Decimal { n := dec(text); return &n }

// house is a shop in euros where amounts stand everywhere.
type house struct {
	*checkouttest.Stage
	t       *testing.T
	service conversion.Service
	lamp    stock.VariantID
}

func open(t *testing.T) *house {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	h := &house{Stage: s, t: t, service: conversion.Service{Calculators: shipping.Builtin(), Quotes: s.Desk}}
	families := catalog.Taxonomy{Code: catalog.Families, Names: i18n.Text{"fr": "Familles"}, Tree: true}
	h.must(catalog.SaveTaxonomy(t.Context(), s.Shop, who, &families)) // the rules of a shop with families are read with their tree
	h.must(catalog.SaveNode(t.Context(), s.Shop, who, &catalog.Node{Taxonomy: families.ID, Visible: true, Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: "Lampes"}}}))
	h.lamp = s.Sell(&catalog.Product{Code: "lamp", Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Lampe"}},
		Extras: []catalog.Extra{{Code: "gift", Name: i18n.Text{"fr": "Cadeau"}, Values: []catalog.ExtraValue{{Code: "box", Name: i18n.Text{"fr": "Boîte"}, Fixed: dec("2.00")}}}},
		Prices: []pricelist.Rule{
			{Profile: "asker", Price: ref("8.00"), Tiers: []pricelist.Tier{{From: 10, Price: dec("7.00")}}},
			{Currency: "CHF", Price: ref("9.90")}, {Price: ref("9.00")}, {Currency: "USD", Price: ref("12.00")},
		},
		Variants: []catalog.Variant{{SKU: "lamp", Price: dec("10.00"), CompareAt: ref("12.00"), Cost: ref("4.00"), Active: true, Tracked: true, OnHand: 20, WeightG: 500}}})
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// plan is to francs, unless it says otherwise.
func plan(factor string) conversion.Plan {
	return conversion.Plan{Exchange: currency.Exchange{To: money.CHF, Factor: dec(factor)}, Old: settings.OldShown}
}

func (h *house) preview(p conversion.Plan) *conversion.Preview {
	h.t.Helper()
	var v *conversion.Preview
	h.Read(func(tx tenant.Tx) (err error) { v, err = h.service.Preview(tx, "fr", p); return err })
	return v
}

func (h *house) convert(p conversion.Plan) {
	h.t.Helper()
	h.must(h.service.Convert(h.t.Context(), h.Shop, who, p, h.preview(p).Rev))
}

func (h *house) settings() (s *settings.Settings) {
	h.t.Helper()
	h.Read(func(tx tenant.Tx) (err error) { s, err = settings.Load(tx); return err })
	return s
}

func (h *house) product() *catalog.Product {
	h.t.Helper()
	var all map[string]*catalog.Product
	h.Write(func(tx tenant.Tx) (err error) { all, err = catalog.Lock(tx, []string{"lamp"}); return err })
	return all["lamp"]
}

// CUR-01: after a conversion everything that is stored is in the new currency.
func TestConvert(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Ship("Au montant", "cost_scale", form.Values{"rows": form.RowsValue(form.Values{"up_to": form.TextValue("50"), "value": form.TextValue("6")}),
		"beyond": form.TextValue("value"), "beyond_value": form.TextValue("0")})
	h.PayFor("extra", offline.Cash{}.Key(), url.Values{}, payment.Cost{Fee: payment.Share{Fixed: dec("1.50")}})
	h.must(settings.Save(t.Context(), h.Shop, who, settings.Profiles{Profiles: []profile.Profile{{Code: "asker", Kind: profile.KindPublic, Active: true,
		Names: i18n.Text{"fr": "Pros"}, Minimum: profile.Minimum{Amount: dec("100")}}}}, 0))
	off, err := promotion.Save(t.Context(), h.Shop, who, promotion.Stored{Active: true, Rule: discount.Rule{Name: i18n.Text{"fr": "Dix"}, Scope: discount.Scope{Of: discount.Order},
		Minimum: discount.Minimum{Price: pricing.Price{Amount: money.New(dec("50"), money.EUR)}},
		Scale: discount.Scale{By: discount.Value, Tiers: []discount.Tier{{From: dec("80"), Off: discount.Off{Kind: discount.Amount,
			Price: pricing.Price{Amount: money.New(dec("10"), money.EUR), IncludesTax: true}}}}}}})
	h.must(err)
	h.must(supply.SetSource(t.Context(), h.Shop, who, supply.Source{Ref: "L1", Price: ref("3.00")}, h.lamp))
	drafts, err := supply.Make(t.Context(), h.Shop, who, "fr", []supply.Pick{{Variant: h.lamp, Qty: 5}})
	h.must(err)
	currencies := settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{
		{Code: "CHF", Rate: "0.5", Ending: ".95", Active: true}, {Code: "USD", Rate: "1.1", Active: true}}}
	h.must(settings.Save(t.Context(), h.Shop, who, currencies, 0))

	before := h.product()
	p := plan("0.5")
	v := h.preview(p)
	if again := h.product(); again.Rev != before.Rev || !again.Variants[0].Price.Equal(dec("10")) || h.settings().Currencies.Management != "EUR" {
		t.Fatal("CUR-01: the preview wrote something")
	}
	counts := map[conversion.Kind]int{}
	for _, l := range v.Lines {
		counts[l.Kind] = l.N
	}
	// Deliveries: a fee, what it is free from, a bound, two values. Rules: of the profile two, of everybody one.
	for kind, n := range map[conversion.Kind]int{"price": 1, "compare_at": 1, "cost": 1, "rule": 3, "extra": 1, "delivery": 5, "payment": 1,
		"profile": 1, "discount": 3, "supplier": 1, "supply": 1} {
		if counts[kind] != n {
			t.Errorf("CUR-01: the preview counts %d of %s, want %d", counts[kind], kind, n)
		}
	}
	if len(v.Samples) != 1 || v.Samples[0].Before.String() != "10.00" || v.Samples[0].After.String() != "5.00" || v.Samples[0].After.Currency() != money.CHF {
		t.Errorf("CUR-01: sample %+v", v.Samples)
	}
	h.must(h.service.Convert(t.Context(), h.Shop, who, p, v.Rev))

	after := h.product()
	one := after.Variants[0]
	if !one.Price.Equal(dec("5")) || !one.CompareAt.Equal(dec("6")) || !one.Cost.Equal(dec("2")) || after.Rev <= before.Rev {
		t.Errorf("CUR-01: the article is %s, %s, %s, revision %d", one.Price, one.CompareAt, one.Cost, after.Rev)
	}
	if !after.Extras[0].Values[0].Fixed.Equal(dec("1")) {
		t.Errorf("CUR-01: the extra adds %s", after.Extras[0].Values[0].Fixed)
	}
	rules := map[string]string{}
	for _, r := range after.Prices {
		rules[string(r.Profile)+"/"+r.Currency+"/"+map[bool]string{true: "holds", false: "ended"}[r.Live()]] = r.Price.String()
	}
	want := map[string]string{"asker//holds": "4", "//holds": "9.9", "//ended": "4.5", "/USD/holds": "12"}
	for key, price := range want {
		if rules[key] != price {
			t.Errorf("CUR-02: rule %s is %q, want %s (%v)", key, rules[key], price, rules)
		}
	}
	s := h.settings()
	if s.Currencies.Management != "CHF" || len(s.Currencies.Display) != 2 || s.Currencies.Since.IsZero() {
		t.Fatalf("CUR-01: currencies %+v", s.Currencies)
	}
	if eur, usd := s.Currencies.Display[0], s.Currencies.Display[1]; eur.Code != "EUR" || eur.Rate != "2" || !eur.Active || usd.Rate != "2.2" {
		t.Errorf("CUR-02: display %+v", s.Currencies.Display)
	}
	if got := s.Profiles.Profiles[0].Minimum.Amount; !got.Equal(dec("50")) {
		t.Errorf("PROF-02: minimum %s", got)
	}
	h.Read(func(tx tenant.Tx) error {
		modes, err := shipping.ListModes(tx)
		h.must(err)
		if modes[0].Values.Text("fee") != "2.50" || modes[0].Values.Text("free_from") != "50.00" {
			t.Errorf("SHP-02: %v", modes[0].Values)
		}
		if row := modes[1].Values.Rows("rows")[0]; row.Text("up_to") != "25.00" || row.Text("value") != "3.00" {
			t.Errorf("SHP-06: %v", row)
		}
		mode, err := h.Modes.Find(tx, h.ModeOf("extra"))
		h.must(err)
		if !mode.Scope.Cost.Fee.Fixed.Equal(dec("0.75")) {
			t.Errorf("PAY-08: the fee is %s", mode.Scope.Cost.Fee.Fixed)
		}
		list, err := promotion.List(tx)
		h.must(err)
		tier := list[0].Scale.Tiers[0]
		if list[0].ID != off.ID || list[0].Broken != nil || !tier.From.Equal(dec("40")) || tier.Off.Price.Amount.String() != "5.00" || list[0].Minimum.Amount.String() != "25.00" {
			t.Errorf("DSC-01: %+v, %v", list[0].Rule, list[0].Broken)
		}
		o, err := supply.Find(tx, drafts[0].ID)
		h.must(err)
		if !o.Lines[0].Price.Equal(dec("1.5")) || o.Currency(money.CHF) != money.CHF {
			t.Errorf("STK-03: %+v", o.Lines[0])
		}
		return nil
	})
	if got := audits(h, "currency.converted"); got != 1 {
		t.Errorf("CUR-01: the journal has %d lines of it", got)
	}
	if err := h.service.Convert(t.Context(), h.Shop, who, plan("2"), v.Rev); !errors.Is(err, settings.ErrStale) {
		t.Errorf("CUR-01: a second conversion on the same preview: %v", err)
	}
}

func audits(h *house, action string) (n int) {
	h.t.Helper()
	h.Read(func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from audit where action = ?", action).Scan(&n).Error
	})
	return n
}

// LAW-03: the lowest price of the 30 days before is found after the conversion, in the new currency.
func TestConvert_LowestPrice(t *testing.T) {
	t.Parallel()
	h := open(t)
	p := h.product()
	p.Prices = nil
	for _, price := range []string{"9.00", "11.00"} {
		h.Pass(24 * time.Hour)
		p.Variants[0].Price, p.Variants[0].CompareAt = dec(price), nil
		h.must(catalog.Save(t.Context(), h.Shop, who, p))
	}
	h.Pass(24 * time.Hour)
	p.Variants[0].Price, p.Variants[0].CompareAt = dec("8.00"), ref("12.00")
	h.must(catalog.Save(t.Context(), h.Shop, who, p))
	h.Pass(time.Hour)
	h.convert(plan("0.5"))
	buyer := h.Guest("zoe@example.com")
	h.must(buyer.Add(h.lamp, 1))
	offer := buyer.Cart().Lines[0].Good.Offer(pricelist.Ask{At: h.Clock.Now(), Rates: h.settings().Rules().Rates})
	if !offer.Price.Equal(dec("4")) || offer.CompareAt == nil || !offer.CompareAt.Equal(dec("4.5")) {
		t.Errorf("LAW-03: %s, crossed out %v, want 4 and 4.5", offer.Price, offer.CompareAt)
	}
}

// CUR-01 LAW-03 STK-04: what a discount gave before it was altered, and what is paid in advance for each piece, go along.
func TestConvert_PastAndAdvance(t *testing.T) {
	t.Parallel()
	h := open(t)
	day := h.Clock.Now().Add(9 * 24 * time.Hour)
	h.must(h.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return stock.SetAdvance(tx, who, h.product().ID, stock.Advance{On: &day, Limit: 5, Terms: deposit.Terms{Kind: deposit.Each, Value: dec("3")}})
	}))
	lamp := discount.Scope{Of: discount.Articles, Members: []string{h.product().ID.String()}}
	off, err := promotion.Save(t.Context(), h.Shop, who, promotion.Stored{Active: true, Rule: discount.Rule{Name: i18n.Text{"fr": "Deux"}, Scope: lamp,
		Off: discount.Off{Kind: discount.Amount, Price: pricing.Price{Amount: money.New(dec("2"), money.EUR), IncludesTax: true}}}})
	h.must(err)
	h.Pass(24 * time.Hour)
	off.Off = discount.Off{Kind: discount.Rate, Rate: money.MustRate("10")}
	_, err = promotion.Save(t.Context(), h.Shop, who, off)
	h.must(err)
	h.Pass(24 * time.Hour)
	h.convert(plan("0.5"))
	if terms := h.product().Terms; !terms.Value.Equal(dec("1.5")) {
		t.Errorf("STK-04: %s for each piece", terms.Value)
	}
	var kept []promotion.Stored
	h.Read(func(tx tenant.Tx) (err error) { kept, err = promotion.List(tx); return err })
	if past := kept[0].Past; len(past) != 2 || past[0].Off.Price.Amount.String() != "1.00" || past[0].Off.Price.Amount.Currency() != money.CHF {
		t.Errorf("LAW-03: remembered %+v", past)
	}
}

// CUR-01: what was ordered before keeps its currency, and is paid, refunded and cancelled in it.
func TestConvert_Orders(t *testing.T) {
	t.Parallel()
	h := open(t)
	place := func(mail string) order.ID {
		t.Helper()
		b := h.Guest(mail)
		h.must(b.Add(h.lamp, 1))
		placed, err := b.Place("cheque")
		h.must(err)
		return placed.Order.ID
	}
	paid, again, off := place("a@example.com"), place("b@example.com"), place("c@example.com")
	waiting := h.Guest("d@example.com")
	h.must(waiting.Add(h.lamp, 2))
	page, err := waiting.Order("cheque")
	h.must(err)
	h.convert(plan("0.5"))

	if _, err := waiting.Send(page); !errors.Is(err, checkout.ErrTotalChanged) {
		t.Errorf("CUR-04: a page with euros is answered %v", err)
	}
	placed, err := waiting.Place("cheque")
	h.must(err)
	if o := h.Find(placed.Order.ID); o.Currency != money.CHF {
		t.Errorf("CUR-01: a new order is in %s", o.Currency)
	}

	total := h.Find(paid).Total
	if total.Currency() != money.EUR {
		t.Fatalf("CUR-01: the order is in %s", total.Currency())
	}
	h.must(h.Desk.MarkPaid(t.Context(), h.Shop, who, paid, total, checkout.Remark{}))
	var attempts []payment.Payment
	read := func(o order.ID) payment.Payment {
		t.Helper()
		h.Read(func(tx tenant.Tx) (err error) {
			file, err := h.Desk.Open(t.Context(), h.Shop, o)
			if err == nil {
				attempts = file.Payments
			}
			return err
		})
		return attempts[len(attempts)-1]
	}
	if o := h.Find(paid); o.State != order.Paid || !o.Due().IsZero() {
		t.Errorf("PAY-12: %s, due %s", o.State, o.Due())
	}
	h.must(h.Desk.Refund(t.Context(), h.Shop, who, read(paid).ID, total, checkout.Remark{}))
	if o := h.Find(paid); !o.Refunded.Equal(total) {
		t.Errorf("CUR-01: refunded %s of %s", o.Refunded, total)
	}

	link := h.Desk.Links.Make(h.Shop, again, h.Find(again).PlacedAt)
	if _, err := h.Desk.PayAgain(t.Context(), h.Shop, checkout.Visitor{}, link, h.ModeOf("transfer"), checkout.With{}); err != nil {
		t.Fatalf("PGW-16: paying an order of before: %v", err)
	}
	if p := read(again); p.Amount.Currency() != money.EUR || !p.Amount.Equal(h.Find(again).Total) {
		t.Errorf("CUR-03: %s %s is asked", p.Amount, p.Amount.Currency())
	}
	h.must(h.Desk.Note(t.Context(), h.Shop, who, again, checkout.Remark{Note: "Merci"}))
	h.must(h.Desk.Cancel(t.Context(), h.Shop, who, off, checkout.Remark{}))
	if o := h.Find(off); o.State != order.Cancelled || o.Currency != money.EUR {
		t.Errorf("ORD-05: %s in %s", o.State, o.Currency)
	}

	var today stats.Today
	h.Read(func(tx tenant.Tx) (err error) { today, err = stats.Read(tx); return err })
	if now := today.Now(); !now.Turnover.Equal(h.Find(placed.Order.ID).Total) || today.Elsewhere != 2 || now.Orders != 3 {
		t.Errorf("CUR-01: %d orders come to %s, %d are of before", now.Orders, now.Turnover, today.Elsewhere)
	}
}

// QUO-02: a quote that stands is a promise; one that was only asked for goes along.
func TestConvert_Quotes(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Quoting()
	b := h.Guest("zoe@example.com")
	b.Who.Profile = checkouttest.Asker
	h.must(b.Add(h.lamp, 1))
	asked, err := b.Ask("")
	h.must(err)
	h.Offer(asked.Quote.ID, nil)
	v := h.preview(plan("0.5"))
	if v.Ready() || len(v.Stand) != 1 || v.Stand[0] != asked.Quote.Number {
		t.Errorf("CUR-01: the preview says %v stand", v.Stand)
	}
	if err := h.service.Convert(t.Context(), h.Shop, who, plan("0.5"), v.Rev); !errors.Is(err, conversion.ErrQuotes) {
		t.Fatalf("CUR-01: with a quote that stands: %v", err)
	}
	if got := h.product().Variants[0].Price; !got.Equal(dec("10")) {
		t.Errorf("CUR-01: a refused conversion changed a price to %s", got)
	}
	_, err = h.Desk.DeclineQuote(t.Context(), h.Shop, who, asked.Quote.ID, "")
	h.must(err)
	b.Key = "other"
	second, err := b.Ask("")
	h.must(err)
	unit, total := second.Quote.Draft.Lines[0].Unit.Amount.Decimal(), second.Quote.Draft.Priced.Totals.ToPay.Decimal()
	h.convert(plan("0.5"))
	q := h.Quote(second.Quote.ID)
	if q.Currency != money.CHF || !q.Draft.Lines[0].Unit.Amount.Decimal().Equal(unit.Div(dec("2")).Round(2)) || q.Draft.Priced == nil ||
		q.Draft.Priced.Totals.ToPay.Currency() != money.CHF || q.Draft.Priced.Totals.ToPay.Decimal().Sub(total.Div(dec("2"))).Abs().GreaterThan(dec("0.02")) {
		t.Errorf("QUO-02: %s, a piece %s, in all %v", q.Currency, q.Draft.Lines[0].Unit.Amount, q.Draft.Priced)
	}
	if old := h.Quote(asked.Quote.ID); old.Currency != money.EUR || old.Sent.Lines[0].Unit.Amount.Currency() != money.EUR {
		t.Errorf("QUO-03: what was offered became %s", old.Currency)
	}
	h.Offer(second.Quote.ID, nil)
}

// CUR-01: currencies without coins, and with three places; what becomes nothing is named, and what would make no sense
// stops it.
func TestPreview_Odd(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.Stock("screw", "0.01", 5)
	yen := conversion.Plan{Exchange: currency.Exchange{To: money.JPY, Factor: dec("30"), Rounding: currency.Rounding{Step: dec("10")}}}
	v := h.preview(yen)
	if len(v.Odd) == 0 || v.Odd[0].Before.String() != "0.01" || !v.Odd[0].After.IsZero() || v.Lines[0].Zeros != 1 {
		t.Errorf("CUR-01: odd %+v, %+v", v.Odd, v.Lines)
	}
	h.Ship("Petits pas", "cost_scale", form.Values{"rows": form.RowsValue(
		form.Values{"up_to": form.TextValue("0.10"), "value": form.TextValue("1")}, form.Values{"up_to": form.TextValue("0.20"), "value": form.TextValue("2")}),
		"beyond": form.TextValue("none")})
	poor := conversion.Plan{Exchange: currency.Exchange{To: money.JPY, Factor: dec("1")}}
	v = h.preview(poor)
	if v.Ready() || len(v.Blocked) != 1 || v.Blocked[0].Name != "Petits pas" {
		t.Errorf("SHP-06: blocked %+v", v.Blocked)
	}
	if err := h.service.Convert(t.Context(), h.Shop, who, poor, v.Rev); !errors.Is(err, conversion.ErrBlocked) {
		t.Errorf("SHP-06: %v", err)
	}
	huge := conversion.Plan{Exchange: currency.Exchange{To: money.JPY, Factor: dec("10000000")}}
	h.Stock("palace", "999999", 1)
	if v = h.preview(huge); v.Ready() {
		t.Error("CUR-01: a price beyond all measure passes")
	}
	h.convert(conversion.Plan{Exchange: currency.Exchange{To: money.KWD, Factor: dec("0.3312")}})
	if got := h.product().Variants[0].Price; !got.Equal(dec("3.312")) {
		t.Errorf("CUR-02: in dinars %s", got)
	}
}

func TestConvert_Refuses(t *testing.T) {
	t.Parallel()
	h := open(t)
	for field, x := range map[string]currency.Exchange{
		"to": {To: money.EUR, Factor: dec("1.5")}, "rate": {To: money.CHF}, "step": {To: money.CHF, Factor: dec("1"), Rounding: currency.Rounding{Step: dec("-1")}},
	} {
		err := h.service.Convert(t.Context(), h.Shop, who, conversion.Plan{Exchange: x}, 0)
		if got := fault.FieldsOf(err); len(got) != 1 || got[0].Name != field {
			t.Errorf("CUR-01: %s: %v", field, err)
		}
	}
}

// CUR-01: a supplier's order that is closed says what it said; its costs are no francs.
func TestConvert_ClosedSupply(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.must(supply.SetSource(t.Context(), h.Shop, who, supply.Source{Price: ref("3.00")}, h.lamp))
	drafts, err := supply.Make(t.Context(), h.Shop, who, "fr", []supply.Pick{{Variant: h.lamp, Qty: 5}})
	h.must(err)
	h.Write(func(tx tenant.Tx) error { return tx.DB().Exec("update supply_orders set state = 'received'").Error })
	h.convert(plan("0.5"))
	h.convert(conversion.Plan{Exchange: currency.Exchange{To: money.USD, Factor: dec("1.1")}})
	h.Read(func(tx tenant.Tx) error {
		o, err := supply.Find(tx, drafts[0].ID)
		h.must(err)
		if o.Currency(money.USD) != money.EUR || !o.Lines[0].Price.Equal(dec("3")) {
			t.Errorf("STK-03: %s %s", o.Lines[0].Price, o.Currency(money.USD))
		}
		return nil
	})
}
