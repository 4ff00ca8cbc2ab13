package orders_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/terminal"
)

func noise(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

func publicKey(t *testing.T) string {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes())
}

// carded is an order whose sealed card waits, with the boxes of it.
func (o *office) carded(t *testing.T) (which order.ID, card, code string) {
	t.Helper()
	var key string
	o.Write(func(tx tenant.Tx) error {
		set, err := settings.Load(tx)
		if err != nil {
			return err
		}
		book, err := terminal.Book{}.Accept(checkouttest.Clerk, "fr", "Claire Martin", tx.Now())
		if err != nil {
			return err
		}
		if book, err = book.Add(checkouttest.Clerk, publicKey(t), "", tx.Now()); err != nil {
			return err
		}
		key = book.Current().ID
		return settings.SaveIn(tx, checkouttest.Clerk, settings.Terminal(book), set.Rev(settings.NameTerminal))
	})
	o.Pay("terminal", terminal.Kind, url.Values{})
	b := o.Guest("claire@example.org")
	if err := b.Add(o.Stock("lamp", "20.00", 5), 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place("terminal")
	if err != nil {
		t.Fatal(err)
	}
	page, err := o.Desk.Sealing(t.Context(), o.Stage.Shop, placed.Link)
	if err != nil {
		t.Fatal(err)
	}
	card = strings.Join([]string{"1", key, publicKey(t), noise(12), noise(272)}, ".")
	code = strings.Join([]string{"1", key, publicKey(t), noise(12), noise(32)}, ".")
	if err := o.Desk.KeepCard(t.Context(), o.Stage.Shop, placed.Link, page.Payment, card, code); err != nil {
		t.Fatal(err)
	}
	return placed.Order.ID, card, code
}

// PAY-03: the page holds no box before it is asked for; each opening is shown with where it came from; who may not record money opens
// nothing.
func TestCard(t *testing.T) {
	t.Parallel()
	o := open(t)
	which, card, code := o.carded(t)
	b := o.Browser(t)
	b.Get(at("orders"))
	b.Follow(`a[href$="/orders/cards"]`)
	b.WantClean().WantText("table", "Zoé Achat").Follow(`table a[href*="/orders/"]`)
	b.WantClean().WantText("main", "To be keyed").WantNoText(card).WantCount("#open-card input[type=password][name], #open-card input[type=file][name]", 0)
	to := b.Attr("#open-card", "action")
	for i := range 2 {
		var got struct{ Box, Code string }
		page := b.Post(to, nil)
		if err := json.Unmarshal(page.Body, &got); err != nil || page.Status != 200 || got.Box != card || (got.Code == code) != (i == 0) {
			t.Errorf("opening %d: %d %s", i+1, page.Status, page.Body)
		}
	}
	b.Get(at("orders/" + which.String()))
	b.WantClean().WantText("main", "Card opened from").WantText("main", "deleted at the first opening")

	o.Role = authz.ReadOnly
	b.Get(at("orders/" + which.String()))
	b.WantStatus(200).WantNo("#open-card").WantNo("#card-refused")
	for _, path := range []string{to, strings.TrimSuffix(to, "open") + "refused"} {
		if got := b.Post(path, nil).Status; got != 403 {
			t.Errorf("%s: %d", path, got)
		}
	}
	o.Role = authz.Owner
	b.Get(at("orders/" + which.String()))
	b.Submit("#card-refused", nil)
	b.WantStatus(200).WantClean().WantText(".alert", "The card is deleted").WantText("main", "refused by your terminal").WantNo("#sealed")
	if got := b.Post(to, nil).Status; got != 404 {
		t.Errorf("a card that is gone: %d", got)
	}
}
