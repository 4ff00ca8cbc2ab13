package storefront

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
)

// minimum is what is missing to the smallest order of the visitor's profile; nil when nothing is (PROF-02).
func (v *visit) minimum(p *pricing.Priced) (*view.Minimum, error) {
	for _, r := range p.Blocked() {
		least, ok := r.Reason.Args["minimum"].(money.Amount)
		missing, too := r.Reason.Args["missing"].(money.Amount)
		if r.Step != profile.GateKey || !ok || !too {
			continue
		}
		shown, err := v.display.Sum(v.rates, least)
		if err != nil {
			return nil, err
		}
		lacks, err := v.display.Sum(v.rates, missing)
		return &view.Minimum{Amount: v.money(shown.Amount), Missing: v.money(lacks.Amount),
			Text: v.say(r.Reason.Key, map[string]any{"minimum": shown.Amount, "missing": lacks.Amount})}, err
	}
	return nil, nil
}
