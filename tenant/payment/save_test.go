package payment_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
)

// wordings are the digests of what buyers agreed to, by version: whoever changes the words raises the version and adds a line.
var wordings = map[string]string{"1": "3408db8a5353c4e3", "r1": "0e7d5e19bd6e11d4"}

// TestAgree: PGW-32, what a buyer agreed to can be told from the version that is kept.
func TestAgree(t *testing.T) {
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	c := payment.Agree(at, "de")
	if !c.At.Equal(at) || len(c.Wording) > 12 || c.Wording[len(c.Wording)-3:] != " de" {
		t.Fatalf("%+v", c)
	}
	var all []byte
	for _, l := range i18n.Shipped {
		all = append(all, payment.Words().T(l, payment.ConsentKey, map[string]any{"shop": "S"})+"\n"...)
	}
	sum := sha256.Sum256(all)
	if got := hex.EncodeToString(sum[:8]); wordings[c.Wording[:len(c.Wording)-3]] != got {
		t.Errorf("the words of version %s are %s: other words are another version", c.Wording, got)
	}
}

// TestMandated: PGW-31, the same of a mandate, with the very text.
func TestMandated(t *testing.T) {
	c := payment.Mandated(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), "fr", "10 €")
	if c.Wording != "r1 fr" || c.Text != "10 €" {
		t.Fatalf("%+v", c)
	}
	var all []byte
	for _, l := range i18n.Shipped {
		all = append(all, payment.Words().T(l, payment.RepeatKey, map[string]any{"shop": "S", "amount": "A", "rhythm": "R", "times": "T"})+"\n"...)
	}
	sum := sha256.Sum256(all)
	if got := hex.EncodeToString(sum[:8]); wordings["r1"] != got {
		t.Errorf("the words of version r1 are %s: other words are another version", got)
	}
}

// TestSavedCard: PGW-32, which cards can be paid with.
func TestSavedCard(t *testing.T) {
	offer := payment.Offer{Mode: payment.Mode{ID: id.New[payment.Mode](), Test: true}, Saves: true}
	good := payment.SavedCard{Mode: offer.ID, Test: true, Card: payment.Card{Expiry: "02/26"}}
	for _, tt := range []struct {
		what   string
		change func(*payment.SavedCard, *payment.Offer)
		at     string
		fits   bool
	}{
		{"in its last month", nil, "2026-02-28", true},
		{"while it is that month somewhere", nil, "2026-03-01", true},
		{"after it", nil, "2026-03-03", false},
		{"of no known end", func(c *payment.SavedCard, _ *payment.Offer) { c.Card.Expiry = "" }, "2030-01-01", true},
		{"of test, for real money", func(_ *payment.SavedCard, o *payment.Offer) { o.Test = false }, "2026-02-01", false},
		{"of real money, for test", func(c *payment.SavedCard, _ *payment.Offer) { c.Test = false }, "2026-02-01", false},
		{"of another contract", func(c *payment.SavedCard, _ *payment.Offer) { c.Mode = id.New[payment.Mode]() }, "2026-02-01", false},
		{"no longer offered", func(_ *payment.SavedCard, o *payment.Offer) { o.Saves = false }, "2026-02-01", false},
	} {
		card, o := good, offer
		if tt.change != nil {
			tt.change(&card, &o)
		}
		at, err := time.Parse(time.DateOnly, tt.at)
		if err != nil {
			t.Fatal(err)
		}
		if card.Fits(o, at) != tt.fits {
			t.Errorf("%s: fits %t", tt.what, !tt.fits)
		}
	}
}
