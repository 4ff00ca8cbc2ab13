package banks

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"echoppe.dev/tenant/payment"
)

// Matches tells whether a brand may be what a merchant looks for: every word he typed stands in one of its names or in that
// of its bank, whatever the accents, capitals and signs ("sp plus" finds SP Plus, "epargne" the Caisse d’Épargne).
func Matches(b payment.Brand, typed string) bool {
	words := strings.Fields(plain(typed))
	names := append([]string{b.Name, b.Bank, b.Key}, AboutBrand(b.Key).Also...)
	var spaced, joined strings.Builder
	for _, n := range names {
		n = plain(n)
		spaced.WriteString(" " + n)
		joined.WriteString(" " + strings.ReplaceAll(n, " ", ""))
	}
	if whole := strings.Join(words, ""); whole != "" && strings.Contains(joined.String(), whole) {
		return true
	}
	for _, w := range words {
		if !strings.Contains(spaced.String(), w) {
			return false
		}
	}
	return true
}

// plain is text as it is compared: letters without accents, digits, and one space for whatever stands between.
func plain(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}
