package officeui_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

var guide = flag.String("guide", "", "write the page to this folder")

func view(t *testing.T, l i18n.Locale) ui.View {
	t.Helper()
	words, err := ui.Words(officeui.Locales)
	if err != nil {
		t.Fatal(err)
	}
	v := ui.View{Locale: l, Words: words, CSRF: "token", Path: "/lune/orders/1043"}
	for _, locale := range i18n.Shipped {
		v.Languages = append(v.Languages, ui.Language{Locale: locale, Name: locale.Name(), Href: "?lang=" + string(locale)})
	}
	return v
}

func office(can func(string) bool) officeui.Office {
	lune := officeui.Shop{Name: "Atelier <Lune>", Address: "atelier-lune.shop", Office: "/lune", URL: "https://lune.example/", State: ui.Badge{Label: "Open", Tone: ui.Good, Dot: true}}
	return officeui.Office{
		Base: "/lune", Platform: "Échoppe", Shop: lune, Can: can,
		Shops:  []officeui.Shop{lune, {Name: "Papeterie", Address: "papeterie.shop", Office: "/papeterie", URL: "https://papeterie.example/"}},
		Person: officeui.Person{Name: "Lucie Marchand", Email: "lucie@atelier-lune.fr"},
		Counts: map[officeui.Section]int{officeui.Orders: 12}, SignOut: "/sign-out", Account: "/account", Help: "/help", NewShop: "/new",
	}
}

func draw(t *testing.T, v ui.View, o officeui.Office) *goquery.Document {
	t.Helper()
	var out bytes.Buffer
	frame := officeui.Frame{Header: ui.Header{Title: "1043", Crumbs: []ui.Crumb{{Label: "Orders", Href: o.Href("orders")}, {Label: "1043"}}}}
	if err := officeui.Page(v, o, frame).Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	if *guide != "" {
		if err := os.WriteFile(filepath.Join(*guide, "office-"+string(v.Locale)+".html"), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := goquery.NewDocumentFromReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func everything(string) bool { return true }

// An entry is shown to those who may open it, and to nobody else.
func TestPage_Navigation(t *testing.T) {
	tests := []struct {
		name string
		can  func(string) bool
		want []string
	}{
		{"the owner", everything, []string{"Home", "Orders", "Delivery margin", "Payment analysis", "Payouts", "Quotes", "Customers", "Customer profiles", "Articles", "Stock", "Families", "Discounts", "Import and export", "Settings"}},
		{"who packs parcels", func(p string) bool { return p == "home.view" || strings.HasPrefix(p, "orders.") }, []string{"Home", "Orders"}},
		{"nobody asked", nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := draw(t, view(t, i18n.English), office(test.can))
			var got []string
			doc.Find(".rail-nav .nav-label").Each(func(_ int, s *goquery.Selection) { got = append(got, s.Text()) })
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPage(t *testing.T) {
	doc := draw(t, view(t, i18n.German), office(everything))
	if got := doc.Find(".rail-nav [aria-current=page]").AttrOr("href", ""); got != "/lune/orders" {
		t.Errorf("current entry %q", got)
	}
	if got := doc.Find("title").Text(); got != "1043 · Atelier <Lune>" {
		t.Errorf("title %q", got)
	}
	if got := strings.TrimSpace(doc.Find(".rail-nav [aria-current=page] .count").Text()); got != "12" {
		t.Errorf("figure %q", got)
	}
	if got := doc.Find(`form[action="/sign-out"] input[name=_csrf]`).AttrOr("value", ""); got != "token" {
		t.Errorf("signing out has the token %q", got)
	}
	if got := doc.Find(`.switch a[aria-current=true]`).AttrOr("href", ""); got != "/lune" {
		t.Errorf("the switcher marks %q", got)
	}
}

func TestOffice_Href(t *testing.T) {
	for base, want := range map[string][3]string{"": {"/", "/orders", "/orders/7"}, "/lune": {"/lune", "/lune/orders", "/lune/orders/7"}} {
		o := officeui.Office{Base: base}
		if got := [3]string{o.Href(""), o.Href("orders"), o.Href("/orders/7")}; got != want {
			t.Errorf("base %q: %v", base, got)
		}
	}
}

// LANG-01: complete, and every entry and group of the navigation has its words.
func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, officeui.Locales, "locales")
	used := map[string]bool{}
	for _, key := range []string{"office.account", "office.help", "office.sign_out", "office.see_shop", "office.shops", "office.new_shop", "office.once.before", "office.once.doing"} {
		used[key] = true
	}
	var walk func([]officeui.Entry)
	walk = func(entries []officeui.Entry) {
		for _, e := range entries {
			used["office.nav."+string(e.Section)] = true
			walk(e.Below)
		}
	}
	for _, g := range officeui.Entries() {
		if g.Name != "" {
			used["office.nav."+g.Name] = true
		}
		walk(g.Entries)
	}
	for key := range used {
		i18ntest.Used(t, words, key)
	}
	for _, key := range words.Keys(i18n.English) {
		if !used[key] {
			t.Errorf("nobody says %q", key)
		}
	}
}

// Somebody without a name goes by his address, which is not said twice.
func TestPage_nameless(t *testing.T) {
	o := office(func(string) bool { return true })
	o.Person = officeui.Person{Name: "zoe@example.org", Email: "zoe@example.org"}
	doc := draw(t, view(t, i18n.English), o)
	if doc.Find(`.account-name:contains("zoe@example.org")`).Length() == 0 {
		t.Error("nobody is signed in")
	}
	if n := doc.Find(`.account-detail:contains("zoe@example.org")`).Length(); n != 0 {
		t.Errorf("the address stands beside itself, %d times", n)
	}
}
