package i18n

import (
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/bojanz/currency"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
)

// shape is how a locale writes numbers. It is learned once, by letting the CLDR
// formatter of bojanz/currency write samples and looking where the separators
// fall; writing a number is then a few appends, which a page with a hundred
// prices feels.
type shape struct {
	decimal string
	group   string
	minus   string
	first   int    // digits in the group before the decimal sign, 0 for no groups
	others  int    // digits in the groups before it
	least   int    // whole digits from which groups are written
	digits  string // the ten digits, where they are not 0 to 9
}

// affix is what surrounds an amount of one currency in one locale.
type affix struct{ prefix, suffix, minusPrefix, minusSuffix string }

type affixKey struct {
	locale Locale
	cur    money.Currency
}

// cached remembers what was learned. It is bounded, so that made-up locales cannot
// fill the memory: past the bound, things are learned again at each use.
type cached[K comparable, V any] struct {
	m    sync.Map
	size atomic.Int64
}

const maxCached = 4096

func (c *cached[K, V]) get(k K, learn func(K) V) V {
	if v, ok := c.m.Load(k); ok {
		return v.(V)
	}
	v := learn(k)
	if c.size.Load() < maxCached {
		if _, loaded := c.m.LoadOrStore(k, v); !loaded {
			c.size.Add(1)
		}
	}
	return v
}

var (
	shapes  cached[Locale, shape]
	affixes cached[affixKey, affix]
)

// formatter is the CLDR formatter for l, the one for English when CLDR does not
// know l.
func formatter(l Locale) *currency.Formatter {
	f := currency.NewFormatter(currency.NewLocale(string(l)))
	if sample(f, "1", "EUR") == "" {
		f = currency.NewFormatter(currency.NewLocale(string(fallback)))
	}
	f.MinDigits = 0
	return f
}

func sample(f *currency.Formatter, number, code string) string {
	a, err := currency.NewAmount(number, code)
	if err != nil {
		return ""
	}
	return f.Format(a)
}

func learnShape(l Locale) shape {
	f := formatter(l)
	f.CurrencyDisplay = currency.DisplayNone
	var s shape
	var digits strings.Builder
	for d := range 10 {
		digits.WriteString(onlyDigits(sample(f, string(rune('0'+d)), "EUR")))
	}
	if digits.String() != "0123456789" {
		s.digits = digits.String()
	}
	five := s.digit('5')
	plus, _, _ := strings.Cut(sample(f, "5", "EUR"), five)
	minus, _, _ := strings.Cut(sample(f, "-5", "EUR"), five)
	s.minus = written(strings.TrimSuffix(minus, plus))
	s.decimal = between(sample(f, "5.5", "EUR"), five)
	runs := strings.FieldsFunc(sample(f, "5555555555555", "EUR"), func(r rune) bool { return string(r) != five })
	if len(runs) < 2 {
		return s
	}
	s.first = utf8.RuneCountInString(runs[len(runs)-1])
	s.others = utf8.RuneCountInString(runs[len(runs)-2])
	s.group = between(sample(f, "5555555555555", "EUR"), five)
	s.least = s.first + 1
	for !strings.Contains(sample(f, strings.Repeat("5", s.least), "EUR"), s.group) {
		s.least++
	}
	return s
}

// onlyDigits drops the marks of direction that right-to-left languages have around
// their numbers.
func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// between is what stands between the first two runs of a digit.
func between(text, digit string) string {
	_, text, _ = strings.Cut(text, digit)
	for strings.HasPrefix(text, digit) {
		text = text[len(digit):]
	}
	sep, _, _ := strings.Cut(text, digit)
	return sep
}

func learnAffix(k affixKey) affix {
	f, s := formatter(k.locale), shapes.get(k.locale, learnShape)
	var a affix
	a.prefix, a.suffix, _ = strings.Cut(sample(f, "5", k.cur.Code()), s.digit('5'))
	a.minusPrefix, a.minusSuffix, _ = strings.Cut(sample(f, "-5", k.cur.Code()), s.digit('5'))
	a.minusPrefix, a.minusSuffix = written(a.minusPrefix), written(a.minusSuffix)
	return a
}

// written is the sign of a negative number as it is read: a minus, where the data of most languages have the hyphen
// that keyboards have instead of one.
func written(sign string) string { return strings.ReplaceAll(sign, "-", "\u2212") }

// digit is how the locale writes an ASCII digit.
func (s *shape) digit(d byte) string {
	if s.digits == "" {
		return string(rune(d))
	}
	return string([]rune(s.digits)[d-'0'])
}

// append writes a number without sign, given as plain text.
func (s *shape) append(b []byte, plain string, grouped bool) []byte {
	whole, fraction, point := strings.Cut(plain, ".")
	grouped = grouped && s.first > 0 && len(whole) >= s.least
	for i := range len(whole) {
		if left := len(whole) - i; grouped && i > 0 && left >= s.first && (left-s.first)%s.others == 0 {
			b = append(b, s.group...)
		}
		b = s.appendDigit(b, whole[i])
	}
	if point {
		b = append(b, s.decimal...)
		for i := range len(fraction) {
			b = s.appendDigit(b, fraction[i])
		}
	}
	return b
}

func (s *shape) appendDigit(b []byte, d byte) []byte {
	if s.digits == "" {
		return append(b, d)
	}
	return append(b, s.digit(d)...)
}

// trimmed is n as plain text without trailing zeros beyond the least decimals.
func trimmed(n decimal.Decimal, least int32) string {
	return money.New(n, money.Currency{}).Fixed(least)
}
