package profile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
)

func num(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func public(code profile.Code) profile.Profile {
	return profile.Profile{Code: code, Kind: profile.KindPublic, Names: i18n.Text{"en": string(code)}, Active: true}
}

func private(code profile.Code) profile.Profile {
	p := public(code)
	p.Kind = profile.KindPrivate
	return p
}

func TestBook_Find(t *testing.T) {
	off := public("off")
	off.Active = false
	book := profile.Book{Choose: profile.OnEntry, Profiles: []profile.Profile{public("export"), private("trade"), off}}
	for code, want := range map[profile.Code]profile.Code{
		"": profile.Anonymous, "export": "export", "trade": "trade", "off": profile.Anonymous, "removed": profile.Anonymous,
	} {
		if got := book.Find(code).Code; got != want {
			t.Errorf("PROF-08 %q is %q, want %q", code, got, want)
		}
	}
	if _, ok := book.FindPublic("trade"); ok {
		t.Error("PROF-10 a visitor declares himself a reseller")
	}
	if got := len(book.Public()); got != 1 {
		t.Errorf("PROF-09 %d public profiles to choose from", got)
	}
}

func TestBook_Asks(t *testing.T) {
	for _, tt := range []struct {
		name string
		book profile.Book
		want profile.Choose
	}{
		{"PROF-06 never unless decided", profile.Book{Profiles: []profile.Profile{public("a")}}, profile.Never},
		{"PROF-06 on entry", profile.Book{Choose: profile.OnEntry, Profiles: []profile.Profile{public("a")}}, profile.OnEntry},
		{"PROF-06 on first price", profile.Book{Choose: profile.OnPrice, Profiles: []profile.Profile{public("a")}}, profile.OnPrice},
		{"ORD-03 nothing to choose", profile.Book{Choose: profile.OnEntry, Profiles: []profile.Profile{private("a")}}, profile.Never},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.book.Asks(); got != tt.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestProfile(t *testing.T) {
	p := profile.Profile{Payments: []string{"card"}, BillTo: []string{"FR"}, SendTo: []string{profile.Union, "CH"}, Goods: pricing.Net}
	if !p.Pays("card") || p.Pays("cheque") || !p.Receives("anything") {
		t.Error("PROF-01 modes")
	}
	if !p.Bills("FR") || p.Bills("DE") || !p.Sends("DE") || !p.Sends("CH") || p.Sends("US") {
		t.Error("PROF-01 countries")
	}
	shop := pricing.View{Goods: pricing.Gross, Shipping: pricing.Gross}
	if diff := cmp.Diff(pricing.View{Goods: pricing.Net, Shipping: pricing.Gross}, p.View(shop)); diff != "" {
		t.Errorf("PROF-03, PROF-04: %s", diff)
	}
}

// off is a discount of a tenth on everything.
type off struct{}

func (off) Key() string { return "off" }

func (off) Apply(s *pricing.Sheet) error {
	s.DiscountRate(s.Lines(nil), money.MustRate("10"), "off", pricing.Because("price.rebate", nil))
	return nil
}

func TestGate(t *testing.T) {
	eur := func(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }
	minimum := func(side pricing.Side, listed bool) profile.Profile {
		p := public("trade")
		p.Minimum = profile.Minimum{Amount: num("50"), Side: side, Listed: listed}
		return p
	}
	abroad := public("france")
	abroad.SendTo = []string{"FR"}
	for _, tt := range []struct {
		name    string
		profile profile.Profile
		price   string
		country string
		want    string
		sees    pricing.Side
	}{
		{"PROF-02 a cent short", minimum(pricing.Net, true), "49.99", "", "profile.minimum_net 0.01", pricing.Gross},
		{"PROF-02 just enough", minimum(pricing.Net, true), "50.00", "", "", pricing.Gross},
		{"PROF-02 after discounts", minimum(pricing.Net, false), "50.00", "", "profile.minimum_net_reduced 5.00", pricing.Gross},
		{"PROF-02 on the other side", minimum(pricing.Gross, true), "49.99", "", "profile.minimum_gross 0.01", pricing.Gross},
		{"PROF-02 with tax, to who sees none", minimum(pricing.Gross, true), "49.99", "", "profile.minimum_taxed 0.01", pricing.Net},
		{"PROF-02 with tax after discounts, to who sees none", minimum(pricing.Gross, false), "50.00", "", "profile.minimum_taxed_reduced 5.00", pricing.Net},
		{"PROF-09 another country than declared", abroad, "10.00", "DE", "profile.send_to", pricing.Gross},
		{"PROF-09 nobody has said where", abroad, "10.00", "", "", pricing.Gross},
		{"PROF-09 at home", abroad, "10.00", "FR", "", pricing.Gross},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := pricing.Basket{Currency: money.EUR, View: pricing.View{Goods: tt.sees}, At: time.Now(), Destination: pricing.Destination{Country: tt.country},
				Lines: []pricing.Line{{ID: "1", SKU: "A", Qty: 1, Physical: true, Unit: pricing.Price{Amount: eur(tt.price)}}}}
			p := &tt.profile
			priced, err := pricing.Pipeline{pricing.Shelf{}, profile.Gate{Profile: p}, off{}, profile.Gate{Profile: p, Discounted: true}}.Price(b)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, r := range priced.Blocked() {
				got += r.Reason.Key
				if missing, ok := r.Reason.Args["missing"].(money.Amount); ok {
					got += " " + missing.String()
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBook_Check(t *testing.T) {
	bare := public("x")
	bare.Names = nil
	nowhere := public("x")
	nowhere.SendTo = []string{"Atlantis"}
	negative := public("x")
	negative.Minimum.Amount = num("-1")
	fine := public("x")
	fine.Minimum.Amount = num("0.00001")
	shut := profile.Profile{Code: profile.Anonymous, Kind: profile.KindAnonymous}
	sideways := public("x")
	sideways.Goods = "sideways"
	for _, tt := range []struct {
		name  string
		book  profile.Book
		field string
	}{
		{"two of one code", profile.Book{Profiles: []profile.Profile{public("x"), private("x")}}, "profiles.1.code"},
		{"a code nobody can type", profile.Book{Profiles: []profile.Profile{public("Ü x")}}, "profiles.0.code"},
		{"a second anonymous", profile.Book{Profiles: []profile.Profile{public(profile.Anonymous)}}, "profiles.0.code"},
		{"the anonymous switched off", profile.Book{Profiles: []profile.Profile{shut}}, "profiles.0.active"},
		{"no name", profile.Book{Profiles: []profile.Profile{bare}}, "profiles.0.names"},
		{"an unknown country", profile.Book{Profiles: []profile.Profile{nowhere}}, "profiles.0.send_to"},
		{"a negative minimum", profile.Book{Profiles: []profile.Profile{negative}}, "profiles.0.minimum.amount"},
		{"five decimals", profile.Book{Profiles: []profile.Profile{fine}}, "profiles.0.minimum.amount"},
		{"a side there is not", profile.Book{Profiles: []profile.Profile{sideways}}, "profiles.0.goods"},
		{"an unknown moment", profile.Book{Choose: "sometimes"}, "choose"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fields := fault.FieldsOf(tt.book.Check())
			if len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("got %v, want %s", fields, tt.field)
			}
		})
	}
	if err := (profile.Book{Profiles: []profile.Profile{public("a"), private("b-2")}}).Check(); err != nil {
		t.Error(err)
	}
}

// LANG-01
func TestLocales(t *testing.T) {
	catalog := i18ntest.Complete(t, profile.Locales, "locales")
	for _, key := range catalog.Keys(i18n.English) {
		if !strings.HasPrefix(key, "profile.") {
			t.Errorf("%q is not of this package", key)
		}
	}
}
