package bench

import (
	"context"
	"fmt"

	"echoppe.dev/tenant/stock"
)

// leave leaves n pieces of a variant to sell, through the ledger, as a count of the shelf would.
func (h *byHand) leave(ctx context.Context, v stock.VariantID, n int) error {
	_, err := h.conn.Exec(ctx, `
		with counted as (
			select id, reserved + $2::int - on_hand as change from variants where id = $1 for update
		), noted as (
			insert into stock_moves (id, variant_id, at, on_hand, reason) select $3::uuid, id, now(), change, 'count' from counted
		)
		update variants v set on_hand = v.on_hand + c.change from counted c where v.id = c.id`, v.String(), n, newKey())
	if err != nil {
		return fmt.Errorf("count the shelf: %w", err)
	}
	return nil
}

// checkBooks looks whether the shop's books add up after a run that placed a number of orders.
func checkBooks(ctx context.Context, h *byHand, placed int) error {
	for _, b := range books {
		var wrong int
		args := []any{}
		if b.counts {
			args = append(args, placed)
		}
		if err := h.conn.QueryRow(ctx, b.sql, args...).Scan(&wrong); err != nil {
			return fmt.Errorf("look whether %s: %w", b.should, err)
		}
		if wrong != 0 {
			return fmt.Errorf("it is not so that %s: off by %d", b.should, wrong)
		}
	}
	return nil
}

// books are what must hold; each query counts what does not.
var books = []struct {
	should string
	sql    string
	counts bool // the query is told how many orders were placed
}{
	{"every order placed is there", `select count(*) - $1::int from orders`, true},
	{"no more is promised than is there", `select count(*) from variants where tracked and not backorder and reserved > on_hand`, false},
	{"what is held is what is promised", `
		select count(*) from variants v
		left join (select variant_id, sum(qty) as held from stock_holds group by 1) h on h.variant_id = v.id
		where v.reserved <> coalesce(h.held, 0)`, false},
	{"the ledger adds up to what is promised", `
		select count(*) from variants v
		left join (select variant_id, sum(reserved) as promised from stock_moves group by 1) m on m.variant_id = v.id
		where v.reserved <> coalesce(m.promised, 0)`, false},
	{"order numbers follow each other", `
		select count(*) from (
			select number::bigint - lag(number::bigint) over (order by number::bigint) as step from orders) s where step <> 1`, false},
	{"every order has its lines, payment, letters and closed cart", `
		select count(*) from orders o
		where not exists (select from order_lines l where l.order_id = o.id)
			or (select count(*) from payments p where p.order_id = o.id) <> 1
			or (select count(*) from mails m where m.order_id = o.id) <> 2
			or not exists (select from carts c where c.id = o.cart_id and c.order_id = o.id)`, false},
}
