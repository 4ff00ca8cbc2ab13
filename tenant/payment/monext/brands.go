package monext

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// What hosts are for.
const (
	page = "page" // a session's page, by its token
	rest = "rest"
	soap = "soap"
)

// brands are the rows.
var brands = []payment.Brand{{
	Key: "payline", Family: Family, Name: "Payline (Monext)", Bank: "Monext", Status: payment.Alive,
	Locales: []i18n.Locale{"fr", "en", "es", "de", "it", "nl", "pt"},
	Live:    map[string][]string{page: {"webpayment.payline.com"}, rest: {"api.retail.monext.com"}, soap: {"services.payline.com"}},
	Test:    map[string][]string{page: {"homologation-webpayment.payline.com"}, rest: {"api-sandbox.retail.monext.com"}, soap: {"homologation.payline.com"}},
}}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
