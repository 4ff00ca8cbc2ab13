package stripe

import (
	"bytes"
	"encoding/json"
	"strconv"

	"echoppe.dev/tenant/payment"
)

// means is what a charge was paid with (payment_method_details), as far as the shop tells it. The issuer and the authorisation
// code stand there for some accounts only.
type means struct {
	Type string `json:"type"`
	Card struct {
		Brand   string `json:"brand"`
		Last    string `json:"last4"`
		Month   int    `json:"exp_month"`
		Year    int    `json:"exp_year"`
		Country string `json:"country"`
		Issuer  string `json:"issuer"`
		Auth    string `json:"authorization_code"`
	} `json:"card"`
	Debit struct {
		Last    string `json:"last4"`
		Country string `json:"country"`
	} `json:"sepa_debit"`
}

// card is what may be told of it. Wallets pay with a card.
func (m means) card() payment.Card {
	switch m.Type {
	case "card":
		c := m.Card
		return payment.Card{Brand: c.Brand, Last: c.Last, Expiry: payment.ExpiryOf(strconv.Itoa(c.Month), strconv.Itoa(c.Year)), Country: c.Country, Issuer: c.Issuer, Auth: c.Auth}
	case "sepa_debit":
		return payment.Card{Brand: "SEPA", Last: m.Debit.Last, Country: m.Debit.Country}
	}
	return payment.Card{}
}

// tried is the charge of an intent's last try: whole where it was asked for so (expand), else its name, which tells nothing.
type tried struct{ Method means }

// UnmarshalJSON reads a charge, a name, or nothing.
func (t *tried) UnmarshalJSON(text []byte) error {
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return nil
	}
	var c charge
	err := json.Unmarshal(text, &c)
	t.Method = c.Method
	return err
}
