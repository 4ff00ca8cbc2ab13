package order

import (
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// Advance is what was agreed of an order with articles that are not there yet (STK-04). What is not due with
// the order is due before they are sent.
type Advance struct {
	Now     money.Amount `json:"now"`               // due with the order
	Parcels Parcels      `json:"parcels,omitempty"` // as the buyer chose
	Asked   *time.Time   `json:"asked,omitempty"`   // when the buyer was asked for the rest
	// Reminded is when he was reminded of it, which happens once.
	Reminded *time.Time `json:"reminded,omitempty"`
}

// Parcels is how a buyer wants an order sent of which some is there and some is not. Delivery is charged once,
// whatever he chooses.
type Parcels string

// The ways. The words are stored.
const (
	AsTheyCome Parcels = ""         // nobody asked him
	FirstPart  Parcels = "first"    // what is there goes at once
	Together   Parcels = "together" // everything in one go
)

func readAdvance(doc []byte) (*Advance, error) {
	if len(doc) == 0 {
		return nil, nil
	}
	a := new(Advance)
	return a, json.Unmarshal(doc, a)
}

func (a *Advance) document() (any, error) {
	if a == nil {
		return nil, nil
	}
	doc, err := json.Marshal(a)
	return string(doc), err
}

// DueNow is what must be paid for the order to go on: what was due with it and has not come, never below zero.
func (o *Order) DueNow() money.Amount {
	if o.Advance == nil {
		return o.Due()
	}
	return money.Max(money.Min(o.Advance.Now, o.Total).Sub(o.Paid), money.Zero(o.Currency))
}

// Secured tells that what was due with the order has come, or that nothing was: its pieces are the buyer's.
func (o *Order) Secured() bool { return !o.DueNow().IsPositive() }

// Asks is what the buyer is asked for next: what was due with the order, then the rest.
func (o *Order) Asks() money.Amount {
	if now := o.DueNow(); now.IsPositive() {
		return now
	}
	return o.Due()
}

// Deferred tells that the order is paid in two parts, or wholly later.
func (o *Order) Deferred() bool { return o.Advance != nil && o.Advance.Now.Cmp(o.Total) < 0 }

// Owes tells that such an order is not wholly paid yet.
func (o *Order) Owes() bool { return o.Deferred() && o.Due().IsPositive() }

// Ask notes that the buyer of the order, which must be locked, was asked for the rest; false when he had been
// before.
func Ask(tx tenant.Tx, o *Order, who tenant.Actor) (first bool, err error) {
	if o.Advance.Asked != nil {
		return false, nil
	}
	now := tx.Now()
	o.Advance.Asked = &now
	if err := saveAdvance(tx, o); err != nil {
		return false, fmt.Errorf("ask for the rest of order %s: %w", o.Number, err)
	}
	return true, Happen(tx, o.ID, Happening{Kind: Money, Actor: who, Visible: true,
		Data: map[string]string{KeyAsked: o.Due().String(), "currency": o.Currency.Code()}})
}

// Remind notes that the buyer of the order, which must be locked, is reminded of the rest.
func Remind(tx tenant.Tx, o *Order) error {
	now := tx.Now()
	o.Advance.Reminded = &now
	if err := saveAdvance(tx, o); err != nil {
		return fmt.Errorf("remind of the rest of order %s: %w", o.Number, err)
	}
	return nil
}

func saveAdvance(tx tenant.Tx, o *Order) error {
	doc, err := o.Advance.document()
	if err != nil {
		return err
	}
	o.Rev++
	return tx.DB().Exec("update orders set advance = ?::jsonb, rev = ?, updated_at = ? where id = ?", doc, o.Rev, tx.Now(), o.ID).Error
}
