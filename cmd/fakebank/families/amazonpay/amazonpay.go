package amazonpay

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// Name is the first step of its addresses.
const Name = "amazonpay"

// Dialect is the protocol.
type Dialect struct{ prompt bool }

// New makes the protocol as it is: buyers agree, and shops complete.
func New() Dialect { return Dialect{} }

// Prompt makes one where the money moves on the page already, and is told of by a notice nobody asked for.
func Prompt() Dialect { return Dialect{prompt: true} }

// Name is stored.
func (Dialect) Name() string { return Name }

var numberShape = regexp.MustCompile(`^A[0-9A-Z]{9,20}$`)

// Check looks at the merchant ID and at the public keys.
func (Dialect) Check(m bank.Merchant) error {
	if !numberShape.MatchString(m.Number) || m.Fields["key"] == "" || m.Fields["store"] == "" {
		return errors.New("want a merchant ID that begins with A, the ID of a key and a store ID")
	}
	if _, err := publicKey(m.Key); err != nil {
		return err
	}
	if m.Fields["key_live"] == "" {
		return nil
	}
	_, err := publicKey(m.Fields["public_live"])
	return err
}

// Samples is a contract anybody may try with. Its key is the one Amazon's libraries are tested with.
func (Dialect) Samples() []bank.Merchant {
	return []bank.Merchant{{Number: "A1PRETENDSHOP7", Name: "Amazon Pay test shop", Key: samplePEM, Fields: map[string]string{
		"key": "SANDBOX-PRETENDKEYPRETENDKEY0001", "store": "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef"}}}
}

// Routes are the same on every host.
func (d Dialect) Routes(mux *http.ServeMux, t *bank.Teller) {
	on := func(pattern string, do func(*bank.Teller, http.ResponseWriter, *http.Request)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { do(t, w, r) })
	}
	for _, environment := range []string{"", "/sandbox", "/live"} {
		at := "/{host}" + environment + "/v2/"
		on("POST "+at+"checkoutSessions", d.createSession)
		on("GET "+at+"checkoutSessions/{id}", about(sessionID, getSession))
		on("POST "+at+"checkoutSessions/{id}/complete", about(sessionID, completeSession))
		on("GET "+at+"chargePermissions/{id}", about(permissionID, getPermission))
		on("GET "+at+"charges/{id}", about(nil, getCharge))
		on("POST "+at+"charges/{id}/capture", about(chargeID, captureCharge))
		on("DELETE "+at+"charges/{id}/cancel", about(chargeID, cancelCharge))
		on("POST "+at+"refunds", createRefund)
		on("GET "+at+"refunds/{id}", about(nil, getRefund))
		on("GET "+at+"disputes/{id}", about(disputeID, getDispute))
	}
	on("GET /{host}/checkout", checkout)
	on("GET /{host}/checkout.js", serveScript)
	on("GET /{host}/button", d.button)
	on("GET /{host}/{name}", certificate)
	on("GET /{host}/{$}", confirm)
}

// ipn is the one letter.
const ipn = "ipn"

// Letters is one for all that happened to a charge, asked for or not. Of buyers who agree, leave or take too long nothing is
// said: there is no charge.
func (Dialect) Letters(m bank.Message) []string {
	switch m.Event {
	case bank.Paid, bank.Authorised, bank.Refused, bank.Refunded, bank.Disputed, bank.Won, bank.Lost:
		return []string{ipn}
	case bank.Cancelled:
		if m.Asked {
			return []string{ipn}
		}
	}
	return nil
}

// Notice writes it.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) { return notice(s) }

// Heard is any answer of status 200 to 299.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status >= 200 && a.Status <= 299
}

// Back is the result address with the session, or the other one when the buyer gave up.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	to := s.Payment.Request.Return
	if cancel := s.Payment.Request.Fields["cancel"]; cancel != "" && (s.Message.Event == bank.Cancelled || s.Message.Event == bank.Expired) {
		to = cancel
	}
	glue := "?"
	if strings.Contains(to, "?") {
		glue = "&"
	}
	return bank.Way{URL: to + glue + "amazonCheckoutSessionId=" + sessionID(s.Payment)}, nil
}

var (
	_ bank.Dialect  = Dialect{}
	_ bank.Disputer = Dialect{}
)
