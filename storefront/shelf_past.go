package storefront

import (
	"slices"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
)

// recall holds what a tag crosses out against what was asked before, discounts of the shelf included: it is no
// more than the lowest price of the 30 days before the reduction, and that price is told (LAW-03).
func (v *visit) recall(t *tag, l *label) error {
	if t.was == nil || v.face.discounts.Memory() == nil {
		return nil
	}
	lowest, err := v.lowestAsked(l, t.now, t.full)
	if err != nil || lowest == nil {
		return err
	}
	t.lowest, t.cap = lowest, lowest
	if lowest.Cmp(*t.was) < 0 {
		t.was = lowest
	}
	return nil
}

// lowestAsked is the lowest price of a label in the 30 days before its reduction to now began, nil when none is
// known. Going back, a reduction has lasted for as long as the price is the same; one that goes down in steps
// begins anew with each. full is the price of now without discounts.
func (v *visit) lowestAsked(l *label, now, full money.Amount) (*money.Amount, error) {
	eras := v.eras(l)
	began, lasting := eras[0].From, true
	var lowest *money.Amount
	for _, era := range eras[1:] {
		if !lasting && !era.Until.After(began.Add(-pricelist.Window)) {
			break
		}
		asked, announced, err := v.askedIn(era, l, full)
		if err != nil {
			return nil, err
		}
		if lasting = lasting && announced && asked.Equal(now); lasting {
			began = era.From
		} else if lowest == nil || asked.Cmp(*lowest) < 0 {
			lowest = &asked
		}
	}
	return lowest, nil
}

// eras are the times up to now in which the price of a label was one, the latest first. Neighbours may have had
// the same.
func (v *visit) eras(l *label) []pricelist.Span {
	spans := l.offer.Asked
	if len(spans) == 0 {
		spans = []pricelist.Span{{Until: v.now.Add(1), Price: l.offer.Price}}
	}
	changes := v.face.discounts.Memory().Changes()
	var eras []pricelist.Span
	for _, span := range slices.Backward(spans) {
		for _, at := range slices.Backward(changes) {
			if at.After(span.From) && at.Before(span.Until) {
				later := span
				later.From, span.Until = at, at
				eras = append(eras, later)
			}
		}
		eras = append(eras, span)
	}
	return eras
}

// askedIn is what one piece of a label cost at the end of an era, and whether that was announced as a reduction.
func (v *visit) askedIn(era pricelist.Span, l *label, full money.Amount) (asked money.Amount, announced bool, err error) {
	at, memory := era.Until.Add(-1), v.face.discounts.Memory()
	if !memory.Held(at) && era.Price.Equal(l.offer.Price) {
		return full, era.Announced, nil
	}
	then := *l
	then.offer = pricelist.Offer{Price: era.Price, Own: era.Price}
	steps := pricing.Pipeline{pricing.Shelf{}, v.rules().Tax}
	if memory.Held(at) {
		steps = append(steps, memory.Steps().Goods)
	}
	priced, err := v.priceShelf(&then, 1, at, steps)
	if err != nil {
		return asked, false, err
	}
	one := bill.Lines(priced)[0]
	return one.Unit, era.Announced || one.Was != nil, nil
}
