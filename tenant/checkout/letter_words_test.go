package checkout_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/shipping"
)

// ORD-11 QUO-02: a letter to the shop is in the shop's language wholly, whatever its buyer reads: articles, options,
// extras and modes, too; his own is in his. What the catalogue no longer knows keeps the words that were kept.
func TestLetters_InTheirReadersWords(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Quoting()
	two := func(fr, de string) i18n.Text { return i18n.Text{"fr": fr, "de": de} }
	p := &catalog.Product{Code: "T", Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Tasse"}, "de": {Name: "Becher"}},
		Options: []catalog.Option{{Code: "colour", Name: two("Couleur", "Farbe"), Values: []catalog.OptionValue{{Code: "red", Name: two("Rouge", "Rot")}}}},
		Extras: []catalog.Extra{{Code: "print", Name: two("Gravure", "Gravur"), Values: []catalog.ExtraValue{
			{Code: "name", Name: two("Prénom", "Vorname"), Fixed: decimal.NewFromInt(3)}}}},
		Variants: []catalog.Variant{{SKU: "T-R", Price: decimal.NewFromInt(12), Active: true, Options: map[string]string{"colour": "red"}}}}
	v := s.Sell(p)
	if _, err := shipping.Builtin().Save(t.Context(), s.Shop, checkouttest.Clerk, shipping.Stored{Active: true, Position: -1,
		Mode: shipping.Mode{Name: two("À vélo", "Mit dem Rad"), Calculator: "flat", Values: form.Values{"fee": form.TextValue("2.00")}}}); err != nil {
		t.Fatal(err)
	}
	s.Write(func(tx tenant.Tx) error {
		return tx.DB().Exec(`update payment_modes set names = '{"fr": "Par chèque", "de": "Scheck"}' where id = ?`, s.ModeOf("cheque")).Error
	})
	wish := cart.Wish{Variant: v, Extras: map[string]string{"print": "name"}, Qty: 1}
	german := s.Guest("zoe@example.com")
	german.Who.Locale = i18n.German
	must(t, german.Want(wish))
	s.Read(func(tx tenant.Tx) error {
		modes, err := shipping.ListModes(tx)
		for _, m := range modes {
			if m.Name["fr"] == "À vélo" {
				german.Draft.Shipping = m.ID
			}
		}
		return err
	})
	placed, err := german.Place("cheque")
	must(t, err)
	asker := buyer(s, "ida@example.com")
	asker.Who.Locale = i18n.German
	must(t, asker.Want(wish))
	_, err = asker.Ask("Bitte")
	must(t, err)
	s.Work()
	shops := []string{"Tasse", "Couleur\u202f: Rouge", "Gravure\u202f: Prénom"}
	buyers := []string{"Becher", "Farbe: Rot", "Gravur: Vorname"}
	modes := map[string][]string{"Par chèque": {"À vélo", "Par chèque"}, "Scheck": {"Mit dem Rad", "Scheck"}}
	check := func(to string, mode string, says, not []string) {
		t.Helper()
		for _, m := range s.Mailbox.To(to) {
			for _, words := range append(says, modes[mode]...) {
				if !strings.Contains(m.Text, words) || !strings.Contains(m.HTML, words) {
					t.Errorf("the letter to %s, %q, does not say %q:\n%s", to, m.Subject, words, m.Text)
				}
			}
			for _, words := range not {
				if strings.Contains(m.Text+m.HTML, words) {
					t.Errorf("the letter to %s, %q, says %q", to, m.Subject, words)
				}
			}
		}
	}
	if n := len(s.Mailbox.To("atelier@example.com")); n != 2 {
		t.Fatalf("the shop has %d letters", n)
	}
	check("atelier@example.com", "", shops, append(buyers, "Mit dem Rad", "Scheck"))
	check("zoe@example.com", "Scheck", buyers, append(shops, "À vélo", "Par chèque"))
	check("ida@example.com", "", buyers, shops)

	s.Write(func(tx tenant.Tx) error {
		if err := tx.DB().Exec("delete from shipping_modes").Error; err != nil {
			return err
		}
		return tx.DB().Exec("update products set state = 'archived'").Error
	})
	s.Read(func(tx tenant.Tx) error {
		f, err := s.Desk.Facts(tx, id.As[notify.Order](placed.Order.ID), i18n.French, false)
		if err == nil && (f.Lines[0].Name != "Tasse" || f.Lines[0].Options != "Farbe\u202f: Rot, Gravur\u202f: Vorname" || f.Shipping != "Mit dem Rad" || f.Payment != "Par chèque") {
			t.Errorf("ORD-11: what is gone is called %+v, %s, %s", f.Lines[0], f.Shipping, f.Payment)
		}
		return err
	})
}
