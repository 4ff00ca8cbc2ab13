package view_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/storefront/view/viewtest"
	"echoppe.dev/themes"
)

// probe would break out of text, of a quoted attribute and of a script element.
const probe = `"'><script>alert(1)</script>`

// keys are the fields whose text the theme compares or looks up, so that a page with
// a probe in them would be another page. None of them holds what a person wrote.
var keys = map[string][]string{
	"Shop":           {"Locale", "PricesShown"},
	"Price":          {"Tax"},
	"Stock":          {"State"},
	"Card":           {"Badges"},
	"Product":        {"Badges"},
	"Option":         {"Kind"},
	"Facet":          {"Key", "Kind"},
	"Choice":         {"Value"},
	"FacetValue":     {"Value"},
	"Undo":           {"What"},
	"Total":          {"Kind"},
	"Who":            {"Choice"},
	"Order":          {"State", "Payment"},
	"OrderRow":       {"State", "Payment"},
	"Quote":          {"State"},
	"QuoteRow":       {"State"},
	"OrderStep":      {"Key"},
	"OrderEvent":     {"Key"},
	"AddressField":   {"Key", "Kind"},
	"Instruction":    {"Kind"},
	"Payment":        {"State"},
	"ShippingChoice": {"Value"},
}

func isKey(structName, field string) bool { return slices.Contains(keys[structName], field) }

// TestBase_NothingUnescaped puts a script into every text of every page.
func TestBase_NothingUnescaped(t *testing.T) {
	e := strict(t)
	for _, p := range viewtest.Pages(i18n.French) {
		t.Run(p.Name, func(t *testing.T) {
			viewtest.Taint(p.Data, probe, isKey)
			page := draw(t, e, i18n.French, p)
			if !strings.Contains(page, "alert(1)") {
				t.Fatal("the probe is nowhere on the page: nothing was tested")
			}
			if at := strings.Index(page, "<script>alert(1)"); at >= 0 {
				t.Errorf("a script got through: …%s…", page[max(0, at-200):at+40])
			}
			if at := regexp.MustCompile(`[a-z]="[^"]*"'>`).FindStringIndex(page); at != nil {
				t.Errorf("a quote got through: …%s…", page[max(0, at[0]-200):at[1]])
			}
		})
	}
}

// TestBase_StrictPolicy: no inline script, style or handler, and no outside request,
// so that the page works under a Content-Security-Policy of 'self'.
func TestBase_StrictPolicy(t *testing.T) {
	e := strict(t)
	forbidden := map[string]*regexp.Regexp{
		"inline style":   regexp.MustCompile(`<style|\sstyle=`),
		"inline script":  regexp.MustCompile(`<script>|<script type="(?:text/javascript|module)">`),
		"inline handler": regexp.MustCompile(`<[^>]*\son[a-z]+=`),
		"outside asset":  regexp.MustCompile(`(?:src|srcset)="(?:https?:)?//|<link rel="stylesheet" href="(?:https?:)?//`),
		"form in p":      regexp.MustCompile(`<p[^>]*>(?:[^<]|<(?:a|b|i|span|small|/a|/b|/i|/span|/small)[^>]*>)*<form`),
	}
	for _, p := range viewtest.Pages(i18n.German) {
		page := draw(t, e, i18n.German, p)
		for what, pattern := range forbidden {
			if hit := pattern.FindString(page); hit != "" {
				t.Errorf("%s: %s: %s", p.Name, what, hit)
			}
		}
	}
}

// TestBase_Anonymous: what every visitor gets from the cache says nothing of one.
func TestBase_Anonymous(t *testing.T) {
	cacheable := []string{"home", "family", "classification", "product", "search", "content", "site_map"}
	for _, p := range viewtest.Pages(i18n.English) {
		if slices.Contains(cacheable, p.Template) && strings.Contains(draw(t, strict(t), i18n.English, p), "Claire Martin") {
			t.Errorf("SPD-01: %s names a customer", p.Name)
		}
	}
}

// TestBase_Words: the theme says the same things in all four languages, has a word for
// every key it asks for, and no word nobody asks for.
func TestBase_Words(t *testing.T) {
	c := i18ntest.Complete(t, themes.Base(), "locales")
	used, families := asked(t)
	i18ntest.Used(t, c, used...)
	for _, key := range c.Keys(i18n.English) {
		stem := key
		if s, _, ok := i18n.PluralStem(key); ok {
			stem = s
		}
		known := func(k string) bool { return slices.Contains(used, k) }
		prefix := func(f string) bool { return strings.HasPrefix(key, f) }
		if !known(key) && !known(stem) && !slices.ContainsFunc(families, prefix) {
			t.Errorf("LANG-01: nobody asks for %q", key)
		}
	}
}

var (
	wholeKey = regexp.MustCompile(`'([a-z0-9_]+\.[a-z0-9_.]*[a-z0-9_])' \| t\b`)
	partKey  = regexp.MustCompile(`'([a-z0-9_.]+\.)' \| append`)
	titleKey = regexp.MustCompile(`title: '([a-z0-9_.]+)', switch`)
)

// asked lists the keys the templates name, and the beginnings of those they put
// together.
func asked(t *testing.T) (used, families []string) {
	t.Helper()
	err := fs.WalkDir(themes.Base(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".liquid") {
			return err
		}
		text, err := fs.ReadFile(themes.Base(), path)
		for _, pattern := range []*regexp.Regexp{wholeKey, titleKey} {
			for _, m := range pattern.FindAllStringSubmatch(string(text), -1) {
				used = append(used, m[1])
			}
		}
		for _, m := range partKey.FindAllStringSubmatch(string(text), -1) {
			families = append(families, m[1])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return used, families
}

// TestBase_States: every state a view may name has its words.
func TestBase_States(t *testing.T) {
	c := i18ntest.Complete(t, themes.Base(), "locales")
	for prefix, states := range map[string]string{
		"order.state.":   "placed paid preparing shipped delivered closed cancelled refunded",
		"quote.state.":   "draft sent accepted refused expired",
		"order.payment.": "awaiting pending part_paid paid failed refunded part_refunded review",
		"order.step.":    "placed paid shipped delivered",
		"sort.":          "relevance position newest price_asc price_desc name",
		"facet.":         "price availability brand flag",
		"address.":       "name company line1 line2 postcode zip city region province state county canton prefecture phone vat_number",
		"totals.":        "goods discount shipping shipping_estimate insurance fee rounding tax tax_included net total paid due",
	} {
		for _, s := range strings.Fields(states) {
			i18ntest.Used(t, c, prefix+s)
		}
	}
}

// TestBase_Headers: every snippet says what it is for.
func TestBase_Headers(t *testing.T) {
	names, err := fs.Glob(themes.Base(), "s*/*.liquid")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(themes.Base(), name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(text), "{% comment %}") {
			t.Errorf("%s does not start with a comment", name)
		}
		if strings.HasPrefix(name, "snippets/") && !strings.Contains(string(text), "Usage: {% render '") {
			t.Errorf("%s does not show how to call it", name)
		}
	}
}
