package lyra

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// What hosts are for. They are the same for test and live: mode and key decide.
const (
	page   = "page"
	rest   = "rest"
	static = "static" // the script of the fields for a shop's own page
)

// pages are the languages of the bank's page.
var pages = []i18n.Locale{"fr", "en", "es", "de", "it", "nl", "pl", "pt", "ru", "sv", "tr", "ja", "zh"}

func hosts(pageHost, restHost, staticHost string) map[string][]string {
	return map[string][]string{page: {pageHost}, rest: {restHost}, static: {staticHost}}
}

var (
	systempay    = hosts("paiement.systempay.fr", "api.systempay.fr", "static.systempay.fr")
	scellius     = hosts("scelliuspaiement.labanquepostale.fr", "api.scelliuspaiement.labanquepostale.fr", "static.scelliuspaiement.labanquepostale.fr")
	sogecommerce = hosts("sogecommerce.societegenerale.eu", "api-sogecommerce.societegenerale.eu", "static-sogecommerce.societegenerale.eu")
	payzen       = hosts("secure.payzen.eu", "api.payzen.eu", "static.payzen.eu")
)

// brands are the rows. Those that are no longer sold have the hosts of the product that took their merchants over.
var brands = []payment.Brand{
	{Key: "systempay", Family: Family, Name: "Systempay", Bank: "Banque Populaire, Caisse d’Épargne", Status: payment.Alive, Locales: pages, Live: systempay, Test: systempay},
	{Key: "spplus", Family: Family, Name: "SP Plus", Bank: "Caisse d’Épargne", Status: payment.Dead, Next: "systempay", Locales: pages, Live: systempay, Test: systempay},
	{Key: "cyberplus", Family: Family, Name: "CyberPlus Paiement", Bank: "Banque Populaire", Status: payment.Dead, Next: "systempay", Locales: pages, Live: systempay, Test: systempay},
	{Key: "cyberpaiement", Family: Family, Name: "cyberPaiement", Bank: "Banque Populaire Lorraine", Status: payment.Dead, Next: "systempay", Locales: pages, Live: systempay, Test: systempay},
	{Key: "scellius", Family: Family, Name: "Scellius", Bank: "La Banque Postale", Status: payment.Alive, Locales: pages, Live: scellius, Test: scellius},
	{Key: "sogecommerce", Family: Family, Name: "Sogecommerce", Bank: "Société Générale", Status: payment.Alive, Locales: pages, Live: sogecommerce, Test: sogecommerce},
	{Key: "payzen", Family: Family, Name: "PayZen", Bank: "", Status: payment.Alive, Locales: pages, Live: payzen, Test: payzen},
}

// office is the door of the merchant's back office, which has no addresses for single payments ("Signing in to Merchant Back
// Office" of each brand's manual); the uuid is searched there.
func office(b payment.Brand) func(payment.Payment) string {
	return func(p payment.Payment) string { return "https://" + b.Hosts(p.Test, page)[0] + "/vads-merchant/" }
}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		b.Office = office(b)
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
