package checkout

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/stock"
)

// Try is a cart somebody in the office has typed, to see what it would cost and why.
type Try struct {
	Lines    []TryLine
	Profile  profile.Code
	Email    string // of a buyer who may have ordered before, "" for nobody
	To       pricing.Destination
	Codes    []string
	Shipping string // id of a mode, "" for none chosen
	Insured  bool
	Payment  string    // id of a mode, "" for none chosen
	At       time.Time // zero for now
	Locale   i18n.Locale
	// Draft is a discount to be tried as if it were switched on, nil for none.
	Draft *discount.Rule
}

// TryLine is one article by its SKU.
type TryLine struct {
	SKU string
	Qty int
}

// Trial is what a typed cart costs.
type Trial struct {
	Priced *pricing.Priced
	Totals []bill.Total
	Lines  []bill.Line // of Priced.Lines
	// Unpaid tells that the payment mode is not offered to such a buyer: the price is without its fee or rebate.
	Unpaid bool
}

// Ways are the payment modes that can be tried: those that are switched on.
func (d *Desk) Ways(tx tenant.Tx) ([]payment.Mode, error) {
	modes, err := d.Modes.List(tx)
	return slices.DeleteFunc(modes, func(m payment.Mode) bool { return !m.Active }), err
}

// Simulate prices a typed cart by the pipeline of the shop. It reads and writes nothing of a buyer;
// articles that are not for sale are priced too.
//
// Errors: Malformed with "lines" for no article, "lines.<n>.sku" for one the shop does not have,
// "lines.<n>.qty" for a quantity no cart can have.
func (d *Desk) Simulate(ctx context.Context, shop *tenant.Shop, t Try) (*Trial, error) {
	var out *Trial
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		k, err := d.try(tx, t)
		if err != nil {
			return err
		}
		at := t.At
		if at.IsZero() {
			at = tx.Now()
		}
		if err := k.price(at); err != nil {
			return err
		}
		unpaid, err := d.payTry(tx, k, t)
		if err != nil {
			return err
		}
		p := k.view.Priced
		out = &Trial{Priced: p, Totals: bill.Totals(p), Lines: bill.Lines(p), Unpaid: unpaid}
		return nil
	})
	return out, err
}

// payTry prices the cart anew as it is paid with the mode that was chosen, or tells that it cannot be.
func (d *Desk) payTry(tx tenant.Tx, k *reckoning, t Try) (unpaid bool, err error) {
	if t.Payment == "" {
		return false, nil
	}
	mode, err := id.Parse[payment.Mode](t.Payment)
	if err != nil {
		return true, nil // no page of ours offers it
	}
	_, err = d.Modes.FindOffer(tx, mode, t.To, k.view.Total())
	if errors.Is(err, payment.ErrMode) || err == nil && !k.profile().Pays(t.Payment) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	k.cart.Choices.Payment = t.Payment
	return false, k.price(k.basket.At)
}

// try makes a cart of what was typed.
func (d *Desk) try(tx tenant.Tx, t Try) (*reckoning, error) {
	stored, err := d.rules(tx)
	if err != nil {
		return nil, err
	}
	r := *stored
	if t.Draft != nil {
		if r.book, err = promotion.ReadWith(tx, *t.Draft); err != nil {
			return nil, err
		}
	}
	c := &cart.Cart{Profile: t.Profile, Codes: t.Codes, Choices: cart.Choices{Country: t.To.Country, Region: t.To.Region,
		Postcode: t.To.Postcode, Business: t.To.Business, VATNumber: t.To.VATNumber, Shipping: t.Shipping, Insured: t.Insured}}
	variants, err := fillCart(tx, c, t.Lines)
	if err != nil {
		return nil, err
	}
	k := &reckoning{rules: &r, cart: c}
	if k.goods, err = cart.ReadGoodsOf(tx, r.Settings, variants, t.Locale); err != nil {
		return nil, err
	}
	for v, g := range k.goods {
		g.ForSale = true
		k.goods[v] = g
	}
	k.known, err = r.book.Facts(tx, promotion.Who{Email: strings.TrimSpace(t.Email)}, c.Codes)
	return k, err
}

// fillCart puts the typed articles into a cart, equal ones into one line, as a cart does.
func fillCart(tx tenant.Tx, c *cart.Cart, lines []TryLine) ([]stock.VariantID, error) {
	skus := make([]string, len(lines))
	for i, l := range lines {
		skus[i] = l.SKU
	}
	var rows []struct {
		ID  stock.VariantID
		SKU string
	}
	if len(skus) > 0 {
		if err := tx.DB().Raw("select id, sku from variants where sku in ?", skus).Scan(&rows).Error; err != nil {
			return nil, fmt.Errorf("look up articles: %w", err)
		}
	}
	found := make(map[string]stock.VariantID, len(rows))
	for _, r := range rows {
		found[r.SKU] = r.ID
	}
	var check form.Checker
	at := map[stock.VariantID]int{}
	var variants []stock.VariantID
	for i, l := range lines {
		v, known := found[l.SKU]
		switch {
		case !known:
			check.Refuse("lines."+strconv.Itoa(i)+".sku", "checkout.no_sku", fault.Args{"sku": l.SKU})
		case l.Qty < 1 || l.Qty > cart.MaxQty:
			check.Refuse("lines."+strconv.Itoa(i)+".qty", cart.ErrQty.Key(), fault.Args{"max": cart.MaxQty})
		default:
			if n, twice := at[v]; twice {
				c.Lines[n].Qty += l.Qty
				continue
			}
			at[v] = len(c.Lines)
			c.Lines = append(c.Lines, cart.Line{ID: id.New[cart.Line](), Variant: v, Qty: l.Qty})
			variants = append(variants, v)
		}
	}
	if len(lines) == 0 {
		check.Refuse("lines", cart.ErrEmpty.Key(), nil)
	}
	return variants, check.Err()
}
