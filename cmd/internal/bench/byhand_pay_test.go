package bench

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The reference of the notices is honest only as long as it writes what a notice writes.
func TestByHand_ReceivesTheSame(t *testing.T) {
	b := openBazaar(t)
	b.order()
	copied, err := takeSample(t.Context(), b.hand)
	b.must(err)
	guest := b.stage.Guest("lea@example.com")
	for _, goods := range b.market.some(linesPerOrder) {
		b.must(guest.Add(goods, 1))
	}
	placed, err := guest.Place("card")
	b.must(err)
	b.stage.Pass(time.Second) // the money comes later than the order
	ours := b.grown(func() {
		b.stage.Bank.Visit(placed.Next, "silent", "proper")
		b.stage.Bank.Wait(1)
	})
	hand := b.connect(copied)
	waiting, err := hand.wait(t.Context(), b.market, 1)
	b.must(err)
	theirs := b.grown(func() { b.must(hand.receive(t.Context(), waiting[0])) })
	if diff := cmp.Diff(ours, theirs); diff != "" || ours["payment_events"] != 1 || ours["stock_holds"] != -linesPerOrder {
		t.Errorf("rows a notice adds, the program's and the hand's:\n%s\n%v", diff, ours)
	}
	var unlike int
	b.must(b.hand.conn.QueryRow(t.Context(), `select count(*) from orders o join payments p on p.order_id = o.id
		where o.state = 'paid' and o.paid = o.total and p.state = 'captured' and p.captured = p.amount`).Scan(&unlike))
	if unlike != 2 {
		t.Errorf("%d orders are paid, want both", unlike)
	}
}
