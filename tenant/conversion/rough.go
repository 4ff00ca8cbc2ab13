package conversion

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/settings"
)

// worth is what a euro is roughly worth, so that the fees a shop begins with have the right size where
// it is. It is no rate: nothing is ever converted with it but what a program has prepared and no buyer
// has seen.
var worth = map[string]string{
	"EUR": "1", "USD": "1.1", "GBP": "0.85", "CHF": "0.95", "CAD": "1.5", "AUD": "1.7", "NZD": "1.85",
	"SEK": "11", "NOK": "11.5", "DKK": "7.5", "ISK": "145", "PLN": "4.3", "CZK": "25", "HUF": "400", "RON": "5", "BGN": "2",
	"TRY": "45", "UAH": "45", "RSD": "117", "MAD": "10.8", "TND": "3.4", "XOF": "656", "XAF": "656", "ILS": "4", "AED": "4", "ZAR": "20",
	"JPY": "165", "CNY": "8", "HKD": "8.5", "SGD": "1.5", "KRW": "1600", "INR": "98", "THB": "38",
	"MXN": "21", "BRL": "6.2", "CLP": "1050", "COP": "4600", "PEN": "4", "UYU": "46",
}

// Worth is how many of one currency are about as much as one of the other; one, and false, when that is not known.
func Worth(from, to money.Currency) (decimal.Decimal, bool) {
	was, knownWas := worth[from.Code()]
	is, knownIs := worth[to.Code()]
	if !knownWas || !knownIs {
		return decimal.NewFromInt(1), false
	}
	const places = 6
	return decimal.RequireFromString(is).DivRound(decimal.RequireFromString(was), places), true
}

// Rough is the plan for a shop that has sold nothing: fees of about the same worth, as a shop would write them, to five
// cents or where a unit is worth little to whole ones or tens. Where the worth is not known, nothing is charged that nobody
// has looked at.
func Rough(from, to money.Currency) Plan {
	factor, known := Worth(from, to)
	step := decimal.New(5, -2)
	const many, very = 5, 100 // from these factors on amounts lose their cents, and their units
	switch {
	case factor.GreaterThanOrEqual(decimal.NewFromInt(very)):
		step = decimal.NewFromInt(10)
	case to.Digits() == 0 || factor.GreaterThanOrEqual(decimal.NewFromInt(many)):
		step = decimal.NewFromInt(1)
	}
	rounding := currency.Rounding{Step: step}
	return Plan{Exchange: currency.Exchange{From: from, To: to, Factor: factor, Rounding: rounding, Sums: rounding}, Old: settings.OldGone, Blind: !known}
}
