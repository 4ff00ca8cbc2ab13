package storefront

import (
	"fmt"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
)

// readSoon reads the articles whose day has not come yet, the nearest first (STK-07). What is sold out
// is not left out of them: before its day an article has no stock. One that sells from stock already is none of them.
func readSoon(tx tenant.Tx, v *visit) ([]catalog.Card, error) {
	today := v.now.In(v.rules().Zone).Format(time.DateOnly)
	var ids []catalog.ProductID
	err := tx.DB().Raw(`select p.id from products p where p.state = 'published' and p.available_on > ?::date and `+stock.Announced("p")+` is not null
		order by p.available_on, p.id limit ?`, today, maxHomeCards).Scan(&ids).Error
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
