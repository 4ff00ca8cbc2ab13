package webtest

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// WantClean fails the test for what no page of the house has: anything inline
// that its policy would block, resources of other origins, two elements with
// one id, a field without label, a picture without alternative, a page without
// language or title.
func (b *Browser) WantClean() *Browser {
	b.t.Helper()
	for _, problem := range b.lint() {
		b.t.Errorf("webtest: %s: %s", b.URL(), problem)
	}
	return b
}

func (b *Browser) lint() []string {
	b.t.Helper()
	var problems []string
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	doc := b.doc()
	if lang, _ := doc.Find("html").Attr("lang"); lang == "" {
		report("the page states no language")
	}
	if fold(doc.Find("head > title").Text()) == "" {
		report("the page has no title")
	}
	ids := make(map[string]bool)
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, attr := range s.Get(0).Attr {
			b.lintAttribute(s, attr, ids, report)
		}
		b.lintElement(s, report)
	})
	return problems
}

func (b *Browser) lintAttribute(s *goquery.Selection, attr html.Attribute, ids map[string]bool, report func(string, ...any)) {
	switch key := attr.Key; {
	case strings.HasPrefix(key, "on"):
		report("inline handler %s: %s", key, outer(s))
	case key == "style":
		report("inline style: %s", outer(s))
	case key == "id":
		if ids[attr.Val] {
			report("two elements have the id %q", attr.Val)
		}
		ids[attr.Val] = true
	case (key == "href" || key == "src" || key == "action") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr.Val)), "javascript:"):
		report("script in an address: %s", outer(s))
	case key == "src" || key == "href" && goquery.NodeName(s) == "link" && loads(s):
		if target, err := b.page.base().Parse(attr.Val); err != nil || !b.sameOrigin(target) {
			report("outside request to %s: %s", attr.Val, outer(s))
		}
	}
}

func (b *Browser) sameOrigin(target *url.URL) bool {
	return target.Scheme == "data" || target.Scheme == b.page.URL.Scheme && target.Host == b.page.URL.Host
}

// loads reports whether a link element makes the browser fetch something.
func loads(link *goquery.Selection) bool {
	for _, rel := range strings.Fields(strings.ToLower(link.AttrOr("rel", ""))) {
		switch rel {
		case "stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest", "apple-touch-icon":
			return true
		}
	}
	return false
}

func (b *Browser) lintElement(s *goquery.Selection, report func(string, ...any)) {
	_, nonce := s.Attr("nonce")
	switch goquery.NodeName(s) {
	case "script":
		kind := s.AttrOr("type", "")
		if _, src := s.Attr("src"); !src && !nonce && kind != "application/json" && kind != "application/ld+json" {
			report("inline script: %s", outer(s))
		}
	case "style":
		if !nonce {
			report("inline style sheet: %s", outer(s))
		}
	case "img":
		if _, alt := s.Attr("alt"); !alt {
			report("picture without alternative: %s", outer(s))
		}
	case "input", "select", "textarea":
		if kind := kindOf(s); kind != "hidden" && kind != "submit" && kind != "button" && kind != "image" && kind != "reset" && !b.labelled(s) {
			report("field without label: %s", outer(s))
		}
	}
}

func (b *Browser) labelled(field *goquery.Selection) bool {
	for _, attr := range []string{"aria-label", "aria-labelledby", "title"} {
		if strings.TrimSpace(field.AttrOr(attr, "")) != "" {
			return true
		}
	}
	if field.Closest("label").Length() > 0 {
		return true
	}
	id := field.AttrOr("id", "")
	return id != "" && b.doc().Find("label").FilterFunction(func(_ int, l *goquery.Selection) bool {
		return l.AttrOr("for", "") == id
	}).Length() > 0
}
