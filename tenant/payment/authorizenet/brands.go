package authorizenet

import (
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// What hosts are for.
const (
	api  = "api"  // calls
	page = "page" // where buyers pay
)

// brand is the one row. The page speaks English.
var brand = payment.Brand{Key: "authorizenet", Family: Family, Name: "Authorize.Net", Status: payment.Alive,
	Live: map[string][]string{api: {"api.authorize.net"}, page: {"accept.authorize.net"}},
	Test: map[string][]string{api: {"apitest.authorize.net"}, page: {"test.authorize.net"}}}

// All are the gateways of the family.
func All(c *bankcall.Client) []payment.Gateway { return []payment.Gateway{New(brand, c)} }
