package authorizenet

import (
	"errors"
	"net/http"
	"regexp"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "authorizenet"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var (
	loginShape     = regexp.MustCompile(`^[0-9A-Za-z]{1,25}$`)
	signatureShape = regexp.MustCompile(`^[0-9A-F]{128}$`)
)

// Check looks at the login and the keys.
func (Dialect) Check(m bank.Merchant) error {
	if !loginShape.MatchString(m.Number) || !signatureShape.MatchString(m.Key) || m.Fields["key"] == "" || len(m.Fields["currency"]) != 3 {
		return errors.New("want an API login, a signature key of 128 digits, a transaction key and a currency")
	}
	return nil
}

// Samples is a contract for trying; nobody has it at Authorize.Net.
func (Dialect) Samples() []bank.Merchant {
	const sixteen = "0123456789ABCDEF"
	return []bank.Merchant{{Number: "PretendLogin", Name: "Authorize.Net test account", Key: sixteen + sixteen + sixteen + sixteen + sixteen + sixteen + sixteen + sixteen,
		Fields: map[string]string{"key": "PretendTestKey01", "currency": "EUR"}}}
}

// modes are the engine's, by the host that was called.
var modes = map[string]string{
	"apitest.authorize.net": "test", "test.authorize.net": "test",
	"api.authorize.net": "live", "accept.authorize.net": "live",
}

// Routes are the API and the page.
func (Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	mux.HandleFunc("POST /{host}/xml/v1/request.api", func(w http.ResponseWriter, r *http.Request) { api(t, w, r) })
	mux.HandleFunc("POST /{host}/payment/payment", func(w http.ResponseWriter, r *http.Request) {
		p, ok := t.FindToken(r.PostFormValue("token"))
		if !ok || p.Request.Mode != modes[r.PathValue("host")] {
			t.Refuse(w, r, http.StatusNotFound, "gone")
			return
		}
		http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
	})
}

// Back is the address the page was opened with, or the other one when the buyer gave up. Nothing is added to it.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	if s.Message.Event == bank.Cancelled {
		return bank.Way{URL: s.Payment.Request.Fields["cancel"]}, nil
	}
	return bank.Way{URL: s.Payment.Request.Return}, nil
}

var _ bank.Dialect = Dialect{}
