package pricefiletest

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricefile"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// currencies have 2, 0, 3 and 2 digits.
var currencies = []money.Currency{money.EUR, money.JPY, money.KWD, money.CHF}

var destinations = []pricing.Destination{
	{}, {Country: "FR", Postcode: "75001"}, {Country: "FR", Postcode: "97400"}, {Country: "FR", Postcode: "20090"}, {Country: "MC"},
	{Country: "DE"}, {Country: "CH"}, {Country: "PT", Postcode: "9500-001"}, {Country: "US", Region: "CA"}, {Country: "GB", Postcode: "BT1 1AA"},
	{Country: "DE", Business: true, VATNumber: "DE136695976"}, {Country: "BE", Business: true, VATNumber: "nonsense"},
}

// places are where steady carts of several lines go from France: entered with tax, to consumers in the
// Union; without, out of it.
var places = map[bool][]pricing.Destination{
	true:  {{}, {Country: "FR", Postcode: "75001"}, {Country: "MC"}, {Country: "DE"}, {Country: "PT", Postcode: "1000-001"}},
	false: {{Country: "US", Region: "CA"}, {Country: "CH"}, {Country: "FR", Postcode: "97400"}},
}

// profiles are the anonymous visitor, the public and a private one.
var profiles = []string{"", "public", "resellers"}

// families are how the branches of the tree below stand on a line: with all their ancestors.
var (
	families = [][]string{nil, {"clothes"}, {"clothes", "shoes"}, {"clothes", "shoes", "sandals"}, {"summer"}, {"shoes", "clothes", "summer"}}
	tree     = map[string]string{"clothes": "", "shoes": "clothes", "sandals": "shoes", "summer": ""}
	skus     = []string{"A", "B", "C", "D"}
)

var (
	noon    = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	classes = tax.Classes()
	sides   = []pricing.Side{pricing.Net, pricing.Gross}
)

// Cart is the cart of a number with all its rules.
func Cart(n uint64) *pricefile.File { return roll(n, false).file() }

// Steady is a cart whose price follows the prices of its goods without a jump. No rule of it asks how
// much the goods cost before it decides whether it holds, which row of a scale it goes by, or which of
// two rules is the better one: discounts have no minimum and no scale on value, and all of them stack;
// what a dearer cart costs to send never falls, and it is always sent.
//
// A third of them have one line, and everything else as in Cart. Where there are more, an odd cent of what
// is shared by the lines may move from one to another when a price changes. So nothing treats them
// differently: all amounts are entered on the side on which they are paid (with tax, and the merchant
// keeps his gross price; or without, and nobody is taxed), a rule that is for some of the lines has its turn
// before those for the order, and nothing is charged by the net value of goods that are entered with tax.
func Steady(n uint64) *pricefile.File { return roll(n, true).file() }

func (d *dice) file() *pricefile.File {
	f := &pricefile.File{Version: pricefile.Version, Basket: d.basket(), Rules: d.rules(), Currencies: d.shown()}
	b := &f.Basket
	b.Shipping = pricing.ShippingChoice{Mode: f.Rules.Shipping[0].ID, Insured: d.one(2)}
	if d.one(12) {
		b.Shipping.Mode = pick(d, []string{"", "gone"})
	}
	if !d.one(4) {
		b.Payment.Method = f.Rules.Payment[0].Method
	}
	b.Codes = d.typed(&f.Rules.Discount)
	return f
}

func (d *dice) basket() pricing.Basket {
	b := pricing.Basket{
		Currency: d.currency, At: noon, Destination: pick(d, destinations), Profile: pick(d, profiles),
		View: pricing.View{Goods: pick(d, sides), Shipping: pick(d, sides)},
	}
	if d.alike {
		b.Destination = pick(d, places[d.withTax])
	}
	lines := 1
	if !d.steady || d.alike {
		lines = 1 + d.IntN(6)
	}
	for i := range lines {
		b.Lines = append(b.Lines, d.line(i))
	}
	return b
}

func (d *dice) line(i int) pricing.Line {
	sku := pick(d, skus)
	l := pricing.Line{
		ID: "line-" + strconv.Itoa(i), SKU: sku, Article: sku, Name: sku, Qty: 1 + d.Int64N(4),
		Unit: d.price(d.amount(30_000)), Class: classes[min(d.IntN(2*len(classes)), d.IntN(len(classes)))],
		Physical: !d.one(4), Blocked: d.one(5), Families: pick(d, families), Weight: d.number(900, 2),
	}
	if d.one(4) {
		l.Qty = 1 + d.Int64N(60)
	}
	if d.one(8) {
		l.Weights = map[string]decimal.Decimal{"mode-0": d.number(900, 3)}
	}
	if d.one(3) {
		l.Tiers = []pricing.Tier{{From: 2 + d.Int64N(4), Unit: d.amount(30_000)}, {From: 10 + d.Int64N(20), Unit: d.amount(30_000)}}
		l.Marginal = d.one(2)
		if d.one(3) {
			l.TierGroup = "group"
		}
	}
	for range max(0, d.IntN(5)-2) {
		l.Extras = append(l.Extras, d.extra())
	}
	return l
}

func (d *dice) extra() pricing.Extra {
	x := pricing.Extra{Code: pick(d, []string{"print", "gift", "express"}), Name: i18n.Text{"en": "Extra"}}
	if d.one(2) {
		x.Fixed = d.amount(2_000)
	}
	if d.one(2) {
		x.Rate = d.lowRate()
	}
	return x
}

func (d *dice) rules() pricefile.Rules {
	return pricefile.Rules{
		Tax: d.taxes(), Shipping: []shipping.Mode{d.mode()}, Payment: []pricing.Tender{d.tender()}, Discount: d.discounts(),
	}
}

func (d *dice) taxes() tax.Settings {
	s := tax.Settings{
		Home: tax.Place{Country: pick(d, []string{"FR", "FR", "DE", "CH"})}, Registered: !d.one(10),
		Distance: pick(d, []tax.Distance{tax.AtDestination, tax.AtHome}), Keep: pick(d, []tax.Keep{tax.KeepGross, tax.KeepNet}),
		NoReverseCharge: d.one(4),
	}
	if d.alike {
		s.Home.Country, s.Keep = "FR", tax.KeepGross
	}
	return s
}

func (d *dice) tender() pricing.Tender {
	t := pricing.Tender{
		Method: "pay", IncludesTax: d.includesTax(),
		Instrument: pick(d, []pricing.Instrument{pricing.Regulated, pricing.OtherInstrument, pricing.NoInstrument, pricing.NoInstrument}),
	}
	for _, part := range []*pricing.Part{&t.Fee, &t.Rebate} {
		if d.one(2) {
			part.Rate = d.lowRate()
		}
		if d.one(3) {
			part.Fixed = d.amount(500)
		}
	}
	return t
}

func (d *dice) shown() pricefile.Currencies {
	if d.one(2) {
		return pricefile.Currencies{}
	}
	show := pick(d, displays)
	return pricefile.Currencies{
		Rates:   []currency.Rate{{Currency: show.Currency, Factor: decimal.New(1+d.Int64N(30_000), -4)}},
		Display: &show, Settlement: []money.Currency{pick(d, []money.Currency{show.Currency, d.currency})},
	}
}

// displays are the currencies carts are shown in, with their rules for looks. None is one that carts are reckoned in.
var displays = []currency.Display{
	{Currency: money.USD},
	{Currency: money.USD, Rounding: currency.Rounding{Step: decimal.NewFromInt(1), Ending: decimal.New(95, -2)}},
	{Currency: money.MustCurrency("SEK"), Rounding: currency.Rounding{Step: decimal.New(5, -2)}},
	{Currency: money.MustCurrency("KRW"), Rounding: currency.Rounding{Step: decimal.NewFromInt(100), Ending: decimal.NewFromInt(80)}},
	{Currency: money.MustCurrency("BHD")},
}
