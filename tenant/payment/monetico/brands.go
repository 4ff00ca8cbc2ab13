package monetico

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
var pages = []i18n.Locale{"fr", "en", "de", "es", "it", "nl", "pt", "sv"}

// hosts are the same for all brands today, in live and test mode: the path tells them apart. Those of before
// (paiement.creditmutuel.fr, ssl.paiement.cic-banques.fr, ssl.paiement.banque-obc.fr, paiement.caixanet.fr) lead here.
var hosts = map[string][]string{page: {"p.monetico-services.com"}, calls: {"payment-api.e-i.com"}}

// brands are the rows.
var brands = []payment.Brand{
	{Key: "cybermut", Family: Family, Name: "CyberMUT", Bank: "Crédit Mutuel", Status: payment.Renamed, Locales: pages, Live: hosts, Test: hosts},
	{Key: "cic", Family: Family, Name: "Monetico Paiement", Bank: "CIC", Status: payment.Alive, Locales: pages, Live: hosts, Test: hosts},
	{Key: "obc", Family: Family, Name: "OBC", Bank: "Banque OBC (Neuflize)", Status: payment.Renamed, Locales: pages, Live: hosts, Test: hosts},
	{Key: "caixanet", Family: Family, Name: "CaixaNet", Bank: "CaixaBank France", Status: payment.Dead, Next: "cic", Locales: pages, Live: hosts, Test: hosts},
}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
