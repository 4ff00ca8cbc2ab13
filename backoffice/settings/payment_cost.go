package shopsettings

import (
	"net/url"

	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// putCost writes the fee and the rebate of a mode into its form (PAY-08).
func putCost(values url.Values, l i18n.Locale, cost payment.Cost) {
	for name, share := range map[string]payment.Share{"mode-fee": cost.Fee, "mode-rebate": cost.Rebate} {
		if !share.Fixed.IsZero() {
			values.Set(name+"_fixed", i18n.FormatInput(l, share.Fixed, 0))
		}
		if !share.Percent.IsZero() {
			values.Set(name+"_percent", i18n.FormatInput(l, share.Percent, 0))
		}
	}
	values.Set("mode-cost_side", side(cost.IncludesTax || cost.IsZero()))
}

// putProvider writes what the bank takes of the merchant.
func putProvider(values url.Values, l i18n.Locale, s payment.Share) {
	if !s.Fixed.IsZero() {
		values.Set("mode-bank_fixed", i18n.FormatInput(l, s.Fixed, 0))
	}
	if !s.Percent.IsZero() {
		values.Set("mode-bank_percent", i18n.FormatInput(l, s.Percent, 0))
	}
}

// providerOf reads it back.
func providerOf(c *form.Checker, l i18n.Locale, f paymentForm) payment.Share {
	return payment.Share{
		Fixed:   c.Decimal("scope.bank_fixed", l, f.BankFixed, money.MaxPlaces),
		Percent: c.Decimal("scope.bank_percent", l, f.BankPercent, percents),
	}
}

// percents is how many decimals a percentage has.
const percents = 3

// costOf reads it back.
func costOf(c *form.Checker, l i18n.Locale, f paymentForm) payment.Cost {
	return payment.Cost{
		Fee: payment.Share{
			Fixed:   c.Decimal("scope.fee_fixed", l, f.FeeFixed, money.MaxPlaces),
			Percent: c.Decimal("scope.fee_percent", l, f.FeePercent, percents),
		},
		Rebate: payment.Share{
			Fixed:   c.Decimal("scope.rebate_fixed", l, f.RebateFixed, money.MaxPlaces),
			Percent: c.Decimal("scope.rebate_percent", l, f.RebatePercent, percents),
		},
		IncludesTax: f.CostSide != "net",
	}
}

// gateOf says beside the fields of a fee what the law allows this kind of payment to cost.
func gateOf(s sheet.Sheet, set *settings.Settings, gateway payment.Gateway) string {
	var typed []shipping.Zone
	for i := 0; s.Values.Has(sheet.Cell(zoneTable, i, "country")); i++ {
		typed = append(typed, shipping.Zone{Country: s.Values.Get(sheet.Cell(zoneTable, i, "country"))})
	}
	gate, law := payment.FeeGate(set.Identity.Address.Country, shipping.Countries(typed), gateway.Capabilities().Law())
	return s.T("gate."+string(gate), ui.Args(law.Args))
}
