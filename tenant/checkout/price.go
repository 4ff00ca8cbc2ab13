package checkout

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
)

// rules are what the price of every basket of a shop depends on.
type rules struct {
	*settings.Settings
	delivery shipping.Delivery
	book     *promotion.Book
	tenders  pricing.Tenders
	carriage bool // what sending costs was agreed, and no discount touches it
}

// pipeline is the order of the rules, readable in one place, for a buyer of whom these facts are known.
func (r *rules) pipeline(p *profile.Profile, known discount.Facts) pricing.Pipeline {
	discounts := r.book.With(known)
	steps := pricing.Pipeline{
		pricing.Shelf{},
		r.Rules().Tax,
		profile.Gate{Profile: p},
		discounts.Goods,
		discounts.Order,
		profile.Gate{Profile: p, Discounted: true},
		r.delivery,
	}
	if !r.carriage {
		steps = append(steps, discounts.Delivery)
	}
	return append(steps, r.tenders)
}

// rules reads the rules, from memory when nothing has changed.
func (d *Desk) rules(tx tenant.Tx) (*rules, error) {
	return tenant.Memo(tx, "checkout", d.readRules)
}

func (d *Desk) readRules(tx tenant.Tx) (*rules, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	r := &rules{Settings: s}
	modes, err := d.Modes.List(tx)
	if err != nil {
		return nil, err
	}
	r.tenders = pricing.Tenders{Home: s.Identity.Address.Country, Modes: d.Modes.Tenders(modes, r.Rules().Currency)}
	if r.delivery.Tariffs, err = d.Calculators.Tariffs(tx, r.Rules().Currency); err != nil {
		return nil, err
	}
	r.book, err = promotion.Read(tx)
	return r, err
}

// profile is as which customer somebody buys.
func (r *rules) profile(c *cart.Cart) *profile.Profile {
	return dealing(r.Rules().Profiles.Find(c.Profile), c.Deal)
}

// gramsPerWeight makes kilograms of a variant's grams: the tables of carriers are in kilograms.
const gramsPerWeight = -3

// ask is the cart's question for prices: at the rates its checkout goes by.
func (r *rules) ask(c *cart.Cart, at time.Time) pricelist.Ask {
	a := pricelist.Ask{Profile: profile.Code(r.profile(c).Priced()), At: at, Rates: c.Choices.Lock.Hold(at, r.Rules().Rates).Rates}
	if in, err := money.ParseCurrency(c.Display); err == nil {
		a.Currency = in
	}
	return a
}

// basket is the cart as the kernel prices it. Lines that cannot be bought at all are left out.
func (r *rules) basket(c *cart.Cart, goods map[stock.VariantID]cart.Good, at time.Time) pricing.Basket {
	who, ask := r.profile(c), r.ask(c, at)
	b := pricing.Basket{
		Currency: r.Rules().Currency, View: who.View(r.Rules().View), At: at, Customer: c.Customer.String(), Profile: who.Priced(),
		Destination: destination(c.Choices),
		Shipping:    pricing.ShippingChoice{Mode: c.Choices.Shipping, Insured: c.Choices.Insured},
		Payment:     pricing.PaymentChoice{Method: c.Choices.Payment},
		Codes:       c.Codes,
		Lines:       make([]pricing.Line, 0, len(c.Lines)),
	}
	for _, l := range c.Lines {
		g, problem := l.Of(goods)
		if problem != cart.NoProblem {
			continue
		}
		line := pricing.Line{
			ID: l.ID.String(), SKU: g.SKU, Name: g.Name, Qty: int64(l.Qty),
			Unit: pricing.Price{Amount: money.Zero(b.Currency), IncludesTax: g.Gross}, Extras: g.Extras, Class: g.Class,
			Physical: g.Physical, Weight: decimal.New(int64(g.WeightG), gramsPerWeight), Weights: g.ShipValues, Article: g.Product.String(),
			Families: g.Families, Blocked: g.Blocked,
		}
		g.Offer(ask).Line(&line, line.Article)
		b.Lines = append(b.Lines, line)
	}
	return b
}

// destination is where the goods go, in the words of the kernel.
func destination(c cart.Choices) pricing.Destination {
	return pricing.Destination{Country: c.Country, Region: c.Region, Postcode: c.Postcode,
		Business: c.Business, VATNumber: c.VATNumber, Proof: c.Proof}
}

// reckoning is a cart with all that was read to price it.
type reckoning struct {
	rules  *rules
	cart   *cart.Cart
	goods  map[stock.VariantID]cart.Good
	known  discount.Facts
	basket pricing.Basket
	view   *cart.View
}

// reckon reads the goods of a cart and what its discounts want to know of the buyer, and prices it.
func (d *Desk) reckon(tx tenant.Tx, c *cart.Cart, who promotion.Who, l i18n.Locale) (*reckoning, error) {
	r, err := d.rules(tx)
	if err != nil {
		return nil, err
	}
	r = r.under(c)
	variants := make([]stock.VariantID, len(c.Lines))
	for i, line := range c.Lines {
		variants[i] = line.Variant
	}
	goods, err := cart.ReadGoodsOf(tx, r.Settings, variants, l)
	if err != nil {
		return nil, err
	}
	k := &reckoning{rules: r, cart: c, goods: goods}
	if k.known, err = r.book.Facts(tx, who, c.Codes); err != nil {
		return nil, err
	}
	return k, k.price(tx.Now())
}

// price prices the cart with the choices it has now.
func (k *reckoning) price(at time.Time) error {
	k.basket = k.rules.basket(k.cart, k.goods, at)
	k.view = k.show()
	k.divide()
	if len(k.basket.Lines) == 0 {
		return nil
	}
	priced, err := k.priced(k.basket)
	if err != nil {
		return fmt.Errorf("price cart %s: %w", k.cart.ID, err)
	}
	k.view.Priced, k.view.NeedsShipping = priced, k.basket.NeedsShipping()
	for i := range priced.Lines {
		for j := range k.view.Lines {
			if k.view.Lines[j].ID.String() == priced.Lines[i].ID {
				k.view.Lines[j].Price = &priced.Lines[i]
			}
		}
	}
	k.divide()
	return nil
}

func (k *reckoning) profile() *profile.Profile { return k.rules.profile(k.cart) }

// show is the cart without its prices.
func (k *reckoning) show() *cart.View {
	v := &cart.View{ID: k.cart.ID, Count: k.cart.Count(), Undo: k.cart.Undo, Choices: k.cart.Choices, Codes: k.cart.Codes,
		Currency: k.rules.Rules().Currency, Display: k.cart.Display, Lines: make([]cart.LineView, len(k.cart.Lines))}
	for i, l := range k.cart.Lines {
		line := cart.LineView{ID: l.ID, Variant: l.Variant, Qty: l.Qty}
		line.Good, line.Problem = l.Of(k.goods)
		level, ahead := line.Good.Level, k.cart.Ahead(i)
		if !level.Awaited(ahead + l.Qty) {
			line.Good.Arrived()
		}
		switch left := level.Promisable() - ahead; {
		case line.Problem != cart.NoProblem:
		case level.Sellable(ahead + l.Qty):
		case left <= 0:
			line.Problem = cart.SoldOut
		default:
			line.Problem, line.Available = cart.Short, left
		}
		v.Blocked = v.Blocked || line.Problem != cart.NoProblem
		v.Lines[i] = line
	}
	return v
}

// Price prices a cart; it makes the Desk a cart.Pricer. As long as nobody has said where the goods go, they are
// taxed at home.
func (d *Desk) Price(tx tenant.Tx, c *cart.Cart, l i18n.Locale) (*cart.View, error) {
	k, err := d.reckonCart(tx, c, l)
	if err != nil {
		return nil, err
	}
	return k.view, nil
}

// reckonCart is reckon for the cart's own page: what a payment mode adds that was chosen before counts only where
// something is to be paid, as in the checkout.
func (d *Desk) reckonCart(tx tenant.Tx, c *cart.Cart, l i18n.Locale) (*reckoning, error) {
	k, err := d.reckon(tx, c, promotion.Who{Customer: c.Customer}, l)
	if err != nil || c.Choices.Payment == "" {
		return k, err
	}
	_, err = k.nothingNow(tx.Now())
	return k, err
}

// Preview is Price with what only the cart's page tells: what delivery is going to cost, and what will be charged.
func (d *Desk) Preview(tx tenant.Tx, c *cart.Cart, l i18n.Locale) (*cart.View, error) {
	k, err := d.reckonCart(tx, c, l)
	if err != nil {
		return nil, err
	}
	if err := k.estimate(); err != nil {
		return nil, err
	}
	return k.view, d.foretell(tx, k)
}

// choices are what of a draft a price depends on. The goods are taxed where they go, or, when
// nothing is carried, where the bill goes.
func (d Draft) choices(needsShipping bool, proof *pricing.VATProof) cart.Choices {
	to, number := d.Delivery, d.number()
	if !needsShipping {
		to = d.Billed()
	}
	to = to.Clean()
	return cart.Choices{Country: to.Country, Region: to.Region, Postcode: to.Postcode, Business: number != "",
		VATNumber: number, Shipping: d.Shipping, Insured: d.Insured, Payment: d.Payment, Proof: proof}
}

// number is the VAT number of who pays.
func (d Draft) number() string { return address.CleanVATNumber(d.Billed().VATNumber) }

var _ cart.Pricer = (*Desk)(nil)
