package order

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/fraud"
)

func readFinding(doc []byte) (f fraud.Finding, err error) {
	if len(doc) == 0 {
		return f, nil
	}
	return f, json.Unmarshal(doc, &f)
}

// heldSQL finds the orders that wait for a person.
const heldSQL = "screening->>'held' is not null and state in ('placed', 'paid', 'awaiting_shipment')"

// Open tells whether something of the order can still be held back.
func (o *Order) Open() bool {
	return o.State == Placed || o.State == Paid || o.State == AwaitingShipment
}

// Held tells whether the order waits for a person: one that was sent or called off waits for nobody.
func (o *Order) Held() bool { return o.Screening.IsHeld() && o.Open() }

// Screened writes what was found about an order, which must be locked.
func Screened(tx tenant.Tx, o *Order) error {
	doc, err := json.Marshal(o.Screening)
	if err != nil {
		return fmt.Errorf("write screening of order %s: %w", o.Number, err)
	}
	if _, err := tx.Raw().Exec(tx.Context(), "update orders set screening = $1::text::jsonb where id = $2", string(doc), o.ID.String()); err != nil {
		return fmt.Errorf("write screening of order %s: %w", o.Number, err)
	}
	return nil
}

// CountHeld is how many orders wait for a person.
func CountHeld(tx tenant.Tx) (int, error) {
	var n int
	if err := tx.Raw().QueryRow(tx.Context(), "select count(*) from orders where archived_at is null and "+heldSQL).Scan(&n); err != nil {
		return 0, fmt.Errorf("count held orders: %w", err)
	}
	return n, nil
}

const (
	usualOf    = 200 // newest paid orders the usual amount is that of
	usualLeast = 10  // fewer say nothing
)

// historySQL counts what else was ordered in the day before, and finds the middle amount.
const historySQL = `
	with day as (
		select placed_at > $2::timestamptz - interval '1 hour' as recent,
			regexp_replace(lower(email), '\+[^@]*@', '@') = $3 as mail,
			coalesce($4 <> '' and screening->>'place' = $4, false) as place,
			coalesce($5 <> '' and screening->>'network' = $5, false) as network
		from orders where placed_at > $2::timestamptz - interval '1 day' and placed_at <= $2 and id <> $1
	), usual as (
		select total from orders where paid > 0 and currency = $6 and not test and id <> $1 order by placed_at desc limit $7
	)
	select count(*) filter (where mail and recent), count(*) filter (where mail), count(*) filter (where place and recent),
		count(*) filter (where place), count(*) filter (where network and recent), count(*) filter (where network),
		(select case when count(*) >= $8 then percentile_disc(0.5) within group (order by total)::text else '0' end from usual)
	from day`

// History is what the shop remembers of other orders that bears on this one (FRD-05).
func History(tx tenant.Tx, o *Order) (fraud.History, error) {
	var h fraud.History
	var usual string
	err := tx.Raw().QueryRow(tx.Context(), historySQL, o.ID.String(), o.PlacedAt, fraud.MailKey(o.Email), o.Screening.Place, o.Screening.Network,
		o.Currency.Code(), usualOf, usualLeast).Scan(&h.Mail.Hour, &h.Mail.Day, &h.Place.Hour, &h.Place.Day, &h.Network.Hour, &h.Network.Day, &usual)
	if err != nil {
		return h, fmt.Errorf("look at orders beside %s: %w", o.Number, err)
	}
	h.Usual, err = decimal.NewFromString(usual)
	return h, err
}

// PaidBefore tells whether a customer paid an order that was placed before an instant; nobody did whom the shop does
// not know.
func PaidBefore(tx tenant.Tx, who customer.ID, before time.Time) (bool, error) {
	if who.IsZero() {
		return false, nil
	}
	var paid bool
	err := tx.Raw().QueryRow(tx.Context(), "select exists (select from orders where customer_id = $1 and placed_at < $2 and paid > refunded)",
		who.String(), before).Scan(&paid)
	if err != nil {
		return false, fmt.Errorf("look at orders of customer %s: %w", who, err)
	}
	return paid, nil
}

// CountSent is how many orders that were placed since an instant have been sent.
func CountSent(tx tenant.Tx, since time.Time) (int, error) {
	var n int
	err := tx.Raw().QueryRow(tx.Context(), "select count(*) from orders where state in ('shipped', 'delivered', 'closed') and placed_at >= $1 and not test", since).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count orders that were sent: %w", err)
	}
	return n, nil
}

// forgetAfter is how long after Keep an order is still looked for: the nightly broom may have rested.
const forgetAfter = 30 * 24 * time.Hour

// ForgetClients drops where orders came from that was kept long enough.
func ForgetClients(tx tenant.Tx) error {
	until := tx.Now().Add(-fraud.Keep)
	_, err := tx.Raw().Exec(tx.Context(), `update orders set screening = screening - 'client' - 'network'
		where placed_at between $1 and $2 and (screening->>'client' is not null or screening->>'network' is not null)`, until.Add(-forgetAfter), until)
	if err != nil {
		return fmt.Errorf("forget clients: %w", err)
	}
	return nil
}
