package twocheckout

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// What hosts are for.
const (
	page  = "page"
	calls = "calls"
)

// hosts are the same in live and test mode.
var hosts = map[string][]string{page: {"secure.2checkout.com"}, calls: {"api.2checkout.com"}}

// brands are the rows.
var brands = []payment.Brand{{
	Key: Family, Family: Family, Name: "2Checkout", Status: payment.Alive, Live: hosts, Test: hosts,
	Locales: []i18n.Locale{"en", "fr", "de", "es", "it", "nl", "pt", "pl", "ro", "sv"},
}}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
