package products

import (
	"fmt"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// The two indicators of stock a list can be narrowed to (STK-05).
const (
	stockLow = "low"
	stockOut = "out"
)

// maxShort bounds the list of articles with short stock.
const maxShort = 5000

// short lists the articles with a variant that is sold out, or has no more pieces than its alert
// threshold (the shop's where it has none).
func short(tx tenant.Tx, out bool, lowAt int) ([]catalog.ProductID, error) {
	ids := []catalog.ProductID{}
	threshold := "case when v.low_at > 0 then v.low_at else ? end"
	condition := "v.on_hand - v.reserved between 1 and " + threshold
	args := []any{lowAt}
	if out {
		condition, args = "v.on_hand <= v.reserved", nil
	}
	err := tx.DB().Raw(`select p.id from products p where p.state <> 'archived' and exists (
			select from variants v where v.product_id = p.id and v.active and v.tracked and `+condition+`)
		order by p.updated_at desc, p.id limit ?`, append(args, maxShort)...).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("list articles with short stock: %w", err)
	}
	return ids, nil
}

// statesOf reads the states of articles.
func statesOf(tx tenant.Tx, ids []catalog.ProductID) (map[catalog.ProductID]catalog.State, error) {
	states := make(map[catalog.ProductID]catalog.State, len(ids))
	if len(ids) == 0 {
		return states, nil
	}
	var rows []struct {
		ID    catalog.ProductID
		State catalog.State
	}
	if err := tx.DB().Raw("select id, state from products where id in ?", ids).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read states of articles: %w", err)
	}
	for _, r := range rows {
		states[r.ID] = r.State
	}
	return states, nil
}
