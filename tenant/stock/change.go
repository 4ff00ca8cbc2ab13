package stock

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// move is one line of the ledger to be. There is at most one for a variant in a change.
type move struct {
	variant  VariantID
	onHand   int
	reserved int
	pending  int
	onOrder  int
	there    int // of those reserved, how many have to be free
	reason   Reason
	asked    int // the whole quantity wanted, for the message about a shortage
	// force moves below what is there (counting, undoing), and what is not tracked (any more).
	force bool
}

// entry is what the lines of one change have in common.
type entry struct {
	ref   string // what it was for: an order, a receipt
	note  string // what somebody wrote
	actor string // his name
}

// moved is what a move did to a variant.
type moved struct {
	Level
	before Level
	shown  settings.Show // how the article tells its stock; "" is the shop's way
	listed bool          // shoppers can see it
}

// change applies moves and writes them to the ledger with what also has to be written, all or nothing. Moves of
// variants that are not tracked, or no longer exist, are dropped unless forced: there is nothing to count.
func change(tx tenant.Tx, moves []move, e entry, also ...statement) error {
	return changeOr(tx, moves, e, nil, also...)
}

// changeOr is change that, where there is not enough, makes what is short once more after free has freed something.
func changeOr(tx tenant.Tx, moves []move, e entry, free func() (int, error), also ...statement) error {
	if len(moves) == 0 {
		return run(tx, also)
	}
	done, s, err := apply(tx, moves)
	if err != nil {
		return err
	}
	err = refused(tx, moves, done)
	if errors.Is(err, ErrShort) && free != nil {
		freed, failed := free()
		if failed != nil {
			return failed
		}
		if freed > 0 {
			err = again(tx, moves, done)
		}
	}
	if err != nil {
		return err
	}
	if err := journal(tx, moves, done, e, s.LowAt, also); err != nil {
		return err
	}
	return show(tx, done, s)
}

// again makes the moves that are not done yet.
func again(tx tenant.Tx, moves []move, done map[VariantID]moved) error {
	left := slices.DeleteFunc(slices.Clone(moves), func(m move) bool { _, ok := done[m.variant]; return ok })
	more, _, err := apply(tx, left)
	if err != nil {
		return err
	}
	maps.Copy(done, more)
	return refused(tx, moves, done)
}

// statement is one of several that go to the database in one round trip.
type statement struct {
	sql  string
	args []any
}

func run(tx tenant.Tx, list []statement) error {
	if len(list) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	for _, s := range list {
		batch.Queue(s.sql, s.args...)
	}
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return fmt.Errorf("write stock: %w", err)
	}
	return nil
}

// applySQL locks a variant and changes it if it can bear it. There is one statement a variant and not one for all: its
// plan does not depend on how many there are, so Postgres keeps it, and planning costs more than running it.
var applySQL = `
	with locked as (
		select v.id, ` + Ahead("$8") + ` as ahead, ` + Shown("p") + ` as shown, p.state = 'published' as published
		from variants v join products p on p.id = v.product_id
		where v.id = $1 and (v.tracked or $7)
		for update of v
	)
	update variants v
	set on_hand = v.on_hand + $2, reserved = greatest(0, v.reserved + $3), pending = v.pending + $4, on_order = v.on_order + $5
	from locked l
	where v.id = l.id
		and ($7 or v.backorder
			or v.on_hand + $2 >= 0
				and ($2 >= $3 or v.on_hand - v.reserved + l.ahead >= $3 - $2)
				and ($6 = 0 or v.on_hand - v.reserved >= $6))
	returning v.on_hand, v.reserved, v.low_at, v.tracked, v.backorder, l.ahead, l.shown, l.published and v.active`

// apply makes the moves that can be made, in the order of the variants' ids so that two that meet wait for each other, and
// reads how the shop tells its stock: one round trip.
func apply(tx tenant.Tx, moves []move) (map[VariantID]moved, settings.Stock, error) {
	done := make(map[VariantID]moved, len(moves))
	var doc []byte
	batch := &pgx.Batch{}
	for _, m := range slices.SortedFunc(slices.Values(moves), func(a, b move) int { return a.variant.Compare(b.variant) }) {
		is := moved{Level: Level{Variant: m.variant}}
		into := []any{&is.OnHand, &is.Reserved, &is.LowAt, &is.Tracked, &is.Backorder, &is.Ahead, (*string)(&is.shown), &is.listed}
		batch.Queue(applySQL, m.variant.String(), m.onHand, m.reserved, m.pending, m.onOrder, m.there, m.force, tx.Now()).
			Query(func(rows pgx.Rows) error {
				_, err := pgx.ForEachRow(rows, into, func() error {
					is.before = is.Level
					is.before.OnHand -= m.onHand
					is.before.Reserved = max(0, is.before.Reserved-m.reserved)
					done[m.variant] = is
					return nil
				})
				return err
			})
	}
	batch.Queue(settings.StockSQL).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&doc}, func() error { return nil })
		return err
	})
	err := tx.Raw().SendBatch(tx.Context(), batch).Close()
	if pg.OutOfRange(err) {
		return nil, settings.Stock{}, ErrEndless
	}
	if err != nil {
		return nil, settings.Stock{}, fmt.Errorf("move stock: %w", err)
	}
	s, err := settings.DecodeStock(doc)
	return done, s, err
}

// refused looks at the moves that were not made and tells a shortage from a variant that is not
// tracked.
func refused(tx tenant.Tx, moves []move, done map[VariantID]moved) error {
	var missing []VariantID
	asked := map[VariantID]move{}
	for _, m := range moves {
		if _, ok := done[m.variant]; !ok {
			missing, asked[m.variant] = append(missing, m.variant), m
		}
	}
	if len(missing) == 0 {
		return nil
	}
	levels, err := Levels(tx, missing)
	if err != nil {
		return err
	}
	var short Shortages
	for v, l := range levels {
		if m := asked[v]; l.Tracked {
			// What this buyer already holds is his: it counts as available to him.
			own := m.asked - m.reserved
			left := l.Promisable()
			if m.there > 0 {
				left = l.Available()
			}
			short = append(short, Shortage{Variant: v, Asked: m.asked, Available: max(0, left+own)})
		}
	}
	if len(short) > 0 {
		return short
	}
	return nil
}

// show makes cached pages stale when one of them would now say something else.
func show(tx tenant.Tx, done map[VariantID]moved, s settings.Stock) error {
	var flipped []string
	for v, m := range done {
		if m.before == m.Level {
			continue // nothing that can be seen
		}
		was, is := m.before.above(s.LowAt).Signal(), m.above(s.LowAt).Signal()
		if was != is {
			flipped = append(flipped, v.String())
		}
		if was != is || cmp.Or(m.shown, s.Show) == settings.ShowExact {
			tx.Touch()
		}
	}
	if len(flipped) == 0 {
		return nil
	}
	_, err := tx.Raw().Exec(tx.Context(), `
		update products p set available = exists (
			select from variants v where v.product_id = p.id and v.active
				and (not v.tracked or v.backorder or v.on_hand > v.reserved))
		where p.id in (select product_id from variants where id = any($1::uuid[]))`, flipped)
	if err != nil {
		return fmt.Errorf("note availability: %w", err)
	}
	return nil
}
