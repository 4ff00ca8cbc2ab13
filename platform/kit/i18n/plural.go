package i18n

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// countArg is the argument that chooses the form of a plural.
const countArg = "n"

// forms are the suffixes of plural keys, by the number x/text gives them.
var forms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// PluralStem splits a key such as "cart.lines.one" into its stem and its form.
// Whether it really is a plural depends on the other keys: a stem needs a .one
// (or another special form) and an .other.
func PluralStem(key string) (stem, form string, ok bool) {
	dot := strings.LastIndexByte(key, '.')
	if dot < 0 {
		return "", "", false
	}
	_, ok = forms[key[dot+1:]]
	return key[:dot], key[dot+1:], ok
}

// form is the CLDR plural category of a count in l.
func form(l Locale, count any) plural.Form {
	n, ok := number(count)
	if !ok {
		return plural.Other
	}
	n = n.Abs()
	switch l.Language() {
	case English, German:
		// "1" but not "1.0"
		if n.Exponent() >= 0 && n.Equal(unit) {
			return plural.One
		}
		return plural.Other
	case Spanish:
		if n.Equal(unit) {
			return plural.One
		}
		return plural.Other
	case French:
		// the whole part decides: 0, 1 and 1.5 are singular. CLDR's "many", for
		// whole millions ("1 million de"), only matters to compact notation.
		if n.LessThan(two) {
			return plural.One
		}
		return plural.Other
	default:
		return cldrForm(l, n)
	}
}

var (
	unit = decimal.NewFromInt(1)
	two  = decimal.NewFromInt(2)
)

// cldrForm asks the tables of x/text, which want the operands of the CLDR plural
// rules: whole part, visible decimals with and without trailing zeros.
func cldrForm(l Locale, n decimal.Decimal) plural.Form {
	tag, err := language.Parse(string(l))
	if err != nil {
		return plural.Other
	}
	places := max(0, -n.Exponent())
	_, all, _ := strings.Cut(n.StringFixed(places), ".")
	trimmed := strings.TrimRight(all, "0")
	const enough = 1_000_000 // the rules look at the last six digits at most
	whole := int(n.Truncate(0).Mod(decimal.NewFromInt(10 * enough)).IntPart())
	return plural.Cardinal.MatchPlural(tag, whole, len(all), len(trimmed), short(all), short(trimmed))
}

// short is the number written by the first digits of a fraction.
func short(digits string) int {
	n := 0
	for i := range min(len(digits), 6) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}

func number(count any) (decimal.Decimal, bool) {
	switch v := count.(type) {
	case int:
		return decimal.NewFromInt(int64(v)), true
	case int64:
		return decimal.NewFromInt(v), true
	case int32:
		return decimal.NewFromInt32(v), true
	case decimal.Decimal:
		return v, true
	case string: // what a message carried over to the next page: a whole number, and nothing else
		n, err := strconv.Atoi(v)
		return decimal.NewFromInt(int64(n)), err == nil
	default:
		return decimal.Decimal{}, false
	}
}
