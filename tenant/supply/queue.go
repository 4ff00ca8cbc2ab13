package supply

import (
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/stock"
)

// Waiting is one order that holds pieces of a variant, in the queue for them.
type Waiting struct {
	Order   order.ID
	Number  string
	Buyer   string
	Qty     int
	Since   time.Time
	Until   time.Time // when the hold runs out; far away once it is paid
	Served  bool      // the pieces are there for it: those before it are served too
	Forever bool
}

// Queue lists who holds pieces of a variant, first come first (STK-04), and whom the pieces on hand are
// enough for.
func Queue(tx tenant.Tx, v stock.VariantID) ([]Waiting, error) {
	var rows []Waiting
	err := tx.DB().Raw(`
		select o.id as "order", o.number, o.buyer_name as buyer, h.qty, h.created_at as since, h.expires_at as until,
			sum(h.qty) over (order by h.created_at, h.buyer) <= v.on_hand as served, h.expires_at > now() + interval '1000 years' as forever
		from stock_holds h join orders o on o.id = h.buyer join variants v on v.id = h.variant_id
		where h.variant_id = ? order by h.created_at, h.buyer`, v).Scan(&rows).Error
	return rows, wrap("read queue", err)
}
