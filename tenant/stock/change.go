package stock

import (
	"cmp"
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// move is one line of the ledger to be.
type move struct {
	variant  VariantID
	onHand   int
	reserved int
	reason   Reason
	asked    int  // the whole quantity wanted, for the message about a shortage
	force    bool // may go below what is there: counting, undoing
}

// moved is what a move did to a variant.
type moved struct {
	Level
	before Level
	shown  settings.Show // how the article tells its stock; "" is the shop's way
}

// change applies moves and writes them to the ledger, all or nothing. Moves of variants that are
// not tracked, or no longer exist, are dropped: there is nothing to count.
func change(tx tenant.Tx, moves []move, ref string) error {
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
	if err := journal(tx, moves, done, ref); err != nil {
		return err
	}
	return show(tx, done)
}

// apply locks the variants in the order of their ids and changes those that can bear it.
func apply(tx tenant.Tx, moves []move) (map[VariantID]moved, error) {
	ids, onHand := make([]string, len(moves)), make([]int32, len(moves))
	reserved, force := make([]int32, len(moves)), make([]bool, len(moves))
	for i, m := range moves {
		ids[i], onHand[i], reserved[i], force[i] = m.variant.String(), int32(m.onHand), int32(m.reserved), m.force
	}
	rows, err := tx.Raw().Query(tx.Context(), `
		with locked as (
			select v.id, m.on_hand, m.reserved, m.force
			from variants v join unnest($1::uuid[], $2::int[], $3::int[], $4::bool[])
				as m(id, on_hand, reserved, force) on m.id = v.id
			where v.tracked
			order by v.id for update of v
		)
		update variants v
		set on_hand = v.on_hand + l.on_hand, reserved = greatest(0, v.reserved + l.reserved)
		from locked l
		where v.id = l.id
			and (l.force or v.backorder
				or v.on_hand + l.on_hand >= 0
					and (l.on_hand >= l.reserved or v.on_hand - v.reserved >= l.reserved - l.on_hand))
		returning v.id::text, v.on_hand, v.reserved, v.low_at, v.backorder, l.on_hand, l.reserved,
			(select coalesce(p.show_stock, '') from products p where p.id = v.product_id)`,
		ids, onHand, reserved, force)
	if err != nil {
		return nil, fmt.Errorf("move stock: %w", err)
	}
	done := make(map[VariantID]moved, len(moves))
	var text string
	var m moved
	var dOnHand, dReserved int
	_, err = pgx.ForEachRow(rows, []any{&text, &m.OnHand, &m.Reserved, &m.LowAt, &m.Backorder, &dOnHand, &dReserved, (*string)(&m.shown)}, func() error {
		v, err := id.Parse[Variant](text)
		if err != nil {
			return err
		}
		m.Variant, m.Tracked = v, true
		m.before = m.Level
		m.before.OnHand -= dOnHand
		m.before.Reserved = max(0, m.before.Reserved-dReserved)
		done[v] = m
		return nil
	})
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
			short = append(short, Shortage{Variant: v, Asked: m.asked, Available: max(0, l.Available()+own)})
		}
	}
	if len(short) > 0 {
		return short
	}
	return nil
}

// journal writes the moves that were made.
func journal(tx tenant.Tx, moves []move, done map[VariantID]moved, ref string) error {
	batch := &pgx.Batch{}
	for _, m := range moves {
		if _, ok := done[m.variant]; ok {
			batch.Queue(`insert into stock_moves (id, variant_id, at, on_hand, reserved, reason, ref)
				values ($1, $2, $3, $4, $5, $6, $7)`,
				id.New[move]().String(), m.variant.String(), tx.Now(), m.onHand, m.reserved, string(m.reason), ref)
		}
	}
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return fmt.Errorf("write stock ledger: %w", err)
	}
	return nil
}

// show makes cached pages stale when one of them would now say something else.
func show(tx tenant.Tx, done map[VariantID]moved) error {
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	var flipped []string
	for v, m := range done {
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
	_, err = tx.Raw().Exec(tx.Context(), `
		update products p set available = exists (
			select from variants v where v.product_id = p.id and v.active
				and (not v.tracked or v.backorder or v.on_hand > v.reserved))
		where p.id in (select product_id from variants where id = any($1::uuid[]))`, flipped)
	if err != nil {
		return fmt.Errorf("note availability: %w", err)
	}
	return nil
}

// above is the level where the shop's own threshold of "few left" counts as well: the higher one is
// what its pages go by.
func (l Level) above(lowAt int) Level {
	l.LowAt = max(l.LowAt, lowAt)
	return l
}
