package storefront

import (
	"net/url"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/quote"
)

// Addresses are the addresses that leave the storefront: in letters and at banks. It needs no
// request, since letters are written by jobs.
type Addresses struct {
	// Platform is the address of a shop on the platform's own host, which never lapses; sites.Path.
	Platform func(shop *tenant.Shop) string
	// OfficeOrder is the staff's page of an order, StaffQuote that of a quote; nil for none.
	OfficeOrder func(shop *tenant.Shop, o order.ID) string
	StaffQuote  func(shop *tenant.Shop, q quote.ID) string
}

// Order is the buyer's page of an order, in the order's own language.
func (a Addresses) Order(shop *tenant.Shop, link string) string {
	return shop.BaseURL() + "/o/" + url.PathEscape(packLink(link))
}

// Pay is the page on which its buyer pays it at a bank: it leads there, or holds the bank's fields.
func (a Addresses) Pay(shop *tenant.Shop, link string) string {
	return shop.BaseURL() + "/order/" + url.PathEscape(packLink(link)) + "/pay"
}

// Back is where the browser comes back from the bank's page.
func (a Addresses) Back(shop *tenant.Shop, link string, p payment.ID) string {
	return shop.BaseURL() + "/pay/return/" + p.String() + "/" + url.PathEscape(packLink(link))
}

// GivenUp is where it comes back when the buyer gave up.
func (a Addresses) GivenUp(shop *tenant.Shop, link string, p payment.ID) string {
	return shop.BaseURL() + "/pay/cancel/" + p.String() + "/" + url.PathEscape(packLink(link))
}

// Notice is where the notices of a mode go.
func (a Addresses) Notice(shop *tenant.Shop, mode payment.ModeID) string {
	return a.Platform(shop) + "/pay/notify/" + mode.String()
}

// Office is the staff's page of an order.
func (a Addresses) Office(shop *tenant.Shop, o order.ID) string {
	if a.OfficeOrder == nil {
		return ""
	}
	return a.OfficeOrder(shop, o)
}

// Quote is the buyer's page of a quote, in the quote's own language.
func (a Addresses) Quote(shop *tenant.Shop, link string) string {
	return shop.BaseURL() + "/q/" + url.PathEscape(packLink(link))
}

// OfficeQuote is the staff's page of a quote.
func (a Addresses) OfficeQuote(shop *tenant.Shop, q quote.ID) string {
	if a.StaffQuote == nil {
		return ""
	}
	return a.StaffQuote(shop, q)
}

// Reset is the page where the holder of the token chooses a new password.
func (a Addresses) Reset(shop *tenant.Shop, token string) string {
	return shop.BaseURL() + "/account/reset/" + url.PathEscape(token)
}

var (
	_ checkout.Addresses = Addresses{}
	_ customer.Addresses = Addresses{}
)
