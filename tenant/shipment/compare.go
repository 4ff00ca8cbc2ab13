package shipment

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
)

// Comparison is what buyers were billed for delivery against what it really cost, over the orders placed
// in a time of which at least one parcel has left.
type Comparison struct {
	Rows    []Sum   // by currency, mode and place
	Worst   []Trade // those that lost most or earned least, of each currency
	Waiting []Trade // those without a cost, the oldest first; no more than a page shows
}

// Figures are sums over orders of one currency. Billed is net, with insurance and less discounts on
// delivery; an order that was called off or wholly refunded was billed nothing.
type Figures struct {
	Orders  int // Known and those without a cost
	Known   int // those whose every parcel has a cost, and which have left as a whole
	Parcels int
	Billed  money.Amount // of the Known
	Cost    money.Amount // of the Known
	Open    money.Amount // billed of the others, whose cost is to come
}

// Margin is what is left of the known orders.
func (f Figures) Margin() money.Amount { return f.Billed.Sub(f.Cost) }

// Share is the margin in percent of what was billed; false where nothing was.
func (f Figures) Share() (decimal.Decimal, bool) {
	if f.Billed.IsZero() {
		return decimal.Zero, false
	}
	return f.Margin().Decimal().Div(f.Billed.Decimal()).Mul(decimal.NewFromInt(100)).Round(1), true
}

// Missing is how many orders have no cost yet.
func (f Figures) Missing() int { return f.Orders - f.Known }

// add sums figures of the same currency.
func (f Figures) add(o Figures) Figures {
	return Figures{f.Orders + o.Orders, f.Known + o.Known, f.Parcels + o.Parcels,
		f.Billed.Add(o.Billed), f.Cost.Add(o.Cost), f.Open.Add(o.Open)}
}

// Place is where parcels go: a country, or a part of one with rules of its own.
type Place struct {
	Country string
	Part    address.Territory // Name is "" for the mainland
}

// Sum is what a mode comes to in a place, in one currency.
type Sum struct {
	Currency money.Currency
	Mode     order.Choice // its words for a mode that is gone
	Place    Place
	Figures
}

// Trade is one order.
type Trade struct {
	Order    order.ID
	Number   string
	PlacedAt time.Time
	Mode     order.Choice
	Place    Place
	Billed   money.Amount
	Cost     money.Amount // what is known of it, zero while Waiting
}

// Margin is what is left of what was billed.
func (t Trade) Margin() money.Amount { return t.Billed.Sub(t.Cost) }

// Totals are the sums over all rows, one for each currency.
func (c Comparison) Totals() []Sum {
	var totals []Sum
	for _, r := range c.Rows {
		at := slices.IndexFunc(totals, func(t Sum) bool { return t.Currency == r.Currency })
		if at < 0 {
			totals = append(totals, Sum{Currency: r.Currency, Figures: r.Figures})
			continue
		}
		totals[at].Figures = totals[at].add(r.Figures)
	}
	return totals
}

const (
	worstShown   = 10 // of each currency
	waitingShown = 20
)

// divided are the countries in which a parcel may go to a part with rules and carriers' tariffs of its
// own, told by the first signs of the postcode.
var divided = []string{"FR", "ES", "PT", "GB", "FI"}

// compareSQL reads every order once: grouped, the worst and those that wait. Costs in another currency
// than the order's are never added: such an order is not known.
const compareSQL = `
	with sent as materialized (
		select o.id, o.number, o.placed_at, o.currency, coalesce(o.shipping_mode_id::text, '') as mode, o.shipping_label as label,
			coalesce(nullif(o.delivery->>'country', ''), o.billing->>'country', '') as country,
			case when coalesce(nullif(o.delivery->>'country', ''), o.billing->>'country') in @divided
				then left(regexp_replace(coalesce(o.delivery->>'postcode', ''), '[^0-9A-Za-z]', '', 'g'), 3) else '' end as prefix,
			p.parcels, case when o.state in ('cancelled', 'refunded') then 0 else o.shipping_net end as billed, p.cost,
			p.priced and o.state in ('shipped', 'delivered', 'closed', 'cancelled', 'refunded') as known
		from orders o
		join lateral (
			select count(*) as parcels, sum(s.cost) as cost, bool_and(s.cost is not null and s.cost_currency = o.currency) as priced
			from shipments s where s.order_id = o.id) p on p.parcels > 0
		where o.placed_at >= @from and o.placed_at < @until and not o.test)
	select 'sum' as kind, currency, mode, max(label) as label, country, prefix, count(*) as orders, count(*) filter (where known) as known,
		sum(parcels) as parcels, coalesce(sum(billed) filter (where known), 0) as billed, coalesce(sum(cost) filter (where known), 0) as cost,
		coalesce(sum(billed) filter (where not known), 0) as open, null::uuid as id, '' as number, null::timestamptz as placed_at
	from sent group by currency, mode, case when mode = '' then label end, country, prefix
	union all
	select 'worst', currency, mode, label, country, prefix, 1, 1, parcels, billed, cost, 0, id, number, placed_at
	from (select *, row_number() over (partition by currency order by billed - cost, placed_at desc, id) as n from sent where known) w
	where n <= @worst
	union all
	select 'waiting', currency, mode, label, country, prefix, 1, 0, parcels, billed, 0, billed, id, number, placed_at
	from (select * from sent where not known order by placed_at, id limit @waiting) w`

// Compare holds what delivery cost against what was billed for it, over the orders placed from an instant
// up to another (SHP-01).
func Compare(tx tenant.Tx, from, until time.Time) (Comparison, error) {
	var rows []compareRow
	err := tx.DB().Raw(compareSQL, map[string]any{"divided": divided, "from": from, "until": until, "worst": worstShown, "waiting": waitingShown}).Scan(&rows).Error
	if err != nil {
		return Comparison{}, fmt.Errorf("compare cost of delivery: %w", err)
	}
	var c Comparison
	for _, r := range rows {
		cur, err := money.ParseCurrency(r.Currency)
		if err != nil {
			return Comparison{}, fmt.Errorf("compare cost of delivery: %w", err)
		}
		switch r.Kind {
		case "sum":
			c.put(r.sum(cur))
		case "worst":
			c.Worst = append(c.Worst, r.trade(cur))
		default:
			c.Waiting = append(c.Waiting, r.trade(cur))
		}
	}
	c.sort()
	return c, nil
}
