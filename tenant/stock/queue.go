package stock

import (
	"fmt"

	"echoppe.dev/tenant"
)

// Place is where somebody stands in the queue for a variant.
type Place struct {
	Rank  int // from 1
	Held  int // pieces held for him
	There int // how many of them are on hand, once those before him have theirs
}

// Queue reads who waits for variants, first come, first served: by the same order in which pieces are given
// out. Who holds nothing (the pieces have left, or are not counted) is absent.
func Queue(tx tenant.Tx, variants []VariantID) (map[VariantID]map[BuyerID]Place, error) {
	all := make(map[VariantID]map[BuyerID]Place, len(variants))
	if len(variants) == 0 {
		return all, nil
	}
	var rows []struct {
		VariantID          VariantID
		Buyer              BuyerID
		Qty, OnHand, Until int
		Rank               int
	}
	err := tx.DB().Raw(`
		select h.variant_id, h.buyer, h.qty, v.on_hand, row_number() over queue as rank, sum(h.qty) over queue as until
		from stock_holds h join variants v on v.id = h.variant_id where h.variant_id in ?
		window queue as (partition by h.variant_id order by h.created_at, h.buyer)`, variants).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read queue: %w", err)
	}
	for _, r := range rows {
		if all[r.VariantID] == nil {
			all[r.VariantID] = map[BuyerID]Place{}
		}
		before := r.Until - r.Qty
		all[r.VariantID][r.Buyer] = Place{Rank: r.Rank, Held: r.Qty, There: min(r.Qty, max(0, r.OnHand-before))}
	}
	return all, nil
}
