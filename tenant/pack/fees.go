package pack

import (
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/shipping"
)

// inShop is a way to deliver of the pack with its fees in the currency the shop is kept in, rounded as a shop would
// write them; nil where no rate is known.
func (p *Plan) inShop(m *Mode) (*Mode, error) {
	in := p.Kept()
	if !p.Rate.IsPositive() {
		return nil, nil
	}
	x := currency.Exchange{From: p.Pack.Currency, To: in, Factor: p.Rate, Sums: currency.Rounding{Step: step(p.Rate, in)}}
	if err := x.Check(); err != nil {
		return nil, err
	}
	mode, err := shipping.Builtin().Convert(m.Mode, in, x.Sum)
	if err != nil {
		return nil, fmt.Errorf("convert the fees of %s: %w", m.Code, err)
	}
	return &Mode{Code: m.Code, Mode: mode}, nil
}

// step is what fees in a currency are written to, of which one of the pack's is worth so many: tenths, or where a
// unit is worth little whole ones or tens.
func step(rate decimal.Decimal, in money.Currency) decimal.Decimal {
	const many, very = 5, 100 // from these rates on amounts lose their cents, and their units
	switch {
	case rate.GreaterThanOrEqual(decimal.NewFromInt(very)):
		return decimal.NewFromInt(10)
	case in.Digits() == 0 || rate.GreaterThanOrEqual(decimal.NewFromInt(many)):
		return decimal.NewFromInt(1)
	}
	return decimal.New(1, -1)
}
