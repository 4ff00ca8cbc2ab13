package checkout_test

import (
	"errors"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

const trade profile.Code = "trade"

// resellers is the stage of PROF-07: who is anonymous pays by card and lives in France; resellers see
// prices without tax, pay as they like and live anywhere in the Union.
func resellers(t *testing.T) (*checkouttest.Stage, stock.VariantID) {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Ship("Palette", "flat", form.Values{"fee": form.TextValue("60")})
	keepProfiles(t, s, 0,
		profile.Profile{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true, BillTo: []string{"FR"}, SendTo: []string{"FR"},
			Payments: []string{s.ModeOf("card").String()}, Carriages: []string{s.ShippingOf("Colissimo")}},
		profile.Profile{Code: trade, Kind: profile.KindPrivate, Active: true, Names: i18n.Text{"fr": "Revendeurs"},
			Goods: pricing.Net, SendTo: []string{profile.Union}, BillTo: []string{profile.Union},
			Minimum: profile.Minimum{Amount: decimal.NewFromInt(50), Side: pricing.Net}},
	)
	return s, s.Stock("Lamp", "60.00", 100) // 50.00 net
}

func keepProfiles(t *testing.T, s *checkouttest.Stage, rev int, list ...profile.Profile) {
	t.Helper()
	if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, settings.Profiles{Profiles: list}, rev); err != nil {
		t.Fatal(err)
	}
}

func TestProfile_Offers(t *testing.T) {
	t.Parallel()
	s, lamp := resellers(t)
	offers := func(who profile.Code) (ways, carriages int, unit money.Amount) {
		b := s.Guest("a@example.org")
		b.Who.Profile = who
		if err := b.Add(lamp, 1); err != nil {
			t.Fatal(err)
		}
		sheet, err := b.Prepare()
		if err != nil {
			t.Fatal(err)
		}
		line := sheet.Cart.Priced.Lines[0]
		return len(sheet.Payment), len(sheet.Shipping), line.Unit.In(sheet.Cart.Priced.View.Goods)
	}
	ways, carriages, unit := offers("")
	if ways != 1 || carriages != 1 || unit.String() != "60.00" {
		t.Errorf("PROF-07 an occasional customer: %d ways to pay, %d to send, at %s", ways, carriages, unit)
	}
	ways, carriages, unit = offers(trade)
	if ways != 4 || carriages != 2 || unit.String() != "50.00" {
		t.Errorf("PROF-07 a reseller: %d ways to pay, %d to send, at %s", ways, carriages, unit)
	}
}

// TestProfile_Refused sends what no page offered: the server refuses it all the same.
func TestProfile_Refused(t *testing.T) {
	t.Parallel()
	s, lamp := resellers(t)
	for _, tt := range []struct {
		name    string
		who     profile.Code
		mode    string
		change  func(*checkout.PlaceOrder)
		refused string
		field   string
	}{
		{"PROF-01 a payment mode that is not his", "", "card", func(o *checkout.PlaceOrder) { o.Draft.Payment = s.ModeOf("cheque").String() },
			payment.ErrMode.Key(), "payment"},
		{"PROF-01 a shipping mode that is not his", "", "card", func(o *checkout.PlaceOrder) {
			o.Draft.Shipping, o.Shown = s.ShippingOf("Palette"), "120.00 EUR"
		}, checkout.ErrShipping.Key(), "shipping"},
		{"PROF-01 a parcel to another country", "", "card", func(o *checkout.PlaceOrder) {
			o.Draft.Delivery.Country, o.Draft.Delivery.Postcode = "DE", "10115"
		}, "checkout.country_sent", "delivery.country"},
		{"PROF-01 a bill to another country", "", "card", func(o *checkout.PlaceOrder) {
			o.Draft.Same, o.Draft.Billing = false, o.Draft.Delivery
			o.Draft.Billing.Country, o.Draft.Billing.Postcode = "DE", "10115"
		}, "checkout.country_billed", "billing.country"},
		{"PROF-01 nothing wrong", "", "card", func(*checkout.PlaceOrder) {}, "", ""},
		{"PROF-01 all of it is a reseller's", trade, "cheque", func(*checkout.PlaceOrder) {}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := s.Guest(tt.name)
			b.Draft.Email, b.Who.Profile = "a@example.org", tt.who
			if err := b.Add(lamp, 1); err != nil {
				t.Fatal(err)
			}
			cmd, err := b.Order(tt.mode)
			if err != nil {
				t.Fatal(err)
			}
			tt.change(&cmd)
			placed, err := b.Send(cmd)
			if tt.refused == "" {
				if err != nil {
					t.Fatal(err)
				}
				want := profile.Anonymous
				if tt.who != "" {
					want = tt.who
				}
				if got := s.Find(placed.Order.ID).Profile; got != string(want) {
					t.Errorf("the order says %q", got)
				}
				return
			}
			fields := fault.FieldsOf(err)
			if len(fields) == 0 || fields[0].Key != tt.refused || fields[0].Name != tt.field {
				t.Errorf("got %v (%v), want %s on %s", fields, err, tt.refused, tt.field)
			}
		})
	}
}

func TestProfile_Minimum(t *testing.T) {
	t.Parallel()
	s, _ := resellers(t)
	cheap := s.Stock("Bulb", "59.98", 5) // 49.98 net
	b := s.Guest("b@example.org")
	b.Who.Profile = trade
	if err := b.Add(cheap, 1); err != nil {
		t.Fatal(err)
	}
	_, err := b.Place("cheque")
	if fault.KeyOf(err) != "profile.minimum_net_reduced" {
		t.Fatalf("PROF-02: got %v", err)
	}
	if missing, _ := fault.ArgsOf(err)["missing"].(money.Amount); missing.String() != "0.02" {
		t.Errorf("PROF-02: %v is missing", missing)
	}
}

// TestProfile_PayAgain: another try to pay is held to the profile as well.
func TestProfile_PayAgain(t *testing.T) {
	t.Parallel()
	s, lamp := resellers(t)
	b := s.Guest("c@example.org")
	if err := b.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place("card")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Desk.PayAgain(t.Context(), s.Shop, checkout.Visitor{}, placed.Link, s.ModeOf("cheque"), checkout.With{}); !errors.Is(err, payment.ErrMode) {
		t.Errorf("PROF-01: paid by cheque after all: %v", err)
	}
	paper, err := s.Desk.Show(t.Context(), s.Shop, placed.Link)
	if err != nil {
		t.Fatal(err)
	}
	if len(paper.Offers) != 1 || paper.Offers[0].ID != s.ModeOf("card") {
		t.Errorf("PROF-01: %d ways are offered", len(paper.Offers))
	}
}

// TestProfile_Deleted: a cart whose profile is gone is anybody's. It keeps its lines, and is ordered as the
// anonymous profile may.
func TestProfile_Deleted(t *testing.T) {
	t.Parallel()
	s, lamp := resellers(t)
	b := s.Guest("d@example.org")
	b.Who.Profile = trade
	if err := b.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	cmd, err := b.Order("cheque")
	if err != nil {
		t.Fatal(err)
	}
	keepProfiles(t, s, 1)
	view, err := s.Carts.Show(t.Context(), s.Shop, cart.Reader{Token: b.Token, Profile: trade, Locale: i18n.French})
	if err != nil {
		t.Fatal(err)
	}
	if len(view.Lines) != 1 || view.Priced.View.Goods != pricing.Gross {
		t.Errorf("the cart has %d lines, shown on the side %s", len(view.Lines), view.Priced.View.Goods)
	}
	placed, err := b.Send(cmd)
	if err != nil {
		t.Fatal(err) // the same sum for anybody: nothing to ask
	}
	if got := s.Find(placed.Order.ID).Profile; got != string(profile.Anonymous) {
		t.Errorf("the order says %q", got)
	}
}

// PROF-01: the form begins with a country the buyer's profile is served in: the shop's own where it is one of them.
func TestProfile_Country(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 10)
	rev := 0
	for _, tt := range []struct {
		name         string
		send, bill   []string
		same         bool
		sent, billed string
	}{
		{"PROF-01 no countries are all countries", nil, nil, true, "FR", "FR"},
		{"PROF-01 the shop's own among others", []string{"BE", "FR"}, nil, true, "FR", "FR"},
		{"PROF-01 the first that is allowed", []string{"CH", "BE"}, nil, true, "CH", "CH"},
		{"PROF-01 the first for parcel and bill alike", []string{"CH", "BE"}, []string{"BE"}, true, "BE", "BE"},
		{"PROF-01 a bill of its own", []string{"CH", "BE"}, []string{"BE"}, false, "CH", "BE"},
		{"PROF-01 no country for both", []string{"CH"}, []string{"BE"}, true, "CH", "BE"},
		{"PROF-01 the Union with the shop in it", []string{profile.Union}, []string{"DE"}, false, "FR", "DE"},
		{"PROF-01 the Union for the parcel, a member for the bill", []string{profile.Union}, []string{"DE"}, true, "DE", "DE"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			keepProfiles(t, s, rev, profile.Profile{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true, SendTo: tt.send, BillTo: tt.bill})
			rev++
			b := s.Guest(tt.name)
			b.Draft = checkout.Draft{Same: tt.same}
			if err := b.Add(mug, 1); err != nil {
				t.Fatal(err)
			}
			sheet, err := b.Prepare()
			if err != nil {
				t.Fatal(err)
			}
			if sent, billed := sheet.Draft.Delivery.Country, sheet.Draft.Billing.Country; sent != tt.sent || billed != tt.billed {
				t.Errorf("sent to %s, billed to %s", sent, billed)
			}
		})
	}
}
