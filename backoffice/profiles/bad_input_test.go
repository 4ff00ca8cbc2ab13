package profiles_test

import (
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant/profile"
)

// Bad input: the smallest order of a profile, by language; one that cannot be meant is refused beside its field, and
// what was typed with it stays.
func TestBadInput_Minimum(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.keep(t, made("trade", profile.KindPrivate))
	b := o.Browser(t)
	for _, tt := range []struct{ language, typed, want string }{
		{"fr", "1 234,56", "1234.56"}, {"en", "1,234.57", "1234.57"}, {"es", "1.234,58", "1234.58"}, {"de", "1.234,59", "1234.59"},
		{"en", "-1", ""}, {"en", "1e3", ""}, {"en", "99999999999999999", ""}, {"en", "1.23456", ""}, {"en", "much", ""},
	} {
		t.Run("Bad input: "+tt.language+" "+tt.typed, func(t *testing.T) {
			b := b.In(t)
			b.Get(at("profiles/trade?lang=" + tt.language))
			b.Submit("main form", webtest.Values{"minimum.amount": tt.typed, "texts.fr": "Pour " + tt.typed})
			if tt.want == "" {
				b.WantStatus(422).WantClean().Want(`input[name="minimum.amount"][aria-invalid]`)
				if b.Value(`input[name="minimum.amount"]`) != tt.typed || b.Value(`[name="texts.fr"]`) != "Pour "+tt.typed {
					t.Errorf("what was typed is lost: %q", b.Value(`[name="texts.fr"]`))
				}
				return
			}
			b.WantStatus(200)
			if got := o.find(t, "trade").Minimum.Amount.String(); got != tt.want {
				t.Errorf("stored %s", got)
			}
		})
	}
	if got := o.find(t, "trade").Minimum.Amount.String(); got != "1234.59" {
		t.Errorf("something refused was stored: %s", got)
	}
}
