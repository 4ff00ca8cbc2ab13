package storefront_test

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// world is what a scenario talks about.
type world struct {
	*house
	t        *testing.T
	articles map[string]*catalog.Product
	shopper  *webtest.Browser
}

func TestFeatures(t *testing.T) {
	suite := godog.TestSuite{
		ScenarioInitializer: func(sc *godog.ScenarioContext) {
			w := &world{}
			sc.Before(func(ctx context.Context, _ *godog.Scenario) (context.Context, error) {
				*w = world{house: open(t), t: t, articles: map[string]*catalog.Product{}}
				w.shopper = w.browser(t)
				return ctx, nil
			})
			w.visiting(sc)
			w.buying(sc)
			w.choosing(sc)
		},
		Options: &godog.Options{Format: "progress", Paths: []string{"features"}, TestingT: t, Strict: true},
	}
	if suite.Run() != 0 {
		t.Fatal("a scenario failed")
	}
}

func (w *world) visiting(sc *godog.ScenarioContext) {
	sc.Step(`^the shop "lune" sells "([^"]*)" at "([^"]*)" and delivers for "4.95"$`, func(name, price string) {
		p := mug(strings.ToUpper(name), name, price)
		w.save(p)
		w.articles[name] = p
		w.sells()
	})
	sc.Step(`^a shopper (?:has seen|sees) "([^"]*)" at "([^"]*)"$`, func(name, price string) error {
		w.shopper.Get(w.at(w.page(name)))
		return w.says(".price", price)
	})
	sc.Step(`^the merchant asks "([^"]*)" for "([^"]*)"$`, func(price, name string) {
		p := w.articles[name]
		p.Variants[0].Price = dec(price)
		w.save(p)
	})
	sc.Step(`^the merchant renames "([^"]*)" to "([^"]*)"$`, func(name, to string) {
		p := w.articles[name]
		p.Texts["fr"] = catalog.Text{Name: to, Slug: strings.ReplaceAll(strings.ToLower(to), " ", "-")}
		w.save(p)
	})
	sc.Step(`^the old address of "([^"]*)" leads to "([^"]*)" for good$`, func(name, to string) error {
		p := w.shopper.Do(request("GET", w.at(w.page(name))))
		return same(fmt.Sprint(p.Status, " ", p.Header.Get("Location")), "301 "+to)
	})
	sc.Step(`^sold-out articles are hidden$`, func() {
		stock := settings.Defaults().Stock
		stock.HideSoldOut = true
		w.set(stock)
	})
	sc.Step(`^only (\d+) "([^"]*)" are left$`, func(n int, name string) { w.left(w.articles[name].Code, n) })
	sc.Step(`^a search for "([^"]*)" finds nothing$`, func(words string) error { return w.finds(words, "") })
	sc.Step(`^a search for "([^"]*)" finds "([^"]*)"$`, func(words, name string) error { return w.finds(words, name) })
	sc.Step(`^the page of "([^"]*)" says that it is sold out$`, func(name string) error {
		w.shopper.Get(w.at(w.page(name)))
		return w.says(".stock", "Épuisé")
	})
}

func (w *world) buying(sc *godog.ScenarioContext) {
	sc.Step(`^a shopper with (\d+) "([^"]*)" in the cart$`, func(n int, name string) {
		w.shopper.Get(w.at(w.page(name)))
		w.shopper.Submit(".add .btn", webtest.Values{"quantity": strconv.Itoa(n)})
	})
	sc.Step(`^he reads the cart in German$`, func() { w.shopper.Follow(`.prefs a[lang="de"]`) })
	sc.Step(`^he looks at the cart$`, func() { w.shopper.Get(w.at("/cart")) })
	sc.Step(`^the page is in "([^"]*)"$`, func(l string) error { return same(w.shopper.Attr("html", "lang"), l) })
	sc.Step(`^the cart holds (\d+) pieces$`, func(n int) error { return same(w.shopper.Attr("#cart", "data-count"), strconv.Itoa(n)) })
	sc.Step(`^he orders by "([^"]*)"$`, func(name string) {
		w.shopper.Follow(`.sum a[href$="/checkout"]`)
		fields := with(nantes, "payment", mode(w.shopper, name))
		delete(fields, "terms") // this shop has none
		w.shopper.Submit(place, fields)
	})
	sc.Step(`^his order is placed for "([^"]*)"$`, func(total string) error { return w.says(".totals .total", total) })
	sc.Step(`^he is told how to pay$`, func() error { return w.says(".pay-how", "Atelier Lune") })
	sc.Step(`^anybody with the link sees the order$`, func() error {
		link := w.shopper.URL()
		w.shopper = w.browser(w.t)
		return same(strconv.Itoa(w.shopper.Get(link).Status), "200")
	})
	sc.Step(`^the shop also shows "([^"]*)" at "([^"]*)"$`, func(code, rate string) {
		w.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: code, Rate: rate, Active: true}}})
	})
	sc.Step(`^he chooses the currency "([^"]*)"$`, func(code string) { w.shopper.Submit(`#prefs button[value="`+code+`"]`, nil) })
	sc.Step(`^the total is "([^"]*)"$`, func(total string) error { return w.says(".totals .total", total) })
	sc.Step(`^he is told that "([^"]*)" is charged$`, func(amount string) error { return w.says(".sum .fine", amount) })
	sc.Step(`^the line is marked and he cannot go on$`, func() error {
		return same(fmt.Sprint(w.shopper.Count(".line.short"), w.shopper.Count(`.sum a[href$="/checkout"]`)), "1 0")
	})
	sc.Step(`^he takes what is left$`, func() { w.shopper.Submit(`button[form^="t-"]`, nil) })
	sc.Step(`^he can go on$`, func() error { return same(strconv.Itoa(w.shopper.Count(`.sum a[href$="/checkout"]`)), "1") })
}

// page is the address an article had first.
func (w *world) page(name string) string { return "/product/" + strings.ToLower(name) }

func (w *world) finds(words, name string) error {
	w.shopper.Get(w.at("/search?q=" + url.QueryEscape(words)))
	return same(strings.Join(w.shopper.Texts("#list-results .card .name"), ", "), name)
}

// says wants a text in one of the elements.
func (w *world) says(selector, text string) error {
	texts := strings.Join(w.shopper.Texts(selector), "\n")
	if !strings.Contains(texts, text) {
		return fmt.Errorf("%s says %q, want %q", selector, texts, text)
	}
	return nil
}

func same(got, want string) error {
	if got != want {
		return fmt.Errorf("got %q, want %q", got, want)
	}
	return nil
}
