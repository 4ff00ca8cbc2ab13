package vat

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tax"
)

// Level is how close a shop's sales at a distance are to the threshold.
type Level string

// The levels.
const (
	Calm  Level = "calm"  // below 80 %
	Near  Level = "near"  // from 80 % on
	Over  Level = "over"  // exceeded, this year or last
	Blind Level = "blind" // cannot be told: no rate to the euro
)

// nearShare of the threshold is worth a warning.
var nearShare = decimal.New(8, -1)

// Distance is what a shop sold to consumers in other member states.
type Distance struct {
	Applies  bool // the rule is one of this shop's: established in the Union, registered
	Level    Level
	ThisYear money.Amount // net, in euros
	LastYear money.Amount
	Share    decimal.Decimal // of the threshold, of the year that is closer to it; 1 is all of it
	// Since is when VAT of the destination became due, when Level is Over, and By the number of the
	// order that exceeded; "" for a year that began with it due.
	Since time.Time
	By    string
	// Settled tells that the shop already charges it.
	Settled bool
}

// Warns tells that the merchant has to know.
func (d Distance) Warns() bool {
	return d.Applies && !d.Settled && (d.Level == Near || d.Level == Over)
}

// Watch adds up the sales at a distance of this and the last calendar year, in the shop's time zone.
func Watch(tx tenant.Tx) (Distance, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return Distance{}, err
	}
	at := s.Identity.Address
	home := address.VATTerritory(at.Country, at.Postcode)
	d := Distance{Applies: s.Tax.Registered && home.Union, Settled: s.Tax.Destination, Level: Calm,
		ThisYear: money.Zero(money.EUR), LastYear: money.Zero(money.EUR)}
	if !d.Applies {
		return d, nil
	}
	rules := s.Rules()
	worth, ok := toEuro(rules)
	if !ok {
		d.Level = Blind
		return d, nil
	}
	limit := decimal.NewFromInt(tax.Threshold)
	now := tx.Now().In(rules.Zone)
	years, err := sums(tx, span{now: now, home: at.Country, limit: limit.Div(worth)})
	if err != nil {
		return d, err
	}
	euros := func(n decimal.Decimal) money.Amount { return money.New(n.Mul(worth), money.EUR).Round(money.HalfUp) }
	d.ThisYear, d.LastYear = euros(years.this.sum), euros(years.last.sum)
	d.Share = decimal.Max(years.this.sum, years.last.sum).Mul(worth).Div(limit)
	switch {
	case years.last.exceeded != nil:
		d.Level, d.Since = Over, time.Date(now.Year(), time.January, 1, 0, 0, 0, 0, rules.Zone)
	case years.this.exceeded != nil:
		d.Level, d.Since, d.By = Over, years.this.exceeded.In(rules.Zone), years.this.by
	case d.Share.GreaterThanOrEqual(nearShare):
		d.Level = Near
	}
	return d, nil
}

// toEuro is what one unit of the shop's currency is in euros, as the shop itself converts.
func toEuro(r *settings.Rules) (decimal.Decimal, bool) {
	rate, err := r.Rates.Find(money.EUR)
	return rate.Factor, err == nil
}

// span is which sales are added up, in the shop's currency.
type span struct {
	now   time.Time
	home  string
	limit decimal.Decimal
}

// year is what a year comes to, and when and by which order it exceeded the limit.
type year struct {
	sum      decimal.Decimal
	exceeded *time.Time
	by       string
}

// watchSQL adds up year by year, the oldest order first. The delivery address is looked at before the
// price, which is large: most orders of most shops stay at home.
const watchSQL = `
	with sales as materialized (
		select number, placed_at, extract(year from placed_at at time zone $3)::int as y, total - tax as net
		from orders
		where placed_at >= $1 and state <> 'cancelled' and not test
			and coalesce(nullif(delivery->>'country', ''), billing->>'country') <> $2
			and priced->'taxation'->>'treatment' in ('destination', 'below_limit')),
	running as (
		select y, number, placed_at, net, sum(net) over (partition by y order by placed_at, number) as so_far from sales)
	select y, sum(net)::text, (array_agg(placed_at order by placed_at, number) filter (where so_far > $4::numeric))[1],
		coalesce((array_agg(number order by placed_at, number) filter (where so_far > $4::numeric))[1], '')
	from running group by y`

func sums(tx tenant.Tx, s span) (found struct{ this, last year }, err error) {
	from := time.Date(s.now.Year()-1, time.January, 1, 0, 0, 0, 0, s.now.Location())
	rows, err := tx.Raw().Query(tx.Context(), watchSQL, from, s.home, s.now.Location().String(), s.limit.String())
	if err != nil {
		return found, fmt.Errorf("add up sales at a distance: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		var one year
		var sum string
		if err := rows.Scan(&n, &sum, &one.exceeded, &one.by); err != nil {
			return found, fmt.Errorf("add up sales at a distance: %w", err)
		}
		if one.sum, err = decimal.NewFromString(sum); err != nil {
			return found, fmt.Errorf("add up sales at a distance: %w", err)
		}
		switch n {
		case s.now.Year():
			found.this = one
		case s.now.Year() - 1:
			found.last = one
		}
	}
	if err := rows.Err(); err != nil {
		return found, fmt.Errorf("add up sales at a distance: %w", err)
	}
	return found, nil
}
