package shipping

import (
	"fmt"

	"echoppe.dev/tenant/pricing"
)

// Trial is what one mode makes of a basket.
type Trial struct {
	Tariff  *Tariff
	Totals  pricing.Totals
	Steps   []pricing.Reason // of the delivery, as staff reads them
	Refused *pricing.Reason  // why it does not send this
}

// Simulate prices a basket with every mode, those included that do not go there: with the steps that
// come before delivery, in their order (SHP-01).
func Simulate(b pricing.Basket, before pricing.Pipeline, tariffs []*Tariff) ([]Trial, error) {
	step := Delivery{tariffs}
	pipeline := append(before[:len(before):len(before)], step)
	trials := make([]Trial, len(tariffs))
	for i, t := range tariffs {
		b.Shipping.Mode = t.ID
		priced, err := pipeline.Price(b)
		if err != nil {
			return nil, fmt.Errorf("simulate mode %s: %w", t.ID, err)
		}
		trials[i] = Trial{Tariff: t, Totals: priced.Totals}
		for _, e := range priced.Trace {
			if e.Step == step.Key() && e.Reason.Key != "shipping.mode" {
				trials[i].Steps = append(trials[i].Steps, e.Reason)
			}
		}
		for _, r := range priced.Blocked() {
			if r.Step == step.Key() {
				trials[i].Refused = &r.Reason
			}
		}
	}
	return trials, nil
}
