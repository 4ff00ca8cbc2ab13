package monext

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "monext"

// Dialect is the protocol.
type Dialect struct{}

// New makes the protocol.
func New() Dialect { return Dialect{} }

// Name is stored.
func (Dialect) Name() string { return Name }

var numberShape = regexp.MustCompile(`^[0-9]{1,20}$`)

// Check looks at the number and the keys.
func (Dialect) Check(m bank.Merchant) error {
	if !numberShape.MatchString(m.Number) || m.Key == "" || m.Fields["api_key"] == "" || m.Fields["contracts"] == "" {
		return errors.New("want a merchant number, an access key, an API key and contracts")
	}
	return nil
}

// Samples is a contract of no real merchant.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "12345678901234", Name: "Payline test shop", Key: "DemoAccessKey0000001", Fields: map[string]string{
		"key_live": "DemoAccessKey0000002", "api_key": "MTIzNDU2Nzg5MDEyMzQ6RGVtb1Rlc3Q=", "api_key_live": "MTIzNDU2Nzg5MDEyMzQ6RGVtb0xpdmU=",
		"pos": "DEMO", "contracts": "1234567"}}}
}

// modes are the engine's, by the host that was called.
var modes = map[string]string{
	"api-sandbox.retail.monext.com": "test", "homologation.payline.com": "test",
	"api.retail.monext.com": "live", "services.payline.com": "live",
}

// pages are the hosts of the pages by mode.
var pages = map[string]string{"test": "homologation-webpayment.payline.com", "live": "webpayment.payline.com"}

// Routes are the two APIs and the page.
func (d Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	mux.HandleFunc("GET /{host}/v2/", func(w http.ResponseWriter, r *http.Request) { page(t, w, r) })
	mux.HandleFunc("POST /{host}/v1/checkout/sessions", func(w http.ResponseWriter, r *http.Request) { restDesk(t, w, r, openSession) })
	mux.HandleFunc("GET /{host}/v1/checkout/sessions/{id}", func(w http.ResponseWriter, r *http.Request) { restDesk(t, w, r, getSession) })
	mux.HandleFunc("GET /{host}/v1/checkout/transactions/{id}", func(w http.ResponseWriter, r *http.Request) { restDesk(t, w, r, getTransaction) })
	mux.HandleFunc("POST /{host}/v1/checkout/transactions/{id}/{what}", func(w http.ResponseWriter, r *http.Request) { restDesk(t, w, r, moveTransaction) })
	mux.HandleFunc("POST /{host}/V4/services/{service}", func(w http.ResponseWriter, r *http.Request) { soap(t, w, r) })
}

// page shows the page of a session.
func page(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	p, ok := find(t, r.URL.Query().Get("token"))
	if !ok || pages[p.Request.Mode] != r.PathValue("host") {
		t.Refuse(w, r, http.StatusNotFound, "fields")
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

// pageOf is the address of a session's page for a browser.
func pageOf(t *bank.Teller, r *http.Request, p *bank.Payment) string {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host + t.Base() + "/" + pages[p.Request.Mode] + "/v2/?token=" + token(p)
}

// token names a session. Nobody can guess it: it holds the name of the engine's page.
func token(p *bank.Payment) string { return "1" + bank.NumberOf(p.Serial, 10) + p.Token }

// find is the payment of a session.
func find(t *bank.Teller, given string) (*bank.Payment, bool) {
	if len(given) < 12 || given[0] != '1' {
		return nil, false
	}
	serial, ok := number(given[1:11])
	if !ok {
		return nil, false
	}
	p, ok := t.FindSerial(serial)
	return p, ok && token(p) == given
}

// Letters is one about what became of the session, none about what came later.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Open, bank.Approved, bank.Refunded:
		return nil
	}
	if m.Asked {
		return nil
	}
	return []string{"webtrs"}
}

// nobodys is the token of a session that is not of this merchant.
const nobodys = "100000000009ZZZZZZZZZZZZZZZZZZZZZZZZZZ"

// Notice is the call of notificationURL.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	named := token(s.Payment)
	if s.Forged || s.Message.Merchant != s.Contract.Number {
		named = nobodys
	}
	return bank.Letter{Method: http.MethodGet, URL: with(s.Payment.Request.Notify, "notificationType", "WEBTRS", "token", named)}, nil
}

// Heard is any answer of status 200 to 299.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status >= 200 && a.Status <= 299
}

// Back is returnURL, or cancelURL when the buyer gave up, with the token.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	to := s.Payment.Request.Return
	if cancel := s.Payment.Request.Fields["cancel"]; s.Message.Event == bank.Cancelled && cancel != "" {
		to = cancel
	}
	return bank.Way{URL: with(to, "paylinetoken", token(s.Payment))}, nil
}

// with adds fields to an address, in their order.
func with(address string, pairs ...string) string {
	glue := "?"
	if strings.Contains(address, "?") {
		glue = "&"
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		address += glue + pairs[i] + "=" + url.QueryEscape(pairs[i+1])
		glue = "&"
	}
	return address
}

var _ bank.Dialect = Dialect{}
