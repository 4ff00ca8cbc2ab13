package i18n

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"echoppe.dev/platform/kit/fault"
)

// ErrLocale refuses a text that is no language tag.
var ErrLocale = fault.New(fault.Malformed, "i18n.locale")

// Locale is a language tag of BCP 47, most often a bare language: "fr", "de",
// now and then with a region: "en-US".
type Locale string

// The languages that the program ships, complete.
const (
	French  Locale = "fr"
	English Locale = "en"
	Spanish Locale = "es"
	German  Locale = "de"
)

// Shipped lists the complete languages.
var Shipped = []Locale{French, English, Spanish, German}

// fallback is the language of last resort.
const fallback = English

// ParseLocale reads a language tag into its canonical form: "FR_ca" is "fr-CA".
// It returns ErrLocale.
func ParseLocale(text string) (Locale, error) {
	const longest = 35 // RFC 5646, section 4.4.1: what every implementation must take
	if text == "" || len(text) > longest {
		return "", ErrLocale.With(fault.Args{"locale": text})
	}
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return "", ErrLocale.With(fault.Args{"locale": text}).Because(err)
	}
	return Locale(tag.String()), nil
}

// Language is the locale without region and script: "fr" for "fr-CA".
func (l Locale) Language() Locale {
	base, _, _ := strings.Cut(string(l), "-")
	return Locale(base)
}

// Name is what the language calls itself, with a capital: "Français".
func (l Locale) Name() string {
	tag, err := language.Parse(string(l))
	if err != nil {
		return string(l)
	}
	name := display.Self.Name(tag)
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// maxPreferences bounds how much of an Accept-Language header is read.
const maxPreferences = 20

// Match picks the offered language that a browser's Accept-Language header likes
// best. A preference for a region is met by the bare language and the other way
// round. With nothing in common it is the first one offered.
func Match(acceptLanguage string, offered []Locale) Locale {
	if len(offered) == 0 {
		return fallback
	}
	best, bestQ := offered[0], 0.0
	for i, part := range strings.SplitN(acceptLanguage, ",", maxPreferences+1) {
		if i == maxPreferences {
			break
		}
		want, q := preference(part)
		if q <= bestQ {
			continue
		}
		if got, ok := find(want, offered); ok {
			best, bestQ = got, q
		}
	}
	return best
}

// preference reads one part of the header, such as "fr-CA;q=0.8".
func preference(part string) (Locale, float64) {
	tag, params, weighted := strings.Cut(part, ";")
	want := Locale(strings.TrimSpace(tag))
	if !weighted {
		return want, 1
	}
	text, ok := strings.CutPrefix(strings.TrimSpace(params), "q=")
	q, err := strconv.ParseFloat(text, 64)
	if valid := q >= 0 && q <= 1; !ok || err != nil || !valid { // NaN is not valid either
		return want, 0
	}
	return want, q
}

func find(want Locale, offered []Locale) (Locale, bool) {
	same := func(o Locale) bool { return strings.EqualFold(string(o), string(want)) }
	related := func(o Locale) bool {
		return strings.EqualFold(string(o.Language()), string(want.Language()))
	}
	for _, test := range []func(Locale) bool{same, related} {
		if i := slices.IndexFunc(offered, test); i >= 0 {
			return offered[i], true
		}
	}
	return "", false
}
