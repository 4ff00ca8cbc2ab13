package bench

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/stock"
)

// placeOrder compares the placing of orders with a transaction that writes the same rows, and then
// looks whether everything adds up. Carts are filled before the clock starts.
func placeOrder(ctx context.Context, r *rig) ([]Row, error) {
	s, err := r.stocked(ctx)
	if err != nil {
		return nil, err
	}
	m := r.market(s)
	first, err := m.prepare(ctx, 1)
	if err != nil {
		return nil, err
	}
	if err := m.place(ctx, first[0]); err != nil {
		return nil, err
	}
	one, err := connectByHand(ctx, r.out.OwnerURL, s.row.Schema.String(), sample{})
	if err != nil {
		return nil, err
	}
	defer one.close()
	copied, err := takeSample(ctx, one)
	if err != nil {
		return nil, err
	}
	hands, err := r.hands(ctx, s, copied)
	if err != nil {
		return nil, err
	}
	defer hands.close()
	ours, theirs := &orders{m: m}, &handOrders{m: m, hands: hands}
	scores, err := duel(ctx, r.timing(), contestant{"place order", ours.play}, contestant{"place order by hand", theirs.play})
	if err != nil {
		return nil, err
	}
	rows := saleRows("place order", scores[0], scores[1], fmt.Sprintf(
		"%d lines, guest, cheque: stock, order, payment, two letters and three jobs. By hand the same rows in one batch of "+
			"statements, without prices or checks. Orders of one shop follow each other: each takes the next number.", linesPerOrder))
	last, err := m.lastUnits(ctx, one)
	if err != nil {
		return rows, err
	}
	want := 1 + ours.placed + theirs.placed + lastPieces
	if err := checkBooks(ctx, one, want); err != nil {
		return rows, err
	}
	return append(rows, last), nil
}

// supply is how many orders to have ready for a time, from the rate seen so far.
func supply(rate float64, d time.Duration) int {
	const least, margin = 4 * buyers, 1.3
	return max(least, int(rate*margin*d.Seconds()))
}

// orders is the program placing orders.
type orders struct {
	m      *market
	rate   float64
	placed int
}

func (o *orders) play(ctx context.Context, d time.Duration) (volley, error) {
	commands, err := o.m.prepare(ctx, supply(o.rate, d))
	if err != nil {
		return volley{}, err
	}
	var next atomic.Int64
	v, err := crowd(ctx, d, each(func(int) client {
		return func(ctx context.Context) error {
			i := int(next.Add(1)) - 1
			if i >= len(commands) {
				return errDone
			}
			return o.m.place(ctx, commands[i])
		}
	}))
	o.rate, o.placed = v.rate(), o.placed+v.n
	return v, err
}

// handOrders is the twin.
type handOrders struct {
	m      *market
	hands  hands
	rate   float64
	placed int
}

func (o *handOrders) play(ctx context.Context, d time.Duration) (volley, error) {
	ready := make([]handOrder, 0, supply(o.rate, d))
	for range cap(ready) {
		goods := o.m.some(linesPerOrder)
		cart, err := o.hands[0].begin(ctx, goods...)
		if err != nil {
			return volley{}, fmt.Errorf("fill cart by hand: %w", err)
		}
		ready = append(ready, handOrder{cart, keys(goods)})
	}
	var next atomic.Int64
	v, err := crowd(ctx, d, each(func(hand int) client {
		return func(ctx context.Context) error {
			i := int(next.Add(1)) - 1
			if i >= len(ready) {
				return errDone
			}
			return o.hands[hand].place(ctx, ready[i])
		}
	}))
	o.rate, o.placed = v.rate(), o.placed+v.n
	return v, err
}

func keys(goods []stock.VariantID) []string {
	list := make([]string, len(goods))
	for i, v := range goods {
		list[i] = v.String()
	}
	return list
}

// lastPieces is how many there are of an article that everybody wants.
const lastPieces = 20

// lastUnits lets all buyers order the last pieces of one article at once, twice as many as there are.
func (m *market) lastUnits(ctx context.Context, h *byHand) (Row, error) {
	wanted := m.goods[len(m.goods)-1]
	commands := make([]checkout.PlaceOrder, 0, 2*lastPieces)
	for range cap(commands) {
		token, err := m.fill(ctx, wanted)
		if err != nil {
			return Row{}, err
		}
		c, err := m.command(ctx, token)
		if err != nil {
			return Row{}, err
		}
		commands = append(commands, c)
	}
	if err := h.leave(ctx, wanted, lastPieces); err != nil {
		return Row{}, err
	}
	var next, sold atomic.Int64
	_, err := crowd(ctx, time.Minute, each(func(int) client {
		return func(ctx context.Context) error {
			i := int(next.Add(1)) - 1
			if i >= len(commands) {
				return errDone
			}
			err := m.place(ctx, commands[i])
			if errors.Is(err, checkout.ErrLines) {
				return nil // somebody was faster
			}
			if err == nil {
				sold.Add(1)
			}
			return err
		}
	}))
	if err != nil {
		return Row{}, err
	}
	return Row{Measure: fmt.Sprintf("sold of the last %d pieces, wanted by %d", lastPieces, len(commands)),
		Ours: Value{float64(sold.Load()), ""}, Goal: exactly(lastPieces),
		Note: "No oversell; order numbers, holds, ledger and stock were compared row by row after the run."}, nil
}
