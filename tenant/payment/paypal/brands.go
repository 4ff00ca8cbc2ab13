package paypal

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// What hosts are for.
const (
	page  = "page"  // where buyers agree
	rest  = "rest"  // Orders and Payments
	certs = "certs" // certificates of webhooks; all of these are believed
	back  = "back"  // the post-back of IPN
)

// pages are the languages of PayPal's page as its API writes them.
var pages = map[i18n.Locale]string{"en": "en-GB", "fr": "fr-FR", "de": "de-DE", "es": "es-ES", "it": "it-IT", "nl": "nl-NL", "pt": "pt-PT", "pl": "pl-PL",
	"sv": "sv-SE", "da": "da-DK", "no": "no-NO", "ja": "ja-JP"}

// brands is one row: PayPal sells under its own name everywhere.
var brands = []payment.Brand{{
	Key: "paypal", Family: Family, Name: "PayPal", Status: payment.Alive,
	Locales: []i18n.Locale{"en", "fr", "de", "es", "it", "nl", "pt", "pl", "sv", "da", "no", "ja"},
	Live: map[string][]string{page: {"www.paypal.com"}, rest: {"api-m.paypal.com"}, certs: {"api.paypal.com", "api-m.paypal.com"},
		back: {"ipnpb.paypal.com"}},
	Test: map[string][]string{page: {"www.sandbox.paypal.com"}, rest: {"api-m.sandbox.paypal.com"}, certs: {"api.sandbox.paypal.com", "api-m.sandbox.paypal.com"},
		back: {"ipnpb.sandbox.paypal.com"}},
}}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
