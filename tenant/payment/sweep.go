package payment

import (
	"time"

	"echoppe.dev/tenant"
)

// AskAfter is how long an attempt may be open before the bank is asked about it: most buyers are
// done by then, and a notice that has not come by then is probably lost.
const AskAfter = 15 * time.Minute

// ListOpen lists attempts of these kinds that have been open since before then, the oldest first:
// those whose bank should be asked (see Gateways.Asked).
func ListOpen(tx tenant.Tx, kinds []string, before time.Time, limit int) ([]Payment, error) {
	if len(kinds) == 0 {
		return nil, nil
	}
	return many(tx, `state in ('created', 'pending') and kind in ? and created_at < ? order by created_at, id limit ?`,
		kinds, before, limit)
}

// Lapse is what is recorded, with SourceSweep, about an attempt that was open longer than its
// family's Patience and that the bank knows nothing of. Money that comes after all is still taken.
func Lapse(p Payment) Notice {
	return Notice{ID: "lapse:" + p.Ref, Ref: p.Ref, Event: Cancelled, Amount: p.Amount, Test: p.Test, Reason: ReasonExpired}
}
