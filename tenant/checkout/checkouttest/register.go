package checkouttest

import (
	"context"
	"slices"

	"echoppe.dev/platform/driver/vies"
	"echoppe.dev/platform/kit/clock"
)

// Register is a pretend register of VAT numbers.
type Register struct {
	At    clock.Clock
	Known []string // the numbers that exist
	Away  bool
	Asked []vies.Question
}

// Check answers like VIES.
func (r *Register) Check(_ context.Context, q vies.Question) (vies.Answer, error) {
	r.Asked = append(r.Asked, q)
	if r.Away {
		return vies.Answer{}, vies.ErrUnavailable
	}
	a := vies.Answer{Valid: slices.Contains(r.Known, q.Number), Consultation: "WAPI-" + q.Number, At: r.At.Now()}
	if a.Valid {
		a.Name = "Muster GmbH"
	}
	return a, nil
}
