package cart_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/stock"
)

// fix is a shop with two articles and a guest.
type fix struct {
	*checkouttest.Stage
	mug, bowl stock.VariantID
	guest     *checkouttest.Buyer
}

func open(t *testing.T) *fix {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	return &fix{Stage: s, mug: s.Stock("Mug", "12.00", 3), bowl: s.Stock("Bowl", "20.00", 50), guest: s.Guest("zoe@example.com")}
}

func (f *fix) add(t *testing.T, v stock.VariantID, qty int) {
	t.Helper()
	if err := f.guest.Add(v, qty); err != nil {
		t.Fatal(err)
	}
}

func TestCarts_Add(t *testing.T) {
	f := open(t)
	f.add(t, f.mug, 1)
	f.add(t, f.mug, 1)
	f.add(t, f.bowl, 4)
	v := f.guest.Cart()
	if len(v.Lines) != 2 || v.Lines[0].Qty != 2 || v.Count != 6 {
		t.Fatalf("ORD-06 equal lines are one: %+v", v.Lines)
	}
	if got := v.Lines[0].Price.Goods.Gross.String(); got != "24.00" || v.Lines[0].Good.Name != "Mug" {
		t.Errorf("line costs %s, is called %q", got, v.Lines[0].Good.Name)
	}
	for name, tt := range map[string]struct {
		variant stock.VariantID
		qty     int
		want    *fault.Error
	}{
		"ErrGone":     {id.New[stock.Variant](), 1, cart.ErrGone},
		"ErrQty none": {f.mug, 0, cart.ErrQty},
		"ErrQty less": {f.mug, -1, cart.ErrQty},
		"ErrQty more": {f.mug, cart.MaxQty + 1, cart.ErrQty},
	} {
		t.Run(name, func(t *testing.T) {
			if err := f.guest.Add(tt.variant, tt.qty); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
	t.Run("ErrSoldOut", func(t *testing.T) {
		f.Write(func(tx tenant.Tx) error { return stock.Count(tx, f.mug, 0, stock.ReasonCount, "test") })
		if err := f.Guest("max@example.com").Add(f.mug, 1); !errors.Is(err, cart.ErrSoldOut) || fault.ArgsOf(err)["name"] != "Mug" {
			t.Errorf("got %v", err)
		}
	})
}

func TestCarts_Shortage(t *testing.T) {
	f := open(t)
	f.add(t, f.mug, 5)
	f.add(t, f.bowl, 1)
	v := f.guest.Cart()
	if l := v.Lines[0]; l.Problem != cart.Short || l.Available != 3 || !v.Blocked || v.Lines[1].Problem != cart.NoProblem {
		t.Fatalf("CART-03 only the short line is marked: %+v", v.Lines)
	}
	if _, err := f.Carts.Take(t.Context(), f.Shop, f.guest.Reader(), v.Lines[0].ID); err != nil {
		t.Fatal(err)
	}
	if v = f.guest.Cart(); v.Lines[0].Qty != 3 || v.Blocked {
		t.Errorf("CART-03 one click takes what is there: %+v", v.Lines[0])
	}
}

func TestCarts_Undo(t *testing.T) {
	f := open(t)
	f.add(t, f.mug, 2)
	f.add(t, f.bowl, 1)
	ctx, r := t.Context(), f.guest.Reader()
	lines := f.guest.Cart().Lines
	undo := func(t *testing.T) {
		t.Helper()
		if _, err := f.Carts.Undo(ctx, f.Shop, r); err != nil {
			t.Fatal(err)
		}
		v := f.guest.Cart()
		if len(v.Lines) != 2 || v.Lines[0].ID != lines[0].ID || v.Lines[0].Qty != 2 || v.Lines[1].ID != lines[1].ID {
			t.Errorf("CART-02 after undo: %+v", v.Lines)
		}
	}
	t.Run("a removed line", func(t *testing.T) {
		kept, err := f.Carts.Remove(ctx, f.Shop, r, lines[0].ID)
		if err != nil || kept.Count != 1 {
			t.Fatalf("%+v, %v", kept, err)
		}
		if u := f.guest.Cart().Undo; u == nil || u.What != cart.Removed || u.Label != "Mug" {
			t.Errorf("undo %+v", u)
		}
		undo(t)
	})
	t.Run("an emptied cart", func(t *testing.T) {
		if kept, err := f.Carts.Empty(ctx, f.Shop, r); err != nil || kept.Count != 0 {
			t.Fatalf("%+v, %v", kept, err)
		}
		undo(t)
	})
	t.Run("a changed quantity", func(t *testing.T) {
		kept, err := f.Carts.SetQty(ctx, f.Shop, r, map[cart.LineID]int{lines[0].ID: 1, lines[1].ID: 9})
		if err != nil || kept.Count != 10 {
			t.Fatalf("%+v, %v", kept, err)
		}
		undo(t)
	})
	t.Run("nothing twice", func(t *testing.T) {
		if _, err := f.Carts.Undo(ctx, f.Shop, r); !errors.Is(err, cart.ErrNoUndo) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("all quantities or none", func(t *testing.T) {
		_, err := f.Carts.SetQty(ctx, f.Shop, r, map[cart.LineID]int{lines[0].ID: 1, id.New[cart.Line](): 1})
		if !errors.Is(err, cart.ErrLine) || f.guest.Cart().Lines[0].Qty != 2 {
			t.Errorf("got %v, %+v", err, f.guest.Cart().Lines[0])
		}
	})
}

func TestCarts_Private(t *testing.T) {
	f := open(t)
	f.add(t, f.mug, 1)
	zoe := f.guest.Reader()
	zoe.Customer = f.customer(t, "zoe@example.com")
	if _, err := f.Carts.SignIn(t.Context(), f.Shop, zoe); err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]cart.Reader{
		"nobody with the old token":  {Token: zoe.Token},
		"another with the old token": {Token: zoe.Token, Customer: f.customer(t, "max@example.com")},
	} {
		if n, err := f.Carts.Count(t.Context(), f.Shop, r); err != nil || n != 0 {
			t.Errorf("%s sees %d pieces, %v", name, n, err)
		}
	}
	if n, err := f.Carts.Count(t.Context(), f.Shop, cart.Reader{Customer: zoe.Customer}); err != nil || n != 1 {
		t.Errorf("CART-01 the customer on another device sees %d pieces, %v", n, err)
	}
}

func TestCarts_Life(t *testing.T) {
	f := open(t)
	f.add(t, f.mug, 1)
	f.Clock.Advance(cart.Life - time.Hour)
	if n := f.guest.Cart().Count; n != 1 {
		t.Errorf("CART-01 after almost 30 days: %d pieces", n)
	}
	f.Clock.Advance(2 * time.Hour)
	if n := f.guest.Cart().Count; n != 0 {
		t.Errorf("after 30 days: %d pieces", n)
	}
	if err := checkout.Sweep(t.Context(), f.Shop); err != nil {
		t.Fatal(err)
	}
	var left int
	f.Read(func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from carts").Scan(&left).Error })
	if left != 0 {
		t.Errorf("%d carts survived the broom", left)
	}
}

func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, err := range []*fault.Error{cart.ErrGone, cart.ErrChoice, cart.ErrNothing, cart.ErrSoldOut, cart.ErrHeld, cart.ErrQty, cart.ErrFull, cart.ErrLine, cart.ErrNoUndo, cart.ErrEmpty, cart.ErrCodes} {
		i18ntest.Used(t, c, err.Key())
	}
}
