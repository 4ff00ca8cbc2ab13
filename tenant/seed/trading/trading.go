package trading

import (
	"context"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
)

// House is where business is done.
type House struct {
	desk  *checkout.Desk
	carts *cart.Carts
	shop  *tenant.Shop
}

// New is the business of a shop. Nobody's VAT number is looked up by its desk.
func New(d *checkout.Desk, shop *tenant.Shop) *House {
	quiet := d.Config
	quiet.VAT = nil
	desk := checkout.New(quiet)
	return &House{desk, cart.New(desk), shop}
}

// Trade does what has not been done yet. The shop is the demo's first, and stocked.
func (h *House) Trade(ctx context.Context) error {
	over, err := h.over(ctx)
	if err != nil || over {
		return err
	}
	if err := refused(h.supply(ctx)); err != nil {
		return fmt.Errorf("buy for the demo: %w", err)
	}
	for _, s := range stories() {
		if err := refused(h.tell(ctx, s)); err != nil {
			return fmt.Errorf("order of %s: %w", s.email, err)
		}
	}
	if err := refused(h.offer(ctx)); err != nil {
		return fmt.Errorf("quote of the demo: %w", err)
	}
	return nil
}

// over tells that nothing is left to do: the last thing was done, or the shop counts in another currency than the
// costs here do.
func (h *House) over(ctx context.Context) (over bool, err error) {
	err = h.shop.Read(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		if over = s.Rules().Currency != money.EUR; over {
			return nil
		}
		return tx.DB().Raw("select exists (select from quotes where email = ? and sent is not null)", asker).Scan(&over).Error
	})
	return over, err
}

// refused keeps what went wrong, and forgets what the shop did not want.
func refused(err error) error {
	switch fault.KindOf(err) {
	case fault.Malformed, fault.NotFound, fault.Conflict, fault.Denied, fault.Quota:
		return nil
	case fault.SignIn, fault.Closed, fault.Upstream, fault.Internal:
	}
	return err
}

// article finds a variant by its SKU.
func (h *House) article(ctx context.Context, sku string) (a quote.Article, err error) {
	err = h.shop.Read(ctx, func(tx tenant.Tx) (err error) {
		a, err = quote.FindArticle(tx, sku)
		return err
	})
	return a, err
}
