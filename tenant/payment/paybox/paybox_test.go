package paybox_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/paybox"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/paybox"
)

var (
	key      = strings.Repeat("0123456789ABCDEF", 8)
	otherKey = strings.Repeat("FEDCBA9876543210", 8)
)

func contract(site, rang, identifiant, key, calls, capture string) url.Values {
	return url.Values{"site": {site}, "rang": {rang}, "identifiant": {identifiant}, "key": {key}, "calls": {calls}, "capture": {capture}}
}

// brand opens the gateway of one brand.
func brand(which string) func(*bankcall.Client, string) (payment.Gateway, error) {
	return func(c *bankcall.Client, _ string) (payment.Gateway, error) {
		for _, g := range paybox.All(c) {
			if g.Key() == which {
				return g, nil
			}
		}
		return nil, payment.ErrGone
	}
}

const currencyUntold = "the notices of this bank name no currency; ours is in the names of the variables, and the form is sealed"

func family(which, calls string) gatewaytest.Family {
	return gatewaytest.Family{
		Told:    payment.Card{Brand: "CB", Last: "01", Auth: "XXXXXX"},
		Open:    brand(which),
		Dialect: fake.New(),
		Contracts: []bank.Merchant{
			{Number: "1999888", Name: "Demo", Key: key, Fields: map[string]string{"rang": "32", "identifiant": "107904482"}},
			{Number: "1999887", Name: "Second", Key: otherKey, Fields: map[string]string{"rang": "063", "identifiant": "215"}},
		},
		Config:  contract("1999888", "32", "107904482", key, calls, "now"),
		Other:   contract("1999887", "063", "215", otherKey, calls, "now"),
		Later:   contract("1999888", "32", "107904482", key, calls, "later"),
		Secrets: []string{key, otherKey},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8"}
		},
		Flip: flip,
		Swap: func(first, second payment.RawNotice) payment.RawNotice {
			_, signature, _ := strings.Cut(string(first.Body), "&Sign=")
			content, _, _ := strings.Cut(string(second.Body), "&Sign=")
			first.Body = []byte(content + "&Sign=" + signature)
			return first
		},
		Lacks:  gatewaytest.Lacks{Save: "the family keeps no cards", Name: "the page has no field for it: the bank shows the name in its contract", Keys: "each question has a new number, and nothing says that the bank recognises an old one"},
		Untold: map[gatewaytest.Quirk]string{bank.WrongCurrency: currencyUntold},
	}
}

// flip changes the signature, and what it covers.
func flip(raw payment.RawNotice) []payment.RawNotice {
	content, signature, _ := strings.Cut(string(raw.Body), "&Sign=")
	var twins []payment.RawNotice
	for _, body := range []string{
		content, content + "&Sign=", content + "&sign=" + signature, "Sign=" + signature + "&" + content,
		content + "&Sign=" + signature + "&Sign=" + signature, content + "&Sign=" + strings.ToLower(signature),
		content + "&Sign=" + signature + "&Erreur=00000", content + "&Extra=1&Sign=" + signature, "Extra=1&" + content + "&Sign=" + signature + "A",
		strings.Replace(content, "&Ref", "&Erreur=00000&Ref", 1) + "&Sign=" + signature,
	} {
		twin := raw
		twin.Body = []byte(body)
		twins = append(twins, twin)
	}
	return twins
}

// TestPaybox: GWN-02, Paybox with a contract that may call.
func TestPaybox(t *testing.T) { gatewaytest.Run(t, family("paybox", "ask")) }

// TestEtransactions: GWN-03, Up2pay with a contract that may not call, and whose merchant looks at each payment.
func TestEtransactions(t *testing.T) {
	f := family("etransactions", "review")
	f.Later = nil
	f.Lacks.Calls = "the contract lacks PPPS"
	f.Lacks.Proof = "one key signs for all merchants, and the bank cannot be asked"
	f.Untold[bank.OtherMerchant] = "one key signs for all merchants, and no notice names one"
	gatewaytest.Run(t, f)
}

// TestEtransactions_believing: GWN-03, the same where the signature is to do. The notices of a stranger cannot be
// told from the bank's about us.
func TestEtransactions_believing(t *testing.T) {
	f := family("etransactions", "believe")
	f.Later = nil
	f.Lacks.Calls = "the contract lacks PPPS"
	f.Untold[bank.OtherMerchant] = "one key signs for all merchants, and no notice names one"
	gatewaytest.Run(t, f)
}
