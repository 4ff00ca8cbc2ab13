package stock

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/tenant"
)

// account is what the ledger and the holds say of one order and one variant.
type account struct {
	sold    int // pieces that are out
	pending int // pieces it still waits for
	held    int
}

// accounts reads them by the order's reference.
func accounts(tx tenant.Tx, order BuyerID) (map[VariantID]account, error) {
	batch := &pgx.Batch{}
	all := queueAccounts(batch, order)
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return nil, fmt.Errorf("read what order %s took: %w", order, err)
	}
	return all, nil
}

// queueAccounts fills the map it gives when the batch is sent.
func queueAccounts(batch *pgx.Batch, order BuyerID) map[VariantID]account {
	all := map[VariantID]account{}
	var v VariantID
	var a account
	batch.Queue(heldSQL, order.String()).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&v, &a.held}, func() error {
			all[v] = a
			return nil
		})
		return err
	})
	batch.Queue(`select variant_id, -sum(on_hand)::int as sold, sum(pending)::int as pending
		from stock_moves where ref = $1 and ref <> '' group by variant_id`, order.String()).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&v, &a.sold, &a.pending}, func() error {
			a.held = all[v].held
			all[v] = a
			return nil
		})
		return err
	})
	return all
}

// Promise gives a new order its pieces: what it waits for is pending and held until then.
//
// Errors: Shortages (ErrShort) naming every variant there is not enough of.
func Promise(tx tenant.Tx, order BuyerID, wants []Want, until time.Time) error {
	return promise(tx, order, wants, until, nil)
}

// PromiseAgain is Promise for an order that may have pieces already: the buyer tries another payment mode.
// It holds what is not out yet anew. Errors: see Promise.
func PromiseAgain(tx tenant.Tx, order BuyerID, wants []Want, until time.Time) error {
	all, err := accounts(tx, order)
	if err != nil {
		return err
	}
	return promise(tx, order, wants, until, all)
}

func promise(tx tenant.Tx, order BuyerID, wants []Want, until time.Time, all map[VariantID]account) error {
	var left []Want
	have, due, there := map[VariantID]int{}, map[VariantID]int{}, map[VariantID]int{}
	for _, w := range wants {
		there[w.Variant] += w.There
	}
	for v, a := range all {
		if a.held > 0 {
			have[v] = a.held
		}
	}
	for v, qty := range sum(wants) {
		if n := qty - all[v].sold; n > 0 {
			left = append(left, Want{v, n, min(n, there[v])})
			if d := n - all[v].pending; d != 0 {
				due[v] = d
			}
		}
	}
	return hold(tx, order, have, left, until, due)
}

// forever is an expiry that never comes: the pieces are paid for.
var forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Keep makes the hold of an order last until its pieces leave, taking anew what had expired. What is
// not there any more is told, for the merchant to act on: the order is good because it is paid.
func Keep(tx tenant.Tx, order BuyerID, wants []Want) (short []Shortage, err error) {
	all, levels, variants, err := open(tx, order, wants)
	if err != nil {
		return nil, err
	}
	var moves []move
	var holds []Want
	for _, v := range variants {
		l, a := levels[v], all[v]
		left := want(wants, v) - a.sold
		if !l.Tracked || left <= 0 {
			continue
		}
		more := left - a.held
		if !l.Backorder {
			more = min(more, max(0, l.Promisable()))
		}
		if more = max(more, 0); a.held+more < left {
			short = append(short, Shortage{Variant: v, Asked: left, Available: a.held + more})
		}
		holds = append(holds, Want{Variant: v, Qty: a.held + more})
		if more > 0 {
			moves = append(moves, move{variant: v, reserved: more, reason: ReasonHeld, force: true})
		}
	}
	return short, change(tx, moves, entry{ref: order.String()}, holding(tx, order, holds, forever))
}

// Commit takes the order's pieces out of the stock, as many as have not left before. If its hold has
// expired meanwhile (a cheque that came very late, a bank that answered after an hour) they are taken
// from what is available. When there are not enough left the order is still good: the number on hand is
// not taken below zero, and oversold tells by how much. Pieces it holds that have not arrived yet (a
// pre-order) stay held and are no shortage.
func Commit(tx tenant.Tx, order BuyerID, wants []Want) (oversold []Shortage, err error) {
	all, levels, variants, err := open(tx, order, wants)
	if err != nil {
		return nil, err
	}
	var moves []move
	var holds []Want
	for _, v := range variants {
		l, a := levels[v], all[v]
		left := max(0, want(wants, v)-a.sold)
		out := left
		if l.Tracked && !l.Backorder {
			before, err := ahead(tx, l, order, a.held)
			if err != nil {
				return nil, err
			}
			out = min(left, max(0, l.OnHand-before))
		}
		m := move{variant: v, onHand: -out, pending: -min(a.pending, out), reserved: -min(a.held, out), reason: ReasonSold, force: true}
		if out == left {
			m.pending, m.reserved = -a.pending, -a.held
		}
		if !l.Tracked {
			m.onHand = 0
		}
		if out < left && a.held < left {
			oversold = append(oversold, Shortage{Variant: v, Asked: left, Available: out})
		}
		if rest := a.held + m.reserved; rest > 0 {
			holds = append(holds, Want{Variant: v, Qty: rest})
		}
		if m.onHand != 0 || m.pending != 0 || m.reserved != 0 {
			moves = append(moves, m)
		}
	}
	return oversold, change(tx, moves, entry{ref: order.String()}, holding(tx, order, holds, forever))
}

// Left tells whether pieces of an order are out of the stock.
func Left(tx tenant.Tx, order BuyerID) (bool, error) {
	var out int
	err := tx.DB().Raw("select coalesce(-sum(on_hand), 0)::int from stock_moves where ref = ?", order.String()).Scan(&out).Error
	if err != nil {
		return false, fmt.Errorf("look for sold pieces: %w", err)
	}
	return out > 0, nil
}

// Settle ends the account of an order all of which was sent: it holds nothing and waits for nothing any
// more, also where the ledger knows of fewer pieces than have left.
func Settle(tx tenant.Tx, order BuyerID) error {
	return finish(tx, order, ReasonDone, func(VariantID, account) int { return 0 })
}

// Return undoes what an order did, once: what it holds is free, what it waits for is not awaited any
// more, what it took comes back but for pieces the buyer has.
func Return(tx tenant.Tx, order BuyerID, has []Want) error {
	kept := sum(has)
	return finish(tx, order, ReasonReturn, func(v VariantID, a account) int { return max(0, a.sold-kept[v]) })
}

func finish(tx tenant.Tx, order BuyerID, why Reason, back func(VariantID, account) int) error {
	all, err := accounts(tx, order)
	if err != nil {
		return err
	}
	var moves []move
	for v, a := range all {
		m := move{variant: v, onHand: back(v, a), pending: -a.pending, reserved: -a.held, reason: why, force: true}
		if m.onHand != 0 || m.pending != 0 || m.reserved != 0 {
			moves = append(moves, m)
		}
	}
	return change(tx, moves, entry{ref: order.String()}, holding(tx, order, nil, forever))
}

// open locks the variants an order is about and reads how both stand, in one round trip.
func open(tx tenant.Tx, order BuyerID, wants []Want) (map[VariantID]account, map[VariantID]Level, []VariantID, error) {
	ids, _ := columns(wants)
	levels := map[VariantID]Level{}
	batch := &pgx.Batch{}
	all := queueAccounts(batch, order)
	batch.Queue(levelsSQL+` where v.id in (select unnest($2::uuid[]) union select variant_id from stock_holds where buyer = $3
		union select variant_id from stock_moves where ref = $4 and ref <> '') order by v.id for update of v`,
		tx.Now(), ids, order.String(), order.String()).Query(func(rows pgx.Rows) error { return collectLevels(rows, levels) })
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return nil, nil, nil, fmt.Errorf("read how order %s stands: %w", order, err)
	}
	return all, levels, slices.SortedFunc(maps.Keys(levels), VariantID.Compare), nil
}

func want(wants []Want, v VariantID) int {
	n := 0
	for _, w := range wants {
		if w.Variant == v {
			n += w.Qty
		}
	}
	return n
}

// ahead is how many of the pieces on hand are for others: all they hold, or, where more is promised than
// there is, what those hold who came before.
func ahead(tx tenant.Tx, l Level, order BuyerID, held int) (int, error) {
	if l.Reserved <= l.OnHand || held == 0 {
		return max(0, l.Reserved-held), nil
	}
	var n int
	err := tx.DB().Raw(`
		select coalesce(sum(h.qty), 0)::int from stock_holds h join stock_holds own on own.variant_id = h.variant_id and own.buyer = ?
		where h.variant_id = ? and h.buyer <> own.buyer and (h.created_at, h.buyer) < (own.created_at, own.buyer)`,
		order, l.Variant).Scan(&n).Error
	if err != nil {
		return 0, fmt.Errorf("read queue: %w", err)
	}
	return n, nil
}
