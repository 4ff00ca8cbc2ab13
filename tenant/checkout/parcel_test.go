package checkout_test

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/shipment"
)

// STK-04: whoever gets an order in several parcels reads what is in each; one that holds all of it needs no words,
// and one that holds nothing is not sent.
func TestShip_Inside(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	mug, plate := s.Stock("Mug", "10.00", 9), s.Stock("Plate", "8.00", 9)
	b := s.Guest("zoe@example.com")
	must(t, b.Add(mug, 3))
	must(t, b.Add(plate, 1))
	placed, err := b.Place("transfer")
	must(t, err)
	lines := s.Find(placed.Order.ID).Lines
	send := func(items ...shipment.Item) error {
		return s.Desk.Ship(t.Context(), s.Shop, checkouttest.Clerk, placed.Order.ID,
			shipment.Draft{Items: append([]shipment.Item{}, items...)}, checkout.Remark{Mail: true, Unpaid: true})
	}
	if err := send(); !errors.Is(err, shipment.ErrEmpty) {
		t.Errorf("an empty parcel is answered %v", err)
	}
	must(t, send(shipment.Item{Line: lines[0].ID, Qty: 2}))
	s.Work()
	letters := s.Mailbox.To("zoe@example.com")
	if text := letters[len(letters)-1].Text; !strings.Contains(text, ": 2 × Mug\n") {
		t.Errorf("the letter does not say what is in the parcel: %s", text)
	}
	must(t, send(shipment.Item{Line: lines[0].ID, Qty: 1}, shipment.Item{Line: lines[1].ID, Qty: 1}))
	paper, err := s.Desk.Show(t.Context(), s.Shop, placed.Link)
	must(t, err)
	for i, want := range []string{"2 × Mug", "1 × Mug, 1 × Plate"} {
		if got := checkout.Inside(paper.Order, &paper.Parcels[i], "fr"); got != want {
			t.Errorf("parcel %d holds %q, want %q", i, got, want)
		}
	}
	whole := shipment.Parcel{Items: []shipment.Item{{Line: lines[0].ID, Qty: 3}, {Line: lines[1].ID, Qty: 1}}}
	if got := checkout.Inside(paper.Order, &whole, "fr"); got != "" {
		t.Errorf("a parcel with everything says %q", got)
	}
	if err := send(); err == nil {
		t.Error("there is nothing left to send")
	}
}

// LANG-01: the options of a line are written as its reader's language writes them.
func TestOptionsIn(t *testing.T) {
	for l, want := range map[string]string{"fr": "Couleur\u202f: Bleu, Taille\u202f: M", "en": "Couleur: Bleu, Taille: M"} {
		if got := checkout.OptionsIn("Couleur: Bleu, Taille: M", i18n.Locale(l)); got != want {
			t.Errorf("%s: %q", l, got)
		}
	}
}
