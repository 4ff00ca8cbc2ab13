package pricing

import "echoppe.dev/platform/kit/money"

// pile is the amounts that are taxed together: a line with its discounts,
// or the part of a charge that follows one rate. Its tax is computed on the sum,
// so every amount on it is worth the difference it makes to that.
type pile struct {
	line     int // index on the sheet, -1 for a charge
	kind     Kind
	class    Class
	includes bool
	heap
	settled heap // as far as adjustments were made of it
}

// heap is a sum that grew amount by amount.
type heap struct {
	sum     money.Amount
	amounts int
	figures Figures
	fresh   bool // figures are those of sum
}

// levied is the duty of a class, and how the tax is called.
type levied struct {
	class Class
	Duty
	why Reason
}

// posting is an amount that a step put on a pile. It becomes an adjustment when its
// two sides are known.
type posting struct {
	pile   int
	kind   Kind
	source string
	amount money.Amount
	why    Reason
}

// dutyOf is how a class is taxed. It is asked for once for every class.
func (s *Sheet) dutyOf(c Class) *levied {
	for i := range s.duties {
		if s.duties[i].class == c {
			return &s.duties[i]
		}
	}
	duty := s.duty(c)
	s.duties = append(s.duties, levied{c, duty, Because("price.tax", Args{"rate": duty.Rate})})
	return &s.duties[len(s.duties)-1]
}

func (s *Sheet) figuresOf(p *pile) Figures {
	if !p.fresh {
		p.figures = s.dutyOf(p.class).figures(Price{p.sum, p.includes}, s.basket.Currency.Digits())
		p.fresh = true
	}
	return p.figures
}

// post puts an amount on a pile.
func (s *Sheet) post(at int, k Kind, source string, amount money.Amount, why Reason) {
	p := &s.piles[at]
	p.put(amount)
	s.postings = append(s.postings, posting{at, k, source, amount, why})
}

// lineOf is the ID of the line a pile belongs to, "" for a charge.
func (s *Sheet) lineOf(p *pile) string {
	if p.line < 0 {
		return ""
	}
	return s.Line(p.line).ID
}

func (h *heap) put(amount money.Amount) {
	if h.amounts > 0 {
		amount = h.sum.Add(amount)
	}
	h.sum, h.amounts, h.fresh = amount, h.amounts+1, false
}
