package order

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/fsm"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// ErrRefused is matched by every refused transition; its arguments are "from" and "event".
var ErrRefused = fsm.ErrRefused

// Step is what somebody wants written beside a transition.
type Step struct {
	Note    string
	Visible bool // the note is shown to the buyer
}

// Move takes the order, which must be locked, along an arrow of the table and writes the timeline.
// Errors: ErrRefused.
func Move(tx tenant.Tx, o *Order, e Event, who tenant.Actor, s Step) error {
	next, err := table.Next(o.State, e)
	if err != nil {
		return err
	}
	before := o.State
	o.State, o.UpdatedAt = next, tx.Now()
	o.Rev++
	update := Statement{"update orders set state = $1, rev = $2, updated_at = $3 where id = $4",
		[]any{string(o.State), o.Rev, o.UpdatedAt, o.ID.String()}}
	// That an order moved is always shown to its buyer; what somebody wrote about it only if he wants.
	lines := []Happening{{Kind: Moved, Actor: who, Before: before, After: next, Visible: true, Note: shown(s)}}
	if s.Note != "" && !s.Visible {
		lines = append(lines, Happening{Kind: Noted, Actor: who, Note: s.Note})
	}
	return change(tx, o, update, lines...)
}

// change writes to an order and to its timeline in one round trip.
func change(tx tenant.Tx, o *Order, update Statement, lines ...Happening) error {
	batch := &pgx.Batch{}
	batch.Queue(update.SQL, update.Args...)
	for _, h := range lines {
		s, err := happening(tx, o.ID, h)
		if err != nil {
			return err
		}
		batch.Queue(s.SQL, s.Args...)
	}
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return fmt.Errorf("change order %s: %w", o.Number, err)
	}
	return nil
}

func shown(s Step) string {
	if s.Visible {
		return s.Note
	}
	return ""
}

// Receive adds money that came and money that went back to the order, which must be locked.
func Receive(tx tenant.Tx, o *Order, came, back money.Amount, who tenant.Actor, how map[string]string) error {
	o.Paid, o.Refunded, o.UpdatedAt = o.Paid.Add(came), o.Refunded.Add(back), tx.Now()
	o.Rev++
	data := map[string]string{"currency": o.Currency.Code()}
	for k, v := range how {
		data[k] = v
	}
	if came.IsPositive() {
		data[KeyCame] = came.String()
	}
	if back.IsPositive() {
		data[KeyBack] = back.String()
	}
	update := Statement{"update orders set paid = $1::text::numeric, refunded = $2::text::numeric, rev = $3, updated_at = $4 where id = $5",
		[]any{exact(o.Paid), exact(o.Refunded), o.Rev, o.UpdatedAt, o.ID.String()}}
	return change(tx, o, update, Happening{Kind: Money, Actor: who, Visible: true, Data: data})
}

// MarkTest says of an order, which must be locked, whether it was paid with test money: it counts in no figure then. One with which a
// payment mode is tried counts in none, whatever it was paid with.
func MarkTest(tx tenant.Tx, o *Order, test bool) error {
	if o.Test == test {
		return nil
	}
	done := tx.DB().Exec("update orders set test = ? where id = ? and place_key not like ?", test, o.ID, TrialKey+"%")
	if done.Error != nil {
		return fmt.Errorf("mark order %s: %w", o.Number, done.Error)
	}
	if done.RowsAffected > 0 {
		o.Test = test
	}
	return nil
}

// Choose notes another payment mode for an order that is still to be paid, with what it charges.
func Choose(tx tenant.Tx, o *Order, c Choice) error {
	three, err := json.Marshal(o.Currencies)
	if err != nil {
		return fmt.Errorf("change payment of order %s: %w", o.Number, err)
	}
	o.Payment = c
	err = tx.DB().Exec("update orders set payment_mode_id = ?, payment_kind = ?, payment_label = ?, display = ?::jsonb, updated_at = ? where id = ?",
		null(c.Mode), c.Kind, c.Label, string(three), tx.Now(), o.ID).Error
	if err != nil {
		return fmt.Errorf("change payment of order %s: %w", o.Number, err)
	}
	return nil
}

// Send notes pieces of lines that have left. Errors: ErrLines for a line that is not the order's or
// has fewer left.
func Send(tx tenant.Tx, o *Order, pieces map[LineID]int) error {
	for l, qty := range pieces {
		done := tx.DB().Exec(`update order_lines set shipped = shipped + ?
			where id = ? and order_id = ? and physical and shipped + ? <= qty`, qty, l, o.ID, qty)
		if done.Error != nil {
			return fmt.Errorf("send lines of order %s: %w", o.Number, done.Error)
		}
		if done.RowsAffected == 0 {
			return ErrLines
		}
	}
	for i := range o.Lines {
		o.Lines[i].Shipped += pieces[o.Lines[i].ID]
	}
	return nil
}

// Happen adds a line to the timeline.
func Happen(tx tenant.Tx, o ID, h Happening) error {
	s, err := happening(tx, o, h)
	if err != nil {
		return err
	}
	if _, err := tx.Raw().Exec(tx.Context(), s.SQL, s.Args...); err != nil {
		return fmt.Errorf("write timeline: %w", err)
	}
	return nil
}

func happening(tx tenant.Tx, o ID, h Happening) (Statement, error) {
	who, err := json.Marshal(h.Actor)
	if err != nil {
		return Statement{}, fmt.Errorf("write timeline: %w", err)
	}
	if h.Data == nil {
		h.Data = map[string]string{}
	}
	data, err := json.Marshal(h.Data)
	if err != nil {
		return Statement{}, fmt.Errorf("write timeline: %w", err)
	}
	return Statement{`insert into order_events (id, order_id, at, kind, actor, before, after, note, visible, data)
		values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9, $10::text::jsonb)`,
		[]any{id.New[Happening]().String(), o.String(), tx.Now(), string(h.Kind), string(who), string(h.Before), string(h.After),
			h.Note, h.Visible, string(data)}}, nil
}

// Events reads the timeline, the oldest first. visible leaves out what the buyer does not see.
func Events(tx tenant.Tx, o ID, visible bool) ([]Happening, error) {
	var rows []struct {
		ID      EventID
		At      time.Time
		Kind    HappeningKind
		Actor   []byte
		Before  State
		After   State
		Note    string
		Visible bool
		Data    []byte
	}
	err := tx.DB().Raw(`select id, at, kind, actor, before, after, note, visible, data from order_events
		where order_id = ? and (visible or not ?) order by at, id`, o, visible).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	events := make([]Happening, len(rows))
	for i, r := range rows {
		events[i] = Happening{ID: r.ID, At: r.At.UTC(), Kind: r.Kind, Before: r.Before, After: r.After, Note: r.Note, Visible: r.Visible}
		if err := json.Unmarshal(r.Actor, &events[i].Actor); err != nil {
			return nil, fmt.Errorf("read timeline: %w", err)
		}
		if err := json.Unmarshal(r.Data, &events[i].Data); err != nil {
			return nil, fmt.Errorf("read timeline: %w", err)
		}
	}
	return events, nil
}
