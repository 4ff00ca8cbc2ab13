// Package banks lists the protocol families of banks, one folder each beside this one. Whoever adds one writes a
// line in list, and may add one to about: what a merchant who looks for his bank should know of a brand.
package banks

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/amazonpay"
	"echoppe.dev/tenant/payment/authorizenet"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/bluepaid"
	"echoppe.dev/tenant/payment/klikandpay"
	"echoppe.dev/tenant/payment/lyra"
	"echoppe.dev/tenant/payment/monetico"
	"echoppe.dev/tenant/payment/monext"
	"echoppe.dev/tenant/payment/paybox"
	"echoppe.dev/tenant/payment/paypal"
	"echoppe.dev/tenant/payment/redsys"
	"echoppe.dev/tenant/payment/sips2"
	"echoppe.dev/tenant/payment/square"
	"echoppe.dev/tenant/payment/stripe"
	"echoppe.dev/tenant/payment/twocheckout"
)

// family is a package: its brands as gateways, and its words.
type family struct {
	brands func(*bankcall.Client) []payment.Gateway
	words  func() *i18n.Catalog
}

// list is in the order in which merchants are shown the brands.
var list = []family{
	{paybox.All, paybox.Words},
	{lyra.All, lyra.Words},
	{monetico.All, monetico.Words},
	{sips2.All, sips2.Words},
	{paypal.All, paypal.Words},
	{bluepaid.All, bluepaid.Words},
	{klikandpay.All, klikandpay.Words},
	{twocheckout.All, twocheckout.Words},
	{monext.All, monext.Words},
	{redsys.All, redsys.Words},
	{stripe.All, stripe.Words},
	{square.All, square.Words},
	{amazonpay.All, amazonpay.Words},
	{authorizenet.All, authorizenet.Words},
}

// All are the gateways of all brands, which call their banks through calls.
func All(calls *bankcall.Client) []payment.Gateway {
	var gateways []payment.Gateway
	for _, f := range list {
		gateways = append(gateways, f.brands(calls)...)
	}
	return gateways
}

// Words are the messages of all families: the names of their brands and the fields of their forms.
// What is said of any payment is in payment.Words.
func Words() []*i18n.Catalog {
	var all []*i18n.Catalog
	for _, f := range list {
		all = append(all, f.words())
	}
	return all
}
