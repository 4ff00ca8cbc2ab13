package catalog

import (
	"fmt"

	"echoppe.dev/tenant"
)

// Weight is what an article in this state counts against a plan: one in the archive counts for
// nothing.
func (s State) Weight() int {
	if s == Archived {
		return 0
	}
	return 1
}

// Weighed is how many articles count against a plan.
func Weighed(tx tenant.Tx) (n int, err error) {
	if err := tx.DB().Raw("select count(*) from products where state <> ?", Archived).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count articles: %w", err)
	}
	return n, nil
}
