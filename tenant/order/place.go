package order

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// Placing is what comes with an order only once.
type Placing struct {
	Key    string // names the checkout page; see FindByPlaceKey
	Link   string
	CartID string
	Prefix string // of the number
	First  int64  // the lowest number to give
	Actor  tenant.Actor
}

// Statement is one more statement to run in the round trip that writes an order.
type Statement struct {
	SQL  string
	Args []any
}

// TrialKey is how the key of an order begins with which a payment mode is tried.
const TrialKey = "trial:"

const insertSQL = `
	with next as (
		insert into counters (name, n) values ('orders', $1)
		on conflict (name) do update set n = greatest(counters.n + 1, excluded.n) returning n
	)
	insert into orders (number, id, digest, cart_id, place_key, state, customer_id, guest, email, buyer_name, locale,
		profile, billing, delivery, currency, display, shipping_mode_id, shipping_label, payment_mode_id, payment_kind,
		payment_label, goods_net, shipping_net, tax, total, priced, buyer_note, test, placed_at, updated_at, advance, screening, request)
	select $2 || next.n, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::jsonb, $15::text::jsonb, $16, $17::text::jsonb, $18, $19, $20, $21, $22,
		$23::text::numeric, $24::text::numeric, $25::text::numeric, $26::text::numeric, $27::text::jsonb, $28, $29, $30, $30, $31::text::jsonb, $32::text::jsonb, $33::text::jsonb from next
	returning number`

const linesSQL = `
	insert into order_lines (id, order_id, position, product_id, variant_id, sku, name, options, qty, unit, unit_gross,
		net, tax_rate, tax, gross, physical, expected_on, media_key)
	select id, $1, position, product_id, variant_id, sku, name, options, qty, unit, unit_gross, net, tax_rate, tax, gross,
		physical, expected_on, media_key
	from jsonb_to_recordset($2::text::jsonb) as l(id uuid, position int, product_id uuid, variant_id uuid, sku text, name text,
		options text, qty int, unit numeric, unit_gross boolean, net numeric, tax_rate numeric, tax numeric, gross numeric,
		physical boolean, expected_on date, media_key text)`

// Insert writes a new order, its lines, the first line of its timeline and what else belongs to the
// same moment, in one round trip, and gives the order its number.
//
// Errors: ErrPlaced when the checkout page was sent before; the unit of work is lost then.
func Insert(tx tenant.Tx, o *Order, p Placing, also ...Statement) error {
	order, err := o.insertion(p)
	if err != nil {
		return err
	}
	lines, err := o.lineDocument()
	if err != nil {
		return err
	}
	first, err := happening(tx, o.ID, Happening{Kind: Moved, Actor: p.Actor, After: o.State, Visible: true})
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(order.SQL, order.Args...).QueryRow(func(row pgx.Row) error { return row.Scan(&o.Number) })
	batch.Queue(linesSQL, o.ID.String(), lines)
	for _, s := range append([]Statement{first}, also...) {
		batch.Queue(s.SQL, s.Args...)
	}
	err = tx.Raw().SendBatch(tx.Context(), batch).Close()
	switch {
	case err == nil:
		return nil
	case pg.Constraint(err) == "orders_place_key_key":
		return ErrPlaced.Because(err)
	}
	return fmt.Errorf("write order: %w", err)
}

// insertion is the statement that writes the order's own row.
func (o *Order) insertion(p Placing) (Statement, error) {
	docs := make([]string, 4)
	for i, v := range []any{o.Billing, o.Delivery, o.Currencies, o.Priced} {
		b, err := json.Marshal(v)
		if err != nil {
			return Statement{}, fmt.Errorf("write order: %w", err)
		}
		docs[i] = string(b)
	}
	advance, err := o.Advance.document()
	if err != nil {
		return Statement{}, fmt.Errorf("write order: %w", err)
	}
	request, err := o.Request.document()
	if err != nil {
		return Statement{}, fmt.Errorf("write order: %w", err)
	}
	screening, err := json.Marshal(o.Screening)
	if err != nil {
		return Statement{}, fmt.Errorf("write order: %w", err)
	}
	return Statement{insertSQL, []any{
		p.First, p.Prefix, o.ID.String(), digest(p.Link), null(p.CartID), p.Key, string(o.State), null(o.Customer.String()),
		o.Guest, o.Email, o.Buyer, string(o.Locale), o.Profile, docs[0], docs[1], o.Currency.Code(), docs[2],
		null(o.Shipping.Mode), o.Shipping.Label, null(o.Payment.Mode), o.Payment.Kind, o.Payment.Label,
		exact(o.GoodsNet), exact(o.ShippingNet), exact(o.Tax), exact(o.Total), docs[3], o.BuyerNote, o.Test, o.PlacedAt, advance, string(screening), request,
	}}, nil
}

// lineDocument is the rows of the lines as one JSON document.
func (o *Order) lineDocument() (string, error) {
	rows := make([]map[string]any, len(o.Lines))
	for i, l := range o.Lines {
		rows[i] = map[string]any{
			"id": l.ID, "position": i, "product_id": null(l.Product.String()), "variant_id": null(l.Variant.String()),
			"sku": l.SKU, "name": l.Name, "options": l.Options, "qty": l.Qty, "unit": exact(l.Unit), "unit_gross": l.Gross,
			"net": exact(l.Net), "tax_rate": l.TaxRate, "tax": exact(l.Tax), "gross": exact(l.Total), "physical": l.Physical,
			"media_key": l.MediaKey,
		}
		if l.Expected != nil {
			rows[i]["expected_on"] = l.Expected.Format(time.DateOnly)
		}
	}
	b, err := json.Marshal(rows)
	if err != nil {
		return "", fmt.Errorf("write order lines: %w", err)
	}
	return string(b), nil
}

// exact is an amount for a numeric column.
func exact(a money.Amount) string { return a.Decimal().String() }

// null is NULL for an empty text.
func null(text string) any {
	if text == "" {
		return nil
	}
	return text
}
