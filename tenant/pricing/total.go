package pricing

import (
	"slices"

	"echoppe.dev/platform/kit/money"
)

// total turns the sheet into the result.
func (s *Sheet) total() *Priced {
	p := &Priced{
		Currency: s.basket.Currency, View: s.basket.View, Taxation: s.taxation,
		Lines: make([]PricedLine, s.Len()), Refusals: s.refusals,
	}
	s.step = "totals"
	none := NoFigures(s.basket.Currency)
	p.Totals = noTotals(none)
	s.layOut(p, none)
	s.settle(p)
	for i := range p.Lines {
		l := &p.Lines[i]
		l.Discount = l.Total.Sub(l.Goods)
	}
	s.levy(p)
	p.Totals.sum()
	p.Trace = append(make(Trace, 0, len(s.trace)), s.trace...)
	return p
}

// layOut writes the lines, in the order of the basket.
func (s *Sheet) layOut(p *Priced, none Figures) {
	for i := range s.Len() {
		l, duty := s.Line(i), s.dutyOf(s.piles[i].class)
		p.Lines[s.lines[i]] = PricedLine{
			ID: l.ID, SKU: l.SKU, Name: l.Name, Qty: l.Qty, Physical: l.Physical, Class: l.Class,
			Rate: duty.Rate, Extras: l.Extras, Entered: s.units[i], Unit: duty.unitFigures(s.units[i]),
			Goods: none, Total: s.Figures(i),
		}
	}
}

// settle makes adjustments of the postings and gives each its two sides. A pile is
// taxed on its sum; each amount on it is worth the difference it makes to that, so
// the sides of the amounts sum to the sides of the pile exactly, whatever was rounded.
func (s *Sheet) settle(p *Priced) {
	p.Adjustments = make([]Adjustment, len(s.postings), len(s.postings)+len(s.piles)) // room for the taxes
	for i := range s.postings {
		post, a := &s.postings[i], &p.Adjustments[i]
		whole := &s.piles[post.pile]
		part, duty := &whole.settled, s.dutyOf(whole.class)
		before := part.figures
		part.put(post.amount)
		if part.amounts == whole.amounts {
			part.figures = s.figuresOf(whole)
		} else {
			part.figures = duty.figures(Price{part.sum, whole.includes}, s.basket.Currency.Digits())
		}
		a.Kind, a.Source, a.Reason, a.Line, a.Class = post.kind, post.source, post.why, s.lineOf(whole), whole.class
		a.Price, a.Rate, a.Figures = Price{post.amount, whole.includes}, duty.Rate, part.figures
		if part.amounts > 1 {
			a.Figures = part.figures.Sub(before)
		}
		p.Totals.add(a)
		if post.kind == Goods && whole.line >= 0 {
			line := &p.Lines[s.lines[whole.line]]
			line.Goods = line.Goods.Add(a.Figures)
		}
	}
}

func (t *Totals) add(a *Adjustment) {
	var to *Figures
	switch a.Kind {
	case Goods:
		to = &t.Goods
	case Discount:
		to = &t.Discounts
	case Shipping:
		to = &t.Shipping
	case ShippingDiscount:
		to = &t.ShippingDiscounts
	case Insurance:
		to = &t.Insurance
	case Fee:
		to = &t.Fee
	case Tax:
		return // already in the figures of what it is levied on
	}
	*to = to.Add(a.Figures)
}

// levy writes the tax of every pile as an adjustment of its own, and the rows of
// tax by rate.
func (s *Sheet) levy(p *Priced) {
	t, none := &p.Totals, NoFigures(s.basket.Currency)
	for i := range s.piles {
		pile, duty := &s.piles[i], s.dutyOf(s.piles[i].class)
		f := s.figuresOf(pile)
		t.addTax(duty.Rate, f)
		s.retax(pile, duty, f)
		if f.Tax.IsZero() {
			continue
		}
		p.Adjustments = append(p.Adjustments, Adjustment{
			Kind: Tax, Source: "tax", Reason: duty.why, Line: s.lineOf(pile), Class: pile.class, Rate: duty.Rate,
			Price: Price{Amount: f.Tax}, Figures: none,
			Included: pile.includes && duty.Rate.Equal(duty.Inside),
		})
	}
	t.sortTaxes()
	for _, row := range t.TaxByRate {
		with := Price{Amount: row.Net.Add(row.Tax), IncludesTax: true}
		why := Because("price.tax", Args{"rate": row.Rate})
		s.note(Shopper, "tax", "", why, Price{Amount: row.Net}, with)
	}
}

// retax tells how an amount that was entered with one tax in it came to contain another, or none.
func (s *Sheet) retax(p *pile, duty *levied, f Figures) {
	if !p.includes || p.sum.IsZero() || duty.Rate.Equal(duty.Inside) {
		return
	}
	why := Because(Retaxed, Args{"from": duty.Inside, "to": duty.Rate})
	s.note(Staff, "tax", s.lineOf(p), why, Price{p.sum, true}, Price{f.Gross, true})
}

// Retaxed is the reason of an entry that tells a change of tax within a price. It is stored with orders and
// never changes.
const Retaxed = "price.tax_changed"

func (t *Totals) addTax(rate money.Rate, f Figures) {
	if f.IsZero() {
		return
	}
	at := slices.IndexFunc(t.TaxByRate, func(r TaxRow) bool { return r.Rate.Equal(rate) })
	if at < 0 {
		t.TaxByRate = append(t.TaxByRate, TaxRow{rate, f.Net, f.Tax})
		return
	}
	row := &t.TaxByRate[at]
	row.Net, row.Tax = row.Net.Add(f.Net), row.Tax.Add(f.Tax)
}
