package payment

import (
	"encoding/json"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// Cost is what choosing a mode costs the buyer, or saves him (PAY-08). Its zero value is nothing.
type Cost struct {
	Fee         Share `json:"fee,omitzero"`
	Rebate      Share `json:"rebate,omitzero"`
	IncludesTax bool  `json:"includes_tax,omitempty"` // the side both were entered on
}

// Share is an amount, a percentage, or both together.
type Share struct {
	Fixed   decimal.Decimal `json:"fixed,omitzero"`
	Percent decimal.Decimal `json:"percent,omitzero"`
}

// IsZero tells that there is none of it.
func (s Share) IsZero() bool { return s.Fixed.IsZero() && s.Percent.IsZero() }

// IsZero tells that paying like this changes nothing.
func (c Cost) IsZero() bool { return c.Fee.IsZero() && c.Rebate.IsZero() }

// Equal tells that two modes cost the same.
func (c Cost) Equal(other Cost) bool {
	return c.Fee.equal(other.Fee) && c.Rebate.equal(other.Rebate) && (c.IsZero() || c.IncludesTax == other.IncludesTax)
}

func (s Share) equal(other Share) bool {
	return s.Fixed.Equal(other.Fixed) && s.Percent.Equal(other.Percent)
}

// Of is what it comes to for an amount, rounded to the currency.
func (s Share) Of(a money.Amount) money.Amount {
	part := a.Decimal().Mul(s.Percent).Shift(-2).Add(s.Fixed)
	return money.New(part, a.Currency()).Round(money.HalfUp)
}

// document is a share as it is kept with a payment; nil for none.
func (s Share) document() (*string, error) {
	if s.IsZero() {
		return nil, nil
	}
	b, err := json.Marshal(s)
	text := string(b)
	return &text, err
}

func readShare(text *string) (s Share, err error) {
	if text != nil {
		err = json.Unmarshal([]byte(*text), &s)
	}
	return s, err
}

func (s Share) part(c money.Currency) pricing.Part {
	return pricing.Part{Fixed: money.New(s.Fixed, c), Rate: money.Percent(s.Percent)}
}

// check refuses what no fee or rebate can be. A rebate of everything is no way to pay.
func (s Share) check(c *form.Checker, name string) {
	c.Range(name+"_percent", s.Percent, decimal.Zero, decimal.NewFromInt(maxPercent))
	if s.Fixed.IsNegative() {
		c.Refuse(name+"_fixed", form.KeyTooSmall, fault.Args{"min": 0})
	} else if s.Fixed.GreaterThan(maxFixed) {
		c.Refuse(name+"_fixed", form.KeyTooLarge, fault.Args{"max": maxFixed})
	}
}

const maxPercent = 50

var maxFixed = decimal.NewFromInt(100_000)

// Tender is the mode as the price kernel knows it.
func (m Mode) Tender(i pricing.Instrument, c money.Currency) pricing.Tender {
	cost := m.Scope.Cost
	return pricing.Tender{Method: m.ID.String(), Name: m.Names, Instrument: i,
		Fee: cost.Fee.part(c), Rebate: cost.Rebate.part(c), IncludesTax: cost.IncludesTax}
}

// Tenders are the active modes that cost or save something, for the last step of a price.
func (m *Modes) Tenders(modes []Mode, c money.Currency) []pricing.Tender {
	var list []pricing.Tender
	for _, mode := range modes {
		if gateway, err := m.gateways.Find(mode.Kind); err == nil && mode.Active && !mode.Scope.Cost.IsZero() {
			list = append(list, mode.Tender(gateway.Capabilities().Law(), c))
		}
	}
	return list
}

// Gate is what the law says of a fee in a shop.
type Gate string

// The answers.
const (
	GateOpen   Gate = "open"   // always allowed
	GatePartly Gate = "partly" // not in some sales: there it is not charged
	GateShut   Gate = "shut"   // in none
)

// FeeGate says whether a shop may ask a fee for an instrument from buyers billed in these countries
// (none: everywhere), and the law that says no. It asks of every sale that may come about; the fee of a
// mode whose every sale would be unlawful is refused when the mode is saved.
func FeeGate(home string, countries []string, i pricing.Instrument) (Gate, pricing.Reason) {
	if len(countries) == 0 {
		countries = append(address.Union(), home, elsewhere)
	}
	var law pricing.Reason
	banned, sales := 0, 0
	for _, country := range countries {
		for _, business := range []bool{false, true} {
			sales++
			if why, no := pricing.SurchargeBan(home, pricing.Destination{Country: country, Business: business}, i); no {
				banned++
				if law.Key == "" {
					law = why
				}
			}
		}
	}
	switch banned {
	case 0:
		return GateOpen, law
	case sales:
		return GateShut, law
	}
	return GatePartly, law
}

// elsewhere stands for all countries outside the Union: none has a ban of ours.
const elsewhere = "US"

// KeyFeeBanned refuses a fee that could never be charged; its arguments are "law" and "n".
const KeyFeeBanned = "payment.fee_banned"

// checkCost refuses fees and rebates that cannot be, and the fee the law forbids in every sale. A mode
// that was given one where it was allowed may still be switched off.
func checkCost(c *form.Checker, d Draft, home string, i pricing.Instrument) {
	cost := d.Scope.Cost
	cost.Fee.check(c, "scope.fee")
	cost.Rebate.check(c, "scope.rebate")
	d.Scope.Provider.check(c, "scope.bank")
	if cost.Fee.IsZero() {
		return
	}
	if !cost.Rebate.IsZero() {
		c.Refuse("scope.rebate_fixed", "payment.fee_and_rebate", nil)
	}
	gate, law := FeeGate(home, shipping.Countries(d.Scope.Zones), i)
	if gate != GateShut || !d.Active {
		return
	}
	for name, n := range map[string]decimal.Decimal{"fixed": cost.Fee.Fixed, "percent": cost.Fee.Percent} {
		if !n.IsZero() {
			c.Refuse("scope.fee_"+name, KeyFeeBanned, fault.Args(law.Args))
		}
	}
}

// Law is what the law thinks of the instrument: an online family that says nothing is a card.
func (c Capabilities) Law() pricing.Instrument {
	if c.Instrument == "" {
		return pricing.Regulated
	}
	return c.Instrument
}
