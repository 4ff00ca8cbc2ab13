package square

import (
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// server is what the one sort of host is for.
const server = "api"

// brand is the one row. The page speaks the language of the buyer's browser, whatever one would ask for.
var brand = payment.Brand{Key: "square", Family: Family, Name: "Square", Status: payment.Alive,
	Live: map[string][]string{server: {"connect.squareup.com"}}, Test: map[string][]string{server: {"connect.squareupsandbox.com"}}}

// All are the gateways of the family.
func All(c *bankcall.Client) []payment.Gateway { return []payment.Gateway{New(brand, c)} }
