package paypal

import (
	"errors"
	"regexp"

	"echoppe.dev/platform/kit/money"
)

// currencies are those of PayPal's page on currency codes that any account may be paid in. Not in it are BRL, CNY and MYR,
// which only accounts of that country have, and RUB.
var currencies = []money.Currency{money.EUR, money.USD, money.GBP, money.CHF, money.CAD, money.AUD, money.JPY, money.CZK, money.DKK, money.NOK, money.SEK,
	money.MustCurrency("HKD"), money.MustCurrency("HUF"), money.MustCurrency("ILS"), money.MustCurrency("MXN"), money.MustCurrency("NZD"),
	money.MustCurrency("PHP"), money.MustCurrency("PLN"), money.MustCurrency("SGD"), money.MustCurrency("THB"), money.MustCurrency("TWD")}

// undivided are the currencies PayPal takes no decimals of. ISO 4217 has two for the forint and the Taiwan dollar.
var undivided = map[string]bool{"JPY": true, "HUF": true, "TWD": true}

var errAmount = errors.New("paypal: an amount that cannot be one")

// write is a positive amount as PayPal wants it. Errors: errAmount for a fraction it has no coin for.
func write(a money.Amount) (string, error) {
	if _, err := a.Minor(); err != nil || !a.IsPositive() {
		return "", errAmount
	}
	d := a.Decimal()
	if !undivided[a.Currency().Code()] {
		return d.StringFixed(a.Currency().Digits()), nil
	}
	if !d.IsInteger() {
		return "", errAmount
	}
	return d.StringFixed(0), nil
}

var valueShape = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,3})?$`)

// read is an amount as PayPal writes it.
func read(value, code string) (money.Amount, error) {
	currency, err := money.ParseCurrency(code)
	if err != nil || !valueShape.MatchString(value) {
		return money.Amount{}, errAmount
	}
	a, err := money.Parse(value, currency)
	if err != nil {
		return money.Amount{}, errAmount
	}
	if _, err := a.Minor(); err != nil {
		return money.Amount{}, errAmount
	}
	return a, nil
}
