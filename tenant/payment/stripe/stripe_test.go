package stripe_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/stripe"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/stripe"
)

// The keys and secrets of two accounts, for test and production.
const (
	apiKey, apiKeyLive       = "sk_test_ONE", "rk_live_ONE"
	hook, hookLive           = "whsec_testONE", "whsec_liveONE"
	otherKey, otherKeyLive   = "sk_test_TWO", "sk_live_TWO"
	otherHook, otherHookLive = "whsec_testTWO", "whsec_liveTWO"
)

// open makes the gateway.
func open(c *bankcall.Client, _ string) (payment.Gateway, error) { return stripe.All(c)[0], nil }

// contract is a form as a merchant fills it in.
func contract(key, keyLive, hook, hookLive, capture, page string) url.Values {
	return url.Values{"secret_test": {key}, "secret_live": {keyLive}, "hook_test": {hook}, "hook_live": {hookLive}, "capture": {capture}, "page": {page},
		"public_test": {"pk_test_" + key[8:]}, "public_live": {"pk_live_" + key[8:]}}
}

func family(page string) gatewaytest.Family {
	return gatewaytest.Family{
		Told:    payment.Card{Brand: "visa", Last: "0001", Expiry: "08/31", Country: "FR", Auth: "123456"},
		Open:    open,
		Dialect: fake.New(),
		Contracts: []bank.Merchant{
			{Number: "acct_ONE", Name: "Demo", Key: hook, Fields: map[string]string{"hook_live": hookLive, "secret": apiKey, "secret_live": apiKeyLive, "public": "pk_test_ONE", "public_live": "pk_live_ONE"}},
			{Number: "acct_TWO", Name: "Second", Key: otherHook, Fields: map[string]string{"hook_live": otherHookLive, "secret": otherKey, "secret_live": otherKeyLive, "public": "pk_test_TWO"}},
		},
		Config:  contract(apiKey, apiKeyLive, hook, hookLive, "now", page),
		Other:   contract(otherKey, otherKeyLive, otherHook, otherHookLive, "now", page),
		Later:   contract(apiKey, apiKeyLive, hook, hookLive, "later", page),
		Secrets: []string{apiKey, apiKeyLive, hook, hookLive, otherKey, otherHook},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Body: []byte("OK")}
		},
		Flip: flip,
		Swap: func(first, second payment.RawNotice) payment.RawNotice {
			first.Body = second.Body
			return first
		},
		Lacks:  gatewaytest.Lacks{Return: "the browser brings nothing that is signed: Stripe is asked instead"},
		Untold: map[gatewaytest.Quirk]string{bank.OtherMerchant: "an event does not name the account: the secret of its endpoint does"},
	}
}

const signature = "Stripe-Signature"

// flip changes the header of the signature.
func flip(raw payment.RawNotice) []payment.RawNotice {
	whole := raw.Header[signature][0]
	stamp, signs, _ := strings.Cut(whole, ",")
	var good string
	for part := range strings.SplitSeq(signs, ",") {
		if strings.HasPrefix(part, "v1=") {
			good = part // the second: the first is of a secret that was rolled away
		}
	}
	var twins []payment.RawNotice
	for _, headers := range [][]string{
		nil, {""}, {stamp}, {signs}, {whole, whole}, {stamp + "," + strings.Replace(good, "v1=", "v0=", 1)}, {stamp + "," + strings.Replace(good, "v1=", "v2=", 1)},
		{stamp + "0," + good}, {stamp + "," + stamp + "," + good}, {"t=1533204620," + good}, {"t=," + good}, {"t=x," + good},
		{stamp + "," + strings.ToUpper(good)}, {stamp + "," + good[:len(good)-2]}, {stamp + "," + good + "00"}, {stamp + ",v1="}, {stamp + ",v1=zz"},
		{stamp + "," + good + strings.Repeat(",v1=00", 20)},
	} {
		twin := raw
		twin.Header = map[string][]string{"Content-Type": raw.Header["Content-Type"], signature: headers}
		twins = append(twins, twin)
	}
	return twins
}

// TestHosted: PGN-02, the buyer pays on Stripe's page.
func TestHosted(t *testing.T) { gatewaytest.Run(t, family("hosted")) }

// TestEmbedded: PGN-02, PGN-06, PGN-07, PGW-39: the buyer pays in Stripe's fields on a page of the shop.
func TestEmbedded(t *testing.T) {
	f := family("embedded")
	f.Frame = func(e payment.Embedded) string {
		data := map[string]string{}
		for _, d := range e.Data {
			data[d.Name] = d.Value
		}
		return strings.TrimSuffix(e.Script, "/") + "/payment?" + url.Values{"client_secret": {data["client-secret"]}, "key": {data["public-key"]}, "return": {data["return"]}, "lang": {data["locale"]}}.Encode()
	}
	gatewaytest.Run(t, f)
}

// TestEmbedded_plain: PGW-18, a buyer whose browser shows no fields goes on to Stripe's page, pays there once, and is found
// even when no notice comes.
func TestEmbedded_plain(t *testing.T) {
	r := gatewaytest.NewRig(t, family("embedded"), family("embedded").Config)
	p, _ := r.Begin(t, r.Mode.ID, r.Bill(t, money.Must(money.Parse("12.00", money.EUR))))
	a := r.Account(t, r.Mode.ID)
	request := payment.Request{Payment: p, OrderNumber: "R-1", Locale: "fr", Plain: true, ReturnURL: "http://shop.localhost/back?lang=fr", CancelURL: "http://shop.localhost/",
		NotifyURL: "http://shop.localhost/pay/notify/" + r.Mode.ID.String()}
	for range 2 {
		if _, err := r.Gateway.Start(t.Context(), a, request); err != nil {
			t.Fatal(err)
		}
	}
	action, err := r.Gateway.Start(t.Context(), a, request)
	if err != nil {
		t.Fatal(err)
	}
	if back := r.Visit(t, action, gatewaytest.Good, bank.Never); back == nil || back.URL.String() != request.ReturnURL {
		t.Errorf("came back to %+v", back)
	}
	n, err := r.Gateway.(payment.Inquirer).Inquire(t.Context(), a, p)
	if err != nil || n.Event != payment.Captured || n.BankRef == p.BankRef {
		t.Fatalf("asked: %+v, %v", n, err)
	}
	if out := r.Record(t, payment.SourceInquiry, n); !out.Captured.Equal(p.Amount) {
		t.Errorf("recorded: %+v", out)
	}
}
