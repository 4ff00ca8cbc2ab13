package bluepaid

import (
	"errors"
	"net/http"
	"regexp"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "bluepaid"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var boutique = regexp.MustCompile(`^[0-9A-Za-z]{1,20}$`)

// Check looks at the number and the secret.
func (Dialect) Check(m bank.Merchant) error {
	if !boutique.MatchString(m.Number) || m.Key == "" {
		return errors.New("want an id_boutique and the secret of its declared address")
	}
	return nil
}

// Samples are the contracts anybody may try with.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "1001", Name: "bluePaid test shop", Key: "bluepaidtestsecret00"}}
}

// Routes is the page.
func (Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	mux.HandleFunc("POST /{host}/in.php", func(w http.ResponseWriter, r *http.Request) { open(t, w, r) })
}

// Letters is one for what the card did, and for a refund.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Paid, bank.Refused, bank.Refunded:
		if !m.Asked {
			return []string{"confirmation"}
		}
	}
	return nil
}

var _ bank.Dialect = Dialect{}
