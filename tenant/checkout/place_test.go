package checkout_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

func TestPlace_Guest(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 5)
	b := s.Guest("zoe@example.com")
	if err := b.Add(mug, 2); err != nil {
		t.Fatal(err)
	}
	sheet, err := b.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	if sheet.Shown != "30.00 EUR" || len(sheet.Shipping) != 1 || len(sheet.Payment) != 4 {
		t.Fatalf("shown %s, %d shipping and %d payment modes", sheet.Shown, len(sheet.Shipping), len(sheet.Payment))
	}
	placed, err := b.Place("cheque")
	if err != nil {
		t.Fatal(err)
	}
	if placed.Unstarted != nil || placed.Order.Number != "1001" {
		t.Fatalf("placed %+v", placed)
	}

	t.Run("ORD-10 the buyer is told how to pay by cheque", func(t *testing.T) {
		told, ok := placed.Next.(payment.Instructions)
		if !ok || len(told.Lines) < 4 {
			t.Errorf("next is %#v", placed.Next)
		}
	})
	t.Run("STK-12 pieces are promised and still on the shelf", func(t *testing.T) {
		if l := s.Level(mug); l.OnHand != 5 || l.Reserved != 2 {
			t.Errorf("stock %+v", l)
		}
	})
	t.Run("the cart is closed", func(t *testing.T) {
		if n := b.Cart().Count; n != 0 {
			t.Errorf("%d pieces are left in the cart", n)
		}
	})
	t.Run("ORD-11 both sides get one letter", func(t *testing.T) {
		if failed := s.Work(); len(failed) > 0 {
			t.Fatalf("failed: %+v", failed)
		}
		buyer, shop := s.Mailbox.To("zoe@example.com"), s.Mailbox.To("atelier@example.com")
		if len(buyer) != 1 || len(shop) != 1 {
			t.Fatalf("%d letters to the buyer, %d to the shop", len(buyer), len(shop))
		}
		for _, want := range []string{"1001", "30,00", "Mug", "Atelier SARL", "http://test.localhost/order/" + placed.Link} {
			for part, text := range map[string]string{"text": buyer[0].Text, "html": buyer[0].HTML} {
				if !strings.Contains(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text), want) {
					t.Errorf("the %s does not say %q:\n%s", part, want, text)
				}
			}
		}
	})
	t.Run("ACC-04 the signed link opens the order, and no other text does", func(t *testing.T) {
		paper, err := s.Desk.Show(t.Context(), s.Shop, placed.Link)
		if err != nil || paper.Order.Number != "1001" || paper.Instructions == nil || len(paper.Offers) != 4 {
			t.Errorf("paper %+v, %v", paper, err)
		}
		if _, err := s.Desk.Show(t.Context(), s.Shop, placed.Link[:len(placed.Link)-2]); !errors.Is(err, order.ErrLink) {
			t.Errorf("a cut link: %v", err)
		}
	})
}

func TestPlace_Refuses(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 5)
	fresh := func(t *testing.T) (*checkouttest.Buyer, checkout.PlaceOrder) {
		t.Helper()
		b := s.Guest("zoe@example.com")
		if err := b.Add(mug, 1); err != nil {
			t.Fatal(err)
		}
		cmd, err := b.Order("cheque")
		if err != nil {
			t.Fatal(err)
		}
		return b, cmd
	}
	t.Run("an empty cart", func(t *testing.T) {
		b := s.Guest("nobody@example.com")
		if _, err := b.Send(checkout.PlaceOrder{Key: "k", Cart: "none"}); !errors.Is(err, cart.ErrEmpty) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("CUR-04 another total than was shown", func(t *testing.T) {
		b, cmd := fresh(t)
		cmd.Shown = "17.99 EUR"
		_, err := b.Send(cmd)
		if !errors.Is(err, checkout.ErrTotalChanged) || fault.ArgsOf(err)["shown"] != "17.99 EUR" {
			t.Errorf("got %v", err)
		}
		if n := b.Cart().Count; n != 1 {
			t.Errorf("the cart was lost: %d pieces", n)
		}
	})
	seeing := func(t *testing.T) (*checkouttest.Buyer, checkout.PlaceOrder) { // as the page sends it
		t.Helper()
		b, cmd := fresh(t)
		sheet, err := b.Prepare()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Shown = sheet.Seen
		return b, cmd
	}
	alter := func(t *testing.T, statement string) {
		t.Helper()
		s.Write(func(tx tenant.Tx) error { return tx.DB().Exec(statement).Error })
	}
	t.Run("CUR-04 the buyer is told what changed", func(t *testing.T) {
		b, cmd := seeing(t)
		alter(t, "update variants set price = price + 1")
		_, err := b.Send(cmd)
		why, _ := fault.ArgsOf(err)["why"].(i18n.Text)
		if !errors.Is(err, checkout.ErrTotalChanged) || why.In(i18n.English) != "What changed: the price of the articles. " {
			t.Errorf("got %v: %q", err, why.In(i18n.English))
		}
	})
	t.Run("ORD-08 every field at once, beside its name", func(t *testing.T) {
		b, cmd := fresh(t)
		cmd.Draft.Email, cmd.Draft.Delivery.City, cmd.Draft.Payment = "no address", "", ""
		_, err := b.Send(cmd)
		got := map[string]bool{}
		for _, f := range fault.FieldsOf(err) {
			got[f.Name] = true
		}
		for _, want := range []string{"email", "delivery.city", "payment"} {
			if !got[want] {
				t.Errorf("field %s was not refused: %v", want, err)
			}
		}
	})
	t.Run("a mode that is not offered", func(t *testing.T) {
		b, cmd := fresh(t)
		cmd.Draft.Payment = cmd.Draft.Shipping
		if _, err := b.Send(cmd); !errors.Is(err, payment.ErrMode) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("CART-03 a line somebody else bought empty", func(t *testing.T) {
		b, cmd := fresh(t)
		s.Write(func(tx tenant.Tx) error { return stock.Count(tx, mug, 0, stock.ReasonCount, "test") })
		if _, err := b.Send(cmd); !errors.Is(err, checkout.ErrLines) {
			t.Errorf("got %v", err)
		}
		s.Write(func(tx tenant.Tx) error { return stock.Count(tx, mug, 5, stock.ReasonCount, "test") })
	})
	t.Run("terms that were not accepted", func(t *testing.T) {
		docs := settings.Defaults().Orders
		docs.TermsPageID = "00000000-0000-7000-8000-000000000001"
		if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, docs, 0); err != nil {
			t.Fatal(err)
		}
		b, cmd := fresh(t)
		cmd.Terms = false
		_, err := b.Send(cmd)
		if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != "terms" {
			t.Errorf("got %v", err)
		}
	})
}

// TestPlace_NoOversell is STK-12 under load: a hundred buyers for ten pieces.
func TestPlace_NoOversell(t *testing.T) {
	const buyers, pieces = 100, 10
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", pieces)
	commands := make([]checkout.PlaceOrder, buyers)
	people := make([]*checkouttest.Buyer, buyers)
	for i := range people {
		people[i] = s.Guest("b" + string(rune('a'+i%26)) + "@example.com")
		if err := people[i].Add(mug, 1); err != nil {
			t.Fatal(err)
		}
		cmd, err := people[i].Order("card")
		if err != nil {
			t.Fatal(err)
		}
		commands[i] = cmd
	}
	var sold, short sync.Map
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			placed, err := people[i].Send(commands[i])
			switch {
			case err == nil:
				sold.Store(placed.Order.Number, true)
			case errors.Is(err, checkout.ErrLines):
				short.Store(i, true)
			default:
				t.Errorf("buyer %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if n := size(&sold); n != pieces {
		t.Errorf("%d orders for %d pieces", n, pieces)
	}
	if n := size(&short); n != buyers-pieces {
		t.Errorf("%d buyers were told that it is sold out", n)
	}
	if l := s.Level(mug); l.OnHand != pieces || l.Reserved != pieces {
		t.Errorf("stock %+v", l)
	}
}

func size(m *sync.Map) (n int) {
	m.Range(func(any, any) bool { n++; return true })
	return n
}
