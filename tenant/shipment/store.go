package shipment

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
)

// Send writes a parcel of the order, which must be locked, and takes its pieces off what is left to
// send. The draft must be clean.
//
// Errors: ErrNothing when all has been sent; ErrEmpty; ErrTooMany for more pieces of a line than are left.
func Send(tx tenant.Tx, o *order.Order, d Draft) (Parcel, error) {
	items, err := pack(o, d.Items)
	if err != nil {
		return Parcel{}, err
	}
	pieces := make(map[order.LineID]int, len(items))
	for _, it := range items {
		pieces[it.Line] += it.Qty
	}
	if err := order.Send(tx, o, pieces); err != nil {
		return Parcel{}, err
	}
	p := Parcel{ID: id.New[Parcel](), Order: o.ID, Carrier: d.Carrier, Tracking: d.Tracking, URL: d.URL, Items: items,
		State: Shipped, ShippedAt: tx.Now(), Cost: d.Cost}
	doc, err := json.Marshal(items)
	if err != nil {
		return Parcel{}, fmt.Errorf("write parcel: %w", err)
	}
	cost, currency := columnsOf(p.Cost)
	err = tx.DB().Exec(`insert into shipments (id, order_id, carrier, tracking, tracking_url, lines, state, shipped_at, cost, cost_currency)
		values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)`,
		p.ID, p.Order, p.Carrier, p.Tracking, p.URL, string(doc), p.State, p.ShippedAt, cost, currency).Error
	if err != nil {
		return Parcel{}, fmt.Errorf("write parcel: %w", err)
	}
	return p, nil
}

// pack is what goes into the parcel: what was asked for, or all that is left.
func pack(o *order.Order, asked []Item) ([]Item, error) {
	left := map[order.LineID]int{}
	var rest []Item
	for _, l := range o.Lines {
		if n := l.Left(); n > 0 {
			left[l.ID] = n
			rest = append(rest, Item{l.ID, n})
		}
	}
	if asked == nil {
		asked = rest
	}
	var items []Item
	for _, it := range asked {
		if it.Qty == 0 {
			continue
		}
		if it.Qty < 0 || it.Qty > left[it.Line] {
			return nil, ErrTooMany.With(fault.Args{"left": left[it.Line]})
		}
		left[it.Line] -= it.Qty
		items = append(items, it)
	}
	switch {
	case len(rest) == 0:
		return nil, ErrNothing
	case len(items) == 0:
		return nil, ErrEmpty
	}
	return items, nil
}

// Deliver notes that every parcel of an order has arrived.
func Deliver(tx tenant.Tx, o order.ID) error {
	err := tx.DB().Exec("update shipments set state = ?, delivered_at = ? where order_id = ? and state = ?",
		Delivered, tx.Now(), o, Shipped).Error
	if err != nil {
		return fmt.Errorf("deliver parcels: %w", err)
	}
	return nil
}

// ListOf lists the parcels of an order, the first one first.
func ListOf(tx tenant.Tx, o order.ID) ([]Parcel, error) {
	var rows []struct {
		ID           ID
		Carrier      string
		Tracking     string
		TrackingURL  string
		Lines        []byte
		State        State
		ShippedAt    time.Time
		DeliveredAt  *time.Time
		Cost         *decimal.Decimal
		CostCurrency *string
	}
	err := tx.DB().Raw(`select id, carrier, tracking, tracking_url, lines, state, shipped_at, delivered_at, cost, cost_currency from shipments
		where order_id = ? order by shipped_at, id`, o).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read parcels: %w", err)
	}
	parcels := make([]Parcel, len(rows))
	for i, r := range rows {
		parcels[i] = Parcel{ID: r.ID, Order: o, Carrier: r.Carrier, Tracking: r.Tracking, URL: r.TrackingURL, State: r.State,
			ShippedAt: r.ShippedAt.UTC()}
		if r.DeliveredAt != nil {
			at := r.DeliveredAt.UTC()
			parcels[i].DeliveredAt = &at
		}
		if parcels[i].Cost, err = costOf(r.Cost, r.CostCurrency); err != nil {
			return nil, fmt.Errorf("read parcel %s: %w", r.ID, err)
		}
		if err := json.Unmarshal(r.Lines, &parcels[i].Items); err != nil {
			return nil, fmt.Errorf("read parcel %s: %w", r.ID, err)
		}
	}
	return parcels, nil
}
