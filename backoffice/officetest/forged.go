package officetest

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/driver/web/webtest"
)

// Forged sends every form of some pages that was made from a revision with one that no row can have, and tells how many
// were told to be stale. None may store anything, or be a fault of the program.
func Forged(t testing.TB, b *webtest.Browser, pages ...string) (stale int) {
	t.Helper()
	const forms = `main form[method=post]:has(input[name=rev])`
	for _, page := range pages {
		for _, forged := range []string{"99999999999", "2147483647", "2147483648", "-1", "99999999999999999999", "x"} {
			b.Get(page)
			was := revisions(b)
			b.Page().Doc().Find(forms).Each(func(_ int, form *goquery.Selection) {
				typed, to := Typed(form), form.AttrOr("action", b.Path())
				typed.Set("rev", forged)
				other := b.In(t) // stays on its own page
				got := other.Post(to, typed)
				if got.Status == 422 { // empty fields come first
					return
				}
				stale++
				told := got.Doc().Find(".alert").Text()
				if got.Status != 409 && got.Status != 200 || told == "" || strings.Contains(told, "aved.") {
					t.Errorf("%s with revision %s: %d %q", to, forged, got.Status, told)
				}
			})
			if b.Get(page); revisions(b) != was {
				t.Errorf("%s with revision %s: what is stored is another", page, forged)
			}
		}
	}
	return stale
}

// revisions are those the forms of a page were made from.
func revisions(b *webtest.Browser) string {
	var found []string
	b.Page().Doc().Find(`main input[name=rev]`).Each(func(_ int, field *goquery.Selection) {
		found = append(found, field.AttrOr("value", ""))
	})
	return strings.Join(found, " ")
}

// Typed is what a form sends as it stands on the page.
func Typed(form *goquery.Selection) url.Values {
	sent := url.Values{}
	form.Find("input[name], textarea[name], select[name]").Each(func(_ int, field *goquery.Selection) {
		name, _ := field.Attr("name")
		_, on := field.Attr("checked")
		switch {
		case goquery.NodeName(field) == "select":
			sent.Add(name, field.Find("option[selected]").AttrOr("value", field.Find("option").AttrOr("value", "")))
		case goquery.NodeName(field) == "textarea":
			sent.Add(name, field.Text())
		case (field.AttrOr("type", "") == "checkbox" || field.AttrOr("type", "") == "radio") && !on, field.AttrOr("type", "") == "file":
		default:
			sent.Add(name, field.AttrOr("value", ""))
		}
	})
	return sent
}
