package styleguide_test

import (
	"bytes"
	"context"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/ui/styleguide"
	"echoppe.dev/platform/kit/i18n"
)

var guide = flag.String("guide", "", "write the pages of the guide to this folder")

func view(t *testing.T, l i18n.Locale, path string) ui.View {
	t.Helper()
	words, err := ui.Words()
	if err != nil {
		t.Fatal(err)
	}
	v := ui.View{
		Locale: l, Words: words, Nonce: "n", CSRF: "token", Path: path, Query: url.Values{"state": {"all"}},
		Flashes: []ui.Flash{{Tone: ui.Good, Text: "Saved.", Action: &ui.Action{Label: "Undo", Post: "lists.html"}}},
	}
	for _, locale := range i18n.Shipped {
		v.Languages = append(v.Languages, ui.Language{Locale: locale, Name: locale.Name(), Href: "?lang=" + string(locale)})
	}
	return v
}

func render(t *testing.T, l i18n.Locale, name string) []byte {
	t.Helper()
	v := view(t, l, name)
	var out bytes.Buffer
	if err := styleguide.Pages(v)[name].Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func names(t *testing.T) []string {
	t.Helper()
	var list []string
	for name := range styleguide.Pages(view(t, i18n.English, "")) {
		list = append(list, name)
	}
	return list
}

// LAW-07: what can be seen without a browser. The browser's own checks run over
// the same pages in the end-to-end suite.
func TestPages(t *testing.T) {
	for _, name := range names(t) {
		t.Run(name, func(t *testing.T) {
			page := render(t, i18n.English, name)
			if *guide != "" {
				if err := os.WriteFile(filepath.Join(*guide, name), page, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			doc, err := goquery.NewDocumentFromReader(bytes.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			checkPolicy(t, doc)
			checkIDs(t, doc)
			checkNames(t, doc)
			checkOutline(t, doc)
		})
	}
}

// checkPolicy: nothing that the policy default-src 'self' would refuse.
func checkPolicy(t *testing.T, doc *goquery.Document) {
	t.Helper()
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has the inline attribute %s=%q", goquery.NodeName(s), a.Key, a.Val)
			}
			if (a.Key == "src" || a.Key == "href") && strings.Contains(a.Val, "//") {
				t.Errorf("<%s> leads to another host: %s", goquery.NodeName(s), a.Val)
			}
		}
	})
	doc.Find("style").Each(func(int, *goquery.Selection) { t.Error("inline <style>") })
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		if _, ok := s.Attr("src"); !ok {
			t.Error("inline <script>")
		}
	})
}

// checkIDs: every identifier once, and every reference to one leads somewhere.
func checkIDs(t *testing.T, doc *goquery.Document) {
	t.Helper()
	ids := map[string]int{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %q is used %d times", id, n)
		}
	}
	for _, attr := range []string{"for", "aria-describedby", "aria-labelledby", "form", "popovertarget", "data-dialog"} {
		doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attr, "")) {
				if ids[id] == 0 {
					t.Errorf("<%s %s=%q> leads nowhere", goquery.NodeName(s), attr, id)
				}
			}
		})
	}
	doc.Find(".alert-list a").Each(func(_ int, s *goquery.Selection) {
		if id := strings.TrimPrefix(s.AttrOr("href", ""), "#"); ids[id] == 0 {
			t.Errorf("the list of errors leads to %q, which is not there", id)
		}
	})
}

// checkNames: every control, link, button and table says what it is.
func checkNames(t *testing.T, doc *goquery.Document) {
	t.Helper()
	labels := map[string]bool{}
	doc.Find("label[for]").Each(func(_ int, s *goquery.Selection) { labels[s.AttrOr("for", "")] = true })
	doc.Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("type", "") == "hidden" {
			return
		}
		if labels[s.AttrOr("id", "")] || s.AttrOr("aria-label", "") != "" || s.Closest("label").Length() > 0 {
			return
		}
		t.Errorf("control %q has no label", s.AttrOr("name", "?"))
	})
	doc.Find("a, button, summary, caption").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.Text()) == "" && s.AttrOr("aria-label", "") == "" {
			html, _ := goquery.OuterHtml(s)
			t.Errorf("says nothing: %s", html)
		}
	})
	doc.Find("table").Each(func(_ int, s *goquery.Selection) {
		if s.Find("caption").Length() == 0 && s.Closest("fieldset").Length() == 0 {
			t.Error("a table without caption")
		}
	})
	doc.Find("form[method=post]").Each(func(_ int, s *goquery.Selection) {
		if s.Find("input[name="+ui.CSRFField+"]").Length() != 1 {
			t.Error("a form without its token")
		}
	})
	doc.Find("form form").Each(func(int, *goquery.Selection) { t.Error("a form inside a form") })
}

// checkOutline: one first heading, one main, no level skipped.
func checkOutline(t *testing.T, doc *goquery.Document) {
	t.Helper()
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%d first headings", n)
	}
	if n := doc.Find("main").Length(); n != 1 {
		t.Errorf("%d mains", n)
	}
	level := 1
	doc.Find("h1, h2, h3, h4").Each(func(_ int, s *goquery.Selection) {
		now := int(goquery.NodeName(s)[1] - '0')
		if now > level+1 {
			t.Errorf("heading %q skips a level", strings.TrimSpace(s.Text()))
		}
		level = now
	})
}

// LANG-01: no key shows through in any language.
func TestPages_Languages(t *testing.T) {
	for _, l := range i18n.Shipped {
		for _, name := range names(t) {
			page := string(render(t, l, name))
			for _, prefix := range []string{">ui.", "\"ui.s", "form.required", "form.number"} {
				if i := strings.Index(page, prefix); i >= 0 && !strings.Contains(page[i:i+12], "ui.css") {
					t.Errorf("%s/%s: a key shows: %.60s", l, name, page[i:])
				}
			}
		}
	}
}
