package payment

import (
	"fmt"
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

// AskedFor is how long after an attempt began its bank is asked on what nobody has told us (PAY-05): most disputes come
// within four months.
const AskedFor = 120 * 24 * time.Hour

// staleSQL: an open attempt is stale a day after it was asked about, one that is paid or promised when nothing was heard of it for
// a day and half as long as it was quiet before: after a day, three, six … a dozen times in all.
const staleSQL = `created_at > cast(@now as timestamptz) - make_interval(secs => @reach) and (
	kind in @open and state in ('created', 'pending') and created_at < @before and (asked_at is null or asked_at < cast(@now as timestamptz) - interval '20 hours')
	or kind in @told and state in ('authorised', 'captured', 'part_refunded', 'disputed')
		and cast(@now as timestamptz) - greatest(updated_at, asked_at) > interval '20 hours' + (greatest(updated_at, asked_at) - created_at) / 2)`

// ListStale lists attempts whose bank may have said something we have not heard, those asked about longest ago first:
// open ones of the kinds that can be asked, and of the kinds told those that are paid, promised or disputed.
func ListStale(tx tenant.Tx, open, told []string, limit int) ([]Payment, error) {
	if len(open) == 0 {
		return nil, nil
	}
	return many(tx, staleSQL+` order by coalesce(asked_at, created_at), id limit @limit`, map[string]any{
		"now": tx.Now(), "before": tx.Now().Add(-AskAfter), "reach": AskedFor.Seconds(), "open": open, "told": append(told, ""), "limit": limit})
}

// Looked notes that the bank was asked about an attempt.
func Looked(tx tenant.Tx, which ID) error {
	if err := tx.DB().Exec(`update payments set asked_at = ? where id = ?`, tx.Now(), which).Error; err != nil {
		return fmt.Errorf("note that a bank was asked: %w", err)
	}
	return nil
}
