package paybox

import (
	"encoding/hex"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "paybox"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var (
	siteShape = regexp.MustCompile(`^[0-9]{7}$`)
	rankShape = regexp.MustCompile(`^[0-9]{2,3}$`)
	idShape   = regexp.MustCompile(`^[0-9]{1,9}$`)
)

// Check looks at the three numbers and the key.
func (Dialect) Check(m bank.Merchant) error {
	key, err := hex.DecodeString(m.Key)
	if err != nil || len(key) != 64 || !siteShape.MatchString(m.Number) || !rankShape.MatchString(m.Fields["rang"]) || !idShape.MatchString(m.Fields["identifiant"]) {
		return errors.New("want a site of 7 digits, rang, identifiant, and a key of 128 hexadecimal digits")
	}
	return nil
}

// testKey is the one the bank publishes for its test contracts.
var testKey = strings.Repeat("0123456789ABCDEF", 8)

// Samples are the contracts the bank publishes for tests.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{
		{Number: "1999888", Name: "Paybox test shop", Key: testKey, Fields: map[string]string{"rang": "32", "identifiant": "107904482"}},
		{Number: "1999887", Name: "Up2pay test shop", Key: testKey, Fields: map[string]string{"rang": "32", "identifiant": "215"}},
	}
}

// Routes are the same on every host.
func (d Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	for _, door := range []string{"/{host}/php/", "/{host}/cgi/MYchoix_pagepaiement.cgi"} {
		mux.HandleFunc("POST "+door, func(w http.ResponseWriter, r *http.Request) { open(t, w, r) })
	}
	mux.HandleFunc("GET /{host}/load.html", func(w http.ResponseWriter, r *http.Request) {
		if !t.Trouble(w, r, nil) {
			_, _ = w.Write([]byte(`<html><body><div id="server_status" style="text-align:center;">OK</div></body></html>`))
		}
	})
	mux.HandleFunc("POST /{host}/PPPS.php", func(w http.ResponseWriter, r *http.Request) { ppps(t, w, r) })
}

// modeOf tells test from live by the host.
func modeOf(r *http.Request) string {
	host := r.PathValue("host")
	if strings.HasPrefix(host, "preprod-") || strings.HasPrefix(host, "recette-") {
		return "test"
	}
	return "live"
}

// Letters is one for what the buyer did, but for giving up; none for what the shop or the office did.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Refused, bank.Expired:
		return []string{"ipn"}
	case bank.Paid, bank.Authorised:
		if !m.Asked {
			return []string{"ipn"}
		}
	}
	return nil
}

var _ bank.Dialect = Dialect{}
