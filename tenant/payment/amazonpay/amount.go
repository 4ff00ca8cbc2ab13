package amazonpay

import (
	"errors"
	"regexp"

	"echoppe.dev/platform/kit/money"
)

// price is an amount as Amazon writes it: a decimal, without decimals where ISO 4217 has none.
type price struct {
	Amount string `json:"amount"`
	Code   string `json:"currencyCode"`
}

var errAmount = errors.New("amazonpay: an amount that cannot be one")

// write is a positive amount. Errors: errAmount for a fraction there is no coin for.
func write(a money.Amount) (price, error) {
	if _, err := a.Minor(); err != nil || !a.IsPositive() {
		return price{}, errAmount
	}
	return price{a.Decimal().StringFixed(a.Currency().Digits()), a.Currency().Code()}, nil
}

var amountShape = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,3})?$`)

// read is what Amazon wrote. "5.00" may stand for five yen.
func (p price) read() (money.Amount, error) {
	currency, err := money.ParseCurrency(p.Code)
	if err != nil || !amountShape.MatchString(p.Amount) {
		return money.Amount{}, errAmount
	}
	a, err := money.Parse(p.Amount, currency)
	if err != nil {
		return money.Amount{}, errAmount
	}
	if _, err := a.Minor(); err != nil {
		return money.Amount{}, errAmount
	}
	return a, nil
}
