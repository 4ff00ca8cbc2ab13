package stock

import (
	"errors"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
)

// Levels reads the stock of variants; those that do not exist are absent from the answer.
func Levels(tx tenant.Tx, variants []VariantID) (map[VariantID]Level, error) {
	levels := make(map[VariantID]Level, len(variants))
	if len(variants) == 0 {
		return levels, nil
	}
	var rows []struct {
		ID                      VariantID
		OnHand, Reserved, LowAt int
		Tracked, Backorder      bool
	}
	err := tx.DB().Raw(`select id, on_hand, reserved, low_at, tracked, backorder from variants where id in ?`, variants).
		Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read stock: %w", err)
	}
	for _, r := range rows {
		levels[r.ID] = Level{Variant: r.ID, OnHand: r.OnHand, Reserved: r.Reserved, LowAt: r.LowAt,
			Tracked: r.Tracked, Backorder: r.Backorder}
	}
	return levels, nil
}

// Commit makes what the order holds pieces sold. If its hold has expired meanwhile (a cheque that
// came very late, a bank that answered after an hour) the pieces are taken from what is available.
// When there are not enough left the order is still good, because it is paid: the number on hand
// is not taken below zero and oversold tells by how much, for the merchant to act on.
func Commit(tx tenant.Tx, order BuyerID, wants []Want) (oversold []Shortage, err error) {
	have, err := held(tx, order)
	if err != nil {
		return nil, err
	}
	moves := make([]move, 0, len(wants))
	for v, qty := range sum(wants) {
		moves = append(moves, move{variant: v, onHand: -qty, reserved: -have[v], reason: ReasonSold, asked: qty})
	}
	err = change(tx, moves, order.String())
	var short Shortages
	if errors.As(err, &short) {
		if oversold, err = commitWhatIsLeft(tx, order, moves, have); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	return oversold, drop(tx, order)
}

// commitWhatIsLeft takes what there is, variant by variant.
func commitWhatIsLeft(tx tenant.Tx, order BuyerID, moves []move, have map[VariantID]int) ([]Shortage, error) {
	ids := make([]VariantID, len(moves))
	for i, m := range moves {
		ids[i] = m.variant
	}
	if err := lock(tx, ids); err != nil {
		return nil, err
	}
	levels, err := Levels(tx, ids)
	if err != nil {
		return nil, err
	}
	var oversold []Shortage
	for i, m := range moves {
		l := levels[m.variant]
		free := max(0, l.Available()+have[m.variant])
		if l.Tracked && !l.Backorder && free < m.asked {
			oversold = append(oversold, Shortage{Variant: m.variant, Asked: m.asked, Available: free})
			moves[i].onHand, moves[i].force = -free, true
		}
	}
	return oversold, change(tx, moves, order.String())
}

// Free gives back what an unpaid order holds.
func Free(tx tenant.Tx, order BuyerID) error { return Release(tx, order) }

// Return puts back what an order took, once: a second call finds the sale already undone.
func Return(tx tenant.Tx, order BuyerID) error {
	var rows []struct {
		VariantID VariantID
		OnHand    int
	}
	err := tx.DB().Raw(`select variant_id, sum(on_hand)::int as on_hand from stock_moves
		where ref = ? and reason in (?, ?) group by variant_id having sum(on_hand) < 0`,
		order.String(), ReasonSold, ReasonReturn).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("read what order %s took: %w", order, err)
	}
	moves := make([]move, len(rows))
	for i, r := range rows {
		moves[i] = move{variant: r.VariantID, onHand: -r.OnHand, reason: ReasonReturn, force: true}
	}
	return change(tx, moves, order.String())
}

// ErrNegative refuses a count below zero.
var ErrNegative = fault.New(fault.Malformed, "stock.negative")

// Count sets the pieces on hand to what somebody counted or a file said.
func Count(tx tenant.Tx, v VariantID, onHand int, why Reason, ref string) error {
	if onHand < 0 {
		return ErrNegative
	}
	if err := lock(tx, []VariantID{v}); err != nil {
		return err
	}
	levels, err := Levels(tx, []VariantID{v})
	if err != nil {
		return err
	}
	l, ok := levels[v]
	if !ok || !l.Tracked || l.OnHand == onHand {
		return nil
	}
	return change(tx, []move{{variant: v, onHand: onHand - l.OnHand, reason: why, force: true}}, ref)
}

func lock(tx tenant.Tx, variants []VariantID) error {
	var locked []VariantID
	err := tx.DB().Raw("select id from variants where id in ? order by id for update", variants).Scan(&locked).Error
	if err != nil {
		return fmt.Errorf("lock stock: %w", err)
	}
	return nil
}

func drop(tx tenant.Tx, buyer BuyerID) error {
	if err := tx.DB().Exec("delete from stock_holds where buyer = ?", buyer).Error; err != nil {
		return fmt.Errorf("drop holds: %w", err)
	}
	return nil
}

func sum(wants []Want) map[VariantID]int {
	total := make(map[VariantID]int, len(wants))
	for _, w := range wants {
		total[w.Variant] += w.Qty
	}
	return total
}
