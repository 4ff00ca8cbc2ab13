package klikandpay_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/klikandpay"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/klikandpay"
)

const (
	secretOne = "abcdefghij0123456789"
	secretTwo = "QRSTUVWXYZ9876543210QRST"
)

func contract(account, secret, review string) url.Values {
	return url.Values{"account": {account}, "currency": {"EUR"}, "secret": {secret}, "review": {review}}
}

func open(c *bankcall.Client, _ string) (payment.Gateway, error) { return klikandpay.All(c)[0], nil }

func family(review string) gatewaytest.Family {
	fields := map[string]string{"currency": "EUR"}
	return gatewaytest.Family{
		Denied:  payment.ReasonRefused, // the bank only says no
		Told:    payment.Card{Brand: "CB", Country: "FR"},
		Open:    open,
		Dialect: fake.New(),
		Contracts: []bank.Merchant{
			{Number: "1234567", Name: "Demo", Key: secretOne, Fields: fields}, {Number: "7654321", Name: "Second", Key: secretTwo, Fields: fields},
		},
		Config: contract("1234567", secretOne, review), Other: contract("7654321", secretTwo, review),
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
			Return:  "the browser comes back with nothing signed",
			Inquiry: "the bank answers no question about a payment",
			Refund:  "money is given back in the bank's office",
			Later:   "direct payment takes the money at once",
		},
		Untold: map[gatewaytest.Quirk]string{
			bank.OtherMerchant: "no message says whose account it is about",
			bank.OtherMode:     "no message says whether it was a test",
		},
	}
}

// flip changes what proves a message, and adds to it.
func flip(raw payment.RawNotice) []payment.RawNotice {
	order := raw.Query.Get("order")
	var twins []payment.RawNotice
	twin := func(change func(url.Values)) {
		other := url.Values{}
		for name, values := range raw.Query {
			other[name] = append([]string(nil), values...)
		}
		change(other)
		t := raw
		t.RawQuery, t.Query = other.Encode(), other
		twins = append(twins, t)
	}
	twin(func(v url.Values) { v.Del("secret") })
	twin(func(v url.Values) { v.Set("secret", "") })
	twin(func(v url.Values) { v.Set("secret", strings.ToUpper(v.Get("secret"))) })
	twin(func(v url.Values) { v.Add("secret", v.Get("secret")) })
	twin(func(v url.Values) { v.Del("order") })
	twin(func(v url.Values) { v.Add("order", order) })
	twin(func(v url.Values) { v.Set("order", strings.Replace(order, ".t.", ".l.", 1)) })
	twin(func(v url.Values) { v.Set("order", order[:strings.LastIndexByte(order, '.')]) })
	twin(func(v url.Values) { v.Set("order", order+"00") })
	twin(func(v url.Values) { v.Set("order", "A"+order) })
	twin(func(v url.Values) { v.Add("RESPONSE", "00") })
	twin(func(v url.Values) { v.Del("MONTANTXKP") })
	twin(func(v url.Values) { v.Del("DEVISEXKP") })
	return twins
}

// swap gives the first message's MAC with the reference of the second.
func swap(first, second payment.RawNotice) payment.RawNotice {
	_, one, _ := strings.Cut(first.Query.Get("order"), ".")
	ref, two, _ := strings.Cut(second.Query.Get("order"), ".")
	second.RawQuery = strings.Replace(second.RawQuery, ref+"."+two, ref+"."+one, 1)
	second.Query, _ = url.ParseQuery(second.RawQuery)
	return second
}

// loose: the secret and the MAC cover nothing of what the bank adds.
func loose(raw payment.RawNotice, at int) bool { return at >= strings.Index(raw.RawQuery, "&RESPONSE") }

// TestReview: GWN-17, PGW-04, as it is set up at first: money waits until a person has looked.
func TestReview(t *testing.T) {
	f := family("all")
	f.Lacks.Proof = "nothing tells a test from a real payment, and nothing is signed"
	gatewaytest.Run(t, f)
}

// TestTrust: GWN-17, for a merchant who relies on the secret of the declared address.
func TestTrust(t *testing.T) { gatewaytest.Run(t, family("none")) }
