package supply

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"echoppe.dev/tenant"
)

type orderRow struct {
	ID         ID
	Number     string
	SupplierID SupplierID
	State      State
	Lines      []byte
	Receipts   []byte
	Note       string
	ExpectedOn *time.Time
	Rev        int
	CreatedAt  time.Time
	OrderedAt  *time.Time
	UpdatedAt  time.Time
}

const columns = "id, number, supplier_id, state, lines, receipts, note, expected_on, rev, created_at, ordered_at, updated_at"

func (r *orderRow) order() (*Order, error) {
	o := &Order{ID: r.ID, Number: r.Number, Supplier: r.SupplierID, State: r.State, Note: r.Note, Expected: r.ExpectedOn, Rev: r.Rev,
		Created: r.CreatedAt.UTC(), Placed: r.OrderedAt, Updated: r.UpdatedAt.UTC()}
	if err := json.Unmarshal(r.Lines, &o.Lines); err != nil {
		return nil, fmt.Errorf("read supplier order %s: %w", r.Number, err)
	}
	if err := json.Unmarshal(r.Receipts, &o.Receipts); err != nil {
		return nil, fmt.Errorf("read supplier order %s: %w", r.Number, err)
	}
	return o, nil
}

func read(tx tenant.Tx, rest string, args ...any) ([]*Order, error) {
	var rows []orderRow
	if err := tx.DB().Raw("select "+columns+" from supply_orders "+rest, args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read supplier orders: %w", err)
	}
	list := make([]*Order, len(rows))
	for i := range rows {
		o, err := rows[i].order()
		if err != nil {
			return nil, err
		}
		list[i] = o
	}
	return list, nil
}

// Find reads an order. Errors: ErrUnknown.
func Find(tx tenant.Tx, o ID) (*Order, error) { return one(tx, "where id = ?", o) }

// lock is Find for an order that is about to change.
func lock(tx tenant.Tx, o ID) (*Order, error) { return one(tx, "where id = ? for update", o) }

func one(tx tenant.Tx, rest string, args ...any) (*Order, error) {
	list, err := read(tx, rest, args...)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, ErrUnknown
	}
	return list[0], nil
}

// Filter narrows a list of orders.
type Filter struct {
	State    State // "" for all
	Supplier SupplierID
	Limit    int
}

// List lists orders, the newest first.
func List(tx tenant.Tx, f Filter) ([]*Order, error) {
	var where []string
	var args []any
	if f.State != "" {
		where, args = append(where, "state = ?"), append(args, f.State)
	}
	if !f.Supplier.IsZero() {
		where, args = append(where, "supplier_id = ?"), append(args, f.Supplier)
	}
	rest := ""
	if len(where) > 0 {
		rest = "where " + strings.Join(where, " and ")
	}
	return read(tx, rest+" order by created_at desc, id desc limit ?", append(args, f.Limit)...)
}

// write stores an order as it is, with its next revision.
func (o *Order) write(tx tenant.Tx) error {
	lines, err := json.Marshal(o.Lines)
	if err != nil {
		return fmt.Errorf("write supplier order: %w", err)
	}
	receipts, err := json.Marshal(o.Receipts)
	if err != nil {
		return fmt.Errorf("write supplier order: %w", err)
	}
	var supplier, day any
	if !o.Supplier.IsZero() {
		supplier = o.Supplier
	}
	if o.Expected != nil {
		day = o.Expected.Format(time.DateOnly)
	}
	o.Rev++
	o.Updated = tx.Now()
	err = tx.DB().Exec(`insert into supply_orders (`+columns+`)
		values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?::date, ?, ?, ?, ?)
		on conflict (id) do update set supplier_id = excluded.supplier_id, state = excluded.state, lines = excluded.lines,
			receipts = excluded.receipts, note = excluded.note, expected_on = excluded.expected_on, rev = excluded.rev,
			ordered_at = excluded.ordered_at, updated_at = excluded.updated_at`,
		o.ID, o.Number, supplier, o.State, string(lines), string(receipts), o.Note, day, o.Rev, o.Created, o.Placed, o.Updated).Error
	if err != nil {
		return fmt.Errorf("write supplier order: %w", err)
	}
	return nil
}

// number takes the next number of the series. Its row stays locked until the commit, so that drafts are
// made one after the other.
func number(tx tenant.Tx) (string, error) {
	var n int64
	err := tx.DB().Raw(`insert into counters (name, n) values ('supply_orders', 1001)
		on conflict (name) do update set n = counters.n + 1 returning n`).Scan(&n).Error
	if err != nil {
		return "", fmt.Errorf("number supplier order: %w", err)
	}
	return fmt.Sprintf("PO-%d", n), nil
}

func subject(o *Order) string { return "supply_order/" + o.ID.String() }

func equal(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }
