package klikandpay

import (
	"errors"
	"net/http"
	"regexp"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// Name is the first step of its addresses.
const Name = "klikandpay"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var account = regexp.MustCompile(`^[0-9]{4,20}$`)

// Check looks at the account and its currency.
func (Dialect) Check(m bank.Merchant) error {
	if _, err := money.ParseCurrency(m.Fields["currency"]); err != nil || !account.MatchString(m.Number) || m.Key == "" {
		return errors.New("want an account of digits, its currency, and the secret of its declared address")
	}
	return nil
}

// Samples are the contracts anybody may try with.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "1234567", Name: "KlikAndPay test shop", Key: "klikandpaytestsecret", Fields: map[string]string{"currency": "EUR"}}}
}

// Routes are the two pages.
func (Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	for door, mode := range map[string]string{"paiement": "live", "paiementtest": "test"} {
		mux.HandleFunc("POST /{host}/"+door+"/check.pl", func(w http.ResponseWriter, r *http.Request) { open(t, w, r, mode) })
	}
}

// Letters is one for what the buyer did.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Paid, bank.Refused, bank.Cancelled:
		if !m.Asked {
			return []string{"retour"}
		}
	}
	return nil
}

var _ bank.Dialect = Dialect{}
