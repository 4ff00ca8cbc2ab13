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
		Told:    payment.Card{Brand: "CB", Last: "0001", Expiry: "08/31", Country: "FR", Issuer: "Banque de démo et de l'innovation", Auth: "3fe85c"},
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
		Lacks: gatewaytest.Lacks{Click: "the bank asks for the code of the card on its page", Keys: "REST knows no keys of calls"},
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
	text := string(raw.Body)
	if text == "" {
		text = raw.RawQuery
	}
	from := strings.LastIndexByte(text[:at], '&') + 1
	name, _, _ := strings.Cut(text[from:], "=")
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

// TestSogecommerce: PGW-18, PGW-19, the bank's fields on the shop's own page: notices and returns are those of REST.
func TestSogecommerce(t *testing.T) {
	f := family("sogecommerce", ways{hash: "hmac", password: password, other: otherPassword})
	for i, m := range f.Contracts {
		m.Fields["public"], m.Fields["return"] = m.Number+":testpublickey_ofTheShop", "returnkey"+m.Number
		f.Contracts[i] = m
	}
	for _, config := range []url.Values{f.Config, f.Other, f.Later} {
		site := config.Get("site")
		config.Set("page", "shop")
		config.Set("public_test", site+":testpublickey_ofTheShop")
		config.Set("public_live", site+":publickey_ofTheShop")
		config.Set("return_test", "returnkey"+site)
		config.Set("password_live", passwordLive)
	}
	f.Frame = func(e payment.Embedded) string {
		data := map[string]string{}
		for _, d := range e.Data {
			data[d.Name] = d.Value
		}
		base, _, _ := strings.Cut(e.Script, "/static/")
		return base + "/fields?" + url.Values{"token": {data["token"]}, "key": {data["public-key"]}, "return": {data["return"]}}.Encode()
	}
	f.Flip, f.Swap, f.Loose = flipAnswer, swapAnswer, nil
	f.Lacks.Name = "the fields are on the shop's own page"
	gatewaytest.Run(t, f)
}

// flipAnswer changes the signature of a notice of REST, and what it covers.
func flipAnswer(raw payment.RawNotice) []payment.RawNotice {
	var twins []payment.RawNotice
	for _, change := range []func(url.Values){
		func(v url.Values) { v.Del("kr-hash") },
		func(v url.Values) { v.Set("kr-hash", "") },
		func(v url.Values) { v.Set("kr-hash", v.Get("kr-hash")[1:]) },
		func(v url.Values) { v.Set("kr-hash", strings.ToUpper(v.Get("kr-hash"))) },
		func(v url.Values) { v.Add("kr-hash", v.Get("kr-hash")) },
		func(v url.Values) { v.Add("kr-answer", v.Get("kr-answer")) },
		func(v url.Values) { v.Set("kr-hash-key", "sha256_hmac") },
		func(v url.Values) { v.Set("kr-hash-algorithm", "md5") },
		func(v url.Values) { v.Set("kr-answer", v.Get("kr-answer")+" ") },
	} {
		v, err := url.ParseQuery(string(raw.Body))
		if err != nil {
			panic(err)
		}
		change(v)
		twin := raw
		twin.Body = []byte(v.Encode())
		twins = append(twins, twin)
	}
	return twins
}

func swapAnswer(first, second payment.RawNotice) payment.RawNotice {
	one, _ := url.ParseQuery(string(first.Body))
	two, _ := url.ParseQuery(string(second.Body))
	two.Set("kr-hash", one.Get("kr-hash"))
	first.Body = []byte(two.Encode())
	return first
}

// TestPayzen: a contract without REST.
func TestPayzen(t *testing.T) {
	f := family("payzen", ways{hash: "hmac"})
	f.Later = nil
	f.Lacks.Calls = "the contract has no REST password"
	f.Lacks.Repeat = f.Lacks.Calls
	gatewaytest.Run(t, f)
}
