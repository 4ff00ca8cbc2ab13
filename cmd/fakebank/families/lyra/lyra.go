package lyra

import (
	"errors"
	"net/http"
	"regexp"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "lyra"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var siteShape = regexp.MustCompile(`^[0-9]{8}$`)

// Check looks at the number and the keys.
func (Dialect) Check(m bank.Merchant) error {
	if !siteShape.MatchString(m.Number) || m.Key == "" {
		return errors.New("want a shop of 8 digits and a test key")
	}
	return nil
}

// Samples is a contract made of what the vendor's examples are made of.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "12345678", Name: "Lyra test shop", Key: "1122334455667788", Fields: map[string]string{
		"key_live": "8877665544332211", "password": "testpassword_DEMOPRIVATEKEY", "password_live": "prodpassword_DEMOPRIVATEKEY",
		"public": "12345678:testpublickey_DEMOPUBLICKEY", "public_live": "12345678:publickey_DEMOPUBLICKEY", "return": "testreturnkeyDEMO", "return_live": "prodreturnkeyDEMO"}}}
}

// Routes are the same on every host.
func (d Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	mux.HandleFunc("POST /{host}/vads-payment/", func(w http.ResponseWriter, r *http.Request) { open(t, w, r) })
	fields(mux, t)
	mux.HandleFunc("POST /{host}/api-payment/V4/{object}/{service}", func(w http.ResponseWriter, r *http.Request) { rest(t, w, r) })
}

// Letters is one for what the buyer or the bank's office did, none for what the shop did itself.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Open, bank.Approved:
		return nil
	}
	if m.Asked {
		return nil
	}
	return []string{"ipn"}
}

// The modes as the protocol calls them.
const (
	ctxTest = "TEST"
	ctxLive = "PRODUCTION"
)

// modes are the engine's.
var modes = map[string]string{ctxTest: "test", ctxLive: "live"}

// ctx is the other way round.
func ctx(mode string) string {
	if mode == "live" {
		return ctxLive
	}
	return ctxTest
}

// keyOf is the key of a mode.
func keyOf(m bank.Merchant, mode string) string {
	if mode == "live" {
		return m.Fields["key_live"]
	}
	return m.Key
}

var _ bank.Dialect = Dialect{}
