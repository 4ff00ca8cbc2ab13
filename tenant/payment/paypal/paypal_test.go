package paypal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/paypal"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/paypal"
)

// The two merchants and their secrets.
const (
	number, otherNumber          = "9NGNFD2T7LJ4C", "4XTRA9QWERTY7"
	sandboxSecret, secretLive    = "sandbox-secret-one", "live-secret-one"
	otherSecret, otherSecretLive = "sandbox-secret-two", "live-secret-two"
)

// contract is a form as a merchant fills it in.
func contract(number, name, secret, live, capture string) url.Values {
	return url.Values{"client_test": {"sandbox-client-" + name}, "secret_test": {secret}, "webhook_test": {"4JH86294D629792" + number[:1]},
		"client_live": {"live-client-" + name}, "secret_live": {live}, "webhook_live": {"5JH86294D629792" + number[:1]},
		"merchant": {number}, "email": {name + "@shop.example"}, "capture": {capture}}
}

// merchant is the same contract at the bank.
func merchant(number, name, secret, live string) bank.Merchant {
	v := contract(number, name, secret, live, "")
	return bank.Merchant{Number: number, Name: name, Key: secret, Fields: map[string]string{"client": v.Get("client_test"), "webhook": v.Get("webhook_test"),
		"client_live": v.Get("client_live"), "secret_live": live, "webhook_live": v.Get("webhook_live"), "email": v.Get("email")}}
}

func open(c *bankcall.Client, _ string) (payment.Gateway, error) { return paypal.All(c)[0], nil }

// family is PayPal with a pretend bank that speaks in one of its ways.
func family(d bank.Dialect) gatewaytest.Family {
	silent := payment.Applied
	return gatewaytest.Family{
		Told:      payment.Card{Brand: "VISA", Last: "0001", Expiry: "08/31", Country: "FR", Issuer: "Banque de démo"},
		Open:      open,
		Dialect:   d,
		Contracts: []bank.Merchant{merchant(number, "one", sandboxSecret, secretLive), merchant(otherNumber, "two", otherSecret, otherSecretLive)},
		Config:    contract(number, "one", sandboxSecret, secretLive, "now"),
		Other:     contract(otherNumber, "two", otherSecret, otherSecretLive, "now"),
		Later:     contract(number, "one", sandboxSecret, secretLive, "later"),
		Secrets:   []string{sandboxSecret, secretLive, otherSecret, otherSecretLive},
		Lacks:     gatewaytest.Lacks{Save: "the family keeps no cards"},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8"}
		},
		Flip: flip,
		Swap: func(first, second payment.RawNotice) payment.RawNotice {
			first.Body = second.Body
			return first
		},
		Untold: map[gatewaytest.Quirk]string{
			bank.WrongAmount:   "the notice only says which order to ask for",
			bank.WrongCurrency: "the notice only says which order to ask for",
		},
		Trials: map[gatewaytest.Quirk]gatewaytest.Trial{
			// Both notices of each lead to the same order, which was captured once.
			bank.OutOfOrder:    {Card: gatewaytest.Silent, Notices: 2, State: payment.StateCaptured, Ledger: []payment.Verdict{silent, silent}},
			bank.Contradiction: {Card: gatewaytest.Silent, Notices: 2, State: payment.StateCaptured, Ledger: []payment.Verdict{silent, silent}},
		},
	}
}

// flip changes one header of the signature at a time.
func flip(raw payment.RawNotice) []payment.RawNotice {
	const sandbox, pretended = "https://api.sandbox.paypal.com", "CERT-00000000-pretend0"
	cert, signature := raw.HeaderValue("Paypal-Cert-Url"), raw.HeaderValue("Paypal-Transmission-Sig")
	var twins []payment.RawNotice
	put := func(name string, values ...string) {
		twin := raw
		twin.Header = http.Header(raw.Header).Clone()
		twin.Header[name] = values
		twins = append(twins, twin)
	}
	for _, name := range []string{"Paypal-Transmission-Id", "Paypal-Transmission-Time", "Paypal-Transmission-Sig", "Paypal-Cert-Url", "Paypal-Auth-Algo"} {
		own := raw.HeaderValue(name)
		put(name)
		put(name, "")
		put(name, own+"0")
		put(name, own[1:])
		put(name, own, own)
		put(name, own+"|")
	}
	for _, address := range []string{
		strings.Replace(cert, "https:", "http:", 1), strings.Replace(cert, sandbox, "https://api.paypal.com", 1),
		strings.Replace(cert, sandbox, "https://api.sandbox.paypal.com.evil.example", 1), strings.Replace(cert, sandbox, "https://evil.example", 1),
		strings.Replace(cert, sandbox, "https://evil-paypal.com", 1), strings.Replace(cert, sandbox, "https://api.sandbox.paypal.com:8443", 1),
		strings.Replace(cert, sandbox, "https://api.sandbox.paypal.com@evil.example", 1), strings.Replace(cert, sandbox, "https://www.sandbox.paypal.com", 1),
		strings.Replace(cert, "/certs/", "/certs/../", 1), strings.Replace(cert, "/certs/", "/certs%2F", 1), cert + "?x=1", cert + "#x",
		strings.Replace(cert, pretended, "CERT-of-nobody", 1),
	} {
		put("Paypal-Cert-Url", address)
	}
	put("Paypal-Auth-Algo", "SHA1withRSA")
	put("Paypal-Transmission-Sig", " "+signature)
	put("Paypal-Transmission-Sig", strings.ToLower(signature))
	return twins
}

// TestPayPal: GWN-01, PGN-04, PAY-05, with webhooks about what the buyer and PayPal's office did.
func TestPayPal(t *testing.T) { gatewaytest.Run(t, family(fake.Terse())) }
