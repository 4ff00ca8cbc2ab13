package discount

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Steps are the discounts of the price pipeline, each where DSC-09 puts it: Goods
// and Order after the tax decision, Delivery after the shipping charge. They may be
// left out from the end: a listing needs Goods only.
type Steps struct {
	Goods    pricing.Step // articles and families
	Order    pricing.Step // order total and quantity, then coupons
	Delivery pricing.Step // shipping
}

// With makes the steps for a buyer of whom these facts are known. The steps keep the
// facts, which must not change any more.
func (r *Rules) With(facts Facts) Steps {
	all := &sale{rules: r, facts: &facts}
	return Steps{Goods: goodsStep{all}, Order: orderStep{all}, Delivery: deliveryStep{all}}
}

// sale is what the three steps have in common.
type sale struct {
	rules *Rules
	facts *Facts
}

// run is the calculation under way on a sheet: the three steps leave each other what was given.
func (a *sale) run(s *pricing.Sheet) *run {
	if r, ok := s.Left(a).(*run); ok {
		return r
	}
	r := a.rules.start(s, a.facts)
	s.Leave(a, r)
	return r
}

type (
	goodsStep    struct{ *sale }
	orderStep    struct{ *sale }
	deliveryStep struct{ *sale }
)

// Key is "discount_goods".
func (goodsStep) Key() string { return "discount_goods" }

// Apply gives every line the rules of articles and families that win it.
func (a goodsStep) Apply(s *pricing.Sheet) error {
	r := a.run(s)
	if r.alone != nil {
		if r.alone.rule.lane == goodsLane {
			r.give(s, *r.alone)
		}
		return nil
	}
	for _, g := range r.chooseGoods(r.before) {
		r.give(s, g)
	}
	return nil
}

// Key is "discount_order".
func (orderStep) Key() string { return "discount_order" }

// Apply gives the rules on the order, then the coupons on goods, and refuses the
// codes that are not given. Codes for shipping wait for their step.
func (a orderStep) Apply(s *pricing.Sheet) error {
	r := a.run(s)
	var gifts []gift
	if r.alone == nil && len(r.orders) > 0 {
		gifts = r.chooseOrders(r.stand(s))
	}
	if r.alone != nil && r.alone.rule.lane != goodsLane {
		gifts = append(gifts, *r.alone)
	}
	refuse := func(code string, why pricing.Reason) { s.Refuse(CodePrefix+code, why, false) }
	r.giveAll(s, gifts, refuse)
	if len(r.typed) > 0 {
		r.giveAll(s, r.chooseCoupons(r.stand(s), refuse), refuse)
	}
	return nil
}

// giveAll gives what was chosen. A code that finds nothing left to take off is
// refused.
func (r *run) giveAll(s *pricing.Sheet, gifts []gift, refuse func(string, pricing.Reason)) {
	for _, g := range gifts {
		if !r.give(s, g) && g.code != "" {
			refuse(g.code, typed{g.code, g.rule}.refusal(obstacle{key: noBetter}))
		}
	}
}

// give takes a gift off the goods and reports whether there was anything to take it
// from.
func (r *run) give(s *pricing.Sheet, g gift) bool {
	taken := r.none()
	for _, p := range g.parts {
		off, why := g.rule.takes(p.tier), g.rule.reasons[1+p.tier]
		if g.code != "" {
			why = g.rule.because(p.tier, g.code)
		}
		var now money.Amount
		if off.Kind == Rate {
			now = s.DiscountRate(p.lines, off.Rate, g.rule.source, why)
		} else {
			now = s.DiscountAmount(p.lines, off.Price, g.rule.source, why)
		}
		if now.IsPositive() && p.tier != below {
			s.Remark(pricing.Staff, g.rule.reached(p.tier))
		}
		taken = taken.Add(now)
	}
	if !taken.IsPositive() {
		return false
	}
	r.note(g)
	return true
}

var (
	_ pricing.Step = goodsStep{}
	_ pricing.Step = orderStep{}
	_ pricing.Step = deliveryStep{}
)
