package checkout

import (
	"context"
	"errors"
	"slices"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// Waiting is a pre-ordered line with its place in the queue.
type Waiting struct {
	order.Awaited
	Rank  int // from 1; 0 where there is no queue: pieces that have left the stock, or are not counted
	There int // pieces that can be sent now
}

// Ready tells that all its pieces can be sent.
func (w Waiting) Ready() bool { return w.There >= w.Left }

// Lacking names the articles of which not all pieces can be sent.
func Lacking(list []Waiting) []string {
	var names []string
	for _, w := range list {
		if !w.Ready() && !slices.Contains(names, w.Name) {
			names = append(names, w.Name)
		}
	}
	return names
}

// Waiting lists who waits for pre-ordered articles, or for one of them, and who can be served, in the order in
// which pieces are given out (STK-04).
func (d *Desk) Waiting(ctx context.Context, shop *tenant.Shop, product catalog.ProductID) ([]Waiting, error) {
	var list []Waiting
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		list, err = waiting(tx, product, order.ID{})
		return err
	})
	return list, err
}

func waiting(tx tenant.Tx, product catalog.ProductID, which order.ID) ([]Waiting, error) {
	lines, err := order.ListAwaited(tx, product, which)
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	variants := make([]stock.VariantID, len(lines))
	for i, l := range lines {
		variants[i] = l.Variant
	}
	queue, err := stock.Queue(tx, variants)
	if err != nil {
		return nil, err
	}
	levels, err := stock.Levels(tx, variants)
	if err != nil {
		return nil, err
	}
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	list := make([]Waiting, len(lines))
	for i, l := range lines {
		list[i] = Waiting{Awaited: l}
		at, queued := queue[l.Variant][holder(l.Order.ID)]
		level, counted := levels[l.Variant]
		switch {
		case queued: // what it does not hold has left the stock for it
			list[i].Rank, list[i].There = at.Rank, max(0, l.Left-at.Held)+min(at.There, l.Left)
		case counted && !level.Tracked:
			if !tx.Now().Before(dayOf(l.Expected, s.Rules().Zone)) {
				list[i].There = l.Left
			}
		case l.Order.Secured():
			list[i].There = l.Left
		}
	}
	return list, nil
}

// dayOf is the first instant of a calendar day in a time zone.
func dayOf(t time.Time, zone *time.Location) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

// AskReady asks everybody for the rest whose pre-ordered articles are all there, first come, first served, and
// tells how many were asked. Who was asked before is not asked again.
func (d *Desk) AskReady(ctx context.Context, shop *tenant.Shop, who tenant.Actor, product catalog.ProductID) (int, error) {
	list, err := d.Waiting(ctx, shop, catalog.ProductID{})
	if err != nil {
		return 0, err
	}
	asked := 0
	for _, which := range ready(list, product) {
		now, err := d.AskRest(ctx, shop, who, which, false)
		if err != nil && !errors.Is(err, ErrNoRest) && !errors.Is(err, ErrEarly) { // just paid, called off, or counted anew
			return asked, err
		}
		if now {
			asked++
		}
	}
	return asked, nil
}

// CountReady is how many of them AskReady would ask.
func (d *Desk) CountReady(ctx context.Context, shop *tenant.Shop, product catalog.ProductID) (int, error) {
	list, err := d.Waiting(ctx, shop, catalog.ProductID{})
	return len(ready(list, product)), err
}

// ready are the orders that owe a rest and nothing keeps from being sent, of one article or of all.
func ready(list []Waiting, product catalog.ProductID) []order.ID {
	lacks, of := map[order.ID]bool{}, map[order.ID]bool{}
	for _, w := range list {
		lacks[w.Order.ID] = lacks[w.Order.ID] || !w.Ready()
		of[w.Order.ID] = of[w.Order.ID] || product.IsZero() || w.Product == product
	}
	var orders []order.ID
	for _, w := range list {
		o := w.Order
		if of[o.ID] && !lacks[o.ID] && o.Owes() && o.Secured() && o.Advance.Asked == nil {
			orders, of[o.ID] = append(orders, o.ID), false
		}
	}
	return orders
}
