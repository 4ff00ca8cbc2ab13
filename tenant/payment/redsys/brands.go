package redsys

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// sis is the one host of a platform, for the page and all calls.
const sis = "sis"

var (
	live = map[string][]string{sis: {"sis.redsys.es"}}
	test = map[string][]string{sis: {"sis-t.redsys.es:25443"}}
)

// languages of the bank's page, by the numbers it has for them (Redsys, "Códigos de idiomas").
var languages = map[i18n.Locale]string{
	"es": "001", "en": "002", "ca": "003", "fr": "004", "de": "005", "nl": "006", "it": "007", "sv": "008", "pt": "009", "pl": "011", "gl": "012", "eu": "013",
}

// pages are these languages, the first for buyers who read none of them.
var pages = []i18n.Locale{"es", "en", "ca", "fr", "de", "nl", "it", "sv", "pt", "pl", "gl", "eu"}

// brands are the rows. All banks are on the same hosts.
var brands = []payment.Brand{
	{Key: "cyberpac", Family: Family, Name: "CyberPac", Bank: "CaixaBank", Status: payment.Alive, Locales: pages, Live: live, Test: test, Office: office},
	{Key: "redsys", Family: Family, Name: "Redsys", Status: payment.Alive, Locales: pages, Live: live, Test: test, Office: office},
}

// office is the administration module (Canales), where an order is searched by its number: no address of an operation is known.
func office(p payment.Payment) string {
	if p.Test {
		return "https://sis-t.redsys.es:25443/canales/"
	}
	return "https://canales.redsys.es/"
}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
