package promotion

import (
	"strconv"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
)

// check refuses what package discount refuses, and what is too large to be kept. Fields have their
// place in the rule's JSON form: "name.fr", "scale.tiers.1.from".
func check(cur money.Currency, r *discount.Rule) error {
	var c form.Checker
	for l, text := range r.Name {
		c.OneLine("name."+string(l), text, maxName)
	}
	c.OneLine("group", r.Group, maxGroup)
	for _, list := range []struct {
		name   string
		n, max int
	}{
		{"scope.members", len(r.Scope.Members), maxMembers}, {"codes", len(r.Codes), maxCodes},
		{"scale.tiers", len(r.Scale.Tiers), maxTiers}, {"zones", len(r.Zones), maxZones}, {"profiles", len(r.Profiles), maxZones},
	} {
		if list.n > list.max {
			c.Refuse(list.name, form.KeyTooMany, fault.Args{"max": strconv.Itoa(list.max)})
		}
	}
	if r.Priority < -maxPriority || r.Priority > maxPriority {
		c.Refuse("priority", form.KeyTooLarge, fault.Args{"max": maxPriority})
	}
	if err := c.Add("", r.Check(cur)); err != nil {
		return err
	}
	return c.Err()
}

// maxPriority bounds a priority on both sides of zero.
const maxPriority = 1000
