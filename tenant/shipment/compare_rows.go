package shipment

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/order"
)

// compareRow is a row of compareSQL: a sum, or one order.
type compareRow struct {
	Kind, Currency, Mode, Label, Country, Prefix string
	Orders, Known, Parcels                       int
	Billed, Cost, Open                           decimal.Decimal
	ID                                           order.ID
	Number                                       string
	PlacedAt                                     *time.Time
}

func (r compareRow) choice() order.Choice { return order.Choice{Mode: r.Mode, Label: r.Label} }

// place is where it went: the part of the country is known by its postcode, as for taxes.
func (r compareRow) place() Place {
	return Place{Country: r.Country, Part: address.VATTerritory(r.Country, r.Prefix)}
}

func (r compareRow) sum(cur money.Currency) Sum {
	return Sum{Currency: cur, Mode: r.choice(), Place: r.place(), Figures: Figures{Orders: r.Orders, Known: r.Known, Parcels: r.Parcels,
		Billed: money.New(r.Billed, cur), Cost: money.New(r.Cost, cur), Open: money.New(r.Open, cur)}}
}

func (r compareRow) trade(cur money.Currency) Trade {
	t := Trade{Order: r.ID, Number: r.Number, Mode: r.choice(), Place: r.place(), Billed: money.New(r.Billed, cur), Cost: money.New(r.Cost, cur)}
	if r.PlacedAt != nil {
		t.PlacedAt = r.PlacedAt.UTC()
	}
	return t
}

// put adds a sum to that of the same currency, mode and place: postcodes of one part of a country are one.
func (c *Comparison) put(s Sum) {
	for i, have := range c.Rows {
		sameMode := have.Mode.Mode == s.Mode.Mode && (s.Mode.Mode != "" || have.Mode.Label == s.Mode.Label)
		if have.Currency == s.Currency && sameMode && have.Place == s.Place {
			c.Rows[i].Figures = have.add(s.Figures)
			return
		}
	}
	c.Rows = append(c.Rows, s)
}

// sort puts what lost most first, currency by currency.
func (c *Comparison) sort() {
	slices.SortFunc(c.Rows, func(a, b Sum) int {
		return cmp.Or(cmp.Compare(a.Currency.Code(), b.Currency.Code()), a.Margin().Decimal().Cmp(b.Margin().Decimal()),
			cmp.Compare(a.Mode.Label, b.Mode.Label), cmp.Compare(a.Place.Country, b.Place.Country), cmp.Compare(a.Place.Part.Name, b.Place.Part.Name))
	})
	slices.SortFunc(c.Worst, func(a, b Trade) int {
		return cmp.Or(cmp.Compare(a.Billed.Currency().Code(), b.Billed.Currency().Code()), a.Margin().Decimal().Cmp(b.Margin().Decimal()), cmp.Compare(a.Number, b.Number))
	})
	slices.SortFunc(c.Waiting, func(a, b Trade) int { return cmp.Or(a.PlacedAt.Compare(b.PlacedAt), cmp.Compare(a.Number, b.Number)) })
}
