package amazonpay

import (
	"net/url"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// What hosts are for, beside the names of regions, whose host is that of the API.
const (
	page   = "page"   // where buyers agree: any host below one of these domains
	static = "static" // with a region's name after it: where checkout.js is
)

// hosts are the same for the sandbox and for real money: the key or the path tells.
var hosts = map[string][]string{
	"eu": {"pay-api.amazon.eu"}, "na": {"pay-api.amazon.com"}, "jp": {"pay-api.amazon.jp"},
	static + "eu": {"static-eu.payments-amazon.com"}, static + "na": {"static-na.payments-amazon.com"}, static + "jp": {"static-fe.payments-amazon.com"},
	page: {"amazon.com", "amazon.de", "amazon.co.uk", "amazon.fr", "amazon.it", "amazon.es", "amazon.eu", "amazon.co.jp", "amazon.jp"},
}

// brands is one row: Amazon sells it under this name everywhere.
var brands = []payment.Brand{{Key: "amazonpay", Family: Family, Name: "Amazon Pay", Status: payment.Alive, Live: hosts, Test: hosts, Office: office}}

// region is what an account's country makes different.
type region struct {
	name   string // as requests and hosts have it
	ledger money.Currency
	// carried are the currencies buyers can be shown.
	carried []money.Currency
	// pages are the languages of Amazon's page, as it writes them.
	pages map[i18n.Locale]string
}

var (
	// converted are the currencies Amazon converts from for an account in Europe ("multi-currency").
	converted = []money.Currency{money.EUR, money.GBP, money.USD, money.CHF, money.DKK, money.NOK, money.SEK, money.AUD, money.JPY,
		money.MustCurrency("HKD"), money.MustCurrency("NZD"), money.MustCurrency("ZAR")}
	european = map[i18n.Locale]string{"en": "en_GB", "de": "de_DE", "fr": "fr_FR", "it": "it_IT", "es": "es_ES"}
)

// regions are the values of the field "region".
var regions = map[string]region{
	"eu": {"eu", money.EUR, converted, european},
	"uk": {"eu", money.GBP, converted, european},
	"na": {"na", money.USD, []money.Currency{money.USD}, map[i18n.Locale]string{"en": "en_US"}},
	"jp": {"jp", money.JPY, []money.Currency{money.JPY}, map[i18n.Locale]string{"ja": "ja_JP"}},
}

// regionOf is where the account is; without a name when that is not known.
func regionOf(a payment.Account) region { return regions[a.Config.Text("region")] }

// sellers are the offices by the region a charge's ID begins with. That of Japan is written in two ways by others, so it is left out.
var sellers = map[string]string{"01": "https://sellercentral.amazon.com", "02": "https://sellercentral-europe.amazon.com"}

// office is a charge's permission in Seller Central, at the address Amazon's shop modules link to; the ID of the permission is that of
// the charge without its end.
func office(p payment.Payment) string {
	end := strings.LastIndex(p.BankRef, "-C")
	if !objectShape.MatchString(p.BankRef) || end < 3 {
		return ""
	}
	seller, known := sellers[p.BankRef[1:3]]
	if !known {
		return ""
	}
	return seller + "/hz/me/pmd/payment-details?orderReferenceId=" + url.QueryEscape(p.BankRef[:end])
}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
