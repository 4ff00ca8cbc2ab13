package pricing

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/money"
)

// Charge is a cost of the order beside its goods.
type Charge struct {
	Kind   Kind // Shipping, Insurance or Fee
	Source string
	Price  Price
	Reason Reason
	// Over are the lines the charge is for. Its tax follows theirs: it is split
	// over their rates by net value.
	Over []int
	// Class taxes the charge by a class of its own instead.
	Class Class
}

// Charge puts a cost on the order, rounded half up to the currency. One that is not
// positive counts as zero and is still there to be shown ("postage included").
func (s *Sheet) Charge(c Charge) {
	zero := money.Zero(s.basket.Currency)
	amount := money.Max(c.Price.Amount.Round(money.HalfUp), zero)
	on := func(a money.Amount) Price { return Price{a, c.Price.IncludesTax} }
	s.note(Shopper, c.Source, "", c.Reason, on(zero), on(amount))
	classes, weights := []Class{c.Class}, []money.Amount{amount}
	if c.Class == "" {
		classes, weights = s.split(c.Over)
	}
	if amount.IsZero() {
		classes, weights = classes[:1], weights[:1]
	}
	for i, share := range money.Share(amount, weights) {
		if share.IsZero() && !amount.IsZero() {
			continue
		}
		s.piles = append(s.piles, pile{
			line: -1, kind: c.Kind, class: classes[i], includes: c.Price.IncludesTax, heap: heap{sum: zero},
		})
		s.post(len(s.piles)-1, c.Kind, c.Source, share, c.Reason)
		if len(classes) > 1 {
			rate := s.dutyOf(classes[i]).Rate
			s.note(Staff, c.Source, "", Because("price.split", Args{"rate": rate}), on(amount), on(share))
		}
	}
}

// Charged is what the charges of a kind come to so far, less the discounts on them.
func (s *Sheet) Charged(k Kind) Figures {
	sum := NoFigures(s.basket.Currency)
	for _, at := range s.charges(k) {
		sum = sum.Add(s.figuresOf(&s.piles[at]))
	}
	return sum
}

func (s *Sheet) charges(k Kind) []int {
	var found []int
	for at := s.Len(); at < len(s.piles); at++ {
		if s.piles[at].kind == k {
			found = append(found, at)
		}
	}
	return found
}

// split groups lines by how they are taxed, the highest rate first, and weighs
// each group by its net value; goods that cost nothing count by lines. A group
// goes by the first of its classes. With no line at all the charge is taxed as
// goods without a class are.
func (s *Sheet) split(over []int) ([]Class, []money.Amount) {
	type group struct {
		class Class
		duty  Duty
		net   money.Amount
		lines int64
	}
	var groups []group
	worthless := true
	for _, i := range over {
		class, net := s.piles[i].class, s.Figures(i).Net
		duty := s.dutyOf(class).Duty
		worthless = worthless && net.IsZero()
		at := slices.IndexFunc(groups, func(g group) bool {
			return g.duty.Rate.Equal(duty.Rate) && g.duty.Inside.Equal(duty.Inside)
		})
		if at < 0 {
			groups = append(groups, group{class, duty, net, 1})
			continue
		}
		g := &groups[at]
		g.class, g.net, g.lines = min(g.class, class), g.net.Add(net), g.lines+1
	}
	if len(groups) == 0 {
		groups = []group{{lines: 1, net: money.Zero(s.basket.Currency)}}
	}
	slices.SortFunc(groups, func(a, b group) int {
		if c := b.duty.Rate.Cmp(a.duty.Rate); c != 0 {
			return c
		}
		return strings.Compare(string(a.class), string(b.class))
	})
	classes, weights := make([]Class, len(groups)), make([]money.Amount, len(groups))
	for i, g := range groups {
		classes[i], weights[i] = g.class, g.net
		if worthless {
			weights[i] = money.FromMinor(g.lines, s.basket.Currency)
		}
	}
	return classes, weights
}
