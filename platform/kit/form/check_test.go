package form_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

func ExampleChecker() {
	var c form.Checker
	name := c.Line("name", "  Ann   Lee ", 80)
	c.Required("email", "")
	c.Slug("slug", "Ann's shop")

	fmt.Println(name)
	for _, f := range fault.FieldsOf(c.Err()) {
		fmt.Println(f.Name, "-", i18n.Base().T("fr", f.Key, f.Args))
	}
	// Output:
	// Ann Lee
	// email - Remplissez ce champ.
	// slug - Uniquement des minuscules (a à z), des chiffres et des tirets simples.
}

// wrong maps each refused field to its key.
func wrong(err error) map[string]string {
	m := map[string]string{}
	for _, f := range fault.FieldsOf(err) {
		m[f.Name] = f.Key
	}
	return m
}

func TestKeys_HaveWords(t *testing.T) {
	i18ntest.Used(t, i18n.Base(),
		form.KeyRequired, form.KeyTooLong, form.KeyTooShort, form.KeyText, form.KeyEmail, form.KeySlug, form.KeyURL,
		form.KeyPhone, form.KeyNumber, form.KeyWhole, form.KeyDecimals, form.KeyTooSmall, form.KeyTooLarge,
		form.KeyDate, form.KeyChoice, form.KeyCountry, form.KeyTooMany, form.KeyDifferent)
}

func TestChecker_AllIsWell(t *testing.T) {
	var c form.Checker
	c.Email("email", "")
	c.Phone("phone", "+33 1 23 45 67 89")
	c.URL("url", "https://example.com/a?b=c")
	c.OneOf("sort", "asc", "asc", "desc")
	c.Same("again", "secret", "secret")
	c.Range("n", decimal.NewFromInt(5), decimal.NewFromInt(5), decimal.NewFromInt(5))
	if err := c.Err(); err != nil {
		t.Error(err)
	}
	if err := c.Add("", nil); err != nil {
		t.Error(err)
	}
}

func TestChecker_Refusals(t *testing.T) {
	tests := []struct {
		name  string
		check func(*form.Checker)
		key   string
	}{
		{"required", func(c *form.Checker) { c.Required("f", " \n\u00a0") }, form.KeyRequired},
		{"too long", func(c *form.Checker) { c.Line("f", "ééé", 2) }, form.KeyTooLong},
		{"a megabyte", func(c *form.Checker) { c.Line("f", strings.Repeat("x", 1<<20), 80) }, form.KeyTooLong},
		{"too short", func(c *form.Checker) { c.MinLen("f", "ab", 3) }, form.KeyTooShort},
		{"control", func(c *form.Checker) { c.Line("f", "a\x00b", 80) }, form.KeyText},
		{"broken unicode", func(c *form.Checker) { c.Block("f", "a\xff", 80) }, form.KeyText},
		{"email", func(c *form.Checker) { c.Email("f", "ann@localhost") }, form.KeyEmail},
		{"url without host", func(c *form.Checker) { c.URL("f", "https:///x") }, form.KeyURL},
		{"script url", func(c *form.Checker) { c.URL("f", "javascript:alert(1)") }, form.KeyURL},
		{"url with password", func(c *form.Checker) { c.URL("f", "https://a:b@c.de/") }, form.KeyURL},
		{"phone letters", func(c *form.Checker) { c.Phone("f", "call me") }, form.KeyPhone},
		{"phone too long", func(c *form.Checker) { c.Phone("f", "1234567890123456") }, form.KeyPhone},
		{"choice", func(c *form.Checker) { c.OneOf("f", "up", "asc", "desc") }, form.KeyChoice},
		{"different", func(c *form.Checker) { c.Same("f", "a", "b") }, form.KeyDifferent},
		{"not whole", func(c *form.Checker) { c.Int("f", "1.5", 0, 9) }, form.KeyWhole},
		{"int overflow", func(c *form.Checker) { c.Int("f", "99999999999999999999", 0, math.MaxInt) }, form.KeyWhole},
		{"int small", func(c *form.Checker) { c.Int("f", "-1", 0, 9) }, form.KeyTooSmall},
		{"int large", func(c *form.Checker) { c.Int("f", "10", 0, 9) }, form.KeyTooLarge},
		{"number", func(c *form.Checker) { c.Decimal("f", "fr", "1e5", 2) }, form.KeyNumber},
		{"decimals", func(c *form.Checker) { c.Decimal("f", "fr", "1,234", 2) }, form.KeyDecimals},
		{"no decimals", func(c *form.Checker) { c.Decimal("f", "fr", "1,5", 0) }, form.KeyWhole},
		{"beyond the column", func(c *form.Checker) { c.Decimal("f", "fr", "1000000000000000", 2) }, form.KeyTooLarge},
		{"date", func(c *form.Checker) { c.Date("f", "2026-02-30") }, form.KeyDate},
		{"ancient date", func(c *form.Checker) { c.Date("f", "0001-01-01") }, form.KeyDate},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var c form.Checker
			tt.check(&c)
			if diff := cmp.Diff(map[string]string{"f": tt.key}, wrong(c.Err())); diff != "" {
				t.Error(diff)
			}
			if !c.Failed("f") || c.Failed("g") || !fault.Is(c.Err(), fault.Malformed) {
				t.Errorf("%v", c.Err())
			}
		})
	}
}

func TestChecker_Reads(t *testing.T) {
	var c form.Checker
	if got := c.Block("f", " a\r\nb\r ", 80); got != "a\nb" {
		t.Errorf("block %q", got)
	}
	if got := c.Line("f", "e\u0301", 1); got != "\u00e9" {
		t.Errorf("line %q is not composed", got)
	}
	if got := c.Int("f", " 42 ", 0, 99); got != 42 {
		t.Errorf("int %d", got)
	}
	if got := c.Decimal("f", "fr", "12,50", 2); !got.Equal(decimal.New(125, -1)) {
		t.Errorf("decimal %s", got)
	}
	if got := c.Date("f", "2026-03-05"); got != time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC) {
		t.Errorf("date %s", got)
	}
	if err := c.Err(); err != nil {
		t.Error(err)
	}
}

func TestChecker_AddTakesOverFieldsOnly(t *testing.T) {
	var c form.Checker
	if err := c.Add("billing.", address.Check(address.Address{Country: "FR"})); err != nil {
		t.Fatal(err)
	}
	if got := wrong(c.Err()); got["billing.city"] != form.KeyRequired || len(got) != 4 {
		t.Errorf("got %v", got)
	}
	var d form.Checker
	if err := d.Add("", io.EOF); !errors.Is(err, io.EOF) || d.Err() != nil {
		t.Errorf("an error without fields: %v, %v", err, d.Err())
	}
}

func TestIsEmail(t *testing.T) {
	for _, good := range []string{"ann@example.com", "a.b+c@mail.example.co.uk", "ann@exämple.de", "名@例え.テスト", "o'hara@x-y.fr", "1@2.de"} {
		if !form.IsEmail(good) {
			t.Errorf("%q refused", good)
		}
	}
	for _, bad := range []string{
		"", "@", "ann", "ann@", "@example.com", "ann@example", "ann@@example.com", "a b@example.com", ".ann@example.com",
		"ann.@example.com", "a..b@example.com", "Ann <ann@example.com>", "ann@example.com\nBcc: x@y.de", "ann@-x.com", "ann@x-.com",
		"ann@1.2.3.4", "ann@x..com", "ann@example.com.", strings.Repeat("a", 65) + "@example.com",
		"a@" + strings.Repeat("a.", 130) + "com", "\xff@example.com", "a,b@example.com", `"a"@example.com`,
	} {
		if form.IsEmail(bad) {
			t.Errorf("%q accepted", bad)
		}
	}
}

func TestIsSlug(t *testing.T) {
	for _, good := range []string{"a", "mug", "blue-mug-2"} {
		if !form.IsSlug(good) {
			t.Errorf("%q refused", good)
		}
	}
	// the second letter of "mаg" is Cyrillic
	for _, bad := range []string{"", "-", "-a", "a-", "a--b", "A", "a b", "a/b", "..", "../x", "é", "m\u0430g", strings.Repeat("a", 121)} {
		if form.IsSlug(bad) {
			t.Errorf("%q accepted", bad)
		}
	}
}
