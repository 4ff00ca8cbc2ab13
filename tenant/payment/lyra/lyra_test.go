package lyra_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/lyra"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/lyra"
)

// The keys and passwords of two shops, for test and production.
const (
	key, keyLive           = "1122334455667788", "8877665544332211"
	otherKey, otherKeyLive = "PLtsY7IpnYMBadb5", "5bdaBMYnpI7YstLP"
	password, passwordLive = "testpassword_SHOP1", "prodpassword_SHOP1"
	otherPassword          = "testpassword_SHOP2"
)

// contract is a form as a merchant fills it in.
func contract(site, key, live, hash, password, capture string) url.Values {
	return url.Values{"site": {site}, "key_test": {key}, "key_live": {live}, "hash": {hash}, "password_test": {password}, "capture": {capture}}
}

// brand opens the gateway of one brand.
func brand(which string) func(*bankcall.Client, string) (payment.Gateway, error) {
	return func(c *bankcall.Client, _ string) (payment.Gateway, error) {
		for _, g := range lyra.All(c) {
			if g.Key() == which {
				return g, nil
			}
		}
		return nil, payment.ErrGone
	}
}

// ways is what contracts differ by.
type ways struct{ hash, fakeHash, remit, password, other string }

func family(which string, w ways) gatewaytest.Family {
	fields := func(live, password string) map[string]string {
		return map[string]string{"key_live": live, "password": password, "password_live": passwordLive, "hash": w.fakeHash, "remit": w.remit}
	}
	return gatewaytest.Family{
		Open:    brand(which),
		Dialect: fake.New(),
		Contracts: []bank.Merchant{
			{Number: "12345678", Name: "Demo", Key: key, Fields: fields(keyLive, password)},
			{Number: "70168983", Name: "Second", Key: otherKey, Fields: fields(otherKeyLive, otherPassword)},
		},
		Config:  contract("12345678", key, keyLive, w.hash, w.password, "now"),
		Other:   contract("70168983", otherKey, otherKeyLive, w.hash, w.other, "now"),
		Later:   contract("12345678", key, keyLive, w.hash, w.password, "later"),
		Secrets: []string{key, keyLive, otherKey, otherKeyLive, password, otherPassword},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Body: []byte("OK")}
		},
		Flip:  flip,
		Swap:  swap,
		Loose: loose,
		Lacks: gatewaytest.Lacks{Keys: "REST knows no keys of calls"},
	}
}

const signatureField = "signature="

// flip changes the signature, and what it covers.
func flip(raw payment.RawNotice) []payment.RawNotice {
	body := string(raw.Body)
	_, signature, _ := strings.Cut(body, signatureField)
	signature, _, _ = strings.Cut(signature, "&")
	bare := strings.Replace(body, signatureField+signature, "x=1", 1)
	var twins []payment.RawNotice
	for _, text := range []string{
		bare, bare + "&" + signatureField, body + "&" + signatureField + signature, bare + "&Signature=" + signature,
		bare + "&" + signatureField + strings.ToUpper(signature), bare + "&" + signatureField + signature + "0", bare + "&" + signatureField + strings.TrimSuffix(signature, "%3D")[1:],
		body + "&vads_zzz=1", body + "&vads_trans_status=AUTHORISED", body + "&vads_a=",
		strings.Replace(body, "vads_order_id=", "vads_order_ib=", 1), strings.Replace(body, "vads_trans_uuid=", "vads_trans_uuie=", 1),
		strings.Replace(body, "vads_amount=", "vads_amounu=", 1), strings.Replace(body, "vads_operation_type=", "vads_operation_typf=", 1),
	} {
		twin := raw
		twin.Body = []byte(text)
		twins = append(twins, twin)
	}
	return twins
}

// swap gives second's fields with first's signature.
func swap(first, second payment.RawNotice) payment.RawNotice {
	one, _ := url.ParseQuery(string(first.Body))
	two, _ := url.ParseQuery(string(second.Body))
	two.Set("signature", one.Get("signature"))
	first.Body = []byte(two.Encode())
	return first
}

// needed are the fields without which nothing is believed. The signature covers the values of the others in the order of
// their names, and not the names: a changed letter that leaves the order as it is cannot be seen.
var needed = map[string]bool{"signature": true, "vads_amount": true, "vads_ctx_mode": true, "vads_currency": true, "vads_operation_type": true,
	"vads_order_id": true, "vads_site_id": true, "vads_trans_status": true, "vads_trans_uuid": true}

func loose(raw payment.RawNotice, at int) bool {
	from := strings.LastIndexByte(string(raw.Body[:at]), '&') + 1
	name, _, _ := strings.Cut(string(raw.Body[from:]), "=")
	return at < from+len(name) && at >= from+len("vads_") && !needed[name]
}

// TestSystempay: GWN-06, a contract with REST whose bank takes the money before any of it goes back.
func TestSystempay(t *testing.T) {
	gatewaytest.Run(t, family("systempay", ways{hash: "hmac", password: password, other: otherPassword}))
}

// TestScellius: the same where the money goes back before the bank has taken it, and with the signature of old.
func TestScellius(t *testing.T) {
	gatewaytest.Run(t, family("scellius", ways{hash: "sha1", fakeHash: "SHA-1", remit: "night", password: password, other: otherPassword}))
}

// TestPayzen: a contract without REST.
func TestPayzen(t *testing.T) {
	f := family("payzen", ways{hash: "hmac"})
	f.Later = nil
	f.Lacks.Calls = "the contract has no REST password"
	gatewaytest.Run(t, f)
}
