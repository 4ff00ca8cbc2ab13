package bench

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/stock"
)

// byHand sells with SQL written by hand and nothing around it: no prices are computed, nothing is
// checked but the stock, no role is taken, the documents of an order are copied from one the program
// placed. What it leaves in the tables is what the program leaves there.
type byHand struct {
	conn   *pgx.Conn
	schema string
	sample sample
}

// connectByHand opens a connection that sees one shop. sample may be zero for a hand that places no
// orders.
func connectByHand(ctx context.Context, ownerURL, schema string, s sample) (*byHand, error) {
	conf, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return nil, fmt.Errorf("read database address: %w", err)
	}
	conf.RuntimeParams["search_path"] = schema + ",ext"
	conn, err := pgx.ConnectConfig(ctx, conf)
	if err != nil {
		return nil, fmt.Errorf("connect as owner: %w", err)
	}
	return &byHand{conn, schema, s}, nil
}

func (h *byHand) close() { _ = h.conn.Close(context.Background()) }

func newKey() string { return id.New[byHand]().String() }

// handCart is a cart as its row knows it.
type handCart struct {
	id     string
	digest []byte
}

// handLine is one line in the document of a cart.
type handLine struct {
	ID      string    `json:"id"`
	Variant string    `json:"variant"`
	Qty     int       `json:"qty"`
	AddedAt time.Time `json:"added_at"`
}

// cartLife is how long a cart is kept.
const cartLife = 30 * 24 * time.Hour

// begin writes a new cart with these articles.
func (h *byHand) begin(ctx context.Context, goods ...stock.VariantID) (handCart, error) {
	now := clock.System().Now()
	token := sha256.Sum256([]byte(rand.Text()))
	c := handCart{newKey(), token[:]}
	var lines []handLine
	for _, v := range goods {
		lines = append(lines, newHandLine(v, now))
	}
	doc, err := json.Marshal(lines)
	if err != nil {
		return c, err
	}
	err = pgx.BeginFunc(ctx, h.conn, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into carts (id, digest, lines, checkout, locale, created_at, updated_at, expires_at)
			values ($1, $2, $3, '{}', 'fr', $4, $4, $5)`, c.id, c.digest, string(doc), now, now.Add(cartLife))
		return err
	})
	return c, err
}

func newHandLine(v stock.VariantID, at time.Time) handLine {
	return handLine{newKey(), v.String(), 1, at}
}

// add puts one article into a cart.
func (h *byHand) add(ctx context.Context, digest []byte, v stock.VariantID) error {
	now := clock.System().Now()
	return pgx.BeginFunc(ctx, h.conn, func(tx pgx.Tx) error {
		var doc []byte
		if err := tx.QueryRow(ctx, "select lines from carts where digest = $1 for update", digest).Scan(&doc); err != nil {
			return err
		}
		var lines []handLine
		if err := json.Unmarshal(doc, &lines); err != nil {
			return err
		}
		doc, err := json.Marshal(append(lines, newHandLine(v, now)))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "update carts set lines = $2, rev = rev + 1, updated_at = $3, expires_at = $4 where digest = $1",
			digest, string(doc), now, now.Add(cartLife))
		return err
	})
}

// adding is the twin of market.adding.
func (h *byHand) adding(m *market) client {
	var cart handCart
	adds := 0
	return func(ctx context.Context) (err error) {
		if adds%addsPerCart == 0 {
			cart, err = h.begin(ctx, m.article())
		} else {
			err = h.add(ctx, cart.digest, m.article())
		}
		adds++
		if err != nil {
			return fmt.Errorf("add to cart by hand: %w", err)
		}
		return nil
	}
}

// handOrder is a cart that is ready to be ordered.
type handOrder struct {
	cart  handCart
	goods []string
}

// errShort is what a hand says when there is not enough left.
var errShort = errors.New("not enough in stock")

// place writes an order: one round trip to begin, one for all statements, one to commit.
func (h *byHand) place(ctx context.Context, o handOrder) error {
	now := clock.System().Now()
	order, pay := newKey(), newKey()
	slices.Sort(o.goods) // everybody locks in one order
	return pgx.BeginFunc(ctx, h.conn, func(tx pgx.Tx) error {
		var batch pgx.Batch
		h.queueStock(&batch, order, o.goods, now)
		h.queueOrder(&batch, order, o, now)
		h.queuePayment(&batch, order, pay, now)
		h.queueLetters(&batch, order, now)
		done := tx.SendBatch(ctx, &batch)
		for range o.goods {
			tag, err := done.Exec()
			if err != nil {
				return errors.Join(err, done.Close())
			}
			if tag.RowsAffected() == 0 {
				return errors.Join(errShort, done.Close())
			}
		}
		return done.Close()
	})
}

// queueStock promises the pieces to the order; its first statements say whether there are any.
func (h *byHand) queueStock(b *pgx.Batch, order string, goods []string, now time.Time) {
	for _, v := range goods {
		b.Queue("update variants set reserved = reserved + 1 where id = $1 and on_hand - reserved >= 1", v)
	}
	for _, v := range goods {
		b.Queue(`insert into stock_moves (id, variant_id, at, reserved, reason, ref) values ($1, $2, $3, 1, 'held', $4)`,
			newKey(), v, now, order)
		b.Queue(`insert into stock_holds (variant_id, buyer, qty, expires_at, created_at) values ($1, $2, 1, $3, $4)`,
			v, order, now.Add(cartLife), now)
	}
}

// queueOrder writes the order, its lines and the first line of its timeline, and closes the cart.
func (h *byHand) queueOrder(b *pgx.Batch, order string, o handOrder, now time.Time) {
	link := sha256.Sum256([]byte(order))
	s := h.sample
	b.Queue(`with next as (
			insert into counters (name, n) values ('orders', 1001) on conflict (name) do update set n = counters.n + 1 returning n
		)
		insert into orders (number, id, digest, cart_id, place_key, state, guest, email, buyer_name, locale, billing, delivery,
			currency, display, shipping_mode_id, shipping_label, payment_mode_id, payment_kind, payment_label, goods_net,
			shipping_net, tax, total, priced, placed_at, updated_at)
		select next.n::text, $1, $2, $3, $4, 'placed', true, 'lea@example.com', 'Léa Martin', 'fr', $5, $6, 'EUR', $7, $8,
			'Colis', $9, 'cheque', 'Chèque', 30, 4, 6.8, 40.8, $10, $11, $11 from next`,
		order, link[:], o.cart.id, hex.EncodeToString(link[:]), s.billing, s.delivery, s.display, s.shipping, s.payment,
		s.priced, now)
	for i, v := range o.goods {
		b.Queue(`insert into order_lines (id, order_id, position, variant_id, sku, name, qty, unit, unit_gross, net, tax_rate, tax, gross)
			values ($1, $2, $3, $4, $5, 'Tasse en grès', 1, 18, true, 15, 20, 3, 18)`, newKey(), order, i, v, v[:13])
	}
	b.Queue(`insert into order_events (id, order_id, at, kind, actor, after, visible) values ($1, $2, $3, 'state', '{"Kind": "guest"}', 'placed', true)`,
		newKey(), order, now)
	b.Queue(`update carts set order_id = $2, digest = uuid_send(id), checkout = '{}', removed = null, rev = rev + 1, updated_at = $3
		where id = $1 and order_id is null`, o.cart.id, order, now)
}

// queuePayment notes the attempt to pay.
func (h *byHand) queuePayment(b *pgx.Batch, order, pay string, now time.Time) {
	ref := rand.Text()
	b.Queue(`insert into payments (id, order_id, mode_id, kind, ref, state, amount, currency, created_at, updated_at)
		values ($1, $2, $3, 'cheque', $4, 'pending', 40.8, 'EUR', $5, $5)`, pay, order, h.sample.payment, ref, now)
	b.Queue(`insert into payment_events (id, payment_id, gateway, notice_id, digest, at, source, event, after, amount, currency, outcome)
		values ($1, $2, $3, $4, $5, $6, 'shop', 'begun', 'pending', 40.8, 'EUR', 'applied')`,
		newKey(), pay, h.sample.payment, "begin:"+ref, []byte(ref), now)
}

// queueLetters writes both sides, with the jobs that send the letters, look at the order for fraud and watch over it.
func (h *byHand) queueLetters(b *pgx.Batch, order string, now time.Time) {
	var work []map[string]any
	for _, to := range []string{"@buyer", "@staff"} {
		letter := newKey()
		b.Queue(`insert into mails (id, order_id, kind, recipient, locale, state, created_at) values ($1, $2, 'order_placed', $3, 'fr', 'queued', $4)`,
			letter, order, to, now)
		work = append(work, map[string]any{"kind": "bench.letter", "args": map[string]any{"mail": letter}, "queue": "default", "attempts": 72})
	}
	work = append(work, map[string]any{"kind": "bench.screen", "args": map[string]any{"order": order}, "queue": "default", "attempts": 25})
	work = append(work, map[string]any{"kind": "bench.watch", "args": map[string]any{"order": order}, "queue": "default", "attempts": 25,
		"at": now.Add(cartLife)})
	doc, err := json.Marshal(work)
	if err != nil {
		panic(err) // made of texts and numbers
	}
	b.Queue("select river.enqueue($1::text::jsonb, $2)", string(doc), h.schema)
}

// sample is an order the program placed: the documents that by-hand orders copy.
type sample struct {
	billing, delivery, display, priced string
	shipping, payment                  string // modes
}

// takeSample reads the newest order.
func takeSample(ctx context.Context, h *byHand) (s sample, err error) {
	err = h.conn.QueryRow(ctx, `select billing::text, delivery::text, display::text, priced::text, shipping_mode_id::text, payment_mode_id::text
		from orders order by placed_at desc limit 1`).Scan(&s.billing, &s.delivery, &s.display, &s.priced, &s.shipping, &s.payment)
	if err != nil {
		return s, fmt.Errorf("read an order to copy: %w", err)
	}
	return s, nil
}
