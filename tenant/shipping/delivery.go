package shipping

import (
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Delivery is the step that charges the chosen mode and its insurance.
type Delivery struct{ Tariffs []*Tariff }

// Key is "delivery".
func (Delivery) Key() string { return "delivery" }

// To lists the modes that go to a destination. Which of them can take a basket is
// seen by pricing it with each.
func (d Delivery) To(to pricing.Destination) []*Tariff {
	var list []*Tariff
	for _, t := range d.Tariffs {
		if t.Serves(to) {
			list = append(list, t)
		}
	}
	return list
}

// Apply charges nothing for a basket without goods to carry. Otherwise it needs a
// chosen mode that goes there and takes the goods: what is missing is a refusal
// that blocks the order.
func (d Delivery) Apply(s *pricing.Sheet) error {
	b := s.Basket()
	if !b.NeedsShipping() {
		s.Remark(pricing.Staff, pricing.Because("shipping.nothing_to_send", nil))
		return nil
	}
	if b.Shipping.Mode == "" {
		s.Refuse("shipping", pricing.Because("shipping.choose", nil), true)
		return nil
	}
	t := d.find(b.Shipping.Mode)
	source := "shipping:" + b.Shipping.Mode
	if t == nil {
		s.Refuse(source, refused(ErrNotAvailable), true)
		return nil
	}
	if !t.Serves(b.Destination) {
		s.Refuse(source, refused(ErrNotServed).Named(t.Name), true)
		return nil
	}
	over := s.Lines(func(l *pricing.Line) bool { return l.Physical })
	parcel := t.pack(s, over)
	quote, err := t.quote(s, over, parcel)
	if fault.Is(err, fault.Conflict) {
		if args := fault.ArgsOf(err); args["up_to"] != nil {
			s.Remark(pricing.Staff, pricing.Because("shipping.beyond_none", pricing.Args(args)))
		}
		s.Refuse(source, refused(err).Named(t.Name), true)
		return nil
	}
	if err != nil {
		return err
	}
	for _, why := range quote.Steps {
		s.Remark(pricing.Staff, why)
	}
	s.Charge(pricing.Charge{
		Kind: pricing.Shipping, Source: source, Over: over, Class: t.Class,
		Price:  pricing.Price{Amount: quote.Amount, IncludesTax: t.IncludesTax},
		Reason: t.label(quote),
	})
	t.insure(s, source, over, parcel.Value)
	return nil
}

func (d Delivery) find(id string) *Tariff {
	for _, t := range d.Tariffs {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// pack takes the goods off the sheet at their net price after discounts.
func (t *Tariff) pack(s *pricing.Sheet, over []int) Parcel {
	items := make([]Item, len(over))
	for i, at := range over {
		l := s.Line(at)
		items[i] = Item{Qty: l.Qty, Weight: l.WeightFor(t.ID), Value: s.Figures(at).Net}
	}
	return Pack(t.currency, items...)
}

// quote is what sending costs. Where the cost depends on weight and nothing is known of an article's, the
// mode's fallback is charged, and staff is told which article it is (ART-13).
func (t *Tariff) quote(s *pricing.Sheet, over []int, p Parcel) (Quote, error) {
	unknown := ""
	for _, at := range over {
		if l := s.Line(at); t.Weighs() && unknown == "" && !l.HasWeightFor(t.ID) {
			unknown = l.SKU
		}
	}
	if unknown == "" {
		return t.Quote(p)
	}
	s.Remark(pricing.Staff, pricing.Because(KeyNoWeight, pricing.Args{"sku": unknown}).Named(t.Name))
	if t.Fallback == nil {
		return t.Quote(p)
	}
	fee := money.New(*t.Fallback, t.currency)
	return quoted(fee, pricing.Because("shipping.fallback", pricing.Args{"fee": fee})), nil
}

// KeyNoWeight is the remark that an article has neither a value for the mode nor a weight; its argument
// is "sku".
const KeyNoWeight = "shipping.no_weight"

func (t *Tariff) label(q Quote) pricing.Reason {
	if q.Amount.IsZero() && len(q.Steps) > 0 {
		return q.Steps[0].Named(t.Name)
	}
	return pricing.Because("shipping.mode", nil).Named(t.Name)
}

// insure charges the insurance where it is compulsory or the buyer wants it
// (SHP-09): a part of the net value, with the tax of the goods.
func (t *Tariff) insure(s *pricing.Sheet, source string, over []int, value money.Amount) {
	if t.Insurance.Rate.IsZero() || !t.Insurance.Compulsory && !s.Basket().Shipping.Insured {
		return
	}
	s.Charge(pricing.Charge{
		Kind: pricing.Insurance, Source: source, Over: over, Class: t.Class,
		Price:  pricing.Price{Amount: t.Insurance.Rate.Of(value)},
		Reason: pricing.Because("shipping.insurance", pricing.Args{"rate": t.Insurance.Rate, "value": value}),
	})
}

// refused is the reason of an error meant for the shopper.
func refused(err error) pricing.Reason {
	return pricing.Because(fault.KeyOf(err), pricing.Args(fault.ArgsOf(err)))
}

var _ pricing.Step = Delivery{}
