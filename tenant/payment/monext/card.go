package monext

import (
	"strings"

	"echoppe.dev/tenant/payment"
)

// card is what SOAP tells of what was paid with: the scheme of the card where it is known, else the type of the contract.
func (a soapAnswer) card() payment.Card {
	c := payment.Card{Brand: a.Extended.Network, Last: masked(a.Card.Number), Country: a.Extended.Country, Issuer: a.Extended.Bank, Auth: a.Authorization.Number}
	if c.Brand == "" {
		c.Brand = a.Card.Type
	}
	if until := a.Card.Expiry; len(until) == 4 {
		c.Expiry = payment.ExpiryOf(until[:2], until[2:])
	}
	return c
}

// masked is a number as it may be cut; one that is not masked is left out.
func masked(number string) string {
	if !strings.ContainsAny(number, "X*x") {
		return ""
	}
	return number
}
