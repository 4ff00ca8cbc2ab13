package stock

import (
	"fmt"
	"time"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

const lineSQL = `insert into stock_moves (id, variant_id, at, on_hand, reserved, pending, on_order, reason, ref, note, actor)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

// journal writes the moves that were made, and for each variant that fell to an indicator one line that
// says so; also goes along in the same round trip.
func journal(tx tenant.Tx, moves []move, done map[VariantID]moved, e entry, lowAt int, also []statement) error {
	var list []statement
	alerted := false
	for _, m := range moves {
		is, ok := done[m.variant]
		if !ok {
			continue
		}
		list = append(list, statement{lineSQL, []any{id.New[move]().String(), m.variant.String(), tx.Now(), m.onHand, m.reserved,
			m.pending, m.onOrder, string(m.reason), e.ref, e.note, e.actor}})
		if now := is.alert(lowAt); is.listed && is.Available() < is.before.Available() && now != "" && now != is.before.alert(lowAt) {
			alerted = true
			list = append(list, statement{lineSQL, []any{id.New[move]().String(), m.variant.String(), tx.Now(), 0, 0, 0, 0, string(now), "", "", ""}})
		}
	}
	if err := run(tx, append(list, also...)); err != nil {
		return err
	}
	if alerted {
		return askDigest(tx)
	}
	return nil
}

// Line is one line of the ledger.
type Line struct {
	ID       id.Of[Line]
	At       time.Time
	OnHand   int
	Reserved int
	Pending  int
	OnOrder  int
	Reason   Reason
	Ref      string
	Note     string
	Actor    string
	After    int // on hand after it
}

// Ledger reads the lines of a variant, the newest first; before leads to the next page ("" for the
// first one, and given back "" after the last).
func Ledger(tx tenant.Tx, v VariantID, before string, limit int) (lines []Line, next string, err error) {
	last, err := id.Parse[Line](before)
	if err != nil {
		last = id.Of[Line]{}
	}
	err = tx.DB().Raw(`
		select id, at, on_hand, reserved, pending, on_order, reason, ref, note, actor from stock_moves
		where variant_id = ? and (? or (at, id) < (select at, id from stock_moves where id = ?))
		order by at desc, id desc limit ?`, v, last.IsZero(), last, limit+1).Scan(&lines).Error
	if err != nil || len(lines) == 0 {
		return nil, "", wrap(err)
	}
	var after int
	err = tx.DB().Raw(`select coalesce(sum(on_hand), 0)::int from stock_moves where variant_id = ?
		and (at, id) <= (select at, id from stock_moves where id = ?)`, v, lines[0].ID).Scan(&after).Error
	if err != nil {
		return nil, "", wrap(err)
	}
	for i := range lines {
		lines[i].At, lines[i].After = lines[i].At.UTC(), after
		after -= lines[i].OnHand
	}
	if len(lines) > limit {
		lines = lines[:limit]
		next = lines[limit-1].ID.String()
	}
	return lines, next, nil
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("read stock ledger: %w", err)
}
