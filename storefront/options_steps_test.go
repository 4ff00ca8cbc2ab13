package storefront_test

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cucumber/godog"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
)

// tshirt is the example of ART-08, without its print.
func tshirt(price string) *catalog.Product {
	p := mug("TSHIRT", "Tshirt", price)
	p.Options = []catalog.Option{
		{Code: "colour", Name: i18n.Text{"fr": "Couleur"}, Values: []catalog.OptionValue{
			{Code: "yellow", Name: i18n.Text{"fr": "Jaune"}}, {Code: "red", Name: i18n.Text{"fr": "Rouge"}}}},
		{Code: "size", Name: i18n.Text{"fr": "Taille"}, Values: []catalog.OptionValue{
			{Code: "s", Name: i18n.Text{"fr": "S"}}, {Code: "l", Name: i18n.Text{"fr": "L"}},
			{Code: "xl", Name: i18n.Text{"fr": "XL"}}, {Code: "xxl", Name: i18n.Text{"fr": "XXL"}}}},
	}
	p.Variants = nil
	for _, colour := range p.Options[0].Values {
		for _, size := range p.Options[1].Values {
			p.Variants = append(p.Variants, catalog.Variant{SKU: "TSHIRT-" + colour.Code + "-" + size.Code, Active: true, Tracked: true,
				OnHand: 50, Options: map[string]string{"colour": colour.Code, "size": size.Code}, Price: dec(price)})
		}
	}
	return p
}

// logo is a print that costs a fixed amount; plain is to choose none.
func logo(fee string) catalog.Extra {
	return catalog.Extra{Code: "print", Name: i18n.Text{"fr": "Impression"}, Values: []catalog.ExtraValue{
		{Code: "logo", Name: i18n.Text{"fr": "Logo"}, Fixed: dec(fee)}}}
}

// choosing are the steps about options and extras.
func (w *world) choosing(sc *godog.ScenarioContext) {
	sc.Step(`^the T-shirt costs "([^"]*)" in Colour \(yellow, red\) and Size \(S, L, XL, XXL\)$`, func(price string) {
		w.articles["Tshirt"] = tshirt(price)
	})
	sc.Step(`^its Print is plain or, for "([^"]*)", a logo$`, func(fee string) {
		p := w.articles["Tshirt"]
		p.Extras = []catalog.Extra{logo(fee)}
		w.save(p)
	})
	sc.Step(`^the T-shirt is ordered from a table$`, func() {
		p := w.articles["Tshirt"]
		p.Arrange(true, "size")
		w.save(p)
	})
	sc.Step(`^the merchant withdraws the print$`, func() {
		p := w.articles["Tshirt"]
		p.Extras = nil
		w.save(p)
	})
	sc.Step(`^the shop delivers for "4.95"$`, func() { w.sells() })
	sc.Step(`^(\d+) red shirts in size XL are left$`, func(n int) error {
		return w.shop.Write(w.t.Context(), func(tx tenant.Tx) error { return stock.Count(tx, w.shirt("red-xl").ID, n, stock.ReasonCount, "test") })
	})
	sc.Step(`^a shopper looks at the T-shirt$`, func() { w.shopper.Get(w.at("/product/tshirt")) })
	sc.Step(`^it costs "([^"]*)"$`, func(price string) error { return w.says("#facts .price", price) })
	sc.Step(`^its number is "([^"]*)"$`, func(sku string) error { return w.says("#facts .sku", sku) })
	sc.Step(`^the choice "([^"]*)" says "([^"]*)"$`, func(value, words string) error {
		return w.says(`label:has(input[value="`+value+`"]) small`, words)
	})
	sc.Step(`^he chooses the colour "([^"]*)", the size "([^"]*)" and the print "([^"]*)"$`, func(colour, size, print string) {
		w.shopper.Submit("#options button[formmethod=get]", webtest.Values{"o_colour": colour, "o_size": size, "o_print": print})
	})
	sc.Step(`^he puts (\d+) red XL with "([^"]*)" and (\d+) red XL with "([^"]*)" into the cart$`, func(n int, print string, m int, other string) {
		for _, x := range []struct {
			n     int
			print string
		}{{n, print}, {m, other}} {
			if x.n > 0 {
				w.shopper.Get(w.at("/product/tshirt"))
				w.shopper.Submit(".add .btn", webtest.Values{"o_colour": "red", "o_size": "xl", "o_print": x.print, "quantity": strconv.Itoa(x.n)})
			}
		}
	})
	w.table(sc)
	w.afterwards(sc)
}

// table are the steps of ordering several at once.
func (w *world) table(sc *godog.ScenarioContext) {
	order := func(typed map[string]string) {
		w.shopper.Get(w.at("/product/tshirt"))
		fields := webtest.Values{}
		for sku, text := range typed {
			fields[w.cell(sku)] = text
		}
		w.shopper.Submit(".add .btn.big", fields)
	}
	sc.Step(`^he types 2 yellow S, 1 red L and 4 red XXL$`, func() {
		order(map[string]string{"yellow-s": "2", "red-l": "1", "red-xxl": "4"})
	})
	sc.Step(`^he types 2 yellow S, 9 red XL and "many" red L$`, func() {
		order(map[string]string{"yellow-s": "2", "red-xl": "9", "red-l": "many"})
	})
	sc.Step(`^he corrects red L to 1$`, func() { w.shopper.Submit(".add .btn.big", webtest.Values{w.cell("red-l"): "1"}) })
	sc.Step(`^nothing is in the cart$`, func() error {
		other := w.shopper.Status()
		if other != 422 {
			return fmt.Errorf("answered %d", other)
		}
		return same(strconv.Itoa(len(w.shopper.Texts(".note.error"))), "1")
	})
	sc.Step(`^the cell of red (\w+) says "([^"]*)"$`, func(size, words string) error {
		return w.says(`[id="e-`+w.cell("red-"+strings.ToLower(size))+`"]`, words)
	})
	sc.Step(`^what he typed is still there$`, func() error {
		var got []string
		for _, sku := range []string{"yellow-s", "red-xl", "red-l"} {
			got = append(got, w.shopper.Attr(`input[name="`+w.cell(sku)+`"]`, "value"))
		}
		return same(strings.Join(got, " "), "2 9 1")
	})
}

// cell is the field of a shirt in the table.
func (w *world) cell(sku string) string {
	return "q." + w.shirt(sku).ID.String()
}

func (w *world) shirt(sku string) catalog.Variant {
	for _, v := range w.articles["Tshirt"].Variants {
		if v.SKU == "TSHIRT-"+sku {
			return v
		}
	}
	panic("no shirt " + sku)
}

// afterwards are the steps of the cart and the order.
func (w *world) afterwards(sc *godog.ScenarioContext) {
	sc.Step(`^the cart shows "([^"]*)" at "([^"]*)"$`, func(options, price string) error {
		w.shopper.Get(w.at("/cart"))
		for i, text := range w.shopper.Texts(".line-what > .fine:nth-of-type(1)") {
			if plain(text) == options {
				return same(w.shopper.Texts(".line-what > .fine:nth-of-type(2)")[i], price)
			}
		}
		return fmt.Errorf("the cart shows %q", w.shopper.Texts(".line-what > .fine:nth-of-type(1)"))
	})
	sc.Step(`^the cart says that the choice is no longer offered$`, func() error {
		w.shopper.Get(w.at("/cart"))
		return w.says(".line .note", "n’est plus proposée")
	})
	sc.Step(`^he cannot go on$`, func() error { return same(strconv.Itoa(w.shopper.Count(`.sum a[href$="/checkout"]`)), "0") })
	sc.Step(`^the order names "([^"]*)"$`, func(words string) error { return w.says("main", words) })
	sc.Step(`^he orders the same again$`, func() {
		order, _, _ := strings.Cut(w.shopper.URL(), "?")
		w.shopper.Post(order+"/again", nil)
	})
}

// plain is a text with ordinary spaces.
func plain(text string) string {
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(text)
}
