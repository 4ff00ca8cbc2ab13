package discount_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
)

// Two codes of one rule that stacks are two things an order uses up; a rule that is on many lines is one.
func TestRedemptions_OneForEachCode(t *testing.T) {
	given := func(code string) pricing.Adjustment {
		return pricing.Adjustment{Source: discount.SourcePrefix + "r", Reason: pricing.Because("discount.given.rate_code", pricing.Args{"code": code})}
	}
	p := &pricing.Priced{Adjustments: []pricing.Adjustment{
		{Source: "goods"}, given("ONE"), given("ONE"), given("TWO"),
		{Source: discount.SourcePrefix + "s", Reason: pricing.Because("discount.given.rate", nil)},
	}}
	want := []discount.Redemption{{Rule: "r", Code: "ONE"}, {Rule: "r", Code: "TWO"}, {Rule: "s"}}
	if diff := cmp.Diff(want, discount.Redemptions(p)); diff != "" {
		t.Error(diff)
	}
}
