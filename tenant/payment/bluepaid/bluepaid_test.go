package bluepaid_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/bluepaid"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/bluepaid"
	"echoppe.dev/tenant/payment/gatewaytest"
)

const (
	secretOne = "abcdefghij0123456789"
	secretTwo = "QRSTUVWXYZ9876543210QRST"
)

func contract(boutique, secret, review string) url.Values {
	return url.Values{"boutique": {boutique}, "secret": {secret}, "review": {review}}
}

func open(c *bankcall.Client, _ string) (payment.Gateway, error) { return bluepaid.All(c)[0], nil }

func family(review string) gatewaytest.Family {
	return gatewaytest.Family{
		Denied:    payment.ReasonRefused, // the bank only says no
		Open:      open,
		Dialect:   fake.New(),
		Contracts: []bank.Merchant{{Number: "1001", Name: "Demo", Key: secretOne}, {Number: "2002", Name: "Second", Key: secretTwo}},
		Config:    contract("1001", secretOne, review), Other: contract("2002", secretTwo, review),
		Secrets: []string{secretOne, secretTwo},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain", Body: []byte("OK")}
		},
		Flip:  flip,
		Swap:  swap,
		Loose: loose,
		Funds: payment.ReasonRefused,
		Lacks: gatewaytest.Lacks{
			Save:    "the family keeps no cards",
			Name:    "the page has no field for it: the bank shows the name in its contract",
			Card:    "the confirmation names the transaction only",
			Return:  "the browser comes back with nothing signed",
			Inquiry: "the bank answers no question about a payment",
			Refund:  "money is given back in the bank's office",
			Later:   "a single payment takes the money at once",
		},
	}
}

// flip changes what proves a message, and adds to it.
func flip(raw payment.RawNotice) []payment.RawNotice {
	var twins []payment.RawNotice
	twin := func(change func(declared, fields url.Values)) {
		declared, _ := url.ParseQuery(raw.RawQuery)
		fields, _ := url.ParseQuery(string(raw.Body))
		change(declared, fields)
		t := raw
		t.RawQuery, t.Query, t.Body = declared.Encode(), declared, []byte(fields.Encode())
		twins = append(twins, t)
	}
	twin(func(d, _ url.Values) { d.Del("secret") })
	twin(func(d, _ url.Values) { d.Set("secret", "") })
	twin(func(d, _ url.Values) { d.Set("secret", strings.ToUpper(d.Get("secret"))) })
	twin(func(d, _ url.Values) { d.Add("secret", d.Get("secret")) })
	twin(func(d, f url.Values) { f.Set("secret", d.Get("secret")); d.Del("secret") })
	twin(func(_, f url.Values) { f.Del("divers") })
	twin(func(_, f url.Values) { f.Set("divers", f.Get("divers")+"00") })
	twin(func(_, f url.Values) { f.Set("divers", strings.ToUpper(f.Get("divers"))) })
	twin(func(_, f url.Values) { f.Set("id_client", f.Get("id_client")+"0") })
	twin(func(_, f url.Values) { f.Add("id_client", f.Get("id_client")) })
	twin(func(_, f url.Values) { f.Del("id_boutique") })
	twin(func(_, f url.Values) { f.Add("montant", f.Get("montant")) })
	twin(func(_, f url.Values) { f.Del("montant") })
	twin(func(_, f url.Values) { f.Del("id_trans") })
	return twins
}

// swap gives the content of the second message the first one's MAC.
func swap(first, second payment.RawNotice) payment.RawNotice {
	one, _ := url.ParseQuery(string(first.Body))
	two, _ := url.ParseQuery(string(second.Body))
	two.Set("divers", one.Get("divers"))
	second.Body = []byte(two.Encode())
	return second
}

// loose: the secret and the MAC cover nothing of what became of the payment.
func loose(raw payment.RawNotice, at int) bool { return at >= strings.Index(string(raw.Body), "&etat") }

// TestReview: GWN-16, PGW-04, as it is set up at first: money waits until a person has looked.
func TestReview(t *testing.T) {
	f := family("all")
	f.Lacks.Proof = "nothing is signed, and the merchant wants to see for himself"
	gatewaytest.Run(t, f)
}

// TestTrust: GWN-16, for a merchant who relies on the secret of the declared address.
func TestTrust(t *testing.T) { gatewaytest.Run(t, family("none")) }
