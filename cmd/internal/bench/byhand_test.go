package bench

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/stock"
)

// bazaar is a shop in which both sides buy.
type bazaar struct {
	t      *testing.T
	stage  *checkouttest.Stage
	market *market
	hand   *byHand
	schema string
}

func openBazaar(t *testing.T) *bazaar {
	s := checkouttest.New(t, checkout.Reactions{})
	m := &market{shop: s.Shop, carts: s.Carts, desk: s.Desk, shipping: s.ShippingOf("Colissimo"), payment: s.ModeOf("cheque").String()}
	for _, name := range []string{"cup", "bowl", "plate", "jug", "vase", "dish", "pot", "lid", "mug"} {
		m.goods = append(m.goods, s.Stock(name, "12.00", 1000))
	}
	b := &bazaar{t: t, stage: s, market: m}
	s.Read(func(tx tenant.Tx) error { b.schema = tx.Schema().String(); return nil })
	b.hand = b.connect(sample{})
	return b
}

func (b *bazaar) connect(s sample) *byHand {
	b.t.Helper()
	owner, _ := pgtest.URLs(b.t)
	h, err := connectByHand(b.t.Context(), owner, b.schema, s)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(h.close)
	return h
}

func (b *bazaar) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// order lets the program place one order, which the hand may copy.
func (b *bazaar) order() {
	b.t.Helper()
	commands, err := b.market.prepare(b.t.Context(), 1)
	b.must(err)
	b.must(b.market.place(b.t.Context(), commands[0]))
}

// byHand lets the hand place one.
func (b *bazaar) byHand(goods ...stock.VariantID) error {
	b.t.Helper()
	copied, err := takeSample(b.t.Context(), b.hand)
	b.must(err)
	cart, err := b.hand.begin(b.t.Context(), goods...)
	b.must(err)
	return b.connect(copied).place(b.t.Context(), handOrder{cart, keys(goods)})
}

// rows counts the rows of every table, and the jobs of the queue.
func (b *bazaar) rows() map[string]int {
	b.t.Helper()
	counts := map[string]int{}
	var tables []string
	b.must(b.hand.conn.QueryRow(b.t.Context(), "select array_agg(tablename::text) from pg_tables where schemaname = $1", b.schema).Scan(&tables))
	for _, table := range append(tables, "river.river_job") {
		var n int
		b.must(b.hand.conn.QueryRow(b.t.Context(), "select count(*) from "+table).Scan(&n))
		counts[table] = n
	}
	return counts
}

// grown are the tables that do has put rows into, with how many.
func (b *bazaar) grown(do func()) map[string]int {
	b.t.Helper()
	before := b.rows()
	do()
	grown := map[string]int{}
	for table, n := range b.rows() {
		if n != before[table] {
			grown[table] = n - before[table]
		}
	}
	return grown
}

// The reference of a comparison is honest only as long as it writes what the program writes.
func TestByHand_WritesTheSameRows(t *testing.T) {
	b := openBazaar(t)
	b.order() // makes the counter
	ours := b.grown(b.order)
	theirs := b.grown(func() { b.must(b.byHand(b.market.some(linesPerOrder)...)) })
	if diff := cmp.Diff(ours, theirs); diff != "" || ours["orders"] != 1 || ours["river.river_job"] != 4 {
		t.Errorf("rows an order adds, the program's and the hand's:\n%s\n%v", diff, ours)
	}
	b.must(checkBooks(t.Context(), b.hand, 3))
}

func TestByHand_FillsTheSameCarts(t *testing.T) {
	b := openBazaar(t)
	fill := func(c client) func() {
		return func() {
			for range 2 * addsPerCart {
				b.must(c(t.Context()))
			}
		}
	}
	ours, theirs := b.grown(fill(b.market.adding())), b.grown(fill(b.hand.adding(b.market)))
	if diff := cmp.Diff(ours, theirs); diff != "" || ours["carts"] != 2 {
		t.Errorf("rows ten additions add, the program's and the hand's:\n%s\n%v", diff, ours)
	}
	var pieces []int
	b.must(b.hand.conn.QueryRow(t.Context(), `select array_agg(n order by n) from (
		select (select sum((l->>'qty')::int)::int from jsonb_array_elements(lines) l) as n from carts) c`).Scan(&pieces))
	if diff := cmp.Diff([]int{5, 5, 5, 5}, pieces); diff != "" {
		t.Errorf("pieces in the carts: %s", diff)
	}
}

func TestByHand_NeverOversells(t *testing.T) {
	b := openBazaar(t)
	b.order()
	wanted := b.market.goods[0]
	b.must(b.hand.leave(t.Context(), wanted, 1))
	b.must(b.byHand(wanted))
	refused := b.grown(func() {
		if err := b.byHand(wanted); !errors.Is(err, errShort) {
			t.Errorf("the second buyer of the last piece got %v", err)
		}
	})
	if diff := cmp.Diff(map[string]int{"carts": 1}, refused); diff != "" {
		t.Errorf("a refused order left rows: %s", diff)
	}
	b.must(checkBooks(t.Context(), b.hand, 2))
}

// STK-07: of the last pieces no more are sold than there are, and the books say so.
func TestMarket_LastUnits(t *testing.T) {
	b := openBazaar(t)
	row, err := b.market.lastUnits(t.Context(), b.hand)
	b.must(err)
	if row.Verdict() != "met" {
		t.Errorf("%v sold", row.Ours)
	}
	b.must(checkBooks(t.Context(), b.hand, lastPieces))
}

func TestCheckBooks_SeesWhatIsWrong(t *testing.T) {
	for name, tt := range map[string]struct {
		harm string
		want string
	}{
		"an order lost":             {"delete from orders", "every order placed is there"},
		"a promise too much":        {"update variants set on_hand = 0, reserved = 1 where sku = 'cup'", "no more is promised"},
		"a hold lost":               {"delete from stock_holds", "what is held"},
		"a line of the ledger lost": {"delete from stock_moves where reserved > 0", "the ledger"},
		"a letter lost":             {"delete from mails where kind = 'order_received'", "its lines, payment, letters"},
	} {
		t.Run(name, func(t *testing.T) {
			b := openBazaar(t)
			b.order()
			b.must(checkBooks(t.Context(), b.hand, 1))
			_, err := b.hand.conn.Exec(context.WithoutCancel(t.Context()), tt.harm)
			b.must(err)
			if err := checkBooks(t.Context(), b.hand, 1); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}
