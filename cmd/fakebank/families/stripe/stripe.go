package stripe

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "stripe"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var accountShape = regexp.MustCompile(`^acct_[0-9A-Za-z]+$`)

// Check looks at the account, its keys and the secret of its endpoint.
func (Dialect) Check(m bank.Merchant) error {
	switch {
	case !accountShape.MatchString(m.Number), !strings.HasPrefix(m.Key, "whsec_"):
		return errors.New("want an account acct_… and the signing secret of its endpoint")
	case !strings.HasPrefix(m.Fields["secret"], "sk_test_"), !strings.HasPrefix(m.Fields["public"], "pk_test_"):
		return errors.New("want the keys of the API for tests")
	}
	return nil
}

// Samples is a contract for trying; nobody has it at Stripe.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "acct_PRETEND", Name: "Stripe test account", Key: "whsec_PRETENDTEST", Fields: map[string]string{
		"hook_live": "whsec_PRETENDLIVE", "secret": "sk_test_PRETEND", "secret_live": "sk_live_PRETEND", "public": "pk_test_PRETEND", "public_live": "pk_live_PRETEND"}}}
}

// Routes are the same on every host.
func (Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	serve := func(pattern string, answer func(*desk)) {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" /{host}/v1/"+path, func(w http.ResponseWriter, r *http.Request) {
			d := desk{t: t, w: w, r: r}
			if d.known() {
				answer(&d)
			}
		})
	}
	serve("POST checkout/sessions", (*desk).openSession)
	serve("GET checkout/sessions/{id}", (*desk).showSession)
	serve("POST payment_intents", (*desk).openIntent)
	serve("POST customers", (*desk).openCustomer)
	serve("DELETE customers/{id}", (*desk).deleteCustomer)
	serve("GET payment_methods/{id}", (*desk).showMethod)
	serve("GET payment_intents/search", (*desk).searchIntents)
	serve("POST payment_intents/{id}/capture", (*desk).captureIntent)
	serve("POST payment_intents/{id}/cancel", (*desk).cancelIntent)
	serve("POST refunds", (*desk).refund)
	serve("GET refunds", (*desk).listRefunds)
	serve("POST payment_method_domains", (*desk).openDomain)
	serve("GET payment_method_domains", (*desk).listDomains)
	mux.HandleFunc("GET /{host}/v1/payment_intents/{id}", func(w http.ResponseWriter, r *http.Request) {
		d := desk{t: t, w: w, r: r}
		if r.URL.Query().Get("client_secret") != "" {
			d.showToBuyer()
		} else if d.known() {
			d.showIntent()
		}
	})
	mux.HandleFunc("GET /{host}/c/pay/{id}", func(w http.ResponseWriter, r *http.Request) {
		p, ok := t.FindToken(r.PathValue("id")[strings.LastIndexByte(r.PathValue("id"), '_')+1:])
		if !ok {
			t.Refuse(w, r, http.StatusNotFound, "gone")
			return
		}
		http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
	})
	elements(mux, t)
}

// The letters of an event.
const (
	ofSession = "session" // or of the charge, where there is no session
	ofIntent  = "intent"
	ofRefund  = "refund"
	ofDispute = "dispute"
)

// Disputes tells that there are letters for them.
func (Dialect) Disputes() {}

// Letters are events of the session and of the intent for what a buyer did, and that of the intent for what the shop asked.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Approved, bank.Authorised:
		return []string{ofSession, ofIntent}
	case bank.Paid:
		if m.Asked {
			return []string{ofIntent}
		}
		return []string{ofSession, ofIntent}
	case bank.Refused:
		return []string{ofIntent}
	case bank.Cancelled:
		if m.Asked {
			return []string{ofIntent}
		}
	case bank.Expired:
		return []string{ofSession}
	case bank.Refunded:
		return []string{ofRefund}
	case bank.Disputed, bank.Won, bank.Lost:
		return []string{ofDispute}
	}
	return nil
}

// field is one of a contract's for a mode.
func field(m bank.Merchant, name, mode string) string {
	if mode == "live" {
		name += "_live"
	}
	return m.Fields[name]
}

// hookOf is the signing secret of a mode.
func hookOf(m bank.Merchant, mode string) string {
	if mode == "live" {
		return m.Fields["hook_live"]
	}
	return m.Key
}

var (
	_ bank.Dialect  = Dialect{}
	_ bank.Disputer = Dialect{}
)
