package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/clock"
)

// handUnpaid is an order by hand that waits for its money.
type handUnpaid struct {
	order, pay string
	ref        string // all that a notice tells of the above
	goods      []string
}

// unpaid places an order by hand that is to be paid.
func (h *byHand) unpaid(ctx context.Context, o handOrder) (handUnpaid, error) {
	u := handUnpaid{goods: o.goods}
	if err := h.place(ctx, o); err != nil {
		return u, err
	}
	err := h.conn.QueryRow(ctx, `select o.id::text, p.id::text, p.ref from orders o join payments p on p.order_id = o.id where o.cart_id = $1`,
		o.cart.id).Scan(&u.order, &u.pay, &u.ref)
	if err != nil {
		return u, fmt.Errorf("find the order by hand: %w", err)
	}
	return u, nil
}

// receive writes what a notice of full payment comes to: the twin of checkout.Desk.Notify without bank and signature. It keeps
// the same promise, so it reads what must be read for it (the mode with its keys, the attempts and the order, locked, and what
// was bought), but it waits for no answer: all is one batch in one transaction, one commit, as in the program. What it
// writes, row by row: the attempt and a line of its ledger; the order and two lines of its timeline; for each article its
// variant, a line of the stock's ledger and the end of its hold; the buyer's letter, and two jobs.
func (h *byHand) receive(ctx context.Context, u handUnpaid) error {
	now := clock.System().Now()
	err := pgx.BeginFunc(ctx, h.conn, func(tx pgx.Tx) error {
		var batch pgx.Batch
		h.queueMoney(&batch, u, now)
		h.queueSold(&batch, u, now)
		h.queuePaid(&batch, u, now)
		return tx.SendBatch(ctx, &batch).Close()
	})
	if err != nil {
		return fmt.Errorf("receive money by hand: %w", err)
	}
	return nil
}

// queueMoney writes payment, ledger, order and the order's timeline.
func (h *byHand) queueMoney(b *pgx.Batch, u handUnpaid, now time.Time) {
	b.Queue("select kind, config, secrets, test from payment_modes where id = $1", h.sample.payment)
	b.Queue(`select id, order_id, state, amount, currency, captured, refunded from payments
		where order_id = (select order_id from payments where ref = $1) order by id for update`, u.ref)
	b.Queue(`insert into payment_events (id, payment_id, gateway, notice_id, digest, at, source, event, before, after, amount, currency, outcome, message)
		values ($1, $2, $3, $4, $5, $6, 'notice', 'capture', 'pending', 'captured', 40.8, 'EUR', 'applied', $7)`,
		newKey(), u.pay, h.sample.payment, u.pay+"-1", []byte(u.pay), now,
		`{"id": "PBA2HXO55HHQ4R-1", "card": "•••• 0005", "mode": "test", "event": "paid", "amount": "4080", "currency": "EUR"}`)
	b.Queue("update payments set state = 'captured', captured = amount, bank_ref = 'PBA2HXO55HHQ4R', updated_at = $2 where id = $1", u.pay, now)
	b.Queue("select state, total, paid, refunded, locale from orders where id = $1 for update", u.order)
	b.Queue("select variant_id, qty from order_lines where order_id = $1", u.order)
	b.Queue("update orders set state = 'paid', paid = total, updated_at = $2 where id = $1", u.order, now)
	b.Queue(`insert into order_events (id, order_id, at, kind, actor, visible, data)
		values ($1, $2, $3, 'payment', '{"kind": "gateway", "name": "testbank"}', true, '{"came": "40.80", "kind": "testbank", "currency": "EUR"}')`,
		newKey(), u.order, now)
	b.Queue(`insert into order_events (id, order_id, at, kind, actor, before, after, visible)
		values ($1, $2, $3, 'state', '{"kind": "gateway", "name": "testbank"}', 'placed', 'paid', true)`, newKey(), u.order, now)
}

// queueSold lets the pieces leave.
func (h *byHand) queueSold(b *pgx.Batch, u handUnpaid, now time.Time) {
	for _, v := range u.goods {
		b.Queue("update variants set on_hand = on_hand - 1, reserved = reserved - 1, updated_at = $2 where id = $1", v, now)
		b.Queue(`insert into stock_moves (id, variant_id, at, on_hand, reserved, reason, ref) values ($1, $2, $3, -1, -1, 'sold', $4)`,
			newKey(), v, now, u.order)
	}
	b.Queue("delete from stock_holds where buyer = $1", u.order)
}

// queuePaid writes the letter, with the jobs that send it and look at the order for fraud again.
func (h *byHand) queuePaid(b *pgx.Batch, u handUnpaid, now time.Time) {
	letter := newKey()
	b.Queue(`insert into mails (id, order_id, kind, recipient, locale, state, created_at) values ($1, $2, 'order_paid', '@buyer', 'fr', 'queued', $3)`,
		letter, u.order, now)
	doc, err := json.Marshal([]map[string]any{
		{"kind": "bench.letter", "args": map[string]any{"mail": letter}, "queue": "default", "attempts": 72},
		{"kind": "bench.screen", "args": map[string]any{"order": u.order}, "queue": "default", "attempts": 25},
	})
	if err != nil {
		panic(err) // made of texts
	}
	b.Queue("select river.enqueue($1::text::jsonb, $2)", string(doc), h.schema)
}

// wait places n orders by hand that are to be paid.
func (h *byHand) wait(ctx context.Context, m *market, n int) ([]handUnpaid, error) {
	list := make([]handUnpaid, 0, n)
	for range n {
		goods := m.some(linesPerOrder)
		cart, err := h.begin(ctx, goods...)
		if err != nil {
			return nil, err
		}
		u, err := h.unpaid(ctx, handOrder{cart, keys(goods)})
		if errors.Is(err, errShort) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, u)
	}
	return list, nil
}
