package monetico

import (
	"errors"
	"net/http"
	"regexp"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "monetico"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var terminal = regexp.MustCompile(`^[0-9A-Za-z]{7}$`)

// Check looks at the terminal and the key.
func (Dialect) Check(m bank.Merchant) error {
	if _, err := secretOf(m.Key); err != nil || !terminal.MatchString(m.Number) || m.Fields["societe"] == "" {
		return errors.New("want a TPE of 7 characters, societe, and a key of 40 characters")
	}
	return nil
}

// Samples are the contracts anybody may try with: the key is that of the vectors.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "0000001", Name: "Monetico test shop", Key: "12345678901234567890123456789012345678P0", Fields: map[string]string{"societe": "demo"}}}
}

// Routes are the same on every host.
func (d Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	for door, mode := range map[string]string{"/{host}/": "live", "/{host}/test/": "test"} {
		mux.HandleFunc("POST "+door+"paiement.cgi", func(w http.ResponseWriter, r *http.Request) { open(t, w, r, mode) })
		mux.HandleFunc("POST "+door+"capture_paiement.cgi", func(w http.ResponseWriter, r *http.Request) { ask(t, w, r, mode, capture) })
		mux.HandleFunc("POST "+door+"recredit_paiement.cgi", func(w http.ResponseWriter, r *http.Request) { ask(t, w, r, mode, recredit) })
	}
}

// Letters is one for what the card did.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Paid, bank.Authorised, bank.Refused:
		if !m.Asked {
			return []string{"retour"}
		}
	}
	return nil
}

var _ bank.Dialect = Dialect{}
