package pricing

import (
	"slices"

	"echoppe.dev/platform/kit/money"
)

// Row is one displayed line of a cart, an order or an invoice.
type Row struct {
	Kind   Kind         `json:"kind"`
	Line   string       `json:"line,omitempty"`
	Source string       `json:"source,omitempty"`
	Reason Reason       `json:"reason"`
	Rate   money.Rate   `json:"rate"` // of a tax
	Amount money.Amount `json:"amount"`
	// Included marks a tax that is part of the rows above ("of which VAT"): it
	// informs and is not added.
	Included bool `json:"included,omitempty"`
}

// Same tells that another row says the same thing of the same price, maybe in another currency.
func (r Row) Same(o Row) bool {
	return r.Kind == o.Kind && r.Line == o.Line && r.Source == o.Source && r.Reason.Key == o.Reason.Key && r.Rate.Equal(o.Rate) && r.Included == o.Included
}

// Rows lays the result out for display on the sides of its View: the goods line
// by line, then discounts, shipping, insurance and fee by the rule that made
// them, then the taxes. The rows that are not Included sum to ToPay, whatever the
// sides are.
func (p *Priced) Rows() []Row {
	var rows []Row
	for _, k := range []Kind{Goods, Discount, Shipping, ShippingDiscount, Insurance, Fee} {
		first := len(rows)
		for i := range p.Adjustments {
			a := &p.Adjustments[i]
			if a.Kind != k {
				continue
			}
			line, shown := "", a.In(p.View.Side(k))
			if k == Goods {
				line = a.Line
			}
			at := slices.IndexFunc(rows[first:], func(r Row) bool {
				return r.Line == line && r.Source == a.Source && r.Reason.Key == a.Reason.Key
			})
			if at >= 0 {
				rows[first+at].Amount = rows[first+at].Amount.Add(shown)
				continue
			}
			rows = append(rows, Row{Kind: k, Line: line, Source: a.Source, Reason: a.Reason, Amount: shown})
		}
	}
	rows = p.sortGoods(rows)
	return append(rows, p.taxRows()...)
}

// sortGoods puts the goods back into the order of the basket.
func (p *Priced) sortGoods(rows []Row) []Row {
	place := make(map[string]int, len(p.Lines))
	for i := range p.Lines {
		place[p.Lines[i].ID] = i
	}
	goods := 0
	for goods < len(rows) && rows[goods].Kind == Goods {
		goods++
	}
	slices.SortStableFunc(rows[:goods], func(a, b Row) int { return place[a.Line] - place[b.Line] })
	return rows
}

// taxRows gives, for each rate, the tax on what is shown net, to be added, and
// the tax inside what is shown gross, for information.
func (p *Priced) taxRows() []Row {
	var rows []Row
	for _, t := range p.Totals.TaxByRate {
		added, inside := money.Zero(p.Currency), money.Zero(p.Currency)
		for i := range p.Adjustments {
			a := &p.Adjustments[i]
			if a.Kind == Tax || !a.Rate.Equal(t.Rate) {
				continue
			}
			if p.View.Side(a.Kind) == Net {
				added = added.Add(a.Figures.Tax)
			} else {
				inside = inside.Add(a.Figures.Tax)
			}
		}
		args := Args{"rate": t.Rate}
		if !added.IsZero() {
			rows = append(rows, Row{Kind: Tax, Source: "tax", Reason: Because("price.tax", args), Rate: t.Rate, Amount: added})
		}
		if !inside.IsZero() {
			rows = append(rows, Row{
				Kind: Tax, Source: "tax", Reason: Because("price.tax_included", args),
				Rate: t.Rate, Amount: inside, Included: true,
			})
		}
	}
	return rows
}
