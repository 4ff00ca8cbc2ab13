package checkout_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
)

// lettered is a mug in two colours that must have a print.
func lettered() *catalog.Product {
	p := engraved()
	p.Code = "mug"
	p.Extras[0].Required = true
	p.Options = []catalog.Option{{Code: "colour", Name: i18n.Text{"fr": "Couleur"}, Values: []catalog.OptionValue{
		{Code: "red", Name: i18n.Text{"fr": "Rouge"}}, {Code: "blue", Name: i18n.Text{"fr": "Bleu"}}, {Code: "green", Name: i18n.Text{"fr": "Vert"}}}}}
	p.Variants[0].SKU, p.Variants[0].Options = "MUG-R", map[string]string{"colour": "red"}
	blue := p.Variants[0]
	blue.SKU, blue.Options, blue.Price = "MUG-B", map[string]string{"colour": "blue"}, dec("18")
	p.Variants = append(p.Variants, blue)
	return p
}

// QUO-03, ART-08: whatever there is to choose of an article is asked before it stands on a quote.
func TestQuote_Choose(t *testing.T) {
	t.Parallel()
	s, _, _, a := asked(t)
	s.Sell(lettered())
	add := func(code string, chosen *checkout.Chosen) (*quote.Quote, error) {
		e := s.Edit(a.Quote.ID)
		e.Add, e.Chosen = code, chosen
		return s.Desk.SaveQuote(t.Context(), s.Shop, checkouttest.Clerk, a.Quote.ID, e)
	}
	type values = map[string]string
	for _, tt := range []struct {
		name, code string
		chosen     *checkout.Chosen
		field, key string
	}{
		{"a code with questions", "mug", nil, "add", quote.ErrChoose.Key()},
		{"a SKU with an extra", "MUG-R", nil, "add", quote.ErrChoose.Key()},
		{"no colour", "mug", &checkout.Chosen{Extras: values{"engraving": "name"}}, "option.colour", "form.required"},
		{"no print", "mug", &checkout.Chosen{Options: values{"colour": "red"}}, "extra.engraving", "form.required"},
		{"a print nobody offers", "MUG-R", &checkout.Chosen{Extras: values{"engraving": "photo"}}, "extra.engraving", "cart.choice_gone"},
		{"a colour it is not made in", "mug", &checkout.Chosen{Options: values{"colour": "green"}, Extras: values{"engraving": "name"}}, "add", quote.ErrCombination.Key()},
	} {
		t.Run("QUO-03 "+tt.name, func(t *testing.T) {
			_, err := add(tt.code, tt.chosen)
			if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != tt.field || f[0].Key != tt.key {
				t.Errorf("%v: %+v", err, f)
			}
		})
	}
	for code, want := range map[string]int{"MUG": 1, "mug-b": 0} {
		c, err := s.Desk.QuoteChoice(t.Context(), s.Shop, code, i18n.French)
		if err != nil || c == nil || c.Name != "Mug" || len(c.Extras) != 1 || len(c.Options) != want {
			t.Errorf("to choose of %s: %+v, %v", code, c, err)
		}
	}
	for _, code := range []string{"Lamp", "nope"} {
		if c, err := s.Desk.QuoteChoice(t.Context(), s.Shop, code, i18n.French); err != nil || c != nil {
			t.Errorf("to choose of %s: %+v, %v", code, c, err)
		}
	}
	chosen := &checkout.Chosen{Options: values{"colour": "blue"}, Extras: values{"engraving": "name"}}
	q, err := add("mug", chosen)
	must(t, err)
	q, err = add("MUG-B", chosen)
	must(t, err)
	l := q.Draft.Lines[len(q.Draft.Lines)-1]
	if len(q.Draft.Lines) != 2 || l.SKU != "MUG-B" || l.Qty != 2 || l.Extras["engraving"] != "name" || l.Unit.Amount.String() != "20.00" { // 18 + 6 with tax
		t.Errorf("ART-08: %+v", l)
	}
}

// QUO-03: the shop decides what stands before the number and how long an offer holds; what is there stays.
func TestQuote_Quoting(t *testing.T) {
	t.Parallel()
	s, b, _, a := asked(t)
	s.Offer(a.Quote.ID, nil)
	until := s.Quote(a.Quote.ID).Sent.Until
	if want := s.Today().AddDate(0, 0, 30); !until.Equal(want) {
		t.Errorf("until %s, want %s", until, want)
	}
	must(t, settings.Save(t.Context(), s.Shop, checkouttest.Clerk, settings.Quoting{Prefix: "DEV2026-", Days: 10}, 0))
	b.Key = "another page"
	next, err := b.Ask("")
	must(t, err)
	s.Offer(next.Quote.ID, nil)
	if q := s.Quote(next.Quote.ID); q.Number != "DEV2026-1002" || !q.Sent.Until.Equal(s.Today().AddDate(0, 0, 10)) {
		t.Errorf("%s until %s", q.Number, q.Sent.Until)
	}
	if q := s.Quote(a.Quote.ID); q.Number != "D-1001" || !q.Sent.Until.Equal(until) {
		t.Errorf("the old one: %s until %s", q.Number, q.Sent.Until)
	}
	_, err = s.Desk.BeginQuote(t.Context(), s.Shop, checkouttest.Clerk, checkout.QuoteFor{Name: "Max"})
	if err == nil {
		t.Error("a quote for nobody")
	}
	last, err := s.Desk.BeginQuote(t.Context(), s.Shop, checkouttest.Clerk, checkout.QuoteFor{Name: "Max", Email: "max@example.org"})
	must(t, err)
	if last.Number != "DEV2026-1003" {
		t.Errorf("a refusal left a gap: %s", last.Number)
	}
}

// QUO-03: what sending costs was agreed, so it is in the sum before anybody has said where to.
func TestQuote_CarriageInTotal(t *testing.T) {
	t.Parallel()
	s, _, _, a := asked(t)
	s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) { e.Carriage, e.Cost = s.ShippingOf("Colissimo"), dec("5") })
	q := s.Quote(a.Quote.ID)
	if q.Choices.Country != "" {
		t.Fatalf("goes to %s", q.Choices.Country)
	}
	if sent := q.Sent.Priced.Totals.Shipping.Gross; sent.String() != "6.00" {
		t.Errorf("sending costs %s in the offer", sent)
	}
	shown, err := s.Desk.ShowQuote(t.Context(), s.Shop, a.Link)
	must(t, err)
	if shown.Later() || !slices.ContainsFunc(shown.Totals, func(l bill.Total) bool { return l.Kind == "shipping" && l.Amount.String() == "5.00" }) {
		t.Errorf("the customer is shown %+v", shown.Totals)
	}
}

// QUO-03: what was refused or is over is begun anew, at the prices of the day.
func TestQuote_Renew(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		end  func(*testing.T, *checkouttest.Stage, *checkout.AskedQuote)
		was  quote.State
	}{
		{"expired", func(_ *testing.T, s *checkouttest.Stage, _ *checkout.AskedQuote) { s.Pass(31 * 24 * time.Hour) }, quote.Expired},
		{"refused", func(t *testing.T, s *checkouttest.Stage, a *checkout.AskedQuote) {
			must(t, s.Desk.RefuseQuote(t.Context(), s.Shop, checkout.Visitor{}, a.Link, 1, ""))
		}, quote.Refused},
	} {
		t.Run("QUO-03 "+tt.name, func(t *testing.T) {
			s, _, lamp, a := asked(t)
			s.Stock("Chair", "90.00", 3)
			s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) {
				e.Lines[0].Unit, e.Add, e.Remark = dec("33"), "Chair", "Merci"
				e.Carriage, e.Cost = s.ShippingOf("Colissimo"), dec("1")
			})
			tt.end(t, s, a)
			reprice(t, s, lamp, "72.00")
			s.Write(func(tx tenant.Tx) error {
				tx.Touch()
				return tx.DB().Exec("update variants set active = false where sku = 'Chair'").Error
			})
			made, left, err := s.Desk.RenewQuote(t.Context(), s.Shop, checkouttest.Clerk, a.Quote.ID)
			must(t, err)
			q := s.Quote(made.ID)
			if q.State != quote.Draft || q.Number != "D-1002" || q.Email != "zoe@example.org" || q.Draft.Remark != "Merci" || q.Draft.Carriage != nil {
				t.Errorf("%+v", q)
			}
			if l := q.Draft.Lines; len(l) != 1 || l[0].Qty != 3 || l[0].Unit.Amount.String() != "60.00" || l[0].Proposed.Amount.String() != "60.00" {
				t.Errorf("%+v", l)
			}
			if len(left) != 1 || left[0] != "Chair" {
				t.Errorf("left out: %v", left)
			}
			if old := s.Quote(a.Quote.ID); old.State != tt.was || old.Draft.Lines[0].Unit.Amount.String() != "33.00" {
				t.Errorf("the old one: %s at %s", old.State, old.Draft.Lines[0].Unit.Amount)
			}
		})
	}
	t.Run("QUO-03 nothing of it is left, and whoever it is, is told by an error", func(t *testing.T) {
		s, _, _, a := asked(t)
		s.Write(func(tx tenant.Tx) error {
			tx.Touch()
			return tx.DB().Exec("update variants set active = false").Error
		})
		made, left, err := s.Desk.RenewQuote(t.Context(), s.Shop, checkouttest.Clerk, a.Quote.ID)
		must(t, err)
		if len(made.Draft.Lines) != 0 || len(left) != 1 {
			t.Errorf("%+v, left out %v", made.Draft, left)
		}
		if _, _, err := s.Desk.RenewQuote(t.Context(), s.Shop, checkouttest.Clerk, quote.ID{}); !errors.Is(err, quote.ErrUnknown) {
			t.Errorf("a quote that is not there: %v", err)
		}
	})
}
