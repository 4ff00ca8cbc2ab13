package order

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
)

// Filter narrows a list; its zero value is every order that is not archived, newest first.
type Filter struct {
	States   []State
	Payments []PaymentState
	Mode     string // id of a payment mode
	Shipping string // id of a shipping mode
	From     time.Time
	Until    time.Time // exclusive
	// Least and Most bound the total of orders in Currency: amounts of another one are not compared.
	Least    *decimal.Decimal
	Most     *decimal.Decimal
	Currency string
	Text     string // number, name or mail address, or a part of one
	Customer customer.ID
	Archived bool
	Held     bool // only those that wait for a person (FRD-05)
	Pledged  bool // only those whose money a bank holds ready
	Real     bool // without those a payment mode is tried with
	// After is the Next of the page before, "" for the first.
	After string
	Limit int // 50 when zero, at most 200
}

// Page is one page of a list.
type Page struct {
	Rows []Row
	Next string // "" on the last page
}

// Row is an order in a list.
type Row struct {
	ID       ID
	Number   string
	State    State
	Payment  PaymentState
	Shipment ShipmentState
	Buyer    string
	Email    string
	Guest    bool
	Locale   i18n.Locale
	Country  string // of the delivery
	Mode     Choice // how it is paid; without the gateway's key
	Shipping Choice
	Total    money.Amount
	Pieces   int
	Held     bool // waits for a person
	Pledged  bool // a bank holds its money ready
	Test     bool
	PlacedAt time.Time
}

const (
	defaultLimit = 50
	maxLimit     = 200
)

// List reads one page: one query along an index, whatever the number of orders (ORD-12).
func List(tx tenant.Tx, f Filter) (Page, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	limit = min(limit, maxLimit)
	c := f.conditions()
	if at, last, ok := parseCursor(f.After); ok {
		c.add("placed_at <= ? and (placed_at < ? or id > ?)", at, at, last)
	}
	var rows []listRow
	err := tx.DB().Raw(`
		with page as (
			select id, number, state, buyer_name, email, guest, locale, delivery->>'country' as country, payment_mode_id::text,
				payment_label, shipping_mode_id::text, shipping_label, currency, total, paid, refunded, test, placed_at, advance, (`+heldSQL+`) as held, (`+pledgedSQL+`) as pledged
			from orders where `+c.sql()+`
			order by placed_at desc, id limit ?
		)
		select page.*, l.pieces, l.asked, l.sent from page
		left join lateral (
			select coalesce(sum(qty), 0) as pieces, coalesce(sum(qty) filter (where physical), 0) as asked,
				coalesce(sum(shipped), 0) as sent
			from order_lines where order_id = page.id) l on true
		order by page.placed_at desc, page.id`, append(c.args, limit+1)...).Scan(&rows).Error
	if err != nil {
		return Page{}, fmt.Errorf("list orders: %w", err)
	}
	var page Page
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = cursor(rows[limit-1].PlacedAt, rows[limit-1].ID)
	}
	for i := range rows {
		row, err := rows[i].row()
		if err != nil {
			return Page{}, err
		}
		page.Rows = append(page.Rows, row)
	}
	return page, nil
}

// Count is how many orders a filter finds, at most most: nobody reads further than that, and
// counting all of a hundred thousand is not worth the wait.
func Count(tx tenant.Tx, f Filter, most int) (int, error) {
	c := f.conditions()
	var n int
	err := tx.DB().Raw("select count(*) from (select from orders where "+c.sql()+" limit ?) found", append(c.args, most)...).Scan(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count orders: %w", err)
	}
	return n, nil
}

// Tally counts the orders in each state, for the tabs of the list.
func Tally(tx tenant.Tx) (map[State]int, error) {
	var rows []struct {
		State State
		N     int
	}
	err := tx.DB().Raw("select state, count(*) as n from orders where archived_at is null group by state").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count orders: %w", err)
	}
	tally := make(map[State]int, len(rows))
	for _, r := range rows {
		tally[r.State] = r.N
	}
	return tally, nil
}

type listRow struct {
	ID             ID
	Number         string
	State          State
	BuyerName      string
	Email          string
	Guest          bool
	Locale         i18n.Locale
	Country        *string
	PaymentModeID  *string
	PaymentLabel   string
	ShippingModeID *string
	ShippingLabel  string
	Currency       string
	Total          decimal.Decimal
	Paid           decimal.Decimal
	Refunded       decimal.Decimal
	Test           bool
	PlacedAt       time.Time
	Pieces         int
	Asked          int
	Sent           int
	Advance        []byte
	Held           bool
	Pledged        bool
}

// row computes the derived states from the sums, by the very rules of a whole order.
func (r *listRow) row() (Row, error) {
	cur, err := money.ParseCurrency(r.Currency)
	if err != nil {
		return Row{}, fmt.Errorf("read order %s: %w", r.Number, err)
	}
	advance, err := readAdvance(r.Advance)
	if err != nil {
		return Row{}, fmt.Errorf("read order %s: %w", r.Number, err)
	}
	o := Order{State: r.State, Currency: cur, Total: money.New(r.Total, cur), Paid: money.New(r.Paid, cur),
		Refunded: money.New(r.Refunded, cur), Advance: advance, Lines: []Line{{Qty: r.Asked, Shipped: r.Sent, Physical: true}}}
	return Row{
		ID: r.ID, Number: r.Number, State: r.State, Payment: o.PaymentState(), Shipment: o.ShipmentState(),
		Buyer: r.BuyerName, Email: r.Email, Guest: r.Guest, Locale: r.Locale, Country: text(r.Country),
		Mode:     Choice{Mode: text(r.PaymentModeID), Label: r.PaymentLabel},
		Shipping: Choice{Mode: text(r.ShippingModeID), Label: r.ShippingLabel}, Total: o.Total, Pieces: r.Pieces, Held: r.Held, Pledged: r.Pledged, Test: r.Test, PlacedAt: r.PlacedAt.UTC(),
	}, nil
}
