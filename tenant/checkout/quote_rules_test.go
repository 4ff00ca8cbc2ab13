package checkout_test

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/quote"
)

// QUO-03: what was agreed stands against every rule that would change it, and the rest goes on as usual.
func TestQuote_Rules(t *testing.T) {
	t.Parallel()
	t.Run("a shortage blocks it, as it does a cart", func(t *testing.T) {
		s, b, _, a := asked(t)
		version := s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) { e.Lines[0].Qty = 11 })
		cmd, err := b.OrderQuote(a.Link, version, "cheque")
		must(t, err)
		if _, err := b.Send(cmd); !errors.Is(err, checkout.ErrLines) || s.Quote(a.Quote.ID).State != quote.Sent {
			t.Errorf("%v, %s", err, s.Quote(a.Quote.ID).State)
		}
	})
	t.Run("PAY-08 the fee of a payment mode comes on top, as always", func(t *testing.T) {
		s, b, _, a := asked(t)
		s.PayFor("dear", "cheque", map[string][]string{"payee": {"A"}, "address": {"B"}}, payment.Cost{Fee: payment.Share{Fixed: dec("3")}})
		version := s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) { e.Carriage, e.Cost = s.ShippingOf("Colissimo"), dec("0") })
		plain, err := b.OrderQuote(a.Link, version, "cheque")
		must(t, err)
		dear, err := b.OrderQuote(a.Link, version, "dear")
		must(t, err)
		if plain.Shown != "180.00 EUR" || dear.Shown == plain.Shown {
			t.Errorf("%s and %s", plain.Shown, dear.Shown)
		}
	})
	t.Run("without a price for sending, the usual one is asked, where it goes", func(t *testing.T) {
		s, b, _, a := asked(t)
		s.Ship("Palette", "flat", form.Values{"fee": form.TextValue("60")})
		version := s.Offer(a.Quote.ID, nil)
		sheet, err := s.Desk.PrepareQuote(t.Context(), s.Shop, b.Who, a.Link, version, b.Draft)
		must(t, err)
		if len(sheet.Shipping) != 2 || sheet.Total.String() != "180.00" { // free from 100
			t.Errorf("%d ways, %s", len(sheet.Shipping), sheet.Total)
		}
		shown, err := s.Desk.ShowQuote(t.Context(), s.Shop, a.Link)
		must(t, err)
		if !shown.Later() {
			t.Error("it does not say that sending comes on top")
		}
		s.Work()
		for _, letter := range s.Mailbox.To("zoe@example.org") {
			if aside := checkout.Words().T("fr", "checkout.paper.later", nil); !strings.Contains(letter.Text, aside) {
				t.Errorf("neither does the letter %q", letter.Subject)
			}
		}
	})
	t.Run("a way to send that has gone is not replaced by a dearer one", func(t *testing.T) {
		s, b, _, a := asked(t)
		version := s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) { e.Carriage, e.Cost = s.ShippingOf("Colissimo"), dec("1") })
		s.Write(func(tx tenant.Tx) error {
			tx.Touch()
			return tx.DB().Exec("update shipping_modes set active = false").Error
		})
		cmd, err := b.OrderQuote(a.Link, version, "cheque")
		must(t, err)
		if _, err := b.Send(cmd); len(fault.FieldsOf(err)) == 0 || fault.FieldsOf(err)[0].Name != "shipping" {
			t.Errorf("%v", err)
		}
	})
	t.Run("LAW-04 the tax is that of where it goes", func(t *testing.T) {
		s, b, _, a := asked(t)
		version := s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) { e.Carriage, e.Cost = s.ShippingOf("Colissimo"), dec("10") })
		b.Draft.Delivery = address.Address{Name: "Zoe", Line1: "1 Main St", Postcode: "10001", City: "New York", Region: "NY", Country: "US"}
		cmd, err := b.OrderQuote(a.Link, version, "cheque")
		must(t, err)
		if cmd.Shown != "160.00 EUR" {
			t.Errorf("%s, want what is left without tax", cmd.Shown)
		}
	})
	t.Run("an article that has gone blocks it", func(t *testing.T) {
		s, b, lamp, a := asked(t)
		version := s.Offer(a.Quote.ID, nil)
		s.Write(func(tx tenant.Tx) error {
			tx.Touch()
			return tx.DB().Exec("update variants set active = false where id = ?", lamp).Error
		})
		if cmd, err := b.OrderQuote(a.Link, version, "cheque"); err == nil {
			if _, err = b.Send(cmd); !errors.Is(err, checkout.ErrLines) {
				t.Errorf("%v", err)
			}
		}
		e := s.Edit(a.Quote.ID)
		if _, err := s.Desk.SaveQuote(t.Context(), s.Shop, checkouttest.Clerk, a.Quote.ID, e); !errors.Is(err, quote.ErrGone) {
			t.Errorf("saved: %v", err)
		}
	})
	t.Run("ART-08 extras are in the price, and named in the order", func(t *testing.T) {
		s := checkouttest.New(t, checkout.Reactions{})
		s.Quoting()
		mug := s.Sell(engraved())
		b := buyer(s, "zoe@example.org")
		must(t, b.Want(cart.Wish{Variant: mug, Qty: 2, Extras: map[string]string{"engraving": "name"}}))
		a, err := b.Ask("")
		must(t, err)
		if unit := a.Quote.Draft.Lines[0].Unit.Amount.String(); unit != "15.00" { // 12 + 6 with tax
			t.Errorf("proposed at %s", unit)
		}
		version := s.Offer(a.Quote.ID, func(e *checkout.QuoteEdit) { e.Lines[0].Unit = dec("10") })
		cmd, err := b.OrderQuote(a.Link, version, "cheque")
		must(t, err)
		placed, err := b.Send(cmd)
		must(t, err)
		o := s.Find(placed.Order.ID)
		if o.GoodsNet.String() != "20.00" || !strings.Contains(o.Lines[0].Options, "Prénom") || o.Extras(0)["engraving"] != "name" {
			t.Errorf("%+v, extras %v", o.Lines[0], o.Extras(0))
		}
	})
}

// engraved is a mug with something that can be added.
func engraved() *catalog.Product {
	return &catalog.Product{Code: "Mug", Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Mug"}},
		Extras: []catalog.Extra{{Code: "engraving", Name: i18n.Text{"fr": "Gravure"}, Values: []catalog.ExtraValue{
			{Code: "name", Name: i18n.Text{"fr": "Prénom"}, Fixed: dec("6")}}}},
		Variants: []catalog.Variant{{SKU: "MUG", Price: dec("12"), Active: true, Tracked: true, OnHand: 9, WeightG: 300}}}
}

func TestQuote_Edit(t *testing.T) {
	t.Parallel()
	s, _, _, a := asked(t)
	for _, tt := range []struct {
		name   string
		change func(*checkout.QuoteEdit)
		field  string
		want   error
	}{
		{"a negative price", func(e *checkout.QuoteEdit) { e.Lines[0].Unit = dec("-1") }, "unit.", nil},
		{"five decimals", func(e *checkout.QuoteEdit) { e.Lines[0].Unit = dec("1.00001") }, "unit.", nil},
		{"a price beyond reason", func(e *checkout.QuoteEdit) { e.Lines[0].Unit = dec("10000001") }, "unit.", nil},
		{"a quantity no cart has", func(e *checkout.QuoteEdit) { e.Lines[0].Qty = cart.MaxQty + 1 }, "qty.", nil},
		{"a day in ten years", func(e *checkout.QuoteEdit) { e.Until = s.Today().AddDate(10, 0, 0) }, "until", nil},
		{"an article nobody knows", func(e *checkout.QuoteEdit) { e.Add = "nope" }, "add", nil},
		{"a way to send nobody knows", func(e *checkout.QuoteEdit) { e.Carriage = "nope" }, "carriage", nil},
		{"a cost of half a cent", func(e *checkout.QuoteEdit) { e.Carriage, e.Cost = s.ShippingOf("Colissimo"), dec("1.005") }, "cost", nil},
		{"an old page", func(e *checkout.QuoteEdit) { e.Rev-- }, "", quote.ErrStale},
	} {
		t.Run("QUO-03 "+tt.name, func(t *testing.T) {
			e := s.Edit(a.Quote.ID)
			tt.change(&e)
			_, err := s.Desk.SaveQuote(t.Context(), s.Shop, checkouttest.Clerk, a.Quote.ID, e)
			if tt.want != nil && !errors.Is(err, tt.want) || tt.field != "" && (len(fault.FieldsOf(err)) == 0 || !strings.HasPrefix(fault.FieldsOf(err)[0].Name, tt.field)) {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("a line without pieces goes, and an empty offer is not sent", func(t *testing.T) {
		e := s.Edit(a.Quote.ID)
		e.Lines[0].Qty = 0
		q, err := s.Desk.SaveQuote(t.Context(), s.Shop, checkouttest.Clerk, a.Quote.ID, e)
		must(t, err)
		if _, err := s.Desk.SendQuote(t.Context(), s.Shop, checkouttest.Clerk, q.ID, q.Rev); !errors.Is(err, quote.ErrEmpty) {
			t.Errorf("%v", err)
		}
		e = s.Edit(a.Quote.ID)
		e.Add, e.Until = "LAMP", s.Today().AddDate(0, 0, -1)
		q, err = s.Desk.SaveQuote(t.Context(), s.Shop, checkouttest.Clerk, a.Quote.ID, e)
		must(t, err)
		if q.Draft.Lines[0].Unit.Amount.String() != "50.00" {
			t.Errorf("added at %s", q.Draft.Lines[0].Unit.Amount)
		}
		if _, err := s.Desk.SendQuote(t.Context(), s.Shop, checkouttest.Clerk, q.ID, q.Rev); !errors.Is(err, quote.ErrPast) {
			t.Errorf("%v", err)
		}
	})
	t.Run("every step is in the journal", func(t *testing.T) {
		var actions []string
		s.Read(func(tx tenant.Tx) error {
			return tx.DB().Raw("select distinct action from audit where subject = ?", "quote/"+a.Quote.ID.String()).Scan(&actions).Error
		})
		if len(actions) != 1 || actions[0] != "quote.saved" {
			t.Errorf("%v", actions)
		}
	})
}
