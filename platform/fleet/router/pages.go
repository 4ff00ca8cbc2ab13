package router

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/i18n"
)

// Locales holds the words of this package's pages; no other catalogue needs them.
//
//go:embed locales/*.json
var Locales embed.FS

//go:embed page.html
var pageText string

//go:embed page.css
var pageStyle string

const (
	// patience is the Retry-After of a shop that does not say when it reopens.
	patience = 10 * time.Minute
	// maxPatience keeps robots coming back: one told to wait a week may drop the page.
	maxPatience = 24 * time.Hour
	// updateTakes is about how long the migration of one shop lasts.
	updateTakes = 10 * time.Second
	// edgeKeeps is how long an edge cache may answer for a shut shop, and so how late it may
	// notice that the shop is open again.
	edgeKeeps = 15 * time.Second
	// maxPages bounds the pages kept: a page is 4 kB.
	maxPages = 2_000
)

// languageParam chooses the language of a page over what the browser asks for.
const languageParam = "lang"

// pages writes the router's own pages and keeps them: a closed shop that is linked from a
// newspaper must cost no more than an open one.
type pages struct {
	words    *i18n.Catalog
	template *template.Template
	policy   string
	sites    sites.Sites
	mu       sync.RWMutex
	kept     map[pageKey][]byte
}

type pageKey struct {
	shop    registry.ID
	rev     int
	verdict Verdict
	locale  i18n.Locale
	dated   bool // the page promises an hour that has not come
}

func newPages(where sites.Sites) *pages {
	words, err := i18n.Load(Locales, "locales")
	if err != nil {
		panic(err) // the files are compiled in, and tested
	}
	digest := sha256.Sum256([]byte(pageStyle))
	return &pages{
		words:    words,
		template: template.Must(template.New("page").Parse(pageText)),
		policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) +
			"'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
		sites: where,
		kept:  map[pageKey][]byte{},
	}
}

// page is what the template shows.
type page struct {
	Lang      i18n.Locale
	Style     template.CSS
	Title     string
	Text      string
	Message   string // the merchant's own words, as text
	Shop      string
	When      string // "We are back on …"
	Instant   string // of When, for machines
	Home      string
	HomeText  string
	Languages []language
}

type language struct {
	Locale  i18n.Locale
	Name    string
	Current bool
}

// closed answers for a shop that does not let the visitor in.
func (p *pages) closed(c echo.Context, shop *registry.Shop, v Verdict, now time.Time) error {
	status, wait, shared := http.StatusServiceUnavailable, patience, false
	switch v {
	case Maintenance:
		if until := shop.Maintenance.Reopens.Sub(now); until > 0 {
			wait = min(until, maxPatience)
		}
		// While a shop drains the answer depends on who asks.
		shared = shop.Mode == registry.Shut
	case Updating:
		wait = updateTakes
	case Suspended:
		status, wait = http.StatusPaymentRequired, 0
	case Gone:
		status, wait = http.StatusGone, 0
	case Pass:
		panic("router: a page for a visitor who may come in")
	}
	h := c.Response().Header()
	if wait > 0 {
		h.Set("Retry-After", strconv.Itoa(max(1, int(wait/time.Second))))
	}
	keep := "no-store"
	if shared {
		keep = "public, max-age=0, s-maxage=" + strconv.Itoa(int(edgeKeeps/time.Second))
	}
	l := p.locale(c)
	body, err := p.written(pageKey{shop.ID, shop.Rev, v, l, shop.Maintenance.Reopens.After(now)}, func() page { return p.about(shop, v, l, now) })
	if err != nil {
		return err
	}
	return p.send(c, status, keep, l, body)
}

// unknown answers where nobody lives: 421 for a host, 404 for a path.
func (p *pages) unknown(c echo.Context, at Place) error {
	status, key := http.StatusNotFound, "path"
	if at.Kind == Domain || at.Kind == Nowhere || at.Form == registry.BySubdomain {
		status, key = http.StatusMisdirectedRequest, "host"
	}
	l := p.locale(c)
	body, err := p.written(pageKey{verdict: Verdict("unknown " + key), locale: l}, func() page {
		return page{Title: p.words.T(l, "unknown.title", nil), Text: p.words.T(l, "unknown."+key, nil)}
	})
	if err != nil {
		return err
	}
	return p.send(c, status, "no-store", l, body)
}

func (p *pages) about(shop *registry.Shop, v Verdict, l i18n.Locale, now time.Time) page {
	out := page{
		Shop:  shop.Title(),
		Title: p.words.T(l, string(v)+".title", nil),
		Text:  p.words.T(l, string(v)+".text", nil),
	}
	if v != Maintenance {
		return out
	}
	if message := shop.Maintenance.Message.In(l); message != "" {
		out.Message, out.Text = message, ""
	}
	if back := shop.Maintenance.Reopens; back.After(now) {
		out.Instant = back.UTC().Format(time.RFC3339)
		out.When = p.words.T(l, "maintenance.reopens", map[string]any{
			"when": i18n.FormatDateTime(l, back.In(shop.Maintenance.Location()), i18n.Long),
		})
	}
	return out
}

func (p *pages) written(key pageKey, about func() page) ([]byte, error) {
	p.mu.RLock()
	body, ok := p.kept[key]
	p.mu.RUnlock()
	if ok {
		return body, nil
	}
	content := about()
	content.Lang, content.Style = key.locale, template.CSS(pageStyle)
	content.Home, content.HomeText = p.sites.Platform()+"/", p.words.T(key.locale, "home", nil)
	for _, l := range i18n.Shipped {
		content.Languages = append(content.Languages, language{l, l.Name(), l == key.locale})
	}
	var b bytes.Buffer
	if err := p.template.Execute(&b, content); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.kept) >= maxPages {
		clear(p.kept)
	}
	p.kept[key] = b.Bytes()
	return b.Bytes(), nil
}

func (p *pages) locale(c echo.Context) i18n.Locale {
	if query := c.Request().URL.RawQuery; strings.Contains(query, languageParam) {
		for _, l := range i18n.Shipped {
			if c.QueryParam(languageParam) == string(l) {
				return l
			}
		}
	}
	if l := pathLocale(c); l != "" {
		return l
	}
	return i18n.Match(c.Request().Header.Get("Accept-Language"), i18n.Shipped)
}

// pathLocale is the language a shop's address names, "/name.shop/de/cart" or "/de/cart", "" for none.
func pathLocale(c echo.Context) i18n.Locale {
	parts := strings.SplitN(strings.TrimPrefix(c.Request().URL.Path, "/"), "/", 3)
	for _, part := range parts[:min(2, len(parts))] {
		if l := i18n.Locale(part); slices.Contains(i18n.Shipped, l) {
			return l
		}
	}
	return ""
}

func (p *pages) send(c echo.Context, status int, keep string, l i18n.Locale, body []byte) error {
	h := c.Response().Header()
	h.Set("Content-Security-Policy", p.policy)
	h.Set("Cache-Control", keep)
	h.Set("Content-Language", string(l))
	h.Add("Vary", "Accept-Language")
	h.Set("X-Robots-Tag", "noindex")
	return c.HTMLBlob(status, body)
}
