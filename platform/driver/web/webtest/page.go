package webtest

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// Page is an answer.
type Page struct {
	URL    *url.URL
	Status int
	Header http.Header
	Body   []byte // decoded when it was compressed

	doc *goquery.Document
}

// Doc is the page as a tree, read as a browser without script reads it: what
// stands in noscript is there.
func (p *Page) Doc() *goquery.Document {
	if p.doc == nil {
		// A bytes.Reader does not fail and the parser takes anything.
		root, err := html.ParseWithOptions(bytes.NewReader(p.Body), html.ParseOptionEnableScripting(false))
		if err != nil {
			panic("webtest: parse page: " + err.Error())
		}
		p.doc = goquery.NewDocumentFromNode(root)
		p.doc.Url = p.URL
	}
	return p.doc
}

// base is what relative addresses of the page are relative to.
func (p *Page) base() *url.URL {
	if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		return p.URL
	}
	if href, ok := p.Doc().Find("base[href]").First().Attr("href"); ok {
		if base, err := p.URL.Parse(href); err == nil {
			return base
		}
	}
	return p.URL
}

// Page is the page the browser looks at; it fails the test before the first.
func (b *Browser) Page() *Page {
	b.t.Helper()
	if b.page == nil {
		b.t.Fatal("webtest: no page was opened")
	}
	return b.page
}

func (b *Browser) doc() *goquery.Document { b.t.Helper(); return b.Page().Doc() }

// Status is the status of the page.
func (b *Browser) Status() int { b.t.Helper(); return b.Page().Status }

// URL is the address of the page, after redirects.
func (b *Browser) URL() string { b.t.Helper(); return b.Page().URL.String() }

// Path is the path of the page's address.
func (b *Browser) Path() string { b.t.Helper(); return b.Page().URL.Path }

// Hops lists the requests of the last navigation, "POST http://…".
func (b *Browser) Hops() []string { return b.hops }

// Count is the number of elements that the selector finds.
func (b *Browser) Count(selector string) int { b.t.Helper(); return b.doc().Find(selector).Length() }

// One is the element that the selector finds; none or several fail the test.
func (b *Browser) One(selector string) *goquery.Selection {
	b.t.Helper()
	found := b.doc().Find(selector)
	if found.Length() != 1 {
		b.fatalf("%s finds %d elements, want one", selector, found.Length())
	}
	return found
}

// Text is the text of the one element found, its white space folded.
func (b *Browser) Text(selector string) string { b.t.Helper(); return fold(b.One(selector).Text()) }

// Texts are the texts of all elements found.
func (b *Browser) Texts(selector string) []string {
	b.t.Helper()
	return b.doc().Find(selector).Map(func(_ int, s *goquery.Selection) string { return fold(s.Text()) })
}

// Attr is an attribute of the one element found, "" when it has none.
func (b *Browser) Attr(selector, name string) string {
	b.t.Helper()
	value, _ := b.One(selector).Attr(name)
	return value
}

// Value is what the one field found holds: text, chosen option or "on".
func (b *Browser) Value(selector string) string {
	b.t.Helper()
	field := b.One(selector)
	values := fieldValues(field)
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

func fold(text string) string { return strings.Join(strings.Fields(text), " ") }

func outer(s *goquery.Selection) string {
	markup, err := goquery.OuterHtml(s)
	if err != nil {
		return err.Error()
	}
	return shorten(fold(markup), 300)
}

func shorten(text string, limit int) string {
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}
