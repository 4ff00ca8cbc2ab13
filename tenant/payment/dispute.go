package payment

import (
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// Dispute is what a bank says of a buyer who does not accept a payment (PGW-15).
type Dispute struct {
	Amount money.Amount // what he wants back
	Reason string       // as the bank calls it, "" where it does not say
	Opened time.Time
	// Due is until when the bank takes evidence, the zero time when it does not say.
	Due time.Time
	// Ended is when it was decided, the zero time before.
	Ended time.Time
}

// Open tells that nothing is decided.
func (d *Dispute) Open() bool { return d != nil && d.Ended.IsZero() }

type disputeRow struct {
	Amount string    `json:"amount"`
	Reason string    `json:"reason,omitempty"`
	Opened time.Time `json:"opened"`
	Due    time.Time `json:"due,omitzero"`
	Ended  time.Time `json:"ended,omitzero"`
}

func (d *Dispute) document() (*string, error) {
	if d == nil {
		return nil, nil
	}
	b, err := json.Marshal(disputeRow{d.Amount.String(), d.Reason, d.Opened, d.Due, d.Ended})
	text := string(b)
	return &text, err
}

// readDispute reads a dispute of a payment in that currency.
func readDispute(text *string, c money.Currency) (*Dispute, error) {
	if text == nil {
		return nil, nil
	}
	var r disputeRow
	if err := json.Unmarshal([]byte(*text), &r); err != nil {
		return nil, fmt.Errorf("read dispute: %w", err)
	}
	amount, err := money.Parse(r.Amount, c)
	if err != nil {
		return nil, fmt.Errorf("read dispute: %w", err)
	}
	return &Dispute{amount, r.Reason, r.Opened.UTC(), r.Due.UTC(), r.Ended.UTC()}, nil
}

// disputed is the dispute of p after a ruling on a notice.
func disputed(p Payment, r ruling, n Notice, now time.Time) *Dispute {
	switch {
	case r.verdict != Applied:
		return p.Dispute
	case r.event == Disputed:
		return &Dispute{Amount: n.Amount, Reason: n.Dispute.Reason, Opened: now, Due: n.Dispute.Due}
	case r.event == DisputeLost && p.Dispute == nil:
		return &Dispute{Amount: n.Amount, Reason: n.Dispute.Reason, Opened: now, Ended: now}
	case p.Dispute.Open() && r.after != StateDisputed:
		ended := *p.Dispute
		ended.Ended = now
		return &ended
	}
	return p.Dispute
}

// ListDisputed lists the payments whose dispute is not decided, the first deadline first.
func ListDisputed(tx tenant.Tx) ([]Payment, error) {
	return many(tx, `state = ? order by coalesce(dispute->>'due', '9'), created_at, id`, StateDisputed)
}
