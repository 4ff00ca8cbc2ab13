package quote

import (
	"fmt"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
)

// Offer makes the draft the version the customer sees. Errors: a refused state.
func (q *Quote) Offer(at time.Time) error {
	next, err := table.Next(q.State, Send)
	if err != nil {
		return err
	}
	sent := q.Draft
	q.State, q.Sent, q.SentAt, q.Reason = next, &sent, &at, ""
	q.Version++
	return nil
}

// Refuse ends a quote, by whichever side. Errors: a refused state.
func (q *Quote) Refuse(reason string) error {
	next, err := table.Next(q.State, Refuse)
	if err != nil {
		return err
	}
	q.State, q.Reason = next, reason
	return nil
}

// FindCode is the variant a scanned or typed code names: barcode or SKU. Errors: ErrCode.
func FindCode(tx tenant.Tx, code string) (stock.VariantID, error) {
	var found []stock.VariantID
	err := tx.DB().Raw(`select id from variants where lower(sku) = lower(?) or barcode <> '' and barcode = ?
		order by barcode = ? desc limit 1`, code, code, code).Scan(&found).Error
	if err != nil {
		return stock.VariantID{}, fmt.Errorf("look up article: %w", err)
	}
	if len(found) == 0 || code == "" {
		return stock.VariantID{}, ErrCode
	}
	return found[0], nil
}
