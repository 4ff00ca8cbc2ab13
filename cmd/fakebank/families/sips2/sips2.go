package sips2

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "sips2"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var (
	shopShape    = regexp.MustCompile(`^[0-9]{15}$`)
	versionShape = regexp.MustCompile(`^[0-9]{0,10}$`)
)

// Check looks at the shop's number, its key and the key's version.
func (Dialect) Check(m bank.Merchant) error {
	if !shopShape.MatchString(m.Number) || m.Key == "" || !versionShape.MatchString(m.Fields["version"]) {
		return errors.New("want a shop of 15 digits, a key, and its version in digits")
	}
	return nil
}

// versionOf is the version of a contract's key.
func versionOf(m bank.Merchant) string {
	if v := m.Fields["version"]; v != "" {
		return v
	}
	return "1"
}

// Samples are the shops the vendor and BNP Paribas publish for tests.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{
		{Number: "002001000000001", Name: "SIPS simulator shop", Key: "002001000000001_KEY1"},
		{Number: "002001000000002", Name: "SIPS simulator shop 2", Key: "002001000000002_KEY1"},
		{Number: "211000021310001", Name: "Mercanet test shop", Key: "S9i8qClCnb2CZU3y3Vn0toIOgz3z_aBi79akR30vM9o", Fields: map[string]string{"remitted": "no"}},
	}
}

// Routes are the same on every host; the simulator has no office.
func (d Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	mux.HandleFunc("POST /{host}/paymentInit", func(w http.ResponseWriter, r *http.Request) { open(t, w, r) })
	for path, op := range operations {
		mux.HandleFunc("POST /{host}/rs-services/v2/"+path, func(w http.ResponseWriter, r *http.Request) {
			if strings.Contains(r.PathValue("host"), ".simu.") {
				http.NotFound(w, r)
				return
			}
			office(t, w, r, op)
		})
	}
}

// modeOf tells test from live by the host.
func modeOf(r *http.Request) string {
	host := r.PathValue("host")
	if strings.Contains(host, ".simu.") || strings.Contains(host, ".test.") {
		return "test"
	}
	return "live"
}

// Letters is one for what the buyer did; none for what the shop asked, nor for what goes back.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Paid, bank.Authorised, bank.Refused, bank.Cancelled, bank.Expired:
		if !m.Asked {
			return []string{"automatic"}
		}
	}
	return nil
}

var _ bank.Dialect = Dialect{}
