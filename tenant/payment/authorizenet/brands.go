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
	Test: map[string][]string{api: {"apitest.authorize.net"}, page: {"test.authorize.net"}}, Office: office}

// office is a transaction in the Merchant Interface, at the address shop modules of others link to.
func office(p payment.Payment) string {
	switch {
	case !numberShape.MatchString(p.BankRef):
		return ""
	case p.Test:
		return "https://sandbox.authorize.net/ui/themes/sandbox/transaction/transactiondetail.aspx?transID=" + p.BankRef
	}
	return "https://account.authorize.net/ui/themes/anet/transaction/transactiondetail.aspx?transID=" + p.BankRef
}

// All are the gateways of the family.
func All(c *bankcall.Client) []payment.Gateway { return []payment.Gateway{New(brand, c)} }
