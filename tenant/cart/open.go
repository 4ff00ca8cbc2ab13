package cart

import (
	"fmt"

	"echoppe.dev/tenant"
)

// ShownIn counts the carts with something in them that are shown in another currency than the shop's own, by its code.
func ShownIn(tx tenant.Tx) (map[string]int, error) {
	var rows []struct {
		Display string
		N       int
	}
	err := tx.DB().Raw(`select display, count(*) as n from carts
		where display <> '' and order_id is null and expires_at > ? and lines <> '[]' group by display`, tx.Now()).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count carts by currency: %w", err)
	}
	counts := make(map[string]int, len(rows))
	for _, r := range rows {
		counts[r.Display] = r.N
	}
	return counts, nil
}
