package families

import (
	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/cmd/fakebank/families/amazonpay"
	"echoppe.dev/cmd/fakebank/families/authorizenet"
	"echoppe.dev/cmd/fakebank/families/bluepaid"
	"echoppe.dev/cmd/fakebank/families/klikandpay"
	"echoppe.dev/cmd/fakebank/families/lyra"
	"echoppe.dev/cmd/fakebank/families/monetico"
	"echoppe.dev/cmd/fakebank/families/monext"
	"echoppe.dev/cmd/fakebank/families/paybox"
	"echoppe.dev/cmd/fakebank/families/paypal"
	"echoppe.dev/cmd/fakebank/families/redsys"
	"echoppe.dev/cmd/fakebank/families/sips2"
	"echoppe.dev/cmd/fakebank/families/square"
	"echoppe.dev/cmd/fakebank/families/stripe"
	"echoppe.dev/cmd/fakebank/families/testbank"
	"echoppe.dev/cmd/fakebank/families/twocheckout"
)

// All are the protocols, the built-in one first: contracts that name none are of that.
func All() []bank.Dialect {
	return []bank.Dialect{
		testbank.New(),
		paybox.New(),
		lyra.New(),
		monetico.New(),
		sips2.New(),
		paypal.New(),
		bluepaid.New(),
		klikandpay.New(),
		twocheckout.New(),
		monext.New(),
		redsys.New(),
		stripe.New(),
		square.New(),
		amazonpay.New(),
		authorizenet.New(),
	}
}

// Sampler is a dialect whose bank publishes contracts to try with.
type Sampler interface{ Samples() []bank.Merchant }

// Samples are the contracts anybody may try with.
func Samples() []bank.Merchant {
	var list []bank.Merchant
	for _, d := range All() {
		if s, ok := d.(Sampler); ok {
			for _, m := range s.Samples() {
				m.Dialect = d.Name()
				list = append(list, m)
			}
		}
	}
	return list
}
