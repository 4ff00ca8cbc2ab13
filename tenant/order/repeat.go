package order

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// Rhythm is how often the same is asked for again (PGW-31). The words are stored.
type Rhythm string

// The rhythms.
const (
	Monthly   Rhythm = "month"
	Quarterly Rhythm = "quarter"
	Yearly    Rhythm = "year"
)

// months are the lengths of the rhythms.
var months = map[Rhythm]int{Monthly: 1, Quarterly: 3, Yearly: 12}

// Rhythms lists them, the quickest first.
func Rhythms() []Rhythm { return []Rhythm{Monthly, Quarterly, Yearly} }

// Valid tells that there is such a rhythm.
func (r Rhythm) Valid() bool { return slices.Contains(Rhythms(), r) }

// Day is the day of the payment with that number, the first being on start, which has number 1. A month that has no such day gives its
// last, and the next one is again on the day of the first: 31 January, 28 February, 31 March. Days are at midnight UTC.
func (r Rhythm) Day(start time.Time, number int) time.Time {
	year, month, day := start.Date()
	first := time.Date(year, month+time.Month(months[r]*(number-1)), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day, last)-1)
}

// Repeat is what a request is repeated by; it is kept with the first of the orders.
type Repeat struct {
	Every Rhythm `json:"every"`
	Times int    `json:"times,omitempty"` // payments in all, the first among them; 0 until somebody stops it
	// Lines is what is asked for, as the merchant typed it: each order is taxed at the rates of its day. Gross: with its tax.
	Lines []Asked `json:"lines"`
	Gross bool    `json:"gross,omitempty"`

	Start  time.Time `json:"start,omitzero"`   // the day the first was paid; zero before
	Done   int       `json:"done,omitempty"`   // orders written, the first among them; 0 before it is paid
	Missed int       `json:"missed,omitempty"` // days that went by while it was paused, and are not asked for
	Orders []ID      `json:"orders,omitempty"` // those after the first, the oldest first
	Told   time.Time `json:"told,omitzero"`    // when the buyer was told of the next; zero while he was not
	Retry  time.Time `json:"retry,omitzero"`   // the day the newest is charged again; zero for none

	Paused  time.Time    `json:"paused,omitzero"` // waits for the newest to be paid by its buyer
	Why     string       `json:"why,omitempty"`   // why it does: a payment.Reason, or "unpaid"
	Stopped time.Time    `json:"stopped,omitzero"`
	By      tenant.Actor `json:"by,omitzero"` // who stopped it
	Mandate *Mandate     `json:"mandate,omitempty"`
}

// Asked is a line as it was typed.
type Asked struct {
	Text   string          `json:"text"`
	Amount decimal.Decimal `json:"amount"`
	Class  string          `json:"class"`
}

// Mandate is what its buyer agreed to: that a card of his is charged when he is not there. What he read, when, and for how much is kept
// when the card is erased.
type Mandate struct {
	Payment string       `json:"payment"` // the one he agreed with
	Mode    string       `json:"mode"`
	Test    bool         `json:"test,omitempty"`
	Token   string       `json:"token,omitempty"` // what the bank calls the card, sealed; "" when it is erased
	Brand   string       `json:"brand,omitempty"`
	Last    string       `json:"last,omitempty"`
	Expiry  string       `json:"expiry,omitempty"`
	At      time.Time    `json:"at"`
	Wording string       `json:"wording"`
	Text    string       `json:"text"`
	Amount  money.Amount `json:"amount"` // the most that is charged at once
}

// Period says which one of a repetition an order is.
type Period struct {
	First  ID  `json:"first"`
	Number int `json:"number"` // from 2
}

// More tells that another payment is to come after those there are.
func (r *Repeat) More() bool {
	return r.Stopped.IsZero() && (r.Times == 0 || max(r.Done, 1) < r.Times)
}

// Next is the day of the next payment. False: there is none, or nobody knows, since the first is not paid or the newest is waited for.
func (r *Repeat) Next() (time.Time, bool) {
	if r.Start.IsZero() || !r.Paused.IsZero() || !r.More() {
		return time.Time{}, false
	}
	return r.Every.Day(r.Start, r.Done+1+r.Missed), true
}

// Resume goes on after a pause: days that have passed are left out.
func (r *Repeat) Resume(today time.Time) {
	r.Retry, r.Why = time.Time{}, ""
	if r.Paused.IsZero() {
		return
	}
	r.Paused = time.Time{}
	for next, ok := r.Next(); ok && !next.After(today); next, ok = r.Next() {
		r.Missed++
	}
}

// Charges tells that a card can be charged without its buyer.
func (r *Repeat) Charges() bool { return r.Mandate != nil && r.Mandate.Token != "" }

// Newest tells that an order is the one that is waited for.
func (r *Repeat) Newest(o ID) bool { return len(r.Orders) > 0 && r.Orders[len(r.Orders)-1] == o }

// SaveRepeat writes what became of the repetition of an order, which must be locked.
func SaveRepeat(tx tenant.Tx, o *Order) error {
	doc, err := json.Marshal(o.Request)
	if err != nil {
		return fmt.Errorf("write repetition of order %s: %w", o.Number, err)
	}
	o.Rev++
	err = tx.DB().Exec("update orders set request = ?::text::jsonb, rev = ?, updated_at = ? where id = ?", string(doc), o.Rev, tx.Now(), o.ID).Error
	if err != nil {
		return fmt.Errorf("write repetition of order %s: %w", o.Number, err)
	}
	return nil
}
