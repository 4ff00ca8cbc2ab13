package sips2

import (
	"slices"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// What hosts are for.
const (
	page      = "page"
	simulator = "simulator" // the page for the vendor's own shops, which has no office behind it
	calls     = "calls"
)

// pages are the languages of the bank's page.
var pages = []i18n.Locale{"fr", "en", "es", "it", "de", "nl", "pt"}

var (
	sogenactifLive = map[string][]string{page: {"payment-webinit.sogenactif.com"}, calls: {"office-server.sogenactif.com"}}
	sogenactifTest = map[string][]string{page: {"payment-webinit-sogenactif.test.sips-services.com"}, simulator: {"payment-webinit.simu.sogenactif.com"},
		calls: {"office-server-sogenactif.test.sips-services.com"}}
)

// brands are the rows.
var brands = []payment.Brand{
	{
		Key: "sogenactif", Family: Family, Name: "Sogenactif", Bank: "Société Générale", Status: payment.Alive, Locales: pages,
		Live: sogenactifLive, Test: sogenactifTest,
	},
	{
		Key: "mercanet", Family: Family, Name: "Mercanet", Bank: "BNP Paribas", Status: payment.Alive, Locales: pages,
		Live: map[string][]string{page: {"payment-webinit.mercanet.bnpparibas.net"}, calls: {"office-server.mercanet.bnpparibas.net"}},
		Test: map[string][]string{page: {"payment-webinit-mercanet.test.sips-services.com"}, simulator: {"payment-webinit.simu.mercanet.bnpparibas.net"},
			calls: {"office-server-mercanet.test.sips-services.com"}},
	},
	{
		// The banks of Crédit du Nord became Société Générale on 1 January 2023, and their shops are on its hosts.
		Key: "webaffaires", Family: Family, Name: "Paiement Web-affaires", Bank: "Banque Rhône-Alpes", Status: payment.Dead, Next: "sogenactif",
		Locales: pages, Live: sogenactifLive, Test: sogenactifTest,
	},
}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}

// simulatorShops begin with these digits; their keys stand in the vendor's samples.
const simulatorShops = "0020010000000"

// testShops are shops of the test platforms whose keys are published: of the vendor, and of BNP Paribas in its own modules.
var testShops = []string{"201040040170001", "211000021310001"}

// simulated tells of a shop of the simulator.
func simulated(a payment.Account) bool {
	return strings.HasPrefix(a.Config.Text("merchant"), simulatorShops)
}

// published tells of a shop whose key anybody has.
func published(a payment.Account) bool {
	return simulated(a) || slices.Contains(testShops, a.Config.Text("merchant"))
}
