package pricefile_test

import (
	"slices"
	"testing"

	"echoppe.dev/tenant/pricefile/pricefiletest"
	"echoppe.dev/tenant/shipping"
)

// Laws that hold for carts in which nothing happens say nothing: everything that the rules of a sale can
// do to a price happens in the first carts, in every currency.
func TestCarts_reachEverything(t *testing.T) {
	met := map[string]bool{}
	for n := range uint64(howMany) {
		f := pricefiletest.Cart(n)
		a := mustPrice(t, n, f)
		met["digits "+string('0'+rune(a.Currency.Digits()))] = true
		met["view "+string(a.View.Goods)+" "+string(a.View.Shipping)] = true
		met["tax."+a.Taxation.Treatment] = true
		for _, x := range a.Adjustments {
			met[string(x.Kind)], met[x.Reason.Key] = true, true
			if x.Source == "shipping:"+f.Rules.Shipping[0].ID {
				met["sent by "+f.Rules.Shipping[0].Calculator] = true
			}
		}
		for _, e := range a.Trace {
			met[e.Reason.Key] = true
		}
	}
	wanted := []string{
		"digits 0", "digits 2", "digits 3", "view net net", "view net gross", "view gross net", "view gross gross",
		"goods", "discount", "shipping", "shipping_discount", "insurance", "fee", "tax",
		"tax.domestic", "tax.destination", "tax.below_limit", "tax.reverse_charge", "tax.export", "tax.unregistered",
		"price.goods", "price.tier", "price.goods_extras", "price.tier_extras", "price.extra",
		"price.rebate", "price.fee", "price.split", "price.surcharge_banned",
		"discount.given.rate", "discount.given.amount", "discount.given.scale", "discount.given.shipping",
		"discount.given.rate_code", "discount.given.amount_code", "discount.given.scale_code", "discount.given.shipping_code",
		"discount.reached.quantity", "discount.reached.value", "discount.waiting",
		"discount.unknown_code", "discount.not_yet", "discount.over", "discount.wrong_profile", "discount.wrong_place",
		"discount.place_unknown", "discount.minimum_net", "discount.minimum_gross", "discount.quantity", "discount.first_order",
		"discount.used_up", "discount.spent", "discount.already_used", "discount.not_together", "discount.nothing", "discount.no_better",
		"shipping.choose", "shipping.free_from", "shipping.parcels", "shipping.beyond_extra", "shipping.nothing_to_send",
	}
	for _, c := range shipping.Builtin() {
		wanted = append(wanted, "sent by "+c.Key())
	}
	slices.Sort(wanted)
	for _, what := range wanted {
		if !met[what] {
			t.Errorf("no cart meets %q", what)
		}
	}
}
