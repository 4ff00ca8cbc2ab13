package i18n_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

func files(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for locale, text := range texts {
		fsys["locales/"+locale+".json"] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func load(t testing.TB, texts map[string]string) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load(files(texts), "locales")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func ExampleCatalog_T() {
	c, err := i18n.Load(files(map[string]string{
		"fr": `{"cart.lines.one": "{n} article pour {buyer}", "cart.lines.other": "{n} articles pour {buyer}"}`,
	}), "locales")
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(c.T("fr", "cart.lines", map[string]any{"n": 1, "buyer": "Ann"}))
	fmt.Println(c.T("fr-CA", "cart.lines", map[string]any{"n": 3, "buyer": "Ann"}))
	// Output:
	// 1 article pour Ann
	// 3 articles pour Ann
}

func TestBase_Complete(t *testing.T) {
	i18ntest.Complete(t, os.DirFS("."), "locales")
	keys := []string{
		fault.InvalidKey, "state.refused", "form.required", "form.too_long", "form.email",
		"address.postcode", "money.currency", i18n.ErrLocale.Key(), i18n.ErrNumber.Key(),
	}
	for _, k := range fault.Kinds() {
		keys = append(keys, k.Key())
	}
	i18ntest.Used(t, i18n.Base(), keys...)
}

func TestT_Fallback(t *testing.T) {
	c := load(t, map[string]string{
		"en": `{"a": "a-en", "b": "b-en", "hello": "Hello {name}", "sum": "{n} and {who}"}`,
		"fr": `{"a": "a-fr", "reason.other": "autre"}`,
	})
	tests := []struct {
		locale i18n.Locale
		key    string
		args   map[string]any
		want   string
	}{
		{"fr", "a", nil, "a-fr"},
		{"fr-CA", "a", nil, "a-fr"},
		{"fr", "b", nil, "b-en"},
		{"xx", "a", nil, "a-en"},
		{"", "a", nil, "a-en"},
		{"fr", "no.such.key", nil, "no.such.key"},
		{"fr", "reason.other", nil, "autre"},
		{"fr", "hello", map[string]any{"name": "<Ann>"}, "Hello <Ann>"},
		{"en", "hello", nil, "Hello {name}"},
		{"en", "sum", map[string]any{"n": 1234567, "who": i18n.Key("a")}, "1,234,567 and a-en"},
		{"en", "sum", map[string]any{"n": int64(12), "who": i18n.Text{"de": "Wir"}}, "12 and Wir"},
		{"en", "sum", map[string]any{"n": decimal.New(15, -1), "who": 2.5}, "1.5 and 2.5"},
	}
	for _, tt := range tests {
		if got := c.T(tt.locale, tt.key, tt.args); got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.locale, tt.key, got, tt.want)
		}
	}
}

func TestT_Plurals(t *testing.T) {
	forms := `{"x.one": "one", "x.few": "few", "x.many": "many", "x.other": "other"}`
	c := load(t, map[string]string{"fr": forms, "en": forms, "es": forms, "de": forms, "pl": forms, "ja": forms})
	tests := []struct {
		locale i18n.Locale
		counts map[string]string
	}{
		{"en", map[string]string{"0": "other", "1": "one", "-1": "one", "1.0": "other", "2": "other"}},
		{"de", map[string]string{"0": "other", "1": "one", "1.5": "other"}},
		{"es", map[string]string{"0": "other", "1": "one", "1.0": "one", "2": "other"}},
		{"fr", map[string]string{"0": "one", "1": "one", "1.5": "one", "2": "other", "1000000": "other"}},
		{"pl", map[string]string{"1": "one", "2": "few", "5": "many", "12": "many", "22": "few", "1.5": "other", "1000000": "many"}},
		{"ja", map[string]string{"1": "other"}},
	}
	for _, tt := range tests {
		for count, want := range tt.counts {
			n := decimal.RequireFromString(count)
			if got := c.T(tt.locale, "x", map[string]any{"n": n}); got != want {
				t.Errorf("%s %s: got %s, want %s", tt.locale, count, got, want)
			}
		}
	}
	// What a message carries over to the next page is text.
	for count, want := range map[string]string{"1": "one", "2": "other", "1.0": "other", "a lot": "other", "": "other"} {
		if got := c.T("en", "x", map[string]any{"n": count}); got != want {
			t.Errorf("the text %q: got %s, want %s", count, got, want)
		}
	}
	if got := c.T("en", "x", nil); got != "other" {
		t.Errorf("without a count: %s", got)
	}
}

func TestLoad_RefusesWhatIsMalformed(t *testing.T) {
	for name, texts := range map[string]map[string]string{
		"no language": {},
		"no tag":      {"not a tag": `{}`},
		"no JSON":     {"fr": `{`},
		"nested":      {"fr": `{"a": {"b": "c"}}`},
		"open brace":  {"fr": `{"a": "{name"}`},
		"stray brace": {"fr": `{"a": "name}"}`},
		"bad name":    {"fr": `{"a": "{Name}"}`},
		"empty name":  {"fr": `{"a": "{}"}`},
	} {
		if c, err := i18n.Load(files(texts), "locales"); err == nil {
			t.Errorf("%s: loaded %v", name, c.Locales())
		}
	}
}

func TestMerge_LaterWins(t *testing.T) {
	c := load(t, map[string]string{"en": `{"a": "1", "b": "1"}`})
	c.Merge(load(t, map[string]string{"en": `{"b": "2"}`, "fr": `{"n.one": "un", "n.other": "des"}`}))
	got := []string{c.T("en", "a", nil), c.T("en", "b", nil), c.T("fr", "n", map[string]any{"n": 1})}
	if diff := cmp.Diff([]string{"1", "2", "un"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestExplain(t *testing.T) {
	c := i18n.Base()
	for _, tt := range []struct {
		err  error
		want string
	}{
		{fault.New(fault.Malformed, "form.too_long").With(fault.Args{"max": 80}), "80 caractères au maximum."},
		{fault.New(fault.Denied, "no.such.key"), c.T("fr", "error.denied", nil)},
		{errors.New("disk on fire"), c.T("fr", "error.internal", nil)},
	} {
		if got := c.Explain("fr", tt.err); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.err, got, tt.want)
		}
	}
}

func TestProblems(t *testing.T) {
	good := `{"a": "{x}", "n.one": "one", "n.other": "{n}"}`
	all := func(fr string) map[string]string {
		return map[string]string{"fr": fr, "en": good, "es": good, "de": good}
	}
	fine := `{"a": "{x}", "n.one": "{n} a", "n.other": "{n} b"}`
	if p := i18ntest.Problems(load(t, all(fine))); len(p) > 0 {
		t.Errorf("nothing is wrong: %v", p)
	}
	for name, tt := range map[string]struct{ fr, want string }{
		"missing":     {`{"n.one": "un", "n.other": "{n}"}`, "fr: a: missing"},
		"empty":       {`{"a": " ", "n.one": "un", "n.other": "{n}"}`, "fr: a: empty"},
		"placeholder": {`{"a": "{y}", "n.one": "un", "n.other": "{n}"}`, "en: a: placeholders [x], in fr [y]"},
		"plural":      {`{"a": "{x}", "n.one": "un"}`, "fr: n.one: plural without n.other"},
		"said of 0":   {`{"a": "{x}", "n.one": "un", "n.other": "{n}"}`, "fr: n.one: stands for 0 too and does not show {n}"},
	} {
		if got := strings.Join(i18ntest.Problems(load(t, all(tt.fr))), "\n"); !strings.Contains(got, tt.want) {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}

func TestText_In(t *testing.T) {
	text := i18n.Text{"fr": "Tasse", "de": "Becher", "it": "Tazza", "es": ""}
	for _, tt := range []struct {
		l        i18n.Locale
		fallback []i18n.Locale
		want     string
	}{
		{"fr", nil, "Tasse"}, {"fr-CA", nil, "Tasse"}, {"es", []i18n.Locale{"pt", "de"}, "Becher"}, {"en", nil, "Tasse"},
	} {
		if got := text.In(tt.l, tt.fallback...); got != tt.want {
			t.Errorf("%s %v: %q, want %q", tt.l, tt.fallback, got, tt.want)
		}
	}
	if got := (i18n.Text{"pt": "Caneca", "it": "Tazza"}).In("en"); got != "Tazza" {
		t.Errorf("only strangers: %q", got)
	}
	if !(i18n.Text{"fr": ""}).IsZero() || text.IsZero() {
		t.Error("IsZero")
	}
}

func TestText_SQL(t *testing.T) {
	text := i18n.Text{"fr": "Tasse"}
	v, err := text.Value()
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range []any{v, []byte(v.(string))} {
		var got i18n.Text
		if err := got.Scan(src); err != nil || !cmp.Equal(got, text) {
			t.Errorf("%T: %v, %v", src, got, err)
		}
	}
	if err := text.Scan(nil); err != nil || text == nil || !text.IsZero() {
		t.Errorf("NULL: %v, %v", text, err)
	}
	for _, bad := range []any{7, "[]", "{"} {
		if err := text.Scan(bad); err == nil {
			t.Errorf("scanned %v", bad)
		}
	}
}

func TestMatch(t *testing.T) {
	offered := []i18n.Locale{"fr", "en", "es", "de"}
	for header, want := range map[string]i18n.Locale{
		"":                                 "fr",
		"de":                               "de",
		"de-AT,de;q=0.9,en;q=0.8":          "de",
		"pt,it;q=0.9,en;q=0.5,de;q=0.4":    "en",
		"en;q=0.2, es;q=0.9":               "es",
		"EN-us":                            "en",
		"*":                                "fr",
		"de;q=0":                           "fr",
		"de;q=NaN,en;q=0.1":                "en",
		"de;q=7,es;q=x":                    "fr",
		strings.Repeat("xx,", 1000) + "de": "fr",
		";;;,,,=":                          "fr",
	} {
		if got := i18n.Match(header, offered); got != want {
			t.Errorf("%.40q: got %s, want %s", header, got, want)
		}
	}
	if got := i18n.Match("fr-CA,fr", []i18n.Locale{"fr-FR", "fr-CA"}); got != "fr-CA" {
		t.Errorf("region: %s", got)
	}
}

func TestParseLocale(t *testing.T) {
	for in, want := range map[string]i18n.Locale{"fr": "fr", "FR_ca": "fr-CA", "de-AT": "de-AT"} {
		if got, err := i18n.ParseLocale(in); got != want || err != nil {
			t.Errorf("%s: %s, %v", in, got, err)
		}
	}
	for _, bad := range []string{"", "und", "not a tag", "../fr", strings.Repeat("fr-", 50)} {
		if got, err := i18n.ParseLocale(bad); !errors.Is(err, i18n.ErrLocale) {
			t.Errorf("%q: %s, %v", bad, got, err)
		}
	}
	for l, want := range map[i18n.Locale]string{"fr": "Français", "en": "English", "es": "Español", "de": "Deutsch"} {
		if got := l.Name(); got != want {
			t.Errorf("%s: %s", l, got)
		}
	}
}

// LANG-01: what is kept with an order says its day in the reader's language.
func TestDateText(t *testing.T) {
	day := i18n.DateText(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC), i18n.Long)
	for l, want := range map[i18n.Locale]string{"fr": "2 mars 2026", "en": "2 March 2026", "es": "2 de marzo de 2026", "de": "2. März 2026"} {
		if day[l] != want {
			t.Errorf("%s: %q, want %q", l, day[l], want)
		}
	}
}

func TestFormatDate(t *testing.T) {
	first, other := time.Date(2026, 3, 1, 9, 5, 0, 0, time.UTC), time.Date(2026, 11, 21, 17, 30, 0, 0, time.UTC)
	for _, tt := range []struct {
		l    i18n.Locale
		t    time.Time
		s    i18n.Style
		want string
	}{
		{"fr", first, i18n.Short, "01/03/2026"}, {"fr", first, i18n.Long, "1er mars 2026"}, {"fr", other, i18n.Medium, "21 nov. 2026"},
		{"fr-BE", other, i18n.Long, "21 novembre 2026"},
		{"en", first, i18n.Short, "2026-03-01"}, {"en", first, i18n.Long, "1 March 2026"}, {"en", other, i18n.Medium, "21 Nov 2026"},
		{"en-US", first, i18n.Short, "03/01/2026"}, {"en-US", other, i18n.Long, "November 21, 2026"},
		{"en-GB", first, i18n.Short, "01/03/2026"},
		{"es", first, i18n.Short, "01/03/2026"}, {"es", other, i18n.Medium, "21 nov 2026"}, {"es", other, i18n.Long, "21 de noviembre de 2026"},
		{"de", first, i18n.Short, "01.03.2026"}, {"de", first, i18n.Medium, "1. März 2026"}, {"de", other, i18n.Long, "21. November 2026"},
		{"ja", other, i18n.Long, "2026-11-21"},
	} {
		if got := i18n.FormatDate(tt.l, tt.t, tt.s); got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.l, tt.s, got, tt.want)
		}
	}
	for l, want := range map[i18n.Locale]string{
		"fr": "21 novembre 2026 à 17:30", "en": "21 November 2026, 17:30", "en-US": "November 21, 2026, 5:30\u202fPM",
	} {
		if got := i18n.FormatDateTime(l, other, i18n.Long); got != want {
			t.Errorf("%s: %q", l, got)
		}
	}
}
