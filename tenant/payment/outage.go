package payment

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/tenant"
)

// The breaker of a mode: so many starts that failed, none of them longer after the one before than the window, and its
// bank is not asked for a while. The first start after that asks again.
const (
	OutageAfter  = 3
	OutageWindow = 10 * time.Minute
	OutagePause  = 10 * time.Minute
)

// Outage is when the bank of a mode did not answer.
type Outage struct {
	Failures int       `json:"failures"` // starts that failed
	First    time.Time `json:"first"`
	Last     time.Time `json:"last"`
	Until    time.Time `json:"until,omitzero"` // until when it is not asked
	Ended    time.Time `json:"ended,omitzero"` // when it answered again
}

// Skips tells that the bank is better not asked now.
func (o *Outage) Skips(now time.Time) bool { return o.Going() && now.Before(o.Until) }

// Going tells that the bank has not answered since.
func (o *Outage) Going() bool { return o != nil && o.Ended.IsZero() }

// Grave tells that staff should know: not one answer was lost but several.
func (o *Outage) Grave() bool { return o != nil && o.Failures >= OutageAfter }

// after is the outage after another start has failed.
func (o *Outage) after(now time.Time) *Outage {
	next := Outage{First: now}
	if o.Going() && (o.Grave() || now.Sub(o.Last) <= OutageWindow) {
		next = *o
	}
	next.Failures, next.Last = next.Failures+1, now
	if next.Grave() {
		next.Until = now.Add(OutagePause)
	}
	return &next
}

// over is the outage once the bank has answered; what was not grave is forgotten.
func (o *Outage) over(now time.Time) *Outage {
	if !o.Grave() {
		return nil
	}
	ended := *o
	ended.Until, ended.Ended = time.Time{}, now
	return &ended
}

// readOutage reads what a mode keeps. What cannot be read is no outage: it must not stand between a buyer and his bank.
func readOutage(text *string) *Outage {
	if text == nil {
		return nil
	}
	var o Outage
	if json.Unmarshal([]byte(*text), &o) != nil {
		return nil
	}
	return &o
}

// Unreached notes that the bank of a mode did not answer a start. It is no edit of the mode.
func Unreached(tx tenant.Tx, mode ModeID) error {
	return turn(tx, mode, func(o *Outage) *Outage { return o.after(tx.Now()) })
}

// Reached notes that it did, after an outage.
func Reached(tx tenant.Tx, mode ModeID) error {
	return turn(tx, mode, func(o *Outage) *Outage {
		if !o.Going() {
			return o
		}
		return o.over(tx.Now())
	})
}

func turn(tx tenant.Tx, mode ModeID, change func(*Outage) *Outage) error {
	r, err := readMode(tx, mode, true)
	if errors.Is(err, ErrMode) {
		return nil
	}
	if err != nil {
		return err
	}
	var text *string
	if next := change(readOutage(r.Outage)); next != nil {
		b, err := json.Marshal(next)
		if err != nil {
			return fmt.Errorf("write outage of payment mode %s: %w", mode, err)
		}
		s := string(b)
		text = &s
	}
	if err := tx.DB().Exec(`update payment_modes set outage = ?::text::jsonb where id = ?`, text, mode).Error; err != nil {
		return fmt.Errorf("write outage of payment mode %s: %w", mode, err)
	}
	return nil
}
