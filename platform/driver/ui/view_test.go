package ui_test

import (
	"net/url"
	"testing"
	"time"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
)

func TestView_With(t *testing.T) {
	v := ui.View{Path: "/orders", Query: url.Values{"q": {"a b"}, "page": {"3"}}}
	tests := []struct {
		name  string
		pairs []string
		want  string
	}{
		{"nothing changed", nil, "/orders?page=3&q=a+b"},
		{"one replaced", []string{"page", "4"}, "/orders?page=4&q=a+b"},
		{"one removed", []string{"page", ""}, "/orders?q=a+b"},
		{"all removed", []string{"page", "", "q", ""}, "/orders"},
		{"escaped", []string{"page", "", "q", "a&b=c"}, "/orders?q=a%26b%3Dc"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := v.With(test.pairs...); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
	if got := v.Query.Encode(); got != "page=3&q=a+b" {
		t.Errorf("the view's own query was changed to %s", got)
	}
}

func TestView_Under(t *testing.T) {
	tests := []struct {
		path, href string
		at, under  bool
	}{
		{"/orders", "/orders", true, true},
		{"/orders/1043", "/orders", false, true},
		{"/orders-old", "/orders", false, false},
		{"/orders", "/", false, false},
		{"/", "/", true, true},
		{"/orders", "/orders?state=open", true, true},
	}
	for _, test := range tests {
		v := ui.View{Path: test.path}
		if got := v.At(test.href); got != test.at {
			t.Errorf("at %s: At(%s) = %v", test.path, test.href, got)
		}
		if got := v.Under(test.href); got != test.under {
			t.Errorf("at %s: Under(%s) = %v", test.path, test.href, got)
		}
	}
}

func TestView_DayTime(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC)
	v := ui.View{Locale: i18n.French, Zone: paris}
	if got := v.Day(at); got != "21 nov. 2026" {
		t.Errorf("in the shop's zone: %s", got)
	}
	v.Zone = nil
	if got := v.Day(at); got != "20 nov. 2026" {
		t.Errorf("without a zone: %s", got)
	}
}

func TestParseScheme(t *testing.T) {
	for text, want := range map[string]ui.Scheme{"dark": ui.SchemeDark, "light": ui.SchemeLight, "": ui.SchemeAuto, "<script>": ui.SchemeAuto} {
		if got := ui.ParseScheme(text); got != want {
			t.Errorf("%q is %q", text, got)
		}
	}
}

func TestUser_Initials(t *testing.T) {
	for name, want := range map[string]string{"Lucie Marchand": "LM", "élodie": "É", "Jean-Baptiste de la Salle": "JS", "": "?", "…": "?"} {
		if got := (ui.User{Name: name}).Initials(); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
