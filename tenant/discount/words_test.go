package discount_test

import (
	"regexp"
	"slices"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/discount"
)

// composed are the keys that are put together at run time.
func composed() []string {
	var keys []string
	for _, given := range []string{"rate", "amount", "scale", "shipping"} {
		keys = append(keys, "discount.given."+given+"_code")
	}
	for _, list := range []string{"articles", "families", "shipping_articles", "shipping_families"} {
		keys = append(keys, "discount.says."+list, "discount.says."+list+"_many")
	}
	for _, list := range []string{"profiles", "zones", "codes"} {
		keys = append(keys, "discount.says."+list+"_many")
	}
	return keys
}

var keyLiteral = regexp.MustCompile(`"(discount\.[a-z_.]*[a-z])"`)

// TestWords holds the words against the keys in use: LANG-01 complete in every
// shipped language, none missing, none left over.
func TestWords(t *testing.T) {
	catalog := i18ntest.Complete(t, discount.Locales, "locales")
	used := append(composed(), i18ntest.Written(t, ".", keyLiteral)...)
	i18ntest.Used(t, catalog, used...)
	for _, key := range catalog.Keys(i18n.Shipped[0]) {
		stem, _, _ := i18n.PluralStem(key)
		if !slices.Contains(used, key) && !slices.Contains(used, stem) {
			t.Errorf("LANG-01: nobody says %q", key)
		}
	}
}
