package shipping

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Mode is one way to send that a merchant set up: any number may use the same
// calculator with other values.
type Mode struct {
	ID          string          `json:"id"`
	Name        i18n.Text       `json:"name"`
	Calculator  string          `json:"calculator"`
	Values      form.Values     `json:"values"`
	Zones       []Zone          `json:"zones,omitempty"` // none: everywhere
	MaxParcel   decimal.Decimal `json:"max_parcel"`      // heaviest parcel, 0 for no limit
	Insurance   Insurance       `json:"insurance"`
	IncludesTax bool            `json:"includes_tax,omitempty"` // its fees were entered with tax
	Class       pricing.Class   `json:"class,omitempty"`        // "" follows the rates of the goods
	// Measure names what the mode counts in when that is not kilograms ("points"): articles then have
	// a value of their own for it (ART-13), and the physical weight stands in where they have none.
	Measure string `json:"measure,omitempty"`
	// Fallback is charged when the cost depends on weight and an article has neither value nor weight;
	// nil computes with nothing for it.
	Fallback *decimal.Decimal `json:"fallback,omitempty"`
}

// Insurance costs a part of the net value of the goods. No rate, no insurance.
type Insurance struct {
	Rate       money.Rate `json:"rate"`
	Compulsory bool       `json:"compulsory,omitempty"` // otherwise the buyer chooses
}

// Tariff is a mode that was checked and can be asked for its cost. It is immutable.
type Tariff struct {
	Mode
	formula  Formula
	currency money.Currency
}

// Open checks a mode and makes a tariff of it. It returns ErrUnknownCalculator, or
// fault.Malformed with the fields.
func (c Calculators) Open(cur money.Currency, m Mode) (*Tariff, error) {
	calc, err := c.Find(m.Calculator)
	if err != nil {
		return nil, err
	}
	var check form.Checker
	formula, err := calc.Open(cur, m.Values)
	if err != nil {
		if err := check.Add("values.", err); err != nil {
			return nil, fmt.Errorf("open shipping mode %s: %w", m.ID, err)
		}
	}
	check.Required("id", m.ID)
	if m.MaxParcel.IsNegative() {
		check.Refuse("max_parcel", form.KeyTooSmall, fault.Args{"min": 0})
	}
	if m.Fallback != nil && m.Fallback.IsNegative() {
		check.Refuse("fallback", form.KeyTooSmall, fault.Args{"min": 0})
	}
	check.OneLine("measure", m.Measure, maxMeasure)
	check.Range("insurance.rate", m.Insurance.Rate.Percent(), decimal.Zero, decimal.NewFromInt(100))
	for i, z := range m.Zones {
		z.check(&check, "zones."+strconv.Itoa(i)+".")
	}
	if err := check.Err(); err != nil {
		return nil, err
	}
	return &Tariff{m, formula, cur}, nil
}

// maxMeasure keeps the heading of a column short.
const maxMeasure = 20

// Weighs reports whether the cost depends on the weight of the goods.
func (t *Tariff) Weighs() bool { return t.formula.PerParcel() }

// Serves reports whether the mode goes there.
func (t *Tariff) Serves(to pricing.Destination) bool {
	for _, z := range t.Zones {
		if z.Holds(to) {
			return true
		}
	}
	return len(t.Zones) == 0
}

// Quote is what sending costs. Goods heavier than the heaviest parcel go in as
// few equal parcels as carry them, and a cost by weight is paid for each. It
// returns ErrNotAvailable, or ErrTooHeavy for an article no parcel can take.
func (t *Tariff) Quote(p Parcel) (Quote, error) {
	n := decimal.NewFromInt(1)
	if t.MaxParcel.IsPositive() && t.formula.PerParcel() {
		for _, it := range p.Items {
			if it.Weight.GreaterThan(t.MaxParcel) {
				return Quote{}, ErrTooHeavy.With(fault.Args{"weight": t.inUnit(it.Weight), "max": t.inUnit(t.MaxParcel)})
			}
		}
		if p.Weight.GreaterThan(t.MaxParcel) {
			n = ceilDiv(p.Weight, t.MaxParcel)
			p.Weight, _ = p.Weight.QuoRem(n, weightPlaces)
		}
	}
	q, err := t.formula.Quote(p)
	if err != nil {
		return Quote{}, t.measuredError(err)
	}
	for i := range q.Steps {
		q.Steps[i] = t.measured(q.Steps[i])
	}
	if n.Equal(decimal.NewFromInt(1)) {
		return q, nil
	}
	q.Amount = q.Amount.Mul(n)
	q.Steps = append(q.Steps, pricing.Because("shipping.parcels", pricing.Args{"count": n, "weight": t.inUnit(p.Weight)}))
	return q, nil
}

// weightPlaces cuts the weight of one of several parcels: finer than any scale,
// and downwards, so that a share of the heaviest load is not too heavy.
const weightPlaces = 6
