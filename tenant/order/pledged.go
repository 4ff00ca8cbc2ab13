package order

import (
	"fmt"

	"echoppe.dev/tenant"
)

// pledgedSQL finds the orders whose money a bank holds ready until the merchant collects it (PGW-02). The one word of package payment's
// states that this package reads; a test there holds it.
const pledgedSQL = "state in ('placed', 'awaiting_shipment', 'shipped') and exists (select from payments p where p.order_id = orders.id and p.state = 'authorised')"

// CountPledged is how many orders wait for their money to be collected.
func CountPledged(tx tenant.Tx) (int, error) {
	var n int
	if err := tx.Raw().QueryRow(tx.Context(), "select count(*) from orders where archived_at is null and "+pledgedSQL).Scan(&n); err != nil {
		return 0, fmt.Errorf("count orders to collect: %w", err)
	}
	return n, nil
}
