package cart

import (
	"context"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// Reader is who looks at a cart.
type Reader struct {
	Token    Token       // of the cookie, "" when there is none
	Customer customer.ID // zero for a guest
	Locale   i18n.Locale
	Display  string // currency to show, "" for the shop's own
	// Profile is as which customer he sees prices. The face has made sure that he may.
	Profile profile.Code
}

// Carts keeps carts. Safe for concurrent use.
type Carts struct{ pricer Pricer }

// New makes a keeper of carts priced by p.
func New(p Pricer) *Carts { return &Carts{p} }

// Kept is what a change leaves for the face's two cookies.
type Kept struct {
	Token Token // opens the cart from now on
	Count int   // pieces
}

// Show reads the cart ready to be shown; an empty view when there is none. One read of the cart, one
// of its goods, and what the pricer reads once.
func (s *Carts) Show(ctx context.Context, shop *tenant.Shop, r Reader) (*View, error) {
	var v *View
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		v, err = s.ShowIn(tx, r)
		return err
	})
	return v, err
}

// ShowIn is Show inside a unit of work.
func (s *Carts) ShowIn(tx tenant.Tx, r Reader) (*View, error) {
	c, err := Find(tx, r)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return emptyView(tx, r)
	}
	if r.Display != "" {
		c.Display = r.Display
	}
	c.Profile = r.Profile
	return s.pricer.Preview(tx, c, r.Locale)
}

func emptyView(tx tenant.Tx, r Reader) (*View, error) {
	set, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	cur, err := money.ParseCurrency(set.Currencies.Management)
	return &View{Currency: cur, Display: r.Display}, err
}

// Count is the number of pieces in the visitor's cart, for the little cookie.
func (s *Carts) Count(ctx context.Context, shop *tenant.Shop, r Reader) (int, error) {
	n := 0
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		c, err := Find(tx, r)
		if c != nil {
			n = c.Count()
		}
		return err
	})
	return n, err
}

// SetQty gives lines other quantities, all of them or none; zero removes a line.
// Errors: ErrLine, ErrQty.
func (s *Carts) SetQty(ctx context.Context, shop *tenant.Shop, r Reader, qtys map[LineID]int) (Kept, error) {
	return s.change(ctx, shop, r, func(tx tenant.Tx, c *Cart) error {
		names, err := c.names(tx, r.Locale)
		if err != nil {
			return err
		}
		return c.setAll(qtys, names, tx.Now())
	})
}

// Remove takes a line out. Errors: ErrLine.
func (s *Carts) Remove(ctx context.Context, shop *tenant.Shop, r Reader, l LineID) (Kept, error) {
	return s.SetQty(ctx, shop, r, map[LineID]int{l: 0})
}

// Empty takes every line out.
func (s *Carts) Empty(ctx context.Context, shop *tenant.Shop, r Reader) (Kept, error) {
	return s.change(ctx, shop, r, func(tx tenant.Tx, c *Cart) error {
		c.empty(tx.Now())
		return nil
	})
}

// Undo takes the last removal or change of quantity back. Errors: ErrNoUndo.
func (s *Carts) Undo(ctx context.Context, shop *tenant.Shop, r Reader) (Kept, error) {
	return s.change(ctx, shop, r, func(_ tenant.Tx, c *Cart) error { return c.undo() })
}

// Take puts what is available of a short line in place of what was asked for; a line nothing is left
// of is removed. Errors: ErrLine.
func (s *Carts) Take(ctx context.Context, shop *tenant.Shop, r Reader, l LineID) (Kept, error) {
	return s.change(ctx, shop, r, func(tx tenant.Tx, c *Cart) error {
		at := c.find(l)
		if at < 0 {
			return ErrLine
		}
		line := c.Lines[at]
		goods, err := ReadGoods(tx, []stock.VariantID{line.Variant}, r.Locale)
		if err != nil {
			return err
		}
		good, problem := line.Of(goods)
		qty, ahead := line.Qty, c.Ahead(at)
		switch {
		case problem != NoProblem:
			qty = 0
		case !good.Level.Sellable(qty + ahead):
			qty = max(0, good.Level.Promisable()-ahead)
		}
		return c.set(l, qty, good.Name, tx.Now())
	})
}

// Choose keeps what the buyer has chosen, so that his cart shows the total of his checkout.
func (s *Carts) Choose(ctx context.Context, shop *tenant.Shop, r Reader, ch Choices) error {
	_, err := s.change(ctx, shop, r, func(_ tenant.Tx, c *Cart) error {
		c.Choices = ch
		return nil
	})
	return err
}

// SignIn gives the visitor's cart to the customer he turned out to be, merged with the one he left
// on another device (CART-01). r.Customer is that customer.
func (s *Carts) SignIn(ctx context.Context, shop *tenant.Shop, r Reader) (Kept, error) {
	kept := Kept{Token: r.Token}
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		guest, err := lockGuest(tx, r.Token)
		if err != nil {
			return err
		}
		own, err := Lock(tx, Reader{Customer: r.Customer})
		if err != nil {
			return err
		}
		switch {
		case guest == nil && own == nil:
			return nil
		case guest == nil:
			kept.Count = own.Count()
			return nil
		case own == nil:
			guest.Customer = r.Customer
			own = guest
		default:
			own.merge(guest)
			if err := remove(tx, guest.ID); err != nil {
				return err
			}
		}
		kept.Count = own.Count()
		return save(tx, own)
	})
	return kept, err
}

// change loads the cart under lock, alters it and writes it.
func (s *Carts) change(ctx context.Context, shop *tenant.Shop, r Reader, alter func(tenant.Tx, *Cart) error) (Kept, error) {
	return s.changeWith(ctx, shop, r, false, func(tx tenant.Tx) (*Cart, error) { return Lock(tx, r) }, alter)
}

// changeWith is change for a caller who locks the cart himself. begin makes one when there is none.
func (s *Carts) changeWith(ctx context.Context, shop *tenant.Shop, r Reader, begin bool, lock func(tenant.Tx) (*Cart, error),
	alter func(tenant.Tx, *Cart) error) (Kept, error) {
	kept := Kept{Token: r.Token}
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		c, err := lock(tx)
		if err != nil {
			return err
		}
		missing := c == nil
		if missing {
			c = fresh(r)
		}
		if err := alter(tx, c); err != nil {
			return err
		}
		kept.Count = c.Count()
		if r.Locale != "" {
			c.Locale = r.Locale
		}
		if r.Display != "" {
			c.Display = r.Display
		}
		switch {
		case !missing:
			return save(tx, c)
		case begin:
			kept.Token, err = create(tx, c)
			return err
		}
		return nil
	})
	return kept, err
}

// names are what the lines are called, for the label of an undo.
func (c *Cart) names(tx tenant.Tx, l i18n.Locale) (map[stock.VariantID]string, error) {
	variants := make([]stock.VariantID, len(c.Lines))
	for i, line := range c.Lines {
		variants[i] = line.Variant
	}
	goods, err := ReadGoods(tx, variants, l)
	if err != nil {
		return nil, err
	}
	names := map[stock.VariantID]string{}
	for v, g := range goods {
		names[v] = g.Name
	}
	return names, nil
}
