package klikandpay

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// page is what the host is for.
const page = "page"

// hosts are the same in live and test mode: the path tells them apart.
var hosts = map[string][]string{page: {"www.klikandpay.com"}}

// brands are the rows.
var brands = []payment.Brand{{
	Key: Family, Family: Family, Name: "KlikAndPay", Status: payment.Alive, Live: hosts, Test: hosts,
	Locales: []i18n.Locale{"fr", "en", "de", "es", "it", "nl"},
}}

// All are the gateways of the brands.
func All(c *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, b := range brands {
		gateways = append(gateways, New(b, c))
	}
	return gateways
}
