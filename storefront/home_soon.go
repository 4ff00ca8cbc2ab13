package storefront

import (
	"fmt"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// readSoon reads the articles whose day has not come yet, the nearest first (STK-07). What is sold out
// is not left out of them: before its day an article has no stock.
func readSoon(tx tenant.Tx, v *visit) ([]catalog.Card, error) {
	today := v.now.In(v.rules().Zone).Format(time.DateOnly)
	var ids []catalog.ProductID
	err := tx.DB().Raw(`select id from products where state = 'published' and available_on > ?::date
		order by available_on, id limit ?`, today, maxHomeCards).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("read forthcoming articles: %w", err)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	q := v.cardQuery()
	q.IDs, q.PerPage, q.Available = ids, len(ids), false
	found, err := catalog.List(tx, q)
	return found.Cards, err
}
