package redsys_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/redsys"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/redsys"
)

const (
	merchant      = "327234688"
	otherMerchant = "223224189"
	key           = "Mk9m98IfEblmPfrpsawt7BmxObt98Jev"
	otherKey      = "Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFy"
)

func contract(number, terminal, key, signature, calls, capture string) url.Values {
	return url.Values{"merchant": {number}, "terminal": {terminal}, "key": {key}, "signature": {signature}, "calls": {calls}, "capture": {capture}}
}

// brand opens the gateway of one brand.
func brand(which string) func(*bankcall.Client, string) (payment.Gateway, error) {
	return func(c *bankcall.Client, _ string) (payment.Gateway, error) {
		for _, g := range redsys.All(c) {
			if g.Key() == which {
				return g, nil
			}
		}
		return nil, payment.ErrGone
	}
}

// family is a brand with a contract that signs in one way.
func family(which, signature, calls string) gatewaytest.Family {
	return gatewaytest.Family{
		Told:    payment.Card{Brand: "Visa", Last: "0001", Country: "ES", Auth: "000001"},
		Open:    brand(which),
		Dialect: fake.New(),
		Contracts: []bank.Merchant{
			{Number: merchant, Name: "Demo", Key: key, Fields: map[string]string{"terminal": "12"}},
			{Number: otherMerchant, Name: "Second", Key: otherKey},
		},
		Config:  contract(merchant, "012", key, signature, calls, "now"),
		Other:   contract(otherMerchant, "1", otherKey, signature, calls, "now"),
		Later:   contract(merchant, "012", key, signature, calls, "later"),
		Secrets: []string{key, otherKey},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8"}
		},
		Flip: flip,
		Swap: func(first, second payment.RawNotice) payment.RawNotice {
			one, two := posted(first), posted(second)
			two.Set("Ds_Signature", one.Get("Ds_Signature"))
			first.Body = []byte(two.Encode())
			return first
		},
		Lacks:  gatewaytest.Lacks{Save: "the family keeps no cards", Keys: "nothing in a call names a repetition"},
		Untold: map[gatewaytest.Quirk]string{bank.OtherMode: "no message names the platform; a test is told by its key"},
	}
}

func posted(raw payment.RawNotice) url.Values {
	v, err := url.ParseQuery(string(raw.Body))
	if err != nil {
		panic(err)
	}
	return v
}

// flip changes the signature, and what it covers.
func flip(raw payment.RawNotice) []payment.RawNotice {
	var twins []payment.RawNotice
	for _, change := range []func(url.Values){
		func(v url.Values) { v.Del("Ds_Signature") },
		func(v url.Values) { v.Set("Ds_Signature", "") },
		func(v url.Values) { v.Set("Ds_Signature", strings.ToUpper(v.Get("Ds_Signature"))) },
		func(v url.Values) { v.Set("Ds_Signature", v.Get("Ds_Signature")[1:]) },
		func(v url.Values) { v.Add("Ds_Signature", v.Get("Ds_Signature")) },
		func(v url.Values) { v.Add("Ds_MerchantParameters", v.Get("Ds_MerchantParameters")) },
		func(v url.Values) { v.Set("Ds_MerchantParameters", v.Get("Ds_MerchantParameters")+"=") },
		func(v url.Values) { v.Set("Ds_MerchantParameters", "") },
		func(v url.Values) { v.Set("Ds_SignatureVersion", "HMAC_SHA1") },
		func(v url.Values) { v.Del("Ds_SignatureVersion") },
	} {
		v := posted(raw)
		change(v)
		twin := raw
		twin.Body = []byte(v.Encode())
		twins = append(twins, twin)
	}
	return twins
}

// TestCyberpac: GWN-12 in Spain, with the current algorithm.
func TestCyberpac(t *testing.T) { gatewaytest.Run(t, family("cyberpac", "sha512", "ask")) }

// TestRedsys: with the algorithm of before.
func TestRedsys(t *testing.T) { gatewaytest.Run(t, family("redsys", "sha256", "ask")) }

// TestNoCalls: a contract that may not call.
func TestNoCalls(t *testing.T) {
	f := family("cyberpac", "sha512", "none")
	f.Later, f.Lacks.Calls = nil, "the contract allows neither refunds nor queries"
	gatewaytest.Run(t, f)
}

// TestNoParameters: a terminal that sends nothing with the browser proves nothing by it, and the notice pays all the same.
func TestNoParameters(t *testing.T) {
	f := family("redsys", "sha512", "ask")
	f.Contracts[0].Fields["parameters"] = "no"
	r := gatewaytest.NewRig(t, f, f.Config)
	p, back := r.Pay(t, gatewaytest.Good, bank.Proper)
	if n, err := r.Gateway.(payment.Returner).ReadReturn(t.Context(), r.Account(t, r.Mode.ID), back.Raw); err == nil {
		t.Errorf("believed %+v", n)
	}
	r.Wait(t, 1)
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured {
		t.Errorf("state %s", got.State)
	}
}

// TestPartlyConfirmed: PGW-02, a part was confirmed and nobody heard the answer: asking tells how much.
func TestPartlyConfirmed(t *testing.T) {
	f := family("cyberpac", "sha512", "ask")
	r := gatewaytest.NewRig(t, f, f.Later)
	p, _ := r.Pay(t, gatewaytest.Silent, bank.Proper)
	r.Wait(t, 1)
	known, _ := r.Bank.Payment(p.Ref)
	if err := r.Bank.Desk(known.Token, bank.Capture, 1500); err != nil {
		t.Fatal(err)
	}
	n, err := r.Gateway.(payment.Inquirer).Inquire(t.Context(), r.Account(t, r.Mode.ID), p)
	if err != nil || n.Event != payment.Captured || n.Amount.String() != "15.00" || n.ID != "capture:"+p.Ref || n.Unproven {
		t.Fatalf("told %+v, %v", n, err)
	}
	if err := r.Bank.Desk(known.Token, bank.Refund, 500); err != nil {
		t.Fatal(err)
	}
	if n, err = r.Gateway.(payment.Inquirer).Inquire(t.Context(), r.Account(t, r.Mode.ID), p); err != nil || !n.Unproven {
		t.Errorf("something went back unseen: %+v, %v", n, err)
	}
}
