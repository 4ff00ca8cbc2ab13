package paypal

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "paypal"

// Dialect is the protocol.
type Dialect struct {
	terse   bool
	classic bool
}

// New makes the protocol as it is: webhooks about all that happens, asked for or not.
func New() Dialect { return Dialect{} }

// Terse makes one whose contracts are not told again by webhooks what they were answered by calls.
func Terse() Dialect { return Dialect{terse: true} }

// Classic makes one whose contracts have IPN instead of webhooks: it tells of money and not of buyers who agreed.
func Classic() Dialect { return Dialect{classic: true} }

// Name is stored.
func (Dialect) Name() string { return Name }

var numberShape = regexp.MustCompile(`^[0-9A-Z]{13}$`)

// Check looks at the merchant ID and the two apps.
func (Dialect) Check(m bank.Merchant) error {
	if !numberShape.MatchString(m.Number) || m.Key == "" || m.Fields["client"] == "" || m.Fields["webhook"] == "" {
		return errors.New("want a merchant ID of 13 letters and digits, a sandbox secret, client and webhook")
	}
	return nil
}

// Samples is a contract anybody may try with.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "7PRETENDSHOP7", Name: "PayPal test shop", Key: "pretend-sandbox-secret", Fields: map[string]string{
		"client": "pretend-sandbox-client", "webhook": "7PRETENDHOOK00001", "client_live": "pretend-live-client", "secret_live": "pretend-live-secret",
		"webhook_live": "7PRETENDHOOK00002", "email": "shop@example.com"}}}
}

// Routes are the same on every host.
func (Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	on := func(pattern string, do func(*bank.Teller, http.ResponseWriter, *http.Request)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { do(t, w, r) })
	}
	on("POST /{host}/v1/oauth2/token", grant)
	on("POST /{host}/v2/checkout/orders", createOrder)
	on("GET /{host}/v2/checkout/orders/{id}", about(getOrder))
	on("POST /{host}/v2/checkout/orders/{id}/{what}", about(completeOrder))
	on("POST /{host}/v2/payments/authorizations/{id}/capture", about(captureAuthorization))
	on("POST /{host}/v2/payments/authorizations/{id}/void", about(voidAuthorization))
	on("POST /{host}/v2/payments/captures/{id}/refund", about(refundCapture))
	on("GET /{host}/checkoutnow", checkout)
	on("GET /{host}/v1/notifications/certs/{name}", certificate)
	on("POST /{host}/cgi-bin/webscr", postBack)
}

// modeOf tells the sandbox by the host.
func modeOf(r *http.Request) string {
	if strings.Contains(r.PathValue("host"), "sandbox") {
		return "test"
	}
	return "live"
}

// field is a field of the app of a mode.
func field(m bank.Merchant, mode, name string) string {
	switch {
	case mode == "live":
		return m.Fields[name+"_live"]
	case name == "secret":
		return m.Key
	}
	return m.Fields[name]
}

// The letters.
const (
	webhook = "webhook"
	ipn     = "ipn"
)

// Letters is one for all that happened to money. Of buyers who leave or take too long nothing is said.
func (d Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Open, bank.Expired:
		return nil
	case bank.Cancelled:
		if !m.Asked {
			return nil
		}
	case bank.Approved:
		if d.classic {
			return nil
		}
		return []string{webhook}
	}
	switch {
	case d.classic:
		return []string{ipn}
	case d.terse && m.Asked:
		return nil
	}
	return []string{webhook}
}

// Notice writes one.
func (Dialect) Notice(s bank.Saying, letter string) (bank.Letter, error) {
	if letter == ipn {
		return classic(s), nil
	}
	return hook(s)
}

// Heard is any answer of status 200 to 299.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status >= 200 && a.Status <= 299
}

// Back is the return address with the order and the buyer, or the other one without him when he gave up.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	to, more := s.Payment.Request.Return, "token="+orderID(s.Payment)+"&PayerID="+payerID
	if s.Message.Event == bank.Cancelled || s.Message.Event == bank.Expired {
		to, more = s.Payment.Request.Fields["cancel"], "token="+orderID(s.Payment)
	}
	if strings.Contains(to, "?") {
		return bank.Way{URL: to + "&" + more}, nil
	}
	return bank.Way{URL: to + "?" + more}, nil
}

var _ bank.Dialect = Dialect{}
