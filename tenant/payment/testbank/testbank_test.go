package testbank_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/testbank"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/testbank"
)

const (
	key      = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"
	otherKey = "ffeeddccbbaa99887766554433221100fedcba98765432100123456789abcdef"
)

func contract(number, key, capture string) url.Values {
	return url.Values{"merchant": {number}, "key": {key}, "capture": {capture}}
}

func TestTestbank(t *testing.T) {
	gatewaytest.Run(t, gatewaytest.Family{
		Told: payment.Card{Last: "0001"},
		Open: func(calls *bankcall.Client, address string) (payment.Gateway, error) {
			return testbank.New(testbank.Options{Endpoint: address + "/testbank", Clock: clock.System(), Calls: calls})
		},
		Dialect:   fake.New(),
		Contracts: []bank.Merchant{{Number: "DEMO", Name: "Demo", Key: key}, {Number: "SECOND", Name: "Second", Key: otherKey}},
		Config:    contract("DEMO", key, "now"),
		Other:     contract("SECOND", otherKey, "now"),
		Later:     contract("DEMO", key, "later"),
		Secrets:   []string{key, otherKey},
		Lacks:     gatewaytest.Lacks{Save: "the family keeps no cards"},
		Expected: func(n payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Body: []byte("OK " + n.ID)}
		},
		Flip: flip,
		Swap: func(first, second payment.RawNotice) payment.RawNotice {
			first.Body = second.Body
			return first
		},
	})
}

const header = "Bank-Signature"

func signed(raw payment.RawNotice, signature string) payment.RawNotice {
	raw.Header = map[string][]string{header: {signature}}
	return raw
}

func flip(raw payment.RawNotice) []payment.RawNotice {
	good := raw.HeaderValue(header)
	twins := []payment.RawNotice{
		signed(raw, ""), signed(raw, "t=1,v1="), signed(raw, strings.ToUpper(good)), signed(raw, good+"00"),
		signed(raw, strings.Replace(good, "v1=", "v0=", 1)), signed(raw, good[:len(good)-2]), signed(raw, " "+good),
	}
	for i := range good {
		changed := []byte(good)
		changed[i] ^= 1
		twins = append(twins, signed(raw, string(changed)))
	}
	return twins
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	g, a := family(f)
	f.Add("t=1,v1="+strings.Repeat("0", 64), []byte(`{"id":"1"}`))
	f.Add("", []byte{})
	gatewaytest.Fuzz(f, g, a, header)
}

// FuzzSigned feeds what the bank signed and did not mean: nothing falls over, and what is believed
// names a payment, an event and a currency.
func FuzzSigned(f *testing.F) {
	g, a := family(f)
	whole, err := json.Marshal(fake.Message{ID: "1", Merchant: "DEMO", Mode: "test", Ref: "R", Payment: "P", Event: bank.Paid, Amount: 1, Currency: "EUR"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(`{"merchant":"DEMO","event":"paid","amount":1e400}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, body []byte) {
		n, err := g.ReadNotice(t.Context(), a, signed(payment.RawNotice{Body: body}, signature(key, instant.Unix(), body)))
		if err == nil && (n.ID == "" || n.Ref == "" || n.Event == "" || n.Amount.Currency().IsZero() || n.Amount.IsNegative()) {
			t.Errorf("believed %+v", n)
		}
		if reply := g.Acknowledge(n, err); (reply.Status == http.StatusOK) != (err == nil) {
			t.Errorf("answered %d to %v", reply.Status, err)
		}
	})
}
