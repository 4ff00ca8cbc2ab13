package lyra

import (
	"strconv"

	"echoppe.dev/tenant/payment"
)

// cardDetails is what REST tells of what was paid with. Its number comes masked.
type cardDetails struct {
	Brand   string `json:"effectiveBrand"`
	Masked  string `json:"pan"`
	Month   int    `json:"expiryMonth"`
	Year    int    `json:"expiryYear"`
	Country string `json:"country"`
	Issuer  string `json:"issuerName"`
	Answer  struct {
		Number string `json:"authorizationNumber"`
	} `json:"authorizationResponse"`
}

func (c cardDetails) card() payment.Card {
	return payment.Card{Brand: c.Brand, Last: c.Masked, Expiry: payment.ExpiryOf(strconv.Itoa(c.Month), strconv.Itoa(c.Year)), Country: c.Country, Issuer: c.Issuer,
		Auth: c.Answer.Number}
}
