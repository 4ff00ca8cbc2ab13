package cart_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
)

// printed gives the mug a print that costs 3.00, and a box that must be chosen: paper for nothing,
// wood for 10 %.
func (f *fix) printed(t *testing.T) {
	t.Helper()
	f.alter(t, func(p *catalog.Product) {
		p.Extras = []catalog.Extra{
			{Code: "print", Name: i18n.Text{"fr": "Impression"}, Values: []catalog.ExtraValue{
				{Code: "logo", Name: i18n.Text{"fr": "Logo"}, Fixed: decimal.RequireFromString("3")}}},
			{Code: "box", Name: i18n.Text{"fr": "Boîte"}, Required: true, Values: []catalog.ExtraValue{
				{Code: "paper", Name: i18n.Text{"fr": "Papier"}},
				{Code: "wood", Name: i18n.Text{"fr": "Bois"}, Percent: decimal.RequireFromString("10")}}},
		}
	})
}

// alter changes the mug.
func (f *fix) alter(t *testing.T, change func(*catalog.Product)) {
	t.Helper()
	f.Write(func(tx tenant.Tx) error {
		var p catalog.ProductID
		if err := tx.DB().Raw("select product_id from variants where id = ?", f.mug).Scan(&p).Error; err != nil {
			return err
		}
		mug, err := catalog.FindIn(tx, p)
		if err != nil {
			return err
		}
		change(mug)
		return catalog.SaveAll(tx, []*catalog.Product{mug})
	})
}

func with(box string, more ...string) map[string]string {
	extras := map[string]string{"box": box}
	for _, print := range more {
		extras["print"] = print
	}
	return extras
}

func TestCarts_Extras(t *testing.T) {
	f := open(t)
	f.printed(t)
	for _, w := range []cart.Wish{
		{Variant: f.mug, Extras: with("paper"), Qty: 1},
		{Variant: f.mug, Extras: with("wood", "logo"), Qty: 1},
		{Variant: f.mug, Extras: with("paper"), Qty: 1},
	} {
		if err := f.guest.Want(w); err != nil {
			t.Fatal(err)
		}
	}
	v := f.guest.Cart()
	if len(v.Lines) != 2 || v.Lines[0].Qty != 2 || v.Blocked {
		t.Fatalf("ART-08 other extras are another line: %+v", v.Lines)
	}
	if got := v.Lines[0].Price.Unit.Gross.String(); got != "12.00" {
		t.Errorf("with paper it costs %s", got)
	}
	if got := v.Lines[1].Price.Unit.Gross.String(); got != "16.20" { // 12.00 + 3.00 + 10 % of 12.00
		t.Errorf("ART-08 with wood and logo it costs %s", got)
	}
	want := []cart.Option{{Name: "Impression", Value: "Logo"}, {Name: "Boîte", Value: "Bois"}}
	if diff := cmp.Diff(want, v.Lines[1].Good.Options); diff != "" {
		t.Error(diff)
	}
}

// CART-03: lines of one variant share its pieces, the first is served first.
func TestCarts_ExtrasShareStock(t *testing.T) {
	f := open(t)
	f.printed(t)
	for _, w := range []cart.Wish{{Variant: f.mug, Extras: with("paper"), Qty: 2}, {Variant: f.mug, Extras: with("wood"), Qty: 2}} {
		if err := f.guest.Want(w); err != nil {
			t.Fatal(err)
		}
	}
	v := f.guest.Cart()
	if v.Lines[0].Problem != cart.NoProblem || v.Lines[1].Problem != cart.Short || v.Lines[1].Available != 1 {
		t.Fatalf("%+v", v.Lines)
	}
	if _, err := f.Carts.Take(t.Context(), f.Shop, f.guest.Reader(), v.Lines[1].ID); err != nil {
		t.Fatal(err)
	}
	if v = f.guest.Cart(); v.Lines[1].Qty != 1 || v.Blocked {
		t.Errorf("%+v", v.Lines)
	}
}

func TestCarts_ExtrasRefused(t *testing.T) {
	f := open(t)
	f.printed(t)
	for name, extras := range map[string]map[string]string{
		"what must be chosen is missing": nil,
		"a value nobody offers":          with("gold"),
		"an option nobody offers":        {"box": "paper", "engraving": "yes"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := f.guest.Want(cart.Wish{Variant: f.mug, Extras: extras, Qty: 1}); !errors.Is(err, cart.ErrChoice) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// ART-08: what is withdrawn after it was chosen is never sold at another price.
func TestCarts_ExtrasWithdrawn(t *testing.T) {
	for name, change := range map[string]func(*catalog.Product){
		"the value is gone":                 func(p *catalog.Product) { p.Extras[1].Values = p.Extras[1].Values[:1] },
		"the option is gone":                func(p *catalog.Product) { p.Extras = p.Extras[:1] },
		"something else must be chosen now": func(p *catalog.Product) { p.Extras[0].Required = true },
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			f.printed(t)
			if err := f.guest.Want(cart.Wish{Variant: f.mug, Extras: with("wood"), Qty: 1}); err != nil {
				t.Fatal(err)
			}
			f.alter(t, change)
			v := f.guest.Cart()
			if l := v.Lines[0]; l.Problem != cart.Withdrawn || l.Price != nil || !v.Blocked {
				t.Fatalf("%+v", l)
			}
			if _, err := f.Carts.Take(t.Context(), f.Shop, f.guest.Reader(), v.Lines[0].ID); err != nil {
				t.Fatal(err)
			}
			if n := len(f.guest.Cart().Lines); n != 0 {
				t.Errorf("%d lines left", n)
			}
		})
	}
}

func TestCarts_AddAll(t *testing.T) {
	f := open(t)
	if err := f.guest.Want(cart.Wish{Variant: f.mug, Qty: 1}, cart.Wish{Variant: f.bowl, Qty: 2}); err != nil {
		t.Fatal(err)
	}
	if v := f.guest.Cart(); len(v.Lines) != 2 || v.Count != 3 {
		t.Fatalf("ART-09 %+v", v.Lines)
	}
	err := f.guest.Want(cart.Wish{Variant: f.bowl, Qty: 1}, cart.Wish{Variant: f.mug, Qty: 3}, cart.Wish{Variant: id.New[stock.Variant](), Qty: 1},
		cart.Wish{Variant: f.bowl, Qty: cart.MaxQty})
	want := []fault.Field{
		{Name: "1", Key: "cart.only_left_have", Args: fault.Args{"n": 3, "have": 1}}, {Name: "2", Key: cart.ErrGone.Key()},
		{Name: "3", Key: cart.ErrQty.Key(), Args: fault.Args{"min": 1, "max": cart.MaxQty}},
	}
	if diff := cmp.Diff(want, fault.FieldsOf(err)); diff != "" {
		t.Errorf("ART-09 the reason of every cell: %s", diff)
	}
	if v := f.guest.Cart(); v.Count != 3 {
		t.Errorf("ART-09 none of them is in the cart: %+v", v.Lines)
	}
	t.Run("ErrNothing", func(t *testing.T) {
		if _, err := f.Carts.AddAll(t.Context(), f.Shop, f.guest.Reader(), nil); !errors.Is(err, cart.ErrNothing) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("one variant in two cells", func(t *testing.T) {
		err := f.guest.Want(cart.Wish{Variant: f.mug, Qty: 2}, cart.Wish{Variant: f.mug, Qty: 1})
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "1" {
			t.Errorf("got %+v", fields)
		}
	})
}

// CART-03: who holds the last ones, in whatever line, is told so when he wants one more.
func TestCarts_ErrHeld(t *testing.T) {
	f := open(t)
	f.printed(t)
	if err := f.guest.Want(cart.Wish{Variant: f.mug, Extras: with("wood"), Qty: 3}); err != nil {
		t.Fatal(err)
	}
	want := fault.Args{"n": 3}
	for name, extras := range map[string]map[string]string{"with other options": with("paper"), "of the same line": with("wood")} {
		t.Run(name, func(t *testing.T) {
			_, err := f.Carts.Add(t.Context(), f.Shop, f.guest.Reader(), cart.Wish{Variant: f.mug, Extras: extras, Qty: 1})
			if !errors.Is(err, cart.ErrHeld) || fault.ArgsOf(err)["n"] != want["n"] {
				t.Errorf("got %v %v", err, fault.ArgsOf(err))
			}
			_, err = f.Carts.AddAll(t.Context(), f.Shop, f.guest.Reader(), []cart.Wish{{Variant: f.mug, Extras: extras, Qty: 1}})
			if diff := cmp.Diff([]fault.Field{{Name: "0", Key: cart.ErrHeld.Key(), Args: want}}, fault.FieldsOf(err)); diff != "" {
				t.Errorf("ART-09 in the table: %s", diff)
			}
		})
	}
	if v := f.guest.Cart(); len(v.Lines) != 1 || v.Count != 3 || v.Blocked {
		t.Errorf("the cart has changed: %+v", v.Lines)
	}
}

// CART-01: at sign-in lines of other extras stay lines of their own.
func TestCarts_ExtrasMerge(t *testing.T) {
	f := open(t)
	f.printed(t)
	who := f.customer(t, "zoe@example.com")
	signIn := func(r cart.Reader) {
		r.Customer = who
		if _, err := f.Carts.SignIn(t.Context(), f.Shop, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.guest.Want(cart.Wish{Variant: f.mug, Extras: with("paper"), Qty: 1}); err != nil {
		t.Fatal(err)
	}
	signIn(f.guest.Reader())
	other := f.Guest("zoe@example.org")
	for _, w := range []cart.Wish{{Variant: f.mug, Extras: with("wood"), Qty: 1}, {Variant: f.mug, Extras: with("paper"), Qty: 2}} {
		if err := other.Want(w); err != nil {
			t.Fatal(err)
		}
	}
	signIn(other.Reader())
	v, err := f.Carts.Show(t.Context(), f.Shop, cart.Reader{Customer: who, Locale: i18n.French})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Lines) != 2 || v.Count != 3 {
		t.Errorf("%+v", v.Lines)
	}
}
