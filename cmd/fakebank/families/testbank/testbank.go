package testbank

import (
	"encoding/hex"
	"errors"
	"net/http"
	"regexp"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "testbank"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var numberShape = regexp.MustCompile(`^[A-Z0-9-]{1,20}$`)

// Check is section 1.
func (Dialect) Check(m bank.Merchant) error {
	if key, err := hex.DecodeString(m.Key); !numberShape.MatchString(m.Number) || err != nil || len(key) != keySize {
		return errors.New("want a number of A-Z, 0-9 and -, and a key of 64 hexadecimal digits")
	}
	return nil
}

// Routes are the page's door and the calls.
func (d Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	mux.HandleFunc("GET /pay", func(w http.ResponseWriter, r *http.Request) { open(t, w, r) })
	mux.HandleFunc("POST /pay", func(w http.ResponseWriter, r *http.Request) { open(t, w, r) })
	mux.HandleFunc("POST /api/{what}", func(w http.ResponseWriter, r *http.Request) { call(t, w, r) })
}

// Letters is one notice for each fact.
func (Dialect) Letters(bank.Message) []string { return []string{"notice"} }

var _ bank.Dialect = Dialect{}
