package bluepaid

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// page is what the host is for.
const page = "page"

// hosts are the same in live and test mode: the account, or the card, makes a payment a test.
var hosts = map[string][]string{page: {"paiement-securise.bluepaid.com"}}

// brands are the rows.
var brands = []payment.Brand{{
	Key: Family, Family: Family, Name: "bluePaid", Status: payment.Alive, Live: hosts, Test: hosts,
	Locales: []i18n.Locale{"fr", "en", "de", "es", "it"},
}}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
