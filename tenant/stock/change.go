package stock

import (
	"cmp"
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/id"
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

// change applies moves and writes them to the ledger, all or nothing. Moves of variants that are
// not tracked, or no longer exist, are dropped unless forced: there is nothing to count.
func change(tx tenant.Tx, moves []move, e entry) error {
	if len(moves) == 0 {
		return nil
	}
	done, err := apply(tx, moves)
	if err != nil {
		return err
	}
	if err := refused(tx, moves, done); err != nil {
		return err
	}
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	if err := journal(tx, moves, done, e, s.Stock.LowAt); err != nil {
		return err
	}
	return show(tx, done, s)
}

// applySQL locks the variants in the order of their ids and changes those that can bear it.
var applySQL = `
	with locked as (
		select v.id, m.on_hand, m.reserved, m.pending, m.on_order, m.there, m.force, ` + Ahead("$8") + ` as ahead,
			` + Shown("p") + ` as shown, p.state = 'published' as published
		from variants v join unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::bool[])
			as m(id, on_hand, reserved, pending, on_order, there, force) on m.id = v.id
		join products p on p.id = v.product_id
		where v.tracked or m.force
		order by v.id for update of v
	)
	update variants v
	set on_hand = v.on_hand + l.on_hand, reserved = greatest(0, v.reserved + l.reserved),
		pending = v.pending + l.pending, on_order = v.on_order + l.on_order
	from locked l
	where v.id = l.id
		and (l.force or v.backorder
			or v.on_hand + l.on_hand >= 0
				and (l.on_hand >= l.reserved or v.on_hand - v.reserved + l.ahead >= l.reserved - l.on_hand)
				and (l.there = 0 or v.on_hand - v.reserved >= l.there))
	returning v.id::text, v.on_hand, v.reserved, v.low_at, v.tracked, v.backorder, l.ahead, l.on_hand, l.reserved,
		l.shown, l.published and v.active`

func apply(tx tenant.Tx, moves []move) (map[VariantID]moved, error) {
	n := len(moves)
	ids, force := make([]string, n), make([]bool, n)
	onHand, reserved, pending, onOrder := make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	there := make([]int32, n)
	for i, m := range moves {
		there[i] = int32(m.there)
		ids[i], force[i] = m.variant.String(), m.force
		onHand[i], reserved[i], pending[i], onOrder[i] = int32(m.onHand), int32(m.reserved), int32(m.pending), int32(m.onOrder)
	}
	rows, err := tx.Raw().Query(tx.Context(), applySQL, ids, onHand, reserved, pending, onOrder, there, force, tx.Now())
	if err != nil {
		return nil, fmt.Errorf("move stock: %w", err)
	}
	done := make(map[VariantID]moved, n)
	var text string
	var m moved
	var dOnHand, dReserved int
	into := []any{&text, &m.OnHand, &m.Reserved, &m.LowAt, &m.Tracked, &m.Backorder, &m.Ahead, &dOnHand, &dReserved,
		(*string)(&m.shown), &m.listed}
	_, err = pgx.ForEachRow(rows, into, func() error {
		v, err := id.Parse[Variant](text)
		if err != nil {
			return err
		}
		m.Variant = v
		m.before = m.Level
		m.before.OnHand -= dOnHand
		m.before.Reserved = max(0, m.before.Reserved-dReserved)
		done[v] = m
		return nil
	})
	if pg.OutOfRange(err) {
		return nil, ErrEndless
	}
	if err != nil {
		return nil, fmt.Errorf("move stock: %w", err)
	}
	return done, nil
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
func show(tx tenant.Tx, done map[VariantID]moved, s *settings.Settings) error {
	var flipped []string
	for v, m := range done {
		if m.before == m.Level {
			continue // nothing that can be seen
		}
		was, is := m.before.above(s.Stock.LowAt).Signal(), m.above(s.Stock.LowAt).Signal()
		if was != is {
			flipped = append(flipped, v.String())
		}
		if was != is || cmp.Or(m.shown, s.Stock.Show) == settings.ShowExact {
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
