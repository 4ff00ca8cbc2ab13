package banks_test

import (
	"testing"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/banks"
)

// TestNamed: every name of the briefs can be chosen, speaks the protocol it has today, and a dead one leads to its successor.
// GWN-20 is a module and no bank (package fraud/fianet); PGN-06 and PGN-07 are wallets of Stripe.
func TestNamed(t *testing.T) {
	g, err := payment.NewGateways(banks.All(bankcall.New(bankcall.Options{Clock: clock.System()}))...)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		brand, family string
		status        payment.Status
	}{
		"GWN-01 PayPal":                     {"paypal", "paypal", payment.Alive},
		"GWN-02 Paybox":                     {"paybox", "paybox", payment.Renamed},
		"GWN-03 E-transactions":             {"etransactions", "paybox", payment.Renamed},
		"GWN-04 SpPlus":                     {"spplus", "lyra", payment.Dead},
		"GWN-05 Sogenactif":                 {"sogenactif", "sips2", payment.Alive},
		"GWN-05 Sogecommerce":               {"sogecommerce", "lyra", payment.Alive},
		"GWN-06 Mercanet":                   {"mercanet", "sips2", payment.Alive},
		"GWN-07 Scellius":                   {"scellius", "lyra", payment.Alive},
		"GWN-08 Paiement Web-affaires":      {"webaffaires", "sips2", payment.Dead},
		"GWN-09 CyberMUT":                   {"cybermut", "monetico", payment.Renamed},
		"GWN-10 CIC":                        {"cic", "monetico", payment.Alive},
		"GWN-11 OBC":                        {"obc", "monetico", payment.Renamed},
		"GWN-12 CaixaNet":                   {"caixanet", "monetico", payment.Dead},
		"GWN-12 CaixaBank in Spain":         {"cyberpac", "redsys", payment.Alive},
		"GWN-13 Payline":                    {"payline", "monext", payment.Alive},
		"GWN-14 CyberPlus":                  {"cyberplus", "lyra", payment.Dead},
		"GWN-15 cyberPaiement":              {"cyberpaiement", "lyra", payment.Dead},
		"GWN-16 bluePaid":                   {"bluepaid", "bluepaid", payment.Alive},
		"GWN-17 KlikAndPay":                 {"klikandpay", "klikandpay", payment.Alive},
		"GWN-18 2CheckOut":                  {"twocheckout", "twocheckout", payment.Alive},
		"GWN-19 SYSTEMPAY":                  {"systempay", "lyra", payment.Alive},
		"PGN-01 Square":                     {"square", "square", payment.Alive},
		"PGN-02 PGN-06 PGN-07 Stripe":       {"stripe", "stripe", payment.Alive},
		"PGN-03 Amazon Pay":                 {"amazonpay", "amazonpay", payment.Alive},
		"PGN-05 Authorize.Net":              {"authorizenet", "authorizenet", payment.Alive},
		"PayZen, the same under its makers": {"payzen", "lyra", payment.Alive},
	} {
		t.Run(name, func(t *testing.T) {
			b, ok := g.Brand(want.brand)
			if !ok {
				t.Fatalf("%s cannot be chosen", want.brand)
			}
			if b.Family != want.family || b.Status != want.status || (b.Status == payment.Dead) != (b.Next != "") {
				t.Errorf("%+v, want %+v", b, want)
			}
		})
	}
}
