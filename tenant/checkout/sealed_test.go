package checkout_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
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

// box is what a browser sends, as far as the server can tell.
func box(t *testing.T, key string, size int) string {
	t.Helper()
	return strings.Join([]string{"1", key, publicKey(t), noise(12), noise(size)}, ".")
}

// rekey accepts the duty, where that was not done, and makes another key; it gives the key's id.
func rekey(t *testing.T, s *checkouttest.Stage) (id string) {
	t.Helper()
	s.Write(func(tx tenant.Tx) error {
		set, err := settings.Load(tx)
		if err != nil {
			return err
		}
		book, err := set.Terminal.Book().Accept(checkouttest.Clerk, "fr", "Claire Martin", tx.Now())
		if err != nil {
			return err
		}
		if book, err = book.Add(checkouttest.Clerk, publicKey(t), "", tx.Now()); err != nil {
			return err
		}
		id = book.Current().ID
		return settings.SaveIn(tx, checkouttest.Clerk, settings.Terminal(book), set.Rev(settings.NameTerminal))
	})
	return id
}

// sealing is an order that waits for a card, and then has one.
type sealing struct {
	stage *checkouttest.Stage
	order order.ID
	link  string
	pay   payment.ID
	key   string
}

func sealed(t *testing.T) *sealing {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Pay("terminal", terminal.Kind, url.Values{})
	lamp := s.Stock("lamp", "20.00", 5)
	b := s.Guest("claire@example.org")
	if err := b.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	sheet, err := b.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	for _, offer := range sheet.Payment {
		if offer.Mode.Kind == terminal.Kind {
			t.Error("it is offered before the merchant has accepted the duty")
		}
	}
	key := rekey(t, s)
	placed, err := b.Place("terminal")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := placed.Next.(payment.Sealed); !ok {
		t.Fatalf("the buyer is told %T", placed.Next)
	}
	page, err := s.Desk.Sealing(t.Context(), s.Shop, placed.Link)
	if err != nil || page.Key.ID != key || page.Kept {
		t.Fatalf("%+v, %v", page, err)
	}
	return &sealing{s, placed.Order.ID, placed.Link, page.Payment, key}
}

func (x *sealing) keep(t *testing.T, key string) error {
	t.Helper()
	return x.stage.Desk.KeepCard(t.Context(), x.stage.Shop, x.link, x.pay, box(t, key, 272), box(t, key, 32))
}

func (x *sealing) mustKeep(t *testing.T) {
	t.Helper()
	if err := x.keep(t, x.key); err != nil {
		t.Fatal(err)
	}
}

// cards is how many sealed cards are stored.
func (x *sealing) cards(t *testing.T) (n int) {
	t.Helper()
	x.stage.Read(func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from payments where sealed_card is not null").Scan(&n).Error
	})
	return n
}

// PAY-03: the security code comes with the first opening and with no other; each is on the timeline and in the journal.
func TestOpenCard(t *testing.T) {
	t.Parallel()
	x := sealed(t)
	d, shop := x.stage.Desk, x.stage.Shop
	if _, err := d.OpenCard(t.Context(), shop, checkouttest.Clerk, x.order, x.pay, "192.0.2.7"); !errors.Is(err, payment.ErrPayment) {
		t.Errorf("no card is opened: %v", err)
	}
	x.mustKeep(t)
	for i, code := range []bool{true, false, false} {
		card, err := d.OpenCard(t.Context(), shop, checkouttest.Clerk, x.order, x.pay, "192.0.2.7")
		if err != nil || (card.Code != "") != code || card.Box == "" || card.Opened != i+1 {
			t.Errorf("opening %d: %+v, %v", i+1, card, err)
		}
	}
	if _, err := d.OpenCard(t.Context(), shop, checkouttest.Clerk, order.ID{}, x.pay, "192.0.2.7"); err == nil {
		t.Error("opened as a card of another order")
	}
	file, err := d.Open(t.Context(), shop, x.order)
	if err != nil || file.Card == nil || file.Card.Box != "" || file.Card.Opened != 3 {
		t.Fatalf("the file has %+v, %v", file.Card, err)
	}
	told := 0
	for _, e := range file.Events {
		if e.Data[checkout.KeyCard] == checkout.CardOpened && e.Data[checkout.KeyFrom] == "192.0.2.7" && e.Actor == checkouttest.Clerk && !e.Visible {
			told++
		}
	}
	var journal int
	x.stage.Read(func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from audit where action = 'payment.card_opened' and actor_id = ?", checkouttest.Clerk.ID).Scan(&journal).Error
	})
	if told != 3 || journal != 3 {
		t.Errorf("%d openings on the timeline, %d in the journal", told, journal)
	}
}

// PAY-03: whatever moves the order on takes the card away.
func TestCard_purged(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(*testing.T, *sealing) error{
		"paid": func(t *testing.T, x *sealing) error {
			return x.stage.Desk.MarkPaid(t.Context(), x.stage.Shop, checkouttest.Clerk, x.order, x.stage.Find(x.order).Due(), checkout.Remark{})
		},
		"refused": func(t *testing.T, x *sealing) error {
			return x.stage.Desk.RefuseCard(t.Context(), x.stage.Shop, checkouttest.Clerk, x.order, x.pay, checkout.Remark{})
		},
		"cancelled": func(t *testing.T, x *sealing) error {
			return x.stage.Desk.Cancel(t.Context(), x.stage.Shop, checkouttest.Clerk, x.order, checkout.Remark{})
		},
		"another way": func(t *testing.T, x *sealing) error {
			_, err := x.stage.Desk.PayAgain(t.Context(), x.stage.Shop, checkout.Visitor{Locale: "fr"}, x.link, x.stage.ModeOf("cheque"), checkout.With{})
			return err
		},
		"seven days": func(t *testing.T, x *sealing) error {
			x.stage.Pass(terminal.Lasts - time.Hour)
			if n := x.cards(t); n != 1 {
				t.Errorf("%d cards an hour before the end", n)
			}
			x.stage.Pass(2 * time.Hour)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := sealed(t)
			x.mustKeep(t)
			if err := do(t, x); err != nil {
				t.Fatal(err)
			}
			x.stage.Work()
			if n := x.cards(t); n != 0 {
				t.Errorf("%d cards are left", n)
			}
			letters := x.stage.Mailbox.To("claire@example.org")
			told := false
			for _, l := range letters {
				told = told || strings.Contains(l.Text, "a été refusé")
			}
			if told != (name == "refused") {
				t.Errorf("the buyer was told of a refusal: %v", told)
			}
			if name == "refused" {
				paper, err := x.stage.Desk.Show(t.Context(), x.stage.Shop, x.link)
				if err != nil || len(paper.Offers) < 2 {
					t.Errorf("he cannot pay again: %v", err)
				}
				if err := x.stage.Desk.RefuseCard(t.Context(), x.stage.Shop, checkouttest.Clerk, x.order, x.pay, checkout.Remark{}); !errors.Is(err, payment.ErrPayment) {
					t.Errorf("refused twice: %v", err)
				}
			}
		})
	}
}

// PAY-03: a card is taken for the key of today and the attempt that is open, and for nothing else; what waits under an old key stays.
func TestKeepCard(t *testing.T) {
	t.Parallel()
	x := sealed(t)
	if err := x.stage.Desk.KeepCard(t.Context(), x.stage.Shop, x.link, payment.ID{}, box(t, x.key, 272), box(t, x.key, 32)); !errors.Is(err, checkout.ErrSealing) {
		t.Errorf("for another attempt: %v", err)
	}
	if err := x.stage.Desk.KeepCard(t.Context(), x.stage.Shop, x.link, x.pay, box(t, x.key, 272), "737"); !errors.Is(err, terminal.ErrBox) {
		t.Errorf("a code in clear: %v", err)
	}
	if err := x.stage.Desk.KeepCard(t.Context(), x.stage.Shop, x.link, x.pay, "4111 1111 1111 1111", box(t, x.key, 32)); !errors.Is(err, terminal.ErrClear) {
		t.Errorf("a card in clear: %v", err)
	}
	if n := x.cards(t); n != 0 {
		t.Fatalf("%d cards", n)
	}
	x.mustKeep(t)
	now := rekey(t, x.stage)
	if err := x.keep(t, x.key); !errors.Is(err, terminal.ErrOldKey) {
		t.Errorf("with the old key: %v", err)
	}
	file, err := x.stage.Desk.Open(t.Context(), x.stage.Shop, x.order)
	if err != nil || file.Card == nil || file.Card.Key != x.key || file.Terminal.Find(x.key) == nil {
		t.Errorf("what waits under the old key is gone: %+v, %v", file.Card, err)
	}
	if err := x.keep(t, now); err != nil {
		t.Error(err)
	}
}
