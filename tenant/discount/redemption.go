package discount

import (
	"strings"

	"echoppe.dev/tenant/pricing"
)

// The sources of discounts and of refused codes, as they stand in adjustments and
// refusals. They are stored with orders.
const (
	SourcePrefix = "discount:" // and the rule's ID
	CodePrefix   = "coupon:"   // and the code
)

// Redemption is a rule that a price gives, and by which code.
type Redemption struct {
	Rule string `json:"rule"`
	Code string `json:"code,omitempty"`
}

// Redemptions lists what an order at this price uses up, in the order it was given:
// what the store must count when the order is placed. A rule that stacks is there once
// for each of its codes.
func Redemptions(p *pricing.Priced) []Redemption {
	var list []Redemption
	seen := map[Redemption]bool{}
	for i := range p.Adjustments {
		a := &p.Adjustments[i]
		id, ours := strings.CutPrefix(a.Source, SourcePrefix)
		if !ours {
			continue
		}
		code, _ := a.Reason.Args["code"].(string)
		if r := (Redemption{id, code}); !seen[r] {
			seen[r] = true
			list = append(list, r)
		}
	}
	return list
}
