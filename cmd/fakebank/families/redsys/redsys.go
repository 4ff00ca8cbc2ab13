package redsys

import (
	"encoding/base64"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "redsys"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var (
	merchantShape = regexp.MustCompile(`^[0-9]{9}$`)
	terminalShape = regexp.MustCompile(`^[0-9]{0,3}$`)
)

// Check looks at the merchant's number, his key and the terminal.
func (Dialect) Check(m bank.Merchant) error {
	raw, err := base64.StdEncoding.DecodeString(m.Key)
	if !merchantShape.MatchString(m.Number) || err != nil || len(raw) != 24 || !terminalShape.MatchString(m.Fields["terminal"]) {
		return errors.New("want a merchant of 9 digits, a key of 24 bytes in base64, and a terminal of 3 digits at most")
	}
	return nil
}

// terminalOf is a contract's terminal.
func terminalOf(m bank.Merchant) string {
	if t := strings.TrimLeft(m.Fields["terminal"], "0"); t != "" {
		return t
	}
	return "1"
}

// Samples is the merchant Redsys publishes for tests.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "999008881", Name: "Redsys test merchant", Key: "sq7HjrUOBfKmC576ILgskD5srU870gJ7"}}
}

// Routes are the same on both platforms.
func (Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	mux.HandleFunc("POST /{host}/sis/realizarPago", func(w http.ResponseWriter, r *http.Request) { open(t, w, r) })
	mux.HandleFunc("POST /{host}/sis/rest/trataPeticionREST", func(w http.ResponseWriter, r *http.Request) { rest(t, w, r) })
	mux.HandleFunc("POST /{host}/apl02/services/SerClsWSConsulta", func(w http.ResponseWriter, r *http.Request) { query(t, w, r) })
}

// modeOf tells test from live by the host.
func modeOf(r *http.Request) string {
	if strings.HasPrefix(r.PathValue("host"), "sis-t.") {
		return "test"
	}
	return "live"
}

// Letters is one for what the buyer did; none for what the shop asked, for what goes back, and for what ran out.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Paid, bank.Authorised, bank.Refused, bank.Cancelled:
		if !m.Asked {
			return []string{"notification"}
		}
	}
	return nil
}

var _ bank.Dialect = Dialect{}
