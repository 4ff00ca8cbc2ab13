package pricing_test

import (
	"embed"
	"regexp"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// composed are the keys that the rules of the sale put together at run time.
func composed() []string {
	keys := []string{"shipping.field.value.money", "shipping.field.value.percent"}
	for _, beyond := range []string{"none", "value", "extra"} {
		keys = append(keys, "shipping.beyond."+beyond)
	}
	for _, c := range shipping.Builtin() {
		keys = append(keys, "shipping.calculator."+c.Key())
	}
	for _, c := range tax.Classes() {
		keys = append(keys, "tax.class."+string(c))
	}
	for _, t := range []tax.Treatment{
		tax.Domestic, tax.Destination, tax.BelowLimit, tax.ReverseCharge, tax.Export, tax.Unregistered,
	} {
		keys = append(keys, "tax."+string(t))
	}
	return keys
}

var keyLiteral = regexp.MustCompile(`"((?:price|tax|shipping|currency)\.[a-z_.]*[a-z])"`)

// TestWords holds the words of the rules of the sale against the keys in use:
// LANG-01 complete in every shipped language, none missing, none left over.
func TestWords(t *testing.T) {
	for _, tt := range []struct {
		folder, prefix string
		words          embed.FS
		office         string // what says some of the words beside the package itself
	}{
		{".", "price.", pricing.Locales, ""},
		{"../tax", "tax.", tax.Locales, ""},
		{"../shipping", "shipping.", shipping.Locales, "../../backoffice/desk/zones"},
		{"../currency", "currency.", currency.Locales, ""},
	} {
		t.Run("LANG-01 "+tt.prefix, func(t *testing.T) {
			catalog := i18ntest.Complete(t, tt.words, "locales")
			used := i18ntest.Written(t, tt.folder, keyLiteral)
			if tt.office != "" {
				used = append(used, i18ntest.Written(t, tt.office, keyLiteral)...)
			}
			for _, key := range composed() {
				if strings.HasPrefix(key, tt.prefix) {
					used = append(used, key)
				}
			}
			i18ntest.Used(t, catalog, used...)
			for _, key := range catalog.Keys(i18n.Shipped[0]) {
				if !slices.Contains(used, key) {
					t.Errorf("nobody says %q", key)
				}
			}
		})
	}
}
