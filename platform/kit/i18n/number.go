package i18n

import (
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
)

// ErrNumber refuses a text that is no number in the reader's language.
var ErrNumber = fault.New(fault.Malformed, "form.number")

// Neutral is the locale of nobody: numbers read in it may use a point or a comma
// for the decimals.
const Neutral Locale = ""

// FormatNumber writes n with the separators of l, without trailing zeros.
func FormatNumber(l Locale, n decimal.Decimal) string {
	return writeNumber(l, n, 0, true)
}

// FormatInput writes n for an input field: with the decimal sign of l and without
// groups, so that ParseDecimal in l reads the same number. It keeps at least the
// given number of decimals, and the minus of the keyboard.
func FormatInput(l Locale, n decimal.Decimal, least int32) string {
	return writeNumber(l, n, least, false)
}

// FormatPercent writes a percentage: "5,5 %" in French, "5.5%" in English.
func FormatPercent(l Locale, percent decimal.Decimal) string {
	n := FormatNumber(l, percent)
	switch l.Language() {
	case French:
		return n + "\u202f%" // a narrow no-break space, as CLDR and French typography want
	case German, Spanish:
		return n + "\u00a0%"
	default:
		return n + "%"
	}
}

func writeNumber(l Locale, n decimal.Decimal, least int32, grouped bool) string {
	s := shapes.get(l, learnShape)
	b := make([]byte, 0, 24)
	if n.IsNegative() {
		sign := s.minus
		if !grouped {
			sign = "-" // in an input field, as it is typed
		}
		b, n = append(b, sign...), n.Neg()
	}
	return string(s.append(b, trimmed(n, least), grouped))
}

// FormatMoney writes an amount as people of l write it: "1 234,50 €", "€1,234.50".
// It shows the digits of the currency, and up to money.MaxPlaces when the amount
// is finer. An amount of no currency is written as a number.
func FormatMoney(l Locale, a money.Amount) string {
	a = a.RoundTo(money.MaxPlaces, money.HalfUp)
	if a.Currency().IsZero() {
		return FormatNumber(l, a.Decimal())
	}
	s := shapes.get(l, learnShape)
	x := affixes.get(affixKey{l, a.Currency()}, learnAffix)
	prefix, suffix := x.prefix, x.suffix
	if a.IsNegative() {
		prefix, suffix, a = x.minusPrefix, x.minusSuffix, a.Neg()
	}
	b := append(make([]byte, 0, 32), prefix...)
	b = s.append(b, a.String(), true)
	return string(append(b, suffix...))
}

// maxNumber bounds the text of a number: groups, decimals and spaces included.
const maxNumber = 40

// ParseDecimal reads a number as people of l type it, with or without groups. It
// returns ErrNumber for anything else, exponents included.
//
// People type the decimal sign their keyboard gives them, so both point and comma
// are taken: with both present, the last is the decimal sign. One that stands
// alone and is how l groups thousands is a group sign when groups of three follow
// ("1.234" in German is 1234), else the decimal sign ("12.50" is 12.50).
func ParseDecimal(l Locale, text string) (decimal.Decimal, error) {
	if len(text) > maxNumber {
		return decimal.Decimal{}, ErrNumber
	}
	text = tidy.Replace(text)
	sign := ""
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		sign, text = "-", rest
	}
	plain, ok := plainNumber(text, groupSign(l))
	if !ok {
		return decimal.Decimal{}, ErrNumber
	}
	n, err := decimal.NewFromString(sign + plain)
	if err != nil {
		return decimal.Decimal{}, ErrNumber.Because(err)
	}
	return n, nil
}

// tidy drops the spaces and apostrophes that group digits somewhere, and makes
// every minus the one of the keyboard.
var tidy = strings.NewReplacer(
	" ", "", "\u00a0", "", "\u202f", "", "\u2009", "", "'", "", "\u2019", "",
	"\u2212", "-",
)

// groupSign is the one of "." and "," that groups thousands in l, if any.
func groupSign(l Locale) string {
	if l == Neutral {
		return ""
	}
	return shapes.get(l, learnShape).group
}

// plainNumber turns digits with separators into digits with one point at most.
func plainNumber(text, group string) (string, bool) {
	last := strings.LastIndexAny(text, ".,")
	if last < 0 {
		return text, allDigits(text)
	}
	sep := text[last : last+1]
	other := map[string]string{".": ",", ",": "."}[sep]
	alone := !strings.Contains(text, other)
	if alone && (sep == group || strings.Count(text, sep) > 1) {
		if whole, ok := ungroup(text, sep); ok {
			return whole, true
		}
	}
	whole, fraction := text[:last], text[last+1:]
	if !alone {
		var ok bool
		if whole, ok = ungroup(whole, other); !ok {
			return "", false
		}
	}
	if whole == "" {
		whole = "0" // ".5" is half
	}
	if !allDigits(whole) || !allDigits(fraction) {
		return "", false
	}
	return whole + "." + fraction, true
}

// ungroup joins groups of three: "1.234.567" by ".".
func ungroup(text, sep string) (string, bool) {
	groups := strings.Split(text, sep)
	if len(groups[0]) > 3 || !allDigits(groups[0]) || strings.TrimLeft(groups[0], "0") == "" {
		return "", false // "0.125" has no groups
	}
	for _, g := range groups[1:] {
		if len(g) != 3 || !allDigits(g) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
