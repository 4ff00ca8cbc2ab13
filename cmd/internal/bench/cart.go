package bench

import (
	"context"
	"fmt"
	"time"
)

// buyers is how many clients buy at the same time.
const buyers = 8

// cartAdd compares the use case that puts an article into a cart with the statements it comes to.
func cartAdd(ctx context.Context, r *rig) ([]Row, error) {
	s, err := r.stocked(ctx)
	if err != nil {
		return nil, err
	}
	m := r.market(s)
	hands, err := r.hands(ctx, s, sample{})
	if err != nil {
		return nil, err
	}
	defer hands.close()
	ours := contestant{"cart add", func(ctx context.Context, d time.Duration) (volley, error) {
		return crowd(ctx, d, each(func(int) client { return m.adding() }))
	}}
	byHand := contestant{"cart add by hand", func(ctx context.Context, d time.Duration) (volley, error) {
		return crowd(ctx, d, each(func(i int) client { return hands[i].adding(m) }))
	}}
	scores, err := duel(ctx, r.timing(), ours, byHand)
	if err != nil {
		return nil, err
	}
	return saleRows("cart add", scores[0], scores[1],
		"The use case with its checks of the article and its stock, against begin, select for update, update, commit. "+
			"Neither side has HTTP."), nil
}

// saleRows are the rows of a duel between a use case and its twin.
func saleRows(name string, ours, theirs score, note string) []Row {
	return []Row{
		{Measure: fmt.Sprintf("%s, %d clients", name, buyers), Ours: Value{ours.rate, "/s"},
			Reference: Value{theirs.rate, "/s"}, Against: "by hand", Goal: ratioAtLeast(0.4), Note: note},
		{Measure: name + ", p99", Ours: Value{milliseconds(ours.p99), "ms"},
			Reference: Value{milliseconds(theirs.p99), "ms"}, Against: "by hand"},
	}
}

// each makes one client a buyer.
func each(make func(i int) client) []client {
	var clients []client
	for i := range buyers {
		clients = append(clients, make(i))
	}
	return clients
}

// hands are as many hands as there are buyers.
type hands []*byHand

func (r *rig) hands(ctx context.Context, s *stall, copied sample) (hands, error) {
	var all hands
	for range buyers {
		h, err := connectByHand(ctx, r.out.OwnerURL, s.row.Schema.String(), copied)
		if err != nil {
			all.close()
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}

func (h hands) close() {
	for _, one := range h {
		one.close()
	}
}
