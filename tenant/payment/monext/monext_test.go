package monext_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/monext"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/monext"
)

// The keys of two merchants, for SOAP and REST, test and production.
const (
	accessKey, accessLive           = "AccessKeyOfShop1Test", "AccessKeyOfShop1Live"
	otherAccess, otherAccessLive    = "AccessKeyOfShop2Test", "AccessKeyOfShop2Live"
	apiKey, apiLive                 = "U2hvcDFUZXN0S2V5MDAwMQ==", "U2hvcDFMaXZlS2V5MDAwMQ=="
	otherAPI, otherAPILive          = "U2hvcDJUZXN0S2V5MDAwMg==", "U2hvcDJMaXZlS2V5MDAwMg=="
	merchantNumber, otherMerchant   = "12345678901234", "43210987654321"
	pointOfSale, contracts          = "SHOP", "1234567, 7654321"
	otherPointOfSale, otherContract = "SECOND", "2222222"
)

// open opens the gateway.
func open(c *bankcall.Client, _ string) (payment.Gateway, error) { return monext.All(c)[0], nil }

// contract is a form as a merchant fills it in.
func contract(api, test, live, capture string) url.Values {
	return url.Values{"api": {api}, "merchant": {merchantNumber}, "point_of_sale": {pointOfSale}, "contracts": {contracts},
		"key_test": {test}, "key_live": {live}, "capture": {capture}}
}

func second(api, test, live string) url.Values {
	return url.Values{"api": {api}, "merchant": {otherMerchant}, "point_of_sale": {otherPointOfSale}, "contracts": {otherContract},
		"key_test": {test}, "key_live": {live}, "capture": {"now"}}
}

func family(config, other, later url.Values) gatewaytest.Family {
	// The notice is a token and says nothing, so that all there is to tell of a fact is what is true when it is asked.
	again := []payment.Verdict{payment.Applied, payment.Applied}
	return gatewaytest.Family{
		Open:    open,
		Dialect: fake.New(),
		Contracts: []bank.Merchant{
			{Number: merchantNumber, Name: "Demo", Key: accessKey, Fields: map[string]string{"key_live": accessLive, "api_key": apiKey, "api_key_live": apiLive,
				"pos": pointOfSale, "contracts": "1234567,7654321"}},
			{Number: otherMerchant, Name: "Second", Key: otherAccess, Fields: map[string]string{"key_live": otherAccessLive, "api_key": otherAPI, "api_key_live": otherAPILive,
				"pos": otherPointOfSale, "contracts": otherContract}},
		},
		Config: config, Other: other, Later: later,
		Secrets: []string{accessKey, accessLive, otherAccess, otherAccessLive, apiKey, apiLive, otherAPI, otherAPILive},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Body: []byte("OK")}
		},
		Flip: flip,
		Swap: func(first, second payment.RawNotice) payment.RawNotice {
			return query(first, first.RawQuery+"&token="+second.Query.Get("token"))
		},
		Lacks: gatewaytest.Lacks{
			Save:   "the family keeps no cards",
			Return: "the browser brings the token only: the bank is asked",
			Keys:   "neither API has keys of calls",
		},
		Trials: map[gatewaytest.Quirk]gatewaytest.Trial{
			bank.OutOfOrder:    {Card: gatewaytest.Silent, Notices: 2, State: payment.StateCaptured, Ledger: again},
			bank.Contradiction: {Card: gatewaytest.Silent, Notices: 2, State: payment.StateCaptured, Ledger: again},
		},
	}
}

// query is the notice with another query.
func query(raw payment.RawNotice, text string) payment.RawNotice {
	raw.RawQuery = text
	raw.Query, _ = url.ParseQuery(text)
	return raw
}

// flip changes the token, which is all there is.
func flip(raw payment.RawNotice) []payment.RawNotice {
	token, all := raw.Query.Get("token"), raw.RawQuery
	var twins []payment.RawNotice
	for _, text := range []string{
		strings.Replace(all, token, "", 1), strings.Replace(all, token, token+"0", 1), strings.Replace(all, token, token[1:], 1),
		strings.Replace(all, token, strings.ToLower(token), 1), strings.Replace(all, token, token+"%2F..", 1), strings.Replace(all, token, token+"%3Fx", 1),
		strings.Replace(all, "token=", "Token=", 1), all + "&token=" + token, all + "&notificationType=WEBTRS",
		strings.Replace(all, "WEBTRS", "TRS", 1), strings.Replace(all, "WEBTRS", "WALLET", 1), strings.Replace(all, "WEBTRS", "", 1),
	} {
		twins = append(twins, query(raw, text))
	}
	return twins
}

// TestREST: GWN-13, a contract of Monext Online or Retail.
func TestREST(t *testing.T) {
	f := family(contract("rest", apiKey, apiLive, "now"), second("rest", otherAPI, otherAPILive), contract("rest", apiKey, apiLive, "later"))
	f.Told, f.Lacks.Name = payment.Card{Last: "0001"}, "a session of REST has no field for it"
	gatewaytest.Run(t, f)
}

// TestSOAP: GWN-13, a contract of Payline.
func TestSOAP(t *testing.T) {
	f := family(contract("soap", accessKey, accessLive, "now"), second("soap", otherAccess, otherAccessLive), contract("soap", accessKey, accessLive, "later"))
	f.Told = payment.Card{Brand: "CB", Last: "0001", Expiry: "08/31", Country: "FR", Issuer: "BANQUE DE DEMO", Auth: "A55A"}
	gatewaytest.Run(t, f)
}
