package paypal

import (
	"strings"

	"echoppe.dev/tenant/payment"
)

// source is what an order was paid with (Orders v2, "payment_source_response"): a card that was typed in at PayPal, or the
// buyer's account there, of which is not said where its money comes from.
type source struct {
	Card struct {
		Last   string `json:"last_digits"`
		Brand  string `json:"brand"`
		Expiry string `json:"expiry"` // YYYY-MM
		Bin    struct {
			Bank    string `json:"issuing_bank"`
			Country string `json:"bin_country_code"`
		} `json:"bin_details"`
	} `json:"card"`
	Wallet struct {
		Account string `json:"account_id"`
	} `json:"paypal"`
}

// card is what may be told of it.
func (s source) card() payment.Card {
	if c := s.Card; c.Last != "" {
		year, month, _ := strings.Cut(c.Expiry, "-")
		return payment.Card{Brand: c.Brand, Last: c.Last, Expiry: payment.ExpiryOf(month, year), Country: c.Bin.Country, Issuer: c.Bin.Bank}
	}
	if s.Wallet.Account != "" {
		return payment.Card{Brand: "PayPal"}
	}
	return payment.Card{}
}
