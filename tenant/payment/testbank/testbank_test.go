package testbank_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/testbank"
)

const (
	key      = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"
	otherKey = "ffeeddccbbaa99887766554433221100fedcba98765432100123456789abcdef"
)

// open starts the pretend bank and a family that plays with it.
func open(t *testing.T) (*testbank.Gateway, *httptest.Server) {
	t.Helper()
	b, err := bank.New(bank.Options{
		Merchants: []bank.Merchant{{Number: "DEMO", Name: "Demo", Key: key}, {Number: "SECOND", Name: "Second", Key: otherKey}},
		Clock:     clock.System(), Backoff: []time.Duration{}, Late: time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b)
	t.Cleanup(func() {
		server.Close()
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	g, err := testbank.New(testbank.Options{Endpoint: server.URL, Clock: clock.System()})
	if err != nil {
		t.Fatal(err)
	}
	return g, server
}

func contract(number, key, capture string) url.Values {
	return url.Values{"merchant": {number}, "key": {key}, "capture": {capture}}
}

func TestTestbank(t *testing.T) {
	g, _ := open(t)
	gatewaytest.Run(t, gatewaytest.Family{
		Gateway:     g,
		Config:      contract("DEMO", key, "now"),
		Other:       contract("SECOND", otherKey, "now"),
		ConfigLater: contract("DEMO", key, "later"),
		Secrets:     []string{key, otherKey},
		Visit:       visit,
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

// visit is a browser without script: it sends the form and presses a card.
func visit(t *testing.T, action payment.Action, card gatewaytest.Card, quirk gatewaytest.Quirk) *url.URL {
	t.Helper()
	post, ok := action.(payment.FormPost)
	if !ok {
		t.Fatalf("action %T", action)
	}
	fields := url.Values{}
	for _, f := range post.Fields {
		fields.Set(f.Name, f.Value)
	}
	page := press(t, post.URL, fields)
	if page.StatusCode != http.StatusSeeOther {
		t.Fatalf("the bank answers %d", page.StatusCode)
	}
	at := location(t, page)
	pressed := press(t, at.String(), url.Values{"card": {string(card)}, "quirk": {string(quirk)}})
	if card == gatewaytest.Secure {
		pressed = press(t, at.String(), url.Values{"card": {"confirm"}})
	}
	to := location(t, pressed)
	if to.Host == at.Host {
		return nil
	}
	return to
}

func press(t *testing.T, to string, fields url.Values) *http.Response {
	t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := browser.PostForm(to, fields)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp
}

func location(t *testing.T, resp *http.Response) *url.URL {
	t.Helper()
	to, err := resp.Location()
	if err != nil {
		t.Fatalf("answer %d: %v", resp.StatusCode, err)
	}
	return to
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
	whole, err := json.Marshal(bank.Message{ID: "1", Merchant: "DEMO", Mode: "test", Ref: "R", Payment: "P", Event: bank.Paid, Amount: 1, Currency: "EUR"})
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
