package stock

import (
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/tenant"
)

// Hold makes the buyer's holds exactly wants, all or nothing: what he held before and wants no
// more is freed, what he wants in addition is taken. Wants of variants that are not tracked are
// accepted and hold nothing.
//
// Errors: Shortages (ErrShort) naming every variant there is not enough of.
func Hold(tx tenant.Tx, buyer BuyerID, wants []Want, until time.Time) error {
	have, err := held(tx, buyer)
	if err != nil {
		return err
	}
	return hold(tx, buyer, have, wants, until, nil)
}

// hold is Hold for a buyer whose holds are known; it raises pending by what due says in the same lines.
func hold(tx tenant.Tx, buyer BuyerID, have map[VariantID]int, wants []Want, until time.Time, due map[VariantID]int) error {
	moves, holds := difference(have, wants, due), holding(tx, buyer, wants, until)
	// Pieces whose hold has run out are free, although nobody has swept them yet.
	sweep := func() (int, error) { return sweepFor(tx, buyer, wants) }
	return changeOr(tx, moves, entry{ref: buyer.String()}, sweep, holds)
}

// holding makes the rows of holds what wants says. A hold that stays keeps its place in the queue.
func holding(tx tenant.Tx, buyer BuyerID, wants []Want, until time.Time) statement {
	ids, qtys := columns(wants)
	return statement{`
		with wanted as (
			select w.id, sum(w.qty)::int as qty from unnest($2::uuid[], $3::int[]) as w(id, qty)
			join variants v on v.id = w.id and v.tracked group by w.id having sum(w.qty) > 0
		), gone as (
			delete from stock_holds where buyer = $1 and variant_id not in (select id from wanted)
		)
		insert into stock_holds (variant_id, buyer, qty, expires_at, created_at)
		select id, $1, qty, $4, $5 from wanted
		on conflict (buyer, variant_id) do update set qty = excluded.qty, expires_at = excluded.expires_at`,
		[]any{buyer.String(), ids, qtys, until, tx.Now()}}
}

// Release gives back everything the buyer or order holds. What an order waits for stays pending.
func Release(tx tenant.Tx, buyer BuyerID) error { return Hold(tx, buyer, nil, tx.Now()) }

// Assign hands the buyer's holds to an order and gives them a new expiry. From then on they are
// known by the order (Commit, Release), and the cart may start anew.
func Assign(tx tenant.Tx, from, order BuyerID, until time.Time) error {
	_, err := tx.Raw().Exec(tx.Context(),
		`update stock_holds set buyer = $2, order_id = $2, expires_at = $3 where buyer = $1`,
		from.String(), order.String(), until)
	if err != nil {
		return fmt.Errorf("assign holds to order: %w", err)
	}
	return nil
}

// Extend moves the expiry of what the buyer or order holds.
func Extend(tx tenant.Tx, buyer BuyerID, until time.Time) error {
	_, err := tx.Raw().Exec(tx.Context(),
		`update stock_holds set expires_at = greatest(expires_at, $2) where buyer = $1`, buyer.String(), until)
	if err != nil {
		return fmt.Errorf("extend holds: %w", err)
	}
	return nil
}

const heldSQL = "select variant_id, qty from stock_holds where buyer = $1 for update"

// held is what a buyer holds.
func held(tx tenant.Tx, buyer BuyerID) (map[VariantID]int, error) {
	rows, err := tx.Raw().Query(tx.Context(), heldSQL, buyer.String())
	if err != nil {
		return nil, fmt.Errorf("read holds: %w", err)
	}
	have := map[VariantID]int{}
	var v VariantID
	var qty int
	if _, err = pgx.ForEachRow(rows, []any{&v, &qty}, func() error { have[v] = qty; return nil }); err != nil {
		return nil, fmt.Errorf("read holds: %w", err)
	}
	return have, nil
}

// difference is what has to change for a buyer who has these holds to have those he wants.
func difference(have map[VariantID]int, wants []Want, due map[VariantID]int) []move {
	want, there := sum(wants), map[VariantID]int{}
	for _, w := range wants {
		there[w.Variant] += w.There
	}
	var moves []move
	for v, qty := range want {
		d := qty - have[v]
		switch {
		case due[v] != 0:
			moves = append(moves, move{variant: v, reserved: d, pending: due[v], there: min(max(d, 0), there[v]), reason: ReasonOrdered, asked: qty})
		case d != 0:
			moves = append(moves, move{variant: v, reserved: d, there: min(max(d, 0), there[v]), reason: reasonOfHold(d), asked: qty, force: d < 0})
		}
	}
	for v, qty := range have {
		if _, still := want[v]; !still {
			moves = append(moves, move{variant: v, reserved: -qty, reason: ReasonFreed, force: true})
		}
	}
	return moves
}

func reasonOfHold(d int) Reason {
	if d > 0 {
		return ReasonHeld
	}
	return ReasonFreed
}

func columns(wants []Want) (ids []string, qtys []int32) {
	ids, qtys = make([]string, len(wants)), make([]int32, len(wants))
	for i, w := range wants {
		ids[i], qtys[i] = w.Variant.String(), int32(w.Qty)
	}
	return ids, qtys
}

func sum(wants []Want) map[VariantID]int {
	total := make(map[VariantID]int, len(wants))
	for _, w := range wants {
		total[w.Variant] += w.Qty
	}
	return total
}
