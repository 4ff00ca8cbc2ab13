package twocheckout

import (
	"errors"
	"net/http"
	"regexp"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "twocheckout"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var code = regexp.MustCompile(`^[0-9A-Za-z]{4,20}$`)

// Check looks at the merchant code and the two secrets.
func (Dialect) Check(m bank.Merchant) error {
	if !code.MatchString(m.Number) || m.Key == "" || m.Fields["word"] == "" {
		return errors.New("want a merchant code, a secret key and a buy-link secret word")
	}
	return nil
}

// Samples are the contracts anybody may try with.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "250111206876", Name: "2Checkout test shop", Key: "twocheckouttestkey", Fields: map[string]string{"word": "twocheckouttestword"}}}
}

// Routes are the page and REST.
func (Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	mux.HandleFunc("GET /{host}/checkout/buy", func(w http.ResponseWriter, r *http.Request) { open(t, w, r) })
	mux.HandleFunc("GET /{host}/rest/6.0/orders/{$}", func(w http.ResponseWriter, r *http.Request) { search(t, w, r) })
	mux.HandleFunc("GET /{host}/rest/6.0/orders/{number}/{$}", func(w http.ResponseWriter, r *http.Request) { get(t, w, r) })
	mux.HandleFunc("POST /{host}/rest/6.0/orders/{number}/refund/{$}", func(w http.ResponseWriter, r *http.Request) { refund(t, w, r) })
}

// Letters is one for all that happens to an order.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Paid, bank.Refused, bank.Cancelled, bank.Expired, bank.Refunded:
		return []string{"ipn"}
	}
	return nil
}

var _ bank.Dialect = Dialect{}
