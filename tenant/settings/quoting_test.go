package settings_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/settings"
)

// QUO-03: what may stand before the number of a quote, and for how long prices may be promised.
func TestQuoting_Check(t *testing.T) {
	t.Parallel()
	if err := settings.Defaults().Quoting.Check(); err != nil {
		t.Errorf("a shop that decided nothing: %v", err)
	}
	for _, tt := range []struct {
		doc  settings.Quoting
		want string // the refused field
	}{
		{settings.Quoting{Prefix: "", Days: 1}, ""},
		{settings.Quoting{Prefix: "DEV-2026-", Days: 365}, ""},
		{settings.Quoting{Prefix: "é", Days: 30}, ""},
		{settings.Quoting{Prefix: "2026", Days: 30}, "prefix"},
		{settings.Quoting{Prefix: "D 1-", Days: 30}, "prefix"},
		{settings.Quoting{Prefix: "../", Days: 30}, "prefix"},
		{settings.Quoting{Prefix: "longer-than-12", Days: 30}, "prefix"},
		{settings.Quoting{Prefix: "D-", Days: 0}, "days"},
		{settings.Quoting{Prefix: "D-", Days: 366}, "days"},
	} {
		var got string
		if f := fault.FieldsOf(tt.doc.Check()); len(f) > 0 {
			got = f[0].Name
		}
		if got != tt.want {
			t.Errorf("%+v: refused %q, want %q", tt.doc, got, tt.want)
		}
	}
}

// QUO-03: two quotes have two numbers, whatever stood before them.
func TestQuoting_unique(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (settings.Quoting, int) {
			d := settings.Quoting{Prefix: rapid.StringMatching(`[D1._-]{0,3}[D1]`).Draw(t, name), Days: 30}
			return d, rapid.IntRange(1, 12000).Draw(t, name+" n")
		}
		a, n := draw("a")
		b, m := draw("b")
		if a.Check() != nil || b.Check() != nil {
			return
		}
		if a.Prefix+strconv.Itoa(n) == b.Prefix+strconv.Itoa(m) && (a != b || n != m) {
			t.Errorf("%q with %d and %q with %d are the same", a.Prefix, n, b.Prefix, m)
		}
	})
}
