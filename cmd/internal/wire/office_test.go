package wire_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/quota"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/seed"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
	"echoppe.dev/tenant/stock"
)

// FLT-05: the plan of the registry is what an upload is measured with.
func TestQuota_disk(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "plein")
	err := m.App.Pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec(`insert into plans (code, names, quotas, position) values
			('tiny', '{"en":"Tiny"}', '{"articles":1,"disk_mb":0,"staff":1,"mails_day":1}', 9)
			on conflict do nothing`).Error
	})
	if err == nil {
		err = m.App.Pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
			return tx.DB().Exec("update shops set plan = 'tiny' where id = ?", shop.Row.ID).Error
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	m.App.Registry.ForgetAll()
	_, err = m.App.Rooms.Library.Upload(t.Context(), shop.Shop, tenant.ByProgram, media.Incoming{Name: "x.png", Content: picture(t)})
	if !errors.Is(err, quota.ErrDisk) || fault.ArgsOf(err)["limit"] != int64(0) {
		t.Errorf("FLT-05 got %v", err)
	}
}

func picture(t *testing.T) *bytes.Buffer {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 40, 30))
	m.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return &b
}

// ORD-13: the desk shows instants in the time of the shop, wherever the server or the reader is.
func TestOffice_zone(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "antipodes")
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		identity := s.Identity
		identity.TimeZone = "Pacific/Kiritimati" // fourteen hours ahead
		if err := settings.SaveIn(tx, tenant.ByProgram, identity, s.Rev(settings.NameIdentity)); err != nil {
			return err
		}
		return tx.DB().Exec(`insert into customers (id, email, name, locale, created_at, updated_at)
			values ('0198c0de-0000-7000-8000-0000000000aa', 'zoe@example.org', 'Zoé', 'fr', '2031-05-01T22:00:00Z', now())`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b := m.Visitor(t, "en")
	b.Get(shop.OfficeLink(t))
	b.Get(shop.Office() + "/customers?lang=en")
	b.WantStatus(200).WantText("tbody", "2 May 2031")
}

// LANG-01: every screen of the office, in every language, says words and no keys.
func TestOffice_words(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "mots")
	kit := seed.Kit{Library: m.App.Rooms.Library, Bucket: m.App.Out.Objects, Modes: m.App.Rooms.Modes, Width: 160}
	if err := seed.Demo(t.Context(), kit, shop.Shop, seed.Editions); err != nil {
		t.Fatal(err)
	}
	buy(t, m, shop)
	begun := m.NewShop(t, "debut")
	keys := families(t)
	for _, l := range i18n.Shipped {
		t.Run(string(l), func(t *testing.T) {
			b := m.Visitor(t, string(l))
			for _, s := range []struct {
				*apptest.Shop
				least int
			}{{shop, 30}, {begun, 3}} {
				b.Get(s.OfficeLink(t))
				seen := walk(t, b, s.Office(), string(l), keys)
				if seen < s.least {
					t.Errorf("only %d kinds of pages of %s", seen, s.Slug())
				}
			}
			refused(t, b, shop, keys)
		})
	}
}

// walk visits one page of each kind below an address.
func walk(t *testing.T, b *webtest.Browser, root, language string, keys *regexp.Regexp) (pages int) {
	t.Helper()
	seen, queue := map[string]bool{}, []string{root, root + "/welcome", root + "/samples", root + "/nowhere"}
	for len(queue) > 0 {
		at, err := url.Parse(queue[0])
		queue = queue[1:]
		if err != nil || !strings.HasPrefix(at.String(), root) || seen[kind(at)] {
			continue
		}
		seen[kind(at)] = true
		query := at.Query()
		query.Set("lang", language)
		at.RawQuery = query.Encode()
		page := b.Get(at.String())
		apptest.WantAnswer(t, page)
		if !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
			continue
		}
		pages++
		wantWords(t, page, keys)
		page.Doc().Find("a[href]").Each(func(_ int, s *goquery.Selection) {
			if next, err := page.Doc().Url.Parse(s.AttrOr("href", "")); err == nil {
				next.Fragment = ""
				queue = append(queue, next.String())
			}
		})
	}
	return pages
}

// refused sends every form of some pages as it should not be.
func refused(t *testing.T, b *webtest.Browser, shop *apptest.Shop, keys *regexp.Regexp) {
	t.Helper()
	for path, form := range map[string]url.Values{
		"/welcome":                      {"country": {"XX"}, "trade": {"air"}},
		"/products/new":                 {"name": {""}, "price": {"much"}},
		"/families/new":                 {"name": {""}},
		"/settings/identity":            {"email": {"nobody"}, "country": {"XX"}},
		"/settings/languages":           {"default": {"xx"}},
		"/settings/vat":                 {"rev": {"99"}},
		"/settings/team":                {"email": {"nobody"}, "role": {"emperor"}},
		"/settings/addresses/name":      {"slug": {"Not A Name"}},
		"/settings/addresses/domains":   {"host": {"no host"}},
		"/settings/opening":             {"mode": {"ajar"}, "allow": {"all"}},
		"/settings/shipping/new/flat":   {"fee": {"much"}},
		"/settings/payment/new/cheque":  {"payee": {""}},
		"/settings/pages/new":           {"title.fr": {""}},
		"/settings/payment/new/nothing": {},
		"/transfer":                     {},
		"/customers/invite":             {"email": {"nobody"}, "language": {"xx"}, "profile": {"nobody"}},
		"/profiles":                     {"choose": {"sometimes"}},
		"/profiles/new_private":         {"code": {"Ü"}, "minimum.amount": {"much"}, "shared": {"x"}, "send_to": {"Atlantis"}},
		"/profiles/libraires":           {"rev": {"99"}, "names.fr": {""}},
	} {
		b.Get(shop.Office() + path)
		page := b.Post(shop.Office()+path, form)
		apptest.WantAnswer(t, page)
		if page.Status >= 500 {
			t.Errorf("%s answers %d", path, page.Status)
		}
		wantWords(t, page, keys)
	}
}

// wantWords looks at everything a person reads or is read to.
func wantWords(t *testing.T, page *webtest.Page, keys *regexp.Regexp) {
	t.Helper()
	var look func(*html.Node)
	say := func(where, text string) {
		if key := keys.FindString(text); key != "" {
			t.Errorf("%s shows the key %q in %s", page.URL, key, where)
		}
	}
	look = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			say(n.Parent.Data, n.Data)
		case html.ElementNode:
			if n.Data == "script" || n.Data == "style" {
				return
			}
			for _, a := range n.Attr {
				if slices.Contains([]string{"title", "alt", "placeholder", "aria-label", "label"}, a.Key) || strings.HasPrefix(a.Key, "data-words") {
					say(n.Data+" "+a.Key, a.Val)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			look(c)
		}
	}
	for _, n := range page.Doc().Nodes {
		look(n)
	}
}

// one is what differs between addresses of one kind.
var one = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+`)

func kind(at *url.URL) string {
	var names []string
	for name, values := range at.Query() {
		if name == "lang" {
			continue
		}
		if name == "state" || name == "view" || name == "tab" {
			name += "=" + strings.Join(values, ",")
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return one.ReplaceAllString(at.Path, "*") + "?" + strings.Join(names, "&")
}

// families is what a message key looks like: the first word of one that exists, and more words after
// dots.
func families(t *testing.T) *regexp.Regexp {
	t.Helper()
	first := map[string]bool{}
	for _, floor := range []string{"backoffice", "platform", "tenant"} {
		err := filepath.WalkDir(filepath.Join("..", "..", "..", floor), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.Name() != "en.json" {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			var words map[string]string
			if err := json.Unmarshal(text, &words); err != nil {
				return err
			}
			for key := range words {
				if word, _, more := strings.Cut(key, "."); more {
					first[regexp.QuoteMeta(word)] = true
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(first) < 20 {
		t.Fatalf("only %d families of messages found", len(first))
	}
	var words []string
	for word := range first {
		words = append(words, word)
	}
	return regexp.MustCompile(`(?:^|[\s(«“"'])(?:` + strings.Join(words, "|") + `)(?:\.[a-z][a-z0-9_-]*)+`)
}

// buy orders something, so that there is an order to look at.
func buy(t *testing.T, m *apptest.Machine, shop *apptest.Shop) {
	t.Helper()
	ctx := t.Context()
	variant := apptest.Ask[stock.VariantID](t, shop, "select id from variants where active and on_hand > 3 order by sku limit 1")
	mode := apptest.Ask[payment.ModeID](t, shop, "select id from payment_modes where kind = 'testbank' and active limit 1") // a passer-by pays by card there
	who := checkout.Visitor{Locale: i18n.French}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	kept, err := m.App.Rooms.Carts.Add(ctx, shop.Shop, cart.Reader{Locale: i18n.French}, cart.Wish{Variant: variant, Qty: 1})
	must(err)
	draft := checkout.Draft{Email: "zoe@example.org", Same: true, Payment: mode.String(),
		Delivery: address.Address{Name: "Zoé Achat", Line1: "5 rue Neuve", Postcode: "75002", City: "Paris", Country: "FR"}}
	sheet, err := m.App.Rooms.Desk.Prepare(ctx, shop.Shop, who, kept.Token, draft)
	must(err)
	_, err = m.App.Rooms.Desk.Place(ctx, shop.Shop, who, checkout.PlaceOrder{Cart: kept.Token, Key: "words", Draft: sheet.Draft, Shown: sheet.Shown, Terms: true})
	must(err)
	steps := start.Steps{}
	must(shop.Read(ctx, func(tx tenant.Tx) (err error) { steps, err = start.Read(tx); return err }))
	if steps.Orders != 1 {
		t.Fatalf("%d orders", steps.Orders)
	}
}
