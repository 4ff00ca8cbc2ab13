package storefront

import (
	"strings"

	"echoppe.dev/platform/kit/i18n"
)

// splitLocale takes a language off the front of a path: "/de/cart" is "/cart" in "de", "/cart" is
// itself in "". It knows the shape of a language only; whether the shop serves it is asked later.
func splitLocale(path string) (i18n.Locale, string) {
	first, rest, more := strings.Cut(path[1:], "/")
	if !isLocale(first) {
		return "", path
	}
	if !more {
		return i18n.Locale(first), ""
	}
	return i18n.Locale(first), "/" + rest
}

// isLocale accepts a language of two or three letters with an optional region: "de", "ast", "pt-BR".
// The first segments of the shop's own addresses are longer, shorter, or listed here.
func isLocale(text string) bool {
	language, region, regional := strings.Cut(text, "-")
	switch {
	case text == "pay" || text == "set" || len(language) < 2 || len(language) > 3:
		return false
	case regional && len(region) != 2:
		return false
	}
	return letters(language, 'a', 'z') && letters(region, 'A', 'Z')
}

func letters(text string, from, to byte) bool {
	for i := range len(text) {
		if text[i] < from || text[i] > to {
			return false
		}
	}
	return true
}
