package square

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "square"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var locationShape = regexp.MustCompile(`^L[0-9A-Z]{4,40}$`)

// Check looks at the location, its tokens and the signature key of its subscription.
func (Dialect) Check(m bank.Merchant) error {
	switch {
	case !locationShape.MatchString(m.Number), m.Key == "":
		return errors.New("want a location L… and the signature key of its webhook subscription")
	case !strings.HasPrefix(m.Fields["token"], "EAAA"):
		return errors.New("want the access token of the sandbox")
	}
	return nil
}

// Samples is a contract for trying; nobody has it at Square.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "LPRETENDSHOP1", Name: "Square test account", Key: "PretendSandboxSignature", Fields: map[string]string{
		"hook_live": "PretendLiveSignature", "token": "EAAAPretendSandbox", "token_live": "EAAAPretendLive"}}}
}

// Routes are the same on both hosts.
func (Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	serve := func(pattern string, answer func(*desk)) {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" /{host}/v2/"+path, func(w http.ResponseWriter, r *http.Request) {
			d := desk{t: t, w: w, r: r}
			if d.known() {
				answer(&d)
			}
		})
	}
	serve("POST online-checkout/payment-links", (*desk).openLink)
	serve("GET online-checkout/payment-links/{id}", (*desk).showLink)
	serve("GET orders/{id}", (*desk).showOrder)
	serve("GET payments/{id}", (*desk).showPayment)
	serve("POST payments/{id}/complete", (*desk).complete)
	serve("POST payments/{id}/cancel", (*desk).cancel)
	serve("POST refunds", (*desk).refund)
	serve("GET refunds/{id}", (*desk).showRefund)
	mux.HandleFunc("GET /{host}/u/{token}", func(w http.ResponseWriter, r *http.Request) {
		p, ok := t.FindToken(r.PathValue("token"))
		if !ok || r.PathValue("host") != pages[p.Request.Mode] {
			t.Refuse(w, r, http.StatusNotFound, "gone")
			return
		}
		http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
	})
}

// The letters of an event.
const (
	ofCreated = "created"
	ofUpdated = "updated"
	ofRefund  = "refund"
	ofDispute = "dispute"
)

// Disputes tells that there are letters for them.
func (Dialect) Disputes() {}

// Letters are two events for a payment the buyer made, and one for all else. A link nobody pays is spoken of nowhere.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Authorised, bank.Paid:
		if m.Asked {
			return []string{ofUpdated}
		}
		return []string{ofCreated, ofUpdated}
	case bank.Refused:
		return []string{ofUpdated}
	case bank.Cancelled:
		if m.Asked {
			return []string{ofUpdated}
		}
	case bank.Refunded:
		return []string{ofRefund}
	case bank.Disputed, bank.Won, bank.Lost:
		return []string{ofDispute}
	}
	return nil
}

// hookOf is the signature key of a mode.
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
