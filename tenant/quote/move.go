package quote

import "time"

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
