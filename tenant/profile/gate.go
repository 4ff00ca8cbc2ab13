package profile

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Gate is the step of the price kernel that refuses what a profile may not do, as far as the basket shows
// it: too small an order (PROF-02), and a destination that contradicts what was declared (PROF-09). It
// stands in a pipeline twice, before the discounts on goods and after them, because a minimum counts the
// goods at one of the two moments.
type Gate struct {
	*Profile
	Discounted bool // it stands after the discounts
}

// GateKey is the key of the step, with which its refusals are found.
const GateKey = "profile"

// Key is GateKey.
func (Gate) Key() string { return GateKey }

// Apply refuses, with what is missing. It changes no amount.
func (g Gate) Apply(s *pricing.Sheet) error {
	if s.Len() == 0 {
		return nil
	}
	if g.Minimum.Amount.IsPositive() && g.Minimum.Listed != g.Discounted {
		g.wantMinimum(s)
	}
	if to := s.Basket().Destination.Country; g.Discounted && s.Basket().NeedsShipping() && to != "" && !g.Sends(to) {
		g.refuse(s, "profile.send_to", pricing.Args{"country": to})
	}
	return nil
}

func (g Gate) wantMinimum(s *pricing.Sheet) {
	m := g.Minimum
	minimum := money.New(m.Amount, s.Basket().Currency)
	missing := minimum.Sub(s.Sum(s.Lines(nil)).In(m.side()))
	if !missing.IsPositive() {
		return
	}
	key := "profile.minimum_" + string(m.side())
	if m.side() == pricing.Gross && s.Basket().View.Side(pricing.Goods) == pricing.Net {
		key = "profile.minimum_taxed" // who sees prices without tax has to be told
	}
	if g.Discounted {
		key += "_reduced" // articles for what is missing would be reduced too, and not be enough
	}
	g.refuse(s, key, pricing.Args{"minimum": minimum, "missing": missing})
}

func (g Gate) refuse(s *pricing.Sheet, key string, args pricing.Args) {
	s.Refuse(GateKey+":"+string(g.Code), pricing.Because(key, args).Named(g.Names), true)
}

var _ pricing.Step = Gate{}
