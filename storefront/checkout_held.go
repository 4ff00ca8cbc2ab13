package storefront

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/currency"
)

// held says which rates the checkout goes by where lists show prices at others by now (CUR-04): those of the currency
// he sees and of the one he is charged in. It is nil where they are the same.
func (v *visit) held(s *checkout.Sheet) *view.HeldRate {
	var rates []string
	for _, in := range slices.Compact([]money.Currency{v.display.Currency, s.Charge.Amount.Currency()}) {
		held, err := s.Lock.Rates.Find(in)
		if err != nil || in == s.Lock.Rates.Base() {
			continue
		}
		if now, err := v.rules().Rates.Find(in); err == nil && now.Factor.Equal(held.Factor) {
			continue
		}
		rates = append(rates, v.rateText(s.Lock.Rates.Base(), held))
	}
	if len(rates) == 0 {
		return nil
	}
	at := s.Lock.At.In(v.rules().Zone)
	return &view.HeldRate{From: i18n.FormatTime(v.locale(), at), Until: i18n.FormatTime(v.locale(), at.Add(currency.LockFor)),
		Text: strings.Join(rates, ", ")}
}

// rateText is "1 EUR = 1.0842 USD", with spaces that do not break.
func (v *visit) rateText(base money.Currency, r currency.Rate) string {
	return "1\u00a0" + base.Code() + " = " + i18n.FormatNumber(v.locale(), r.Factor) + "\u00a0" + r.Currency.Code()
}
