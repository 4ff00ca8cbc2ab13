package zones_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/backoffice/desk/zones"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/shipping"
)

// SHP-02: zones are read as they were typed, spare rows left out, and written back in the same places.
func TestRead(t *testing.T) {
	t.Parallel()
	sent := url.Values{"zones.0.country": {""}, "zones.2.country": {"FR"}, "rev": {"3"}}
	got := zones.Read(sent, "zones", []zones.Row{
		{}, {Country: "FR", Postcodes: "20*, 75001..75020", Except: "97*"}, {Country: "ES", Regions: "Illes Balears, Atlantis"}, {Postcodes: "1"},
	})
	want := []shipping.Zone{
		{Country: "FR", Postcodes: []string{"20*", "75001..75020"}, Except: []string{"97*"}}, {Country: "ES", Regions: []string{"PM", "Atlantis"}},
		{Postcodes: []string{"1"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	again := url.Values{"rev": {"3"}}
	zones.Put(again, "zones", want)
	if diff := cmp.Diff(again, sent); diff != "" {
		t.Error(diff)
	}
}

func TestField(t *testing.T) {
	t.Parallel()
	for refused, want := range map[string]string{"zones": "mode-zones", "zones.1.country": "mode-zones.1.country", "zones.1.except.0": "mode-zones.1.except"} {
		if got := zones.Field("mode-zones", refused); got != want {
			t.Errorf("%s is told at %s", refused, got)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	words, err := ui.Words(shipping.Locales)
	if err != nil {
		t.Fatal(err)
	}
	v := ui.View{Locale: i18n.English, Words: words}
	for _, c := range []struct {
		zones []shipping.Zone
		want  string
	}{
		{nil, "Everywhere"}, {[]shipping.Zone{{Country: "*"}}, "Everywhere"},
		{[]shipping.Zone{{Country: "EU"}, {Country: "ES", Regions: []string{"PM"}}}, "European Union, Spain (Illes Balears)"},
		{[]shipping.Zone{{Country: "DE", Postcodes: []string{"10115"}, Except: []string{"10117", "10117"}}}, "Germany (10115, except 10117)"},
	} {
		if got := zones.Names(v, c.zones); got != c.want {
			t.Errorf("%v is called %q, want %q", c.zones, got, c.want)
		}
	}
}

// SHP-02: what is left out of one zone is not taken for the next one, in any language.
func TestNames_Except(t *testing.T) {
	t.Parallel()
	words, err := ui.Words(shipping.Locales)
	if err != nil {
		t.Fatal(err)
	}
	list := []shipping.Zone{{Country: "FR", Except: []string{"20*"}}, {Country: "MC"}}
	for locale, want := range map[i18n.Locale]string{
		"fr": "France (sauf Corse), Monaco", "en": "France (except Corsica), Monaco",
		"es": "Francia (salvo Córcega), Mónaco", "de": "Frankreich (außer Korsika), Monaco",
	} {
		if got := zones.Names(ui.View{Locale: locale, Words: words}, list); got != want {
			t.Errorf("%s: %q, want %q", locale, got, want)
		}
	}
}
