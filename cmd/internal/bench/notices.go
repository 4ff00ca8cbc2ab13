package bench

import (
	"context"
	"fmt"
	"time"

	"echoppe.dev/tenant/payment"
)

// toldPerSecond is how many payments each buyer makes for a slice of the clock, for each second it is to last: buying takes longer than
// hearing of it.
const toldPerSecond = 4

func (r *rig) told() int { return max(1, int(toldPerSecond*r.o.Watch.Seconds())) }

// bankNotices compares the hearing of banks, family by family, with a transaction that writes the same rows. Buyers pay at the pretend
// bank before the clock starts; its notices are kept (letterbox) and delivered over HTTP when it runs.
func bankNotices(ctx context.Context, r *rig) ([]Row, error) {
	s, err := r.stocked(ctx)
	if err != nil {
		return nil, err
	}
	copied, err := r.chequeSample(ctx, s)
	if err != nil {
		return nil, err
	}
	hands, err := r.hands(ctx, s, copied)
	if err != nil {
		return nil, err
	}
	defer hands.close()
	var rows []Row
	for _, b := range onePerFamily(r.app.Rooms.Gateways.Brands()) {
		if asks[b.Family] {
			continue
		}
		r.say("notices of %s", b.Family)
		tills, err := r.tills(ctx, s, b)
		if err != nil {
			return rows, err
		}
		scores, err := duel(ctx, r.timing(), contestant{b.Family, ringUp(tills, r.told())}, contestant{"by hand", byHandPaid(hands, r.unsold(s), r.told())})
		for _, one := range tills {
			one.web.CloseIdleConnections()
		}
		if err != nil {
			return rows, fmt.Errorf("%s: %w", b.Family, err)
		}
		rows = append(rows, saleRows("notices of "+b.Family, scores[0], scores[1],
			"The whole way from the socket: HTTP, the shop, the signature, what the protocol makes us ask the bank (which runs in the same process), "+
				"the ledger, order, stock, letter and jobs; all notices of a payment count once. By hand the same rows, and the reads they need, in one batch of statements.")...)
	}
	return rows, nil
}

// asks are the families whose bank says nothing before the buyer is back and the shop has asked for the money.
var asks = map[string]bool{"amazonpay": true}

// unsold is the market without the article whose last pieces were sold (lastUnits).
func (r *rig) unsold(s *stall) *market {
	m := r.market(s)
	m.goods = m.goods[:len(m.goods)-1]
	return m
}

// chequeSample is an order for hands to copy.
func (r *rig) chequeSample(ctx context.Context, s *stall) (sample, error) {
	m := r.unsold(s)
	first, err := m.prepare(ctx, 1)
	if err != nil {
		return sample{}, err
	}
	if err := m.place(ctx, first[0]); err != nil {
		return sample{}, err
	}
	one, err := connectByHand(ctx, r.out.OwnerURL, s.row.Schema.String(), sample{})
	if err != nil {
		return sample{}, err
	}
	defer one.close()
	return takeSample(ctx, one)
}

// onePerFamily is the first brand of each protocol.
func onePerFamily(brands []payment.Brand) []payment.Brand {
	var list []payment.Brand
	seen := map[string]bool{}
	for _, b := range brands {
		if !seen[b.Family] {
			seen[b.Family], list = true, append(list, b)
		}
	}
	return list
}

// ringUp is the program hearing of payments. However short its slice, all that was prepared is delivered.
func ringUp(tills []*till, told int) func(context.Context, time.Duration) (volley, error) {
	return func(ctx context.Context, _ time.Duration) (volley, error) {
		if err := fillAll(ctx, tills, told); err != nil {
			return volley{}, err
		}
		return crowd(ctx, time.Minute, each(func(i int) client { return tills[i].deliver }))
	}
}

// byHandPaid is the twin.
func byHandPaid(hands hands, m *market, told int) func(context.Context, time.Duration) (volley, error) {
	return func(ctx context.Context, _ time.Duration) (volley, error) {
		waiting := make([][]handUnpaid, len(hands))
		for i, h := range hands {
			var err error
			if waiting[i], err = h.wait(ctx, m, told); err != nil {
				return volley{}, err
			}
		}
		return crowd(ctx, time.Minute, each(func(i int) client {
			return func(ctx context.Context) error {
				if len(waiting[i]) == 0 {
					return errDone
				}
				u := waiting[i][0]
				waiting[i] = waiting[i][1:]
				return hands[i].receive(ctx, u)
			}
		}))
	}
}
