package wire

import (
	"net/url"

	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// addresses are the pages that letters and banks are told of.
type addresses struct{ sites sites.Sites }

// Order is the buyer's page of an order.
func (addresses) Order(shop *tenant.Shop, link string) string {
	return shop.BaseURL() + "/order/" + url.PathEscape(link)
}

// Back is where the browser comes back from the bank.
func (addresses) Back(shop *tenant.Shop, link string, p payment.ID) string {
	return shop.BaseURL() + "/pay/return/" + p.String() + "?order=" + url.QueryEscape(link)
}

// GivenUp is where it comes back when the buyer gave up.
func (a addresses) GivenUp(shop *tenant.Shop, link string, p payment.ID) string {
	return a.Back(shop, link, p) + "&gave_up=1"
}

// Notice is where a bank calls: on the platform's own host, because a shop's domain may lapse.
func (a addresses) Notice(shop *tenant.Shop, mode payment.ModeID) string {
	return a.sites.Platform() + "/" + shop.Slug() + sites.Suffix + "/pay/notify/" + mode.String()
}

// Office is the staff's page of an order.
func (a addresses) Office(shop *tenant.Shop, o order.ID) string {
	return a.sites.Office() + "/shops/" + shop.Slug() + "/orders/" + o.String()
}

// Reset is where a customer chooses a new password.
func (addresses) Reset(shop *tenant.Shop, token string) string {
	return shop.BaseURL() + "/account/reset/" + url.PathEscape(token)
}

var (
	_ checkout.Addresses = addresses{}
	_ customer.Addresses = addresses{}
)
