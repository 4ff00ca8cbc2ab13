package stripe

import (
	"net/url"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// What hosts are for. They are the same for test and live: the key decides.
const (
	server = "api"
	script = "js"    // Stripe.js, for fields on the shop's own page
	files  = "files" // what Stripe publishes for everybody
)

// pages are the languages of Checkout and of the fields.
var pages = []i18n.Locale{"en", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fil", "fr", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl",
	"pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh"}

var hosts = map[string][]string{server: {"api.stripe.com"}, script: {"js.stripe.com"}, files: {"stripe.com"}}

// brand is the one row.
var brand = payment.Brand{Key: "stripe", Family: Family, Name: "Stripe", Status: payment.Alive, Locales: pages, Live: hosts, Test: hosts, Office: office}

// office is a payment in the dashboard; a session that nobody paid has no page there.
func office(p payment.Payment) string {
	switch {
	case !strings.HasPrefix(p.BankRef, intentPrefix):
		return ""
	case p.Test:
		return "https://dashboard.stripe.com/test/payments/" + url.PathEscape(p.BankRef)
	}
	return "https://dashboard.stripe.com/payments/" + url.PathEscape(p.BankRef)
}

// All are the gateways of the family.
func All(c *bankcall.Client) []payment.Gateway { return []payment.Gateway{New(brand, c)} }
