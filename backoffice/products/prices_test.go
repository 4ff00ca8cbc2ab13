package products_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/products"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tax"
	"echoppe.dev/tenant/transfer"
)

// openPrices is an office whose shop has resellers and shows dollars.
func openPrices(t *testing.T) *officetest.Office {
	t.Helper()
	o := officetest.Open(t, []fs.FS{products.Locales, tax.Locales, pricelist.Locales}, func(o *officetest.Office) []desk.Desk {
		return []desk.Desk{products.New(o.Library, transfer.New(o.Bucket).Editor(), nil)}
	})
	book := settings.Profiles{Profiles: []profile.Profile{
		{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true},
		{Code: "trade", Kind: profile.KindPrivate, Active: true, Names: i18n.Text{i18n.French: "Revendeurs", i18n.English: "Resellers"}},
	}}
	if err := settings.Save(t.Context(), o.Shop, officetest.Who, book, 0); err != nil {
		t.Fatal(err)
	}
	var s *settings.Settings
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) (err error) { s, err = settings.Load(tx); return err }); err != nil {
		t.Fatal(err)
	}
	cur := s.Currencies
	cur.Display = []settings.DisplayCurrency{{Code: "USD", Rate: "1.1", Active: true}}
	if err := settings.Save(t.Context(), o.Shop, officetest.Who, cur, s.Rev(settings.NameCurrencies)); err != nil {
		t.Fatal(err)
	}
	return o
}

func d(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func liveRules(p *catalog.Product) (list []pricelist.Rule) {
	for _, r := range p.Prices {
		if r.Live() {
			list = append(list, r)
		}
	}
	return list
}

// ART-05 PROF-01 CUR-02: the prices of an article are written, read again, altered and ended without a script.
func TestPrices_walk(t *testing.T) {
	o := openPrices(t)
	p := article(t, o, "vase", "Vase")
	page := list + "/" + p.ID.String()
	b := o.Browser(t)
	b.Get(page)
	b.WantStatus(200).WantNo(`details.fold[open]`).WantNo(`[name="prices.0.price"]`).WantClean()
	b.Submit(`button[value="prices.add"]`, nil)
	b.WantStatus(200).Want(`details[open] [name="prices.0.price"]`).WantClean()
	b.Submit(`button[value="prices.add"]`, webtest.Values{"prices.0.tiers": "10: 9,00; 50: 8"})
	if got := b.Text(`[name="prices.0.tiers"]`); got != "10: 9,00; 50: 8" {
		t.Errorf("the step lost the prices: %q", got)
	}
	b.WantText("details.fold summary", "10: 9,00; 50: 8")
	b.Submit(saveBar, webtest.Values{"prices.1.profile": "trade", "prices.1.price": "7,5", "prices.1.currency": "USD",
		"prices.1.from": "2026-03-01T00:00", "prices.1.until": "2026-03-31T23:59", "prices.1.marginal": true, "prices.1.tiers": "5=7"})
	b.WantStatus(200).WantText(".alert", "is saved").WantClean()
	if strings.Contains(b.Text("body"), " ;") {
		t.Error("LANG-01 English has no space before a semicolon")
	}

	rules := liveRules(read(t, o, p.ID))
	if len(rules) != 2 {
		t.Fatalf("%d rules", len(rules))
	}
	everybody, trade := rules[0], rules[1]
	if everybody.Price != nil || len(everybody.Tiers) != 2 || everybody.Tiers[1].From != 50 || !everybody.Tiers[0].Price.Equal(d("9")) || everybody.Marginal {
		t.Errorf("ART-05 quantity prices %+v", everybody)
	}
	paris, _ := time.LoadLocation("Europe/Paris")
	if trade.Profile != "trade" || trade.Currency != "USD" || !trade.Price.Equal(d("7.5")) || !trade.Marginal ||
		!trade.From.Equal(time.Date(2026, 3, 1, 0, 0, 0, 0, paris)) || !trade.Until.Equal(time.Date(2026, 4, 1, 0, 0, 0, 0, paris)) {
		t.Errorf("PROF-01 CUR-02 price for resellers %+v", trade)
	}
	if got := b.Value(`[name="prices.1.until"]`); got != "2026-03-31T23:59" {
		t.Errorf("the end comes back as %q", got)
	}

	// Saving again changes nothing; altering one ends what held and writes it anew.
	b.Submit(saveBar, nil)
	if again := read(t, o, p.ID); len(again.Prices) != 2 || again.Prices[0].ID != everybody.ID {
		t.Errorf("saving again made %+v", again.Prices)
	}
	b.Submit(saveBar, webtest.Values{"prices.0.drop": true, "prices.1.price": "7"})
	got := read(t, o, p.ID)
	if rules = liveRules(got); len(got.Prices) != 3 || len(rules) != 1 || rules[0].ID == trade.ID || !rules[0].Price.Equal(d("7")) {
		t.Errorf("after altering and removing %+v", got.Prices)
	}
}

// Errors of the price list stand beside the field they are about, also when rows before it are left out.
func TestPrices_refused(t *testing.T) {
	o := openPrices(t)
	p := article(t, o, "vase", "Vase")
	b := o.Browser(t)
	for _, test := range []struct{ name, field, typed, text string }{
		{"an amount in words", "prices.1.price", "cheap", "number"},
		{"a negative amount", "prices.1.price", "-1", ""},
		{"tiers in prose", "prices.1.tiers", "ten for nine", "Line 1"},
		{"tiers that fall", "prices.1.tiers", "10: 9\n5: 8", "Line 2: the quantity must be above"},
		{"tiers from one and a half", "prices.1.tiers", "1.5: 9", "Line 1: the quantity must be a whole number from 2"},
		{"tiers from one", "prices.1.tiers", "1: 9", "Line 1: the quantity must be a whole number from 2"},
		{"a negative tier", "prices.1.tiers", "10: -9", "Line 1: the price must be zero or more"},
		{"a moment that is none", "prices.1.from", "tomorrow", ""},
		{"too many decimals", "prices.1.compare_at", "1.00001", ""},
	} {
		t.Run("ART-05 "+test.name, func(t *testing.T) {
			b := b.In(t)
			b.Get(list + "/" + p.ID.String())
			b.Submit(`button[value="prices.add"]`, nil)
			b.Submit(`button[value="prices.add"]`, nil)
			values := webtest.Values{"prices.1.profile": "trade", "prices.1.price": "9"}
			values[test.field] = test.typed
			b.Submit(saveBar, values)
			b.WantStatus(422).Want(`details[open] details[open] [name="` + test.field + `"][aria-invalid=true]`).WantClean()
			b.WantText("#f-"+strings.ReplaceAll(test.field, ".", "-")+"-error", test.text)
			if len(read(t, o, p.ID).Prices) != 0 {
				t.Error("written all the same")
			}
		})
	}
	b.Get(list + "/" + p.ID.String())
	b.Submit(`button[value="prices.add"]`, nil)
	b.Submit(saveBar, webtest.Values{"prices.0.price": "9", "prices.0.from": "2031-03-02T10:00", "prices.0.until": "2031-03-01T10:00"})
	b.WantStatus(422).Want(`[name="prices.0.until"][aria-invalid=true]`)
	b.Submit(saveBar, webtest.Values{"prices.0.until": "2031-04-01T10:00", "prices.0.tiers": "10: 11"})
	b.WantText(".alert", "may not be what you mean").WantText("#main", "From 10 units on, a unit costs more than before.")
}

// ART-05: two prices for a time over the same minutes are told, with the one that is used and when; so is a
// crossed-out price that is not above its price.
func TestPrices_overlap(t *testing.T) {
	o := openPrices(t)
	p := article(t, o, "vase", "Vase")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String())
	b.Submit(`button[value="prices.add"]`, nil)
	b.Submit(`button[value="prices.add"]`, webtest.Values{"prices.0.price": "30", "prices.0.from": "2031-03-01T10:00", "prices.0.until": "2031-03-05T09:59"})
	b.Submit(saveBar, webtest.Values{"prices.1.price": "22", "prices.1.from": "2031-03-03T08:00", "prices.1.until": "2031-03-08T09:59"})
	b.WantStatus(200).WantText(".alert", "may not be what you mean").WantClean().
		WantText("#main", "From 3 Mar 2031, 08:00 until 5 Mar 2031, 09:59, another price for the same buyers holds as well and is used instead of this one: Everybody · 22.00 EUR · 2031-03-03 08:00 – 2031-03-08 09:59.")
	b.Submit(saveBar, webtest.Values{"prices.1.from": "2031-03-05T10:00"})
	b.WantStatus(200).WantNoText("may not be what you mean").WantNoText("instead of this one")
	b.Submit(saveBar, webtest.Values{"prices.0.compare_at": "30"})
	b.WantText(".alert", "may not be what you mean").WantText("#main", "The crossed-out price is not above the price: it will never be shown.")
	b.Submit(saveBar, webtest.Values{"prices.0.compare_at": "", "prices.1.compare_at": "", "compare_at": "12"}) // of the article itself: 12.00
	b.WantText("#main", "The crossed-out price is not above the price, so it will never be shown: "+p.Variants[0].SKU).
		WantText("#main", "Not above the price: it will never be shown.").WantClean()
	b.Submit(saveBar, webtest.Values{"compare_at": "12.01"})
	b.WantText(".alert", "is saved").WantNoText("never be shown")
}

// LAW-03: beside the crossed-out price stands the lowest of the 30 days before, and which one buyers see.
func TestPrices_lowest_LAW03(t *testing.T) {
	o := openPrices(t)
	p := article(t, o, "vase", "Vase") // 12.00
	change := func(price string, compare *decimal.Decimal) {
		t.Helper()
		p = read(t, o, p.ID)
		p.Variants[0].Price, p.Variants[0].CompareAt = d(price), compare
		if err := catalog.Save(t.Context(), o.Shop, officetest.Who, p); err != nil {
			t.Fatal(err)
		}
	}
	b := o.Browser(t)
	help := func() string {
		t.Helper()
		b.Get(list + "/" + p.ID.String())
		return b.Text("#f-compare_at-help")
	}
	if got := help(); got != "The former, higher price." {
		t.Errorf("of a price that was always the same: %q", got)
	}
	change("9", nil)
	if got := help(); !strings.Contains(got, "Lowest price of the last 30 days: €9.00") {
		t.Errorf("%q", got)
	}
	was := d("15")
	change("8", &was)
	if got := help(); !strings.Contains(got, "€9.00. Buyers see this one crossed out") {
		t.Errorf("%q", got)
	}
	change("10", &was)
	if got := help(); !strings.Contains(got, "€8.00. It is not above today’s price") {
		t.Errorf("%q", got)
	}
}

// An article with options: a price for one variant, by its name, and by its SKU where there are many; what is
// in each, and the lowest price beside each crossed-out one.
func TestPrices_variants(t *testing.T) {
	o := openPrices(t)
	p := sizes(t, o, 3)
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String())
	b.Submit(`button[value="prices.add"]`, webtest.Values{"measure": "l"})
	b.Submit(saveBar, webtest.Values{"prices.0.price": "5", "prices.0.for": "SHIRT-2", "prices.0.basis": "article"})
	b.WantStatus(200).WantClean()
	got := read(t, o, p.ID)
	if r := liveRules(got); len(r) != 1 || r[0].Variant != got.Variants[1].ID || !r[0].Together || got.Measure != catalog.Litre {
		t.Errorf("%s, %+v", got.Measure, got.Prices)
	}
	b.Get(list + "/" + p.ID.String() + "/variants?tab=goods")
	b.WantText("thead", "Content (l)").WantClean()
	b.Submit("#variants .save button[type=submit]", webtest.Values{"v.0.content": "0,75", "v.1.content": "0"})
	b.WantStatus(422).Want(`[name="v.1.content"][aria-invalid=true]`)
	b.Submit("#variants .save button[type=submit]", webtest.Values{"v.1.content": ""})
	if v := read(t, o, p.ID).Variants; v[0].Content == nil || !v[0].Content.Equal(d("0.75")) || v[1].Content != nil {
		t.Errorf("content %v %v", v[0].Content, v[1].Content)
	}

	wide := sizes(t, o, 60)
	b.Get(list + "/" + wide.ID.String())
	b.Submit(`button[value="prices.add"]`, nil)
	b.Want(`input[name="prices.0.for"]`).WantNo(`select[name="prices.0.for"]`).WantClean()
	b.Submit(saveBar, webtest.Values{"prices.0.price": "5", "prices.0.for": "nothing"})
	b.WantStatus(422).WantText("#f-prices-0-for-error", "no variant “nothing”").WantClean()
	b.Submit(saveBar, webtest.Values{"prices.0.for": "shirt60-59"})
	if r := liveRules(read(t, o, wide.ID)); len(r) != 1 || r[0].Variant != wide.Variants[58].ID {
		t.Errorf("%+v", r)
	}
}

// sizes is an article with variants of one option.
func sizes(t *testing.T, o *officetest.Office, n int) *catalog.Product {
	t.Helper()
	code := "shirt"
	if n > 50 {
		code = fmt.Sprintf("shirt%d", n)
	}
	p := &catalog.Product{
		Code: code, State: catalog.Published, Kind: catalog.Physical, TaxClass: string(tax.Standard), PriceGross: true,
		Texts: map[i18n.Locale]catalog.Text{i18n.French: {Name: code}}, Options: []catalog.Option{{Code: "size", Name: i18n.Text{i18n.French: "Taille"}}},
	}
	for i := range n {
		value := fmt.Sprintf("s%d", i+1)
		p.Options[0].Values = append(p.Options[0].Values, catalog.OptionValue{Code: value, Name: i18n.Text{i18n.French: value}})
		p.Variants = append(p.Variants, catalog.Variant{SKU: strings.ToUpper(fmt.Sprintf("%s-%d", code, i+1)), Price: d("12"), Active: true,
			Options: map[string]string{"size": value}})
	}
	if err := catalog.Save(t.Context(), o.Shop, officetest.Who, p); err != nil {
		t.Fatal(err)
	}
	return p
}

// Two people, one price list: the second sees both.
func TestPrices_clash(t *testing.T) {
	o := openPrices(t)
	p := article(t, o, "vase", "Vase")
	b, other := o.Browser(t), o.Browser(t)
	for _, b := range []*webtest.Browser{b, other} {
		b.Get(list + "/" + p.ID.String())
		b.Submit(`button[value="prices.add"]`, nil)
	}
	other.Submit(saveBar, webtest.Values{"prices.0.profile": "trade", "prices.0.price": "8", "measure": "kg"})
	b.Submit(saveBar, webtest.Values{"prices.0.price": "9", "content": "2"})
	b.WantStatus(409).WantText(".terms", "Resellers · 8.00 EUR").WantText(".terms", "Everybody · 9 EUR").WantText(".terms", "1 kilogram").
		WantText(".terms", "Content").WantClean()
}

// SEC-03: the journal has the prices before and after a change.
func TestPrices_journal(t *testing.T) {
	o := openPrices(t)
	p := article(t, o, "vase", "Vase")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String())
	b.Submit(`button[value="prices.add"]`, nil)
	b.Submit(saveBar, webtest.Values{"prices.0.price": "9", "content": "0.5", "measure": "kg"})
	b.Submit(saveBar, webtest.Values{"prices.0.drop": true})
	var row struct{ Before, After string }
	err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw(`select before #>> '{Prices,0,price}' as before, coalesce(after #>> '{Prices,0,ended}', '') as after
			from audit where action = 'product.saved' order by at desc, id desc limit 1`).Scan(&row).Error
	})
	if err != nil || row.Before != "9" || row.After == "" {
		t.Errorf("%+v, %v", row, err)
	}
}

// ART-05: where everybody pays another price than the one in the field today, the page says which, until when and
// where that is written; a price to come, one that is over and one for a profile are none of them.
func TestPrices_chargedNow(t *testing.T) {
	o := openPrices(t)
	p := article(t, o, "vase", "Vase")
	page := list + "/" + p.ID.String()
	now := time.Now()
	soon, later, past := now.Add(48*time.Hour), now.Add(96*time.Hour), now.Add(-time.Hour)
	price := func(text string) *decimal.Decimal { n := d(text); return &n }
	const said = "Today buyers pay"
	for name, tt := range map[string]struct {
		rule pricelist.Rule
		want string
	}{
		"until a day":   {pricelist.Rule{Price: price("7.00"), Until: &soon}, said + " €7.00 instead of €"},
		"without end":   {pricelist.Rule{Price: price("7.00")}, said + " €7.00 instead of €"},
		"to come":       {pricelist.Rule{Price: price("7.00"), From: &soon, Until: &later}, ""},
		"over":          {pricelist.Rule{Price: price("7.00"), Until: &past}, ""},
		"for a profile": {pricelist.Rule{Price: price("7.00"), Profile: "trade"}, ""},
		"the same":      {pricelist.Rule{Price: &p.Variants[0].Price}, ""},
		"in dollars":    {pricelist.Rule{Price: price("7.00"), Currency: "USD"}, ""},
	} {
		p = read(t, o, p.ID)
		p.Prices = []pricelist.Rule{tt.rule}
		if err := catalog.Save(t.Context(), o.Shop, officetest.Who, p); err != nil {
			t.Fatal(err)
		}
		b := o.Browser(t)
		b.Get(page)
		if tt.want == "" {
			b.WantNoText(said)
			continue
		}
		b.WantStatus(200).WantText("#article", tt.want).WantNo("details.fold[open]").WantClean()
		if got := strings.Contains(b.Text("#article"), ", until "); got != (tt.rule.Until != nil) {
			t.Errorf("%s: an end is told: %v", name, got)
		}
		b.Follow(`#article a[href*="#price-"]`)
		b.WantStatus(200).Want(`#price-0 details[open] [name="prices.0.price"]`).WantClean()
	}
}
