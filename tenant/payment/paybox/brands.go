package paybox

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

// pages are the languages of the bank's page.
var pages = []i18n.Locale{"fr", "en", "es", "it", "de", "nl", "sv", "pt"}

// brands are the rows.
var brands = []payment.Brand{
	{
		Key: "paybox", Family: Family, Name: "Paybox", Bank: "Verifone", Status: payment.Renamed, Locales: pages,
		Live:   map[string][]string{page: {"tpeweb.paybox.com", "tpeweb1.paybox.com"}, calls: {"ppps.paybox.com", "ppps1.paybox.com"}},
		Test:   map[string][]string{page: {"preprod-tpeweb.paybox.com"}, calls: {"preprod-ppps.paybox.com"}},
		Office: office,
	},
	{
		Key: "etransactions", Family: Family, Name: "Up2pay e-Transactions", Bank: "Crédit Agricole", Status: payment.Renamed, Locales: pages,
		Live: map[string][]string{page: {"tpeweb.e-transactions.fr", "tpeweb1.e-transactions.fr"}, calls: {"ppps.e-transactions.fr", "ppps1.e-transactions.fr"}},
		Test: map[string][]string{page: {"recette-tpeweb.e-transactions.fr", "preprod-tpeweb.e-transactions.fr"}, calls: {"recette-ppps.e-transactions.fr", "preprod-ppps.e-transactions.fr"}},
	},
}

// office is the Vision back office of Paybox, where a payment is searched: no address of one is known, nor that of the bank's own office
// of e-Transactions.
func office(p payment.Payment) string {
	if p.Test {
		return "https://preprod-admin.paybox.com/"
	}
	return "https://admin.paybox.com/"
}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
