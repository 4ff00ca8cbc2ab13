package payment

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/terminal"
)

// SealedCard is what a buyer's browser has sealed for the merchant's own terminal (PAY-03). Nothing on the server can open it.
// It stands with an attempt that is open and with no other: whatever moves the attempt on takes it away.
type SealedCard struct {
	Key    string    `json:"key"`            // with which it was sealed
	Box    string    `json:"box"`            // number, expiry and name
	Code   string    `json:"code,omitempty"` // the security code, until the card is first opened
	At     time.Time `json:"at"`
	Opened int       `json:"opened,omitempty"` // how often
}

// GormDataType tells gorm that the column is jsonb.
func (SealedCard) GormDataType() string { return "jsonb" }

// Value gives a JSON object to the database.
func (c SealedCard) Value() (driver.Value, error) {
	b, err := json.Marshal(c)
	return string(b), err
}

// Until is when it is forgotten.
func (c SealedCard) Until() time.Time { return c.At.Add(terminal.Lasts) }

// KeepCard keeps a sealed card with an open attempt, in place of one that was there. Errors: ErrPayment, also for an attempt that is
// no longer open.
func KeepCard(tx tenant.Tx, payment ID, c SealedCard) error {
	c.At = tx.Now()
	return writeSealed(tx, payment, c)
}

func writeSealed(tx tenant.Tx, payment ID, c SealedCard) error {
	done := tx.DB().Exec(`update payments set sealed_card = ?::text::jsonb where id = ? and state in ('created', 'pending')`, c, payment)
	if done.Error != nil {
		return fmt.Errorf("keep card of payment %s: %w", payment, done.Error)
	}
	if done.RowsAffected == 0 {
		return ErrPayment
	}
	return nil
}

// FindCard is the card of an attempt; nil when there is none, or none any more.
func FindCard(tx tenant.Tx, payment ID) (*SealedCard, error) { return readSealed(tx, payment, "") }

func readSealed(tx tenant.Tx, payment ID, lock string) (*SealedCard, error) {
	var docs []string
	if err := tx.DB().Raw(`select sealed_card::text from payments where id = ? and sealed_card is not null`+lock, payment).Scan(&docs).Error; err != nil {
		return nil, fmt.Errorf("read card of payment %s: %w", payment, err)
	}
	if len(docs) == 0 {
		return nil, nil
	}
	c := &SealedCard{}
	if err := json.Unmarshal([]byte(docs[0]), c); err != nil {
		return nil, fmt.Errorf("read card of payment %s: not what was written", payment)
	}
	if !tx.Now().Before(c.Until()) { // the job is late
		return nil, nil
	}
	return c, nil
}

// ListCards lists the attempts with a card that waits to be keyed, the first to be forgotten first.
func ListCards(tx tenant.Tx) ([]Payment, error) {
	return many(tx, `state in ('created', 'pending') and (sealed_card->>'at')::timestamptz > ? order by sealed_card->>'at', id`, tx.Now().Add(-terminal.Lasts))
}

// OpenCard hands out a sealed card to be opened, and counts it. The security code comes with the first time only, and is
// deleted by it. Errors: ErrPayment when there is no card.
func OpenCard(tx tenant.Tx, payment ID) (SealedCard, error) {
	c, err := readSealed(tx, payment, " for update")
	if err != nil {
		return SealedCard{}, err
	}
	if c == nil {
		return SealedCard{}, ErrPayment
	}
	left := *c
	left.Code = ""
	left.Opened++
	c.Opened = left.Opened
	return *c, writeSealed(tx, payment, left)
}

// ForgetCard deletes the card of an attempt if it is older than it may become, and tells whether it did.
func ForgetCard(tx tenant.Tx, payment ID) (bool, error) {
	done := tx.DB().Exec(`update payments set sealed_card = null where id = ? and (sealed_card->>'at')::timestamptz <= ?`, payment, tx.Now().Add(-terminal.Lasts))
	if done.Error != nil {
		return false, fmt.Errorf("forget card of payment %s: %w", payment, done.Error)
	}
	return done.RowsAffected > 0, nil
}

var _ driver.Valuer = SealedCard{}
