package shopsettings

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// simulated is the basket that was typed. Errors: refused fields "lines.0.qty" …, "country".
func (d *Desk) simulated(ctx context.Context, s sheet.Sheet, q simulatorQuery, set *settings.Settings) (pricing.Basket, error) {
	lines := q.filled()
	skus := make([]string, 0, len(lines))
	for _, l := range lines {
		if l.SKU != "" {
			skus = append(skus, l.SKU)
		}
	}
	goods, at, err := goodsBySKU(ctx, s.Visit.Shop, skus)
	if err != nil {
		return pricing.Basket{}, err
	}
	var c form.Checker
	c.Required("country", q.Country)
	if len(lines) == 0 {
		c.Refuse(lineTable, form.KeyRequired, nil)
	}
	const most = 50
	if len(lines) > most {
		c.Refuse(lineTable, form.KeyTooMany, fault.Args{"max": most})
	}
	region, _ := shipping.Region(q.Country, q.Region)
	b := pricing.Basket{
		Currency: set.Rules().Currency, View: set.Rules().View, At: at,
		Destination: pricing.Destination{Country: q.Country, Region: region, Postcode: q.Postcode},
	}
	for i, l := range lines {
		r := lineReader{&c, s, set, lineTable + "." + strconv.Itoa(i) + "."}
		b.Lines = append(b.Lines, r.line(strconv.Itoa(i), l, goods))
	}
	if err := c.Err(); err != nil {
		return b, err
	}
	return b, b.Check()
}

// lineReader reads one line of the typed cart.
type lineReader struct {
	*form.Checker
	sheet.Sheet
	set *settings.Settings
	at  string
}

func (r lineReader) line(id string, l simulatedLine, goods map[string]knownGood) pricing.Line {
	const most, places = 100_000, 3
	locale := r.View().Locale
	r.Required(r.at+"qty", l.Qty)
	line := pricing.Line{ID: id, SKU: l.SKU, Name: l.SKU, Physical: true, Qty: int64(r.Int(r.at+"qty", l.Qty, 1, most)),
		Unit: pricing.Price{IncludesTax: r.set.Tax.EntryGross}, Class: pricing.Class(l.Class)}
	price, weight := decimal.Zero, decimal.Zero
	good, known := goods[l.SKU]
	switch {
	case known:
		price, weight = good.price, decimal.New(good.grams, -3)
		line.Unit.IncludesTax, line.Physical = good.gross, good.physical
		if line.Class == "" {
			line.Class = pricing.Class(good.class)
		}
		_ = json.Unmarshal(good.ship, &line.Weights) // written by the catalogue; without it the weight counts
	case l.SKU != "":
		r.Refuse(r.at+"sku", "setup.shipping.simulator.no_sku", nil)
	default:
		r.Required(r.at+"price", l.Price)
	}
	if l.Price != "" {
		price = r.positive(r.at+"price", r.Decimal(r.at+"price", locale, l.Price, money.MaxPlaces))
	}
	if l.Weight != "" {
		weight, line.Weights = r.positive(r.at+"weight", r.Decimal(r.at+"weight", locale, l.Weight, places)), nil
	}
	line.Unit.Amount, line.Weight = money.New(price, r.set.Rules().Currency), weight
	return line
}

// positive refuses what is below nothing.
func (r lineReader) positive(name string, n decimal.Decimal) decimal.Decimal {
	if n.IsNegative() {
		r.Refuse(name, form.KeyTooSmall, fault.Args{"min": 0})
		return decimal.Zero
	}
	return n
}

// cartRows is the table of lines as it is drawn.
func cartRows(s sheet.Sheet, set *settings.Settings) ui.Rows {
	return s.Rows(ui.Rows{
		Name: lineTable, Blank: 2,
		Columns: []ui.Field{
			{Name: "sku", Autocomplete: "off"},
			{Name: "qty", InputMode: "numeric", Autocomplete: "off"},
			{Name: "weight", InputMode: "decimal", Autocomplete: "off"},
			{Name: "price", Label: s.T("lines.price", ui.Args{"currency": set.Currencies.Management, "side": s.T("side." + side(set.Tax.EntryGross))}), InputMode: "decimal", Autocomplete: "off"},
			{Name: "class", Options: append([]ui.Option{{}}, taxClasses(s.Visit, set.Tax)...)},
		},
	})
}
