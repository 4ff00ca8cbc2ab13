package pricefile

import (
	"slices"
	"strconv"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// Price prices the basket by the rules.
//
// Errors: fault.Malformed with the fields of what is wrong, named by their place in the file
// ("rules.shipping.0.values.fee"); currency.ErrNoRate for a currency without one.
func (f *File) Price() (*Answer, error) {
	who, err := f.who()
	if err != nil {
		return nil, err
	}
	steps, err := f.pipeline(who)
	if err != nil {
		return nil, err
	}
	rates, err := f.rates()
	if err != nil {
		return nil, err
	}
	basket := f.Basket
	if who != nil {
		basket.Profile, basket.View = who.Priced(), who.View(basket.View)
	}
	priced, err := steps.Price(basket)
	if err != nil {
		return nil, in("basket.", err)
	}
	a := &Answer{Version: Version, Priced: *priced, Rows: priced.Rows(), Barred: f.barred(who)}
	if a.Shown, err = f.shown(a, rates); err != nil {
		return nil, err
	}
	a.Charged, err = f.charged(a, rates)
	return a, err
}

// pipeline is the order of the rules, as package pricing says it and the checkout has it.
func (f *File) pipeline(who *profile.Profile) (pricing.Pipeline, error) {
	zone, err := f.zone()
	if err != nil {
		return nil, err
	}
	taxes, err := tax.New(f.Rules.Tax, zone)
	if err != nil {
		return nil, in("rules.tax.", err)
	}
	d := f.Rules.Discount
	rules, err := discount.Compile(f.Basket.Currency, d.Rules, d.Families)
	if err != nil {
		return nil, in("rules.discount.", err)
	}
	off := rules.With(d.Facts)
	delivery, err := f.delivery()
	if err != nil {
		return nil, err
	}
	tenders := pricing.Tenders{Home: f.Rules.Tax.Home.Country, Modes: f.Rules.Payment}
	if who == nil {
		return pricing.Pipeline{pricing.Shelf{}, taxes, off.Goods, off.Order, delivery, off.Delivery, tenders}, nil
	}
	return pricing.Pipeline{pricing.Shelf{}, taxes, profile.Gate{Profile: who}, off.Goods, off.Order,
		profile.Gate{Profile: who, Discounted: true}, permits{who}, delivery, off.Delivery, tenders}, nil
}

func (f *File) zone() (*time.Location, error) {
	zone, err := time.LoadLocation(f.Rules.TimeZone)
	if err != nil {
		var c form.Checker
		c.Refuse("rules.time_zone", form.KeyChoice, nil)
		return nil, c.Err()
	}
	return zone, nil
}

func (f *File) delivery() (shipping.Delivery, error) {
	var d shipping.Delivery
	for i, m := range f.Rules.Shipping {
		t, err := shipping.Builtin().Open(f.Basket.Currency, m)
		if err != nil {
			return d, in("rules.shipping."+strconv.Itoa(i)+".", err)
		}
		d.Tariffs = append(d.Tariffs, t)
	}
	return d, nil
}

func (f *File) rates() (currency.Rates, error) {
	rates, err := currency.NewRates(f.Basket.Currency, f.Currencies.Rates...)
	return rates, in("currencies.", err)
}

// shown is the total in the buyer's currency and the rows that make it.
func (f *File) shown(a *Answer, rates currency.Rates) (Shown, error) {
	display := currency.Display{Currency: f.Basket.Currency}
	if d := f.Currencies.Display; d != nil {
		if err := d.Check(); err != nil {
			return Shown{}, in("currencies.display.", err)
		}
		display = *d
	}
	seen, err := bill.In(&a.Priced, display, rates)
	if err != nil {
		return Shown{}, err
	}
	s := Shown{Currency: display.Currency, ToPay: seen.Totals.ToPay}
	rows := seen.Rows()
	for _, r := range a.Rows {
		if r.Included {
			continue
		}
		amount := money.Zero(display.Currency) // a tax below the smallest coin there has no row
		if at := slices.IndexFunc(rows, r.Same); at >= 0 {
			amount = rows[at].Amount
		}
		s.Rows = append(s.Rows, amount)
	}
	return s, nil
}

// rounding is by what rule the buyer sees prices.
func (f *File) rounding() currency.Rounding {
	if d := f.Currencies.Display; d != nil {
		return d.Rounding
	}
	return currency.Rounding{}
}

// charged is what is paid and in which currency.
func (f *File) charged(a *Answer, rates currency.Rates) (currency.Record, error) {
	accepted := f.Currencies.Settlement
	if len(accepted) == 0 {
		accepted = []money.Currency{f.Basket.Currency}
	}
	settled, err := rates.Choose(accepted, a.Shown.Currency)
	if err != nil {
		return currency.Record{}, err
	}
	return currency.Lock{Rates: rates, At: f.Basket.At}.Record(a.Totals.ToPay, a.Shown.ToPay, f.rounding(), settled)
}

// in names the fields of an error by their place in the file.
func in(place string, err error) error {
	if err == nil {
		return nil
	}
	var c form.Checker
	if err := c.Add(place, err); err != nil {
		return err
	}
	return c.Err()
}
