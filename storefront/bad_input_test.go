package storefront_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tax"
)

// refee changes what the shop's parcels cost.
func (h *house) refee(fee string) {
	h.t.Helper()
	var modes []shipping.Stored
	must(h.t, h.shop.Read(h.t.Context(), func(tx tenant.Tx) (err error) { modes, err = shipping.ListModes(tx); return err }))
	m := modes[0]
	m.Values = form.Values{"fee": form.TextValue(fee), "free_from": form.TextValue("60")}
	_, err := shipping.Builtin().Save(h.t.Context(), h.shop, clerk, m)
	must(h.t, err)
}

// Bad input: a rule that changes between the cart and the payment: the buyer is told, asked again with the new sum, and
// has lost nothing of what he typed.
func TestBadInput_RuleChanged(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		before func(*testing.T, *house)
		change func(*testing.T, *house)
		total  string // of two cups at 24.00 and a parcel at 4.95, afterwards
	}{
		{"Bad input: the article's price", nil, func(_ *testing.T, h *house) { h.priced("MUG", pricelist.Rule{Price: price("20")}) }, "44,95"},
		{"Bad input: a price for quantity is taken away",
			func(_ *testing.T, h *house) {
				h.priced("MUG", pricelist.Rule{Tiers: []pricelist.Tier{{From: 2, Price: dec("21")}}})
			},
			func(_ *testing.T, h *house) { h.priced("MUG") }, "52,95"},
		{"Bad input: the shipping table", nil, func(_ *testing.T, h *house) { h.refee("7.50") }, "55,50"},
		{"Bad input: a discount begins", nil, func(_ *testing.T, h *house) { r := coupon("", "10"); r.Codes = nil; h.reduce(r) }, "48,15"},
		{"Bad input: a rate of tax on prices without it",
			func(t *testing.T, h *house) {
				p := find(t, h, "MUG")
				p.PriceGross, p.Variants[0].Price = false, dec("20")
				h.save(p)
			},
			func(_ *testing.T, h *house) {
				rates := settings.Defaults().Tax
				rates.Own = []tax.Row{{Territory: "FR", Class: tax.Standard, Rate: money.MustRate("25"), From: "2026-01-01", Source: "test"}}
				h.set(rates)
			}, "54,95"},
		{"Bad input: what the way to pay costs", nil, func(t *testing.T, h *house) {
			must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
				tx.Touch()
				return tx.DB().Exec(`update payment_modes set scope = '{"cost": {"fee": {"fixed": "3"}, "includes_tax": true}}' where kind = 'cheque'`).Error
			}))
		}, "55,95"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := stocked(t)
			h.sells()
			if tt.before != nil {
				tt.before(t, h)
			}
			b := h.inCart(t, "")
			cheque := mode(b, "Chèque")
			b.Submit(`#step-delivery button[formaction$="/refresh"]`, with(nantes, "payment", cheque))
			tt.change(t, h)
			b.Submit(place, with(nantes, "payment", cheque, "note", "Sonner deux fois"))
			b.WantStatus(422).WantClean().Want("form#checkout > .note.error").WantText("form#checkout > .note.error", tt.total).WantText("#summary .total", tt.total)
			for field, typed := range map[string]string{"#f-email": "claire@example.org", `[name="delivery.line1"]`: "3 quai de la Fosse", "[name=note]": "Sonner deux fois"} {
				if got := b.Value(field); got != typed {
					t.Errorf("%s holds %q", field, got)
				}
			}
			b.Want(`[name=payment][value="` + cheque + `"][checked]`)
			if n := h.count("orders"); n != 0 {
				t.Fatalf("%d orders at a price nobody saw", n)
			}
			b.Submit(place, webtest.Values{"terms": true})
			b.WantStatus(200).Want(".thanks").WantText(".totals .total", tt.total)
		})
	}
}

// Bad input: a code that was typed and not added is given with the order, and the buyer is asked again, with what else
// changed named; what else is wrong is marked in the same answer.
func TestBadInput_CodeWithOrder(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.reduce(coupon("WELCOME", "10"))
	b := h.inCart(t, "")
	cheque := mode(b, "Chèque")
	h.priced("MUG", pricelist.Rule{Price: price("20")})
	b.Submit(place, with(nantes, "payment", cheque, "code", "welcome"))
	b.WantStatus(422).WantClean().WantText("form#checkout > .note.error", "40,95").WantText("#summary .total", "40,95").WantText("#summary", "WELCOME")
	b.Submit(place, with(nantes, "payment", cheque, "code", "welcome", "delivery.postcode", "ABC"))
	b.WantStatus(422).Want(`[name="delivery.postcode"][aria-invalid=true]`)
	if n := h.count("orders"); n != 0 {
		t.Fatalf("%d orders at a price nobody was told", n)
	}
	b.Submit(place, with(nantes, "payment", cheque))
	b.WantStatus(200).Want(".thanks").WantText(".totals .total", "40,95")
}

// Bad input: a price changes while a field of the checkout is refused: the buyer is told of it beside the field,
// not ordered from at a total that was put before him in silence.
func TestBadInput_PriceChangedBesideAField(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	cheque := mode(b, "Chèque")
	const told = "form#checkout > .note.error"
	b.Submit(`#step-delivery button[formaction$="/refresh"]`, with(nantes, "payment", cheque))
	b.Submit(place, with(nantes, "payment", cheque, "email", ""))
	b.WantStatus(422).Want("#f-email[aria-invalid=true]").WantText("#summary .total", "52,95").WantNoText("Le total a changé")
	h.priced("MUG", pricelist.Rule{Price: price("20")})
	b.Submit(place, with(nantes, "payment", cheque, "email", "nobody"))
	b.WantStatus(422).WantClean().Want("#f-email[aria-invalid=true]").WantText(told, "Le total a changé").WantText(told, "44,95").WantText("#summary .total", "44,95")
	if n := h.count("orders"); n != 0 {
		t.Fatalf("%d orders at a price nobody was told", n)
	}
	b.WantTexts("#summary .brief .pic.blank span", "T") // an article without a photo has its first letter, as elsewhere
	b.Submit(place, with(nantes, "payment", cheque))
	b.WantStatus(200).Want(".thanks").WantText(".totals .total", "44,95")
}

// Bad input: when it is paid changes between the checkout and the order, and the sum does not: the buyer is asked all
// the same.
func TestBadInput_TermsChanged(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	soon := mug("SOON", "Lampe", "9.00")
	soon.Variants[0].OnHand = 0
	h.save(soon)
	day := noon.AddDate(0, 0, 3).Truncate(24 * 60 * 60 * 1e9)
	charge := func(terms deposit.Terms) {
		must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
			return stock.SetAdvance(tx, clerk, soon.ID, stock.Advance{On: &day, Limit: 5, Terms: terms})
		}))
	}
	charge(deposit.Terms{Kind: deposit.Percent, Value: decimal.NewFromInt(50)})
	b := h.browser(t)
	b.Get(h.at("/product/lampe"))
	b.Submit(".add .btn", nil)
	b.Get(h.at("/checkout"))
	charge(deposit.Terms{})
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque")))
	b.WantStatus(422).WantClean().Want("form#checkout > .note.error").WantNo(".due").WantText("#summary .total", "13,95")
	if b.Value("#f-email") != "claire@example.org" || h.count("orders") != 0 {
		t.Errorf("mail address %q, %d orders", b.Value("#f-email"), h.count("orders"))
	}
	b.Submit(place, webtest.Values{"terms": true})
	b.WantStatus(200).Want(".thanks").WantNo(".due")
}

// Bad input: a currency is taken away, or switched off, while carts, a checkout and an order are shown in it: everybody
// sees the shop's own, nothing is lost, and who would be charged another sum is asked again.
func TestBadInput_CurrencyRemoved(t *testing.T) {
	t.Parallel()
	for name, left := range map[string][]settings.DisplayCurrency{
		"Bad input: taken away":   {},
		"Bad input: switched off": {{Code: "USD", Rate: "1.10"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := stocked(t)
			h.sells()
			h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Active: true}}})
			must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
				tx.Touch()
				return tx.DB().Exec(`update payment_modes set scope = '{"currencies": ["EUR", "USD"]}' where kind = 'cheque'`).Error
			}))
			dollars := func() *webtest.Browser {
				b := h.browser(t)
				b.Get(h.at("/product/tasse-en-gres"))
				b.Submit(`#prefs button[value="USD"]`, nil)
				b.Submit(".add .btn", webtest.Values{"quantity": "2"})
				b.WantText(".totals .total", "52,80")
				return b
			}
			early, cart, open := dollars(), dollars(), dollars()
			order := func(b *webtest.Browser) {
				b.Get(h.at("/checkout"))
				b.Submit(`#step-delivery button[formaction$="/refresh"]`, with(nantes, "payment", mode(b, "Chèque")))
			}
			order(early)
			early.Submit(place, webtest.Values{"terms": true})
			early.WantStatus(200).Want(".thanks").WantText(".pay-how", "58,25")
			order(open)
			h.set(settings.Currencies{Management: "EUR", Display: left})

			cart.Get(h.at("/cart"))
			cart.WantStatus(200).WantClean().WantText(".totals .total", "48,00").WantCount(".lines > li", 1).WantNoText("$")
			cart.Get(h.at("/product/tasse-en-gres"))
			cart.WantStatus(200).WantText(".price", "24,00")

			open.Submit(place, with(nantes, "note", "Sonner deux fois"))
			open.WantStatus(422).WantClean().Want("form#checkout > .note.error").WantText("#summary .total", "52,95").WantText("#summary .total", "€")
			if open.Value("#f-email") != "claire@example.org" || open.Value("[name=note]") != "Sonner deux fois" {
				t.Errorf("what was typed is lost: %q", open.Value("#f-email"))
			}
			open.Submit(place, webtest.Values{"terms": true})
			open.WantStatus(200).Want(".thanks").WantText(".pay-how", "52,95")

			early.Get(early.URL()) // it keeps what was agreed
			early.WantStatus(200).WantClean().WantText(".pay-how", "58,25")
		})
	}
}

// Bad input: a profile is deleted, or switched off, while carts and customers have it: who declared it, and a signed-in
// customer, are anybody; their carts keep their lines, and who would pay another sum is asked.
func TestBadInput_ProfileGone(t *testing.T) {
	t.Parallel()
	for name, gone := range map[string]func(*settings.Profiles){
		"Bad input: deleted": func(p *settings.Profiles) { p.Profiles = p.Profiles[:1] },
		"Bad input: switched off": func(p *settings.Profiles) {
			p.Profiles[1].Active, p.Profiles[2].Active = false, false
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := stocked(t)
			h.sells()
			h.set(companies(profile.Never))
			h.priced("MUG", pricelist.Rule{Profile: "pro", Price: price("18")}, pricelist.Rule{Profile: "trade", Price: price("12")})
			declared, known := h.browser(t), h.browser(t)
			declared.Get(h.at(mugPage))
			declared.Submit(`#prefs button[value="pro"]`, nil)
			register(t, h, h.browser(t))
			must(t, h.accounts.Assign(t.Context(), h.shop, clerk, h.customer("anna@example.org").ID, "trade"))
			known.Get(h.at("/account/sign-in"))
			known.Submit("main form", webtest.Values{"email": "anna@example.org", "password": "a long enough phrase"})
			for b, unit := range map[*webtest.Browser]string{declared: "15,00", known: "10,00"} {
				b.Get(h.at(mugPage))
				b.WantText(".price", unit)
				b.Submit(".buy form[data-add]", nil)
				b.WantPath("/cart").WantText(".line-total", unit)
				b.Get(h.at("/checkout"))
			}
			left := companies(profile.Never)
			gone(&left)
			h.set(left)
			for who, b := range map[string]*webtest.Browser{"declared": declared, "signed in": known} {
				b.Submit(place, with(nantes, "payment", mode(b, "Chèque"), "note", "Sonner"))
				b.WantStatus(422).WantClean().Want("form#checkout > .note.error").WantText("#summary .total", "28,95")
				if b.Value("[name=note]") != "Sonner" || b.Value(`[name="delivery.line1"]`) != "3 quai de la Fosse" {
					t.Errorf("%s: what was typed is lost", who)
				}
				b.Get(h.at("/cart"))
				b.WantStatus(200).WantClean().WantCount(".lines > li", 1).WantText(".line-total", "24,00")
				b.Get(h.at(mugPage))
				b.WantStatus(200).WantText(".price", "24,00").WantNoText("HT")
				b.Get(h.at("/checkout"))
				b.Submit(place, with(nantes, "payment", mode(b, "Chèque")))
				b.WantStatus(200).Want(".thanks").WantText(".totals .total", "28,95")
			}
			known.Get(h.at("/account"))
			known.WantStatus(200).WantClean().WantText("h1", "Anna Berg")
		})
	}
}

// Bad input: a price of four decimals: it is told whole where a piece is sold, and what is paid for many is rounded
// once, to the cent, in the cart as at the checkout, on the order and in the payment.
func TestBadInput_FourDecimals(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	screw := mug("SCREW", "Vis", "0.0125")
	screw.Variants[0].OnHand = 100000
	h.save(screw)
	b := h.browser(t)
	b.Get(h.at("/search?q=vis"))
	b.WantText(".card .cost", "0,0125")
	b.Get(h.at("/product/vis"))
	b.WantClean().WantText(".price", "0,0125")
	b.Submit(".add .btn", webtest.Values{"quantity": "999"}) // 12.4875
	b.WantPath("/cart").WantClean().WantText(".line-total", "12,49").WantText(".totals .total", "12,49")
	b.Get(h.at("/checkout"))
	b.WantText("#summary .total", "17,44")
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque")))
	b.WantStatus(200).Want(".thanks").WantText(".totals .total", "17,44").WantText(".pay-how", "17,44")
	var total, asked string
	must(t, h.shop.Read(t.Context(), func(tx tenant.Tx) error {
		if err := tx.DB().Raw("select total::text from orders").Scan(&total).Error; err != nil {
			return err
		}
		return tx.DB().Raw("select amount::text from payments").Scan(&asked).Error
	}))
	if !dec(total).Equal(dec("17.44")) || !dec(asked).Equal(dec("17.44")) {
		t.Errorf("the order is %s, the payment %s", total, asked)
	}
}
