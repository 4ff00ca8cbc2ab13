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
	worth, ok := euros(rules)
	if !ok {
		d.Level = Blind
		return d, nil
	}
	limit := decimal.NewFromInt(tax.Threshold)
	now := tx.Now().In(rules.Zone)
	years, err := sums(tx, span{now: now, home: at.Country, limit: limit, worth: worth})
	if err != nil {
		return d, err
	}
	if years.unknown {
		d.Level = Blind
		return d, nil
	}
	rounded := func(n decimal.Decimal) money.Amount { return money.New(n, money.EUR).Round(money.HalfUp) }
	d.ThisYear, d.LastYear = rounded(years.this.sum), rounded(years.last.sum)
	d.Share = decimal.Max(years.this.sum, years.last.sum).Div(limit)
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

// euros is what one unit of each of the shop's currencies is in euros, as the shop itself converts: orders placed
// before the management currency became another are in that of then. False when that of the shop is not known.
func euros(r *settings.Rules) (map[string]decimal.Decimal, bool) {
	rate, err := r.Rates.Find(money.EUR)
	if err != nil {
		return nil, false
	}
	worth := map[string]decimal.Decimal{r.Currency.Code(): rate.Factor}
	for _, other := range r.Rates.List() {
		worth[other.Currency.Code()] = rate.Factor.DivRound(other.Factor, money.DivisionPlaces)
	}
	worth[money.EUR.Code()] = decimal.NewFromInt(1)
	return worth, true
}

// span is which sales are added up, in euros.
type span struct {
	now   time.Time
	home  string
	limit decimal.Decimal
	worth map[string]decimal.Decimal // of one unit of a currency
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
		select number, placed_at, extract(year from placed_at at time zone $3)::int as y, (total - tax) * worth.euros as net
		from orders left join unnest($5::text[], $6::text[]::numeric[]) as worth(code, euros) on worth.code = orders.currency
		where placed_at >= $1 and state <> 'cancelled' and not test
			and coalesce(nullif(delivery->>'country', ''), billing->>'country') <> $2
			and priced->'taxation'->>'treatment' in ('destination', 'below_limit')),
	running as (
		select y, number, placed_at, net, sum(net) over (partition by y order by placed_at, number) as so_far from sales)
	select y, coalesce(sum(net), 0)::text, bool_or(net is null), (array_agg(placed_at order by placed_at, number) filter (where so_far > $4::numeric))[1],
		coalesce((array_agg(number order by placed_at, number) filter (where so_far > $4::numeric))[1], '')
	from running group by y`

// found is what the two years come to. unknown tells of an order in a currency whose worth is not known (any more).
type found struct {
	this, last year
	unknown    bool
}

func sums(tx tenant.Tx, s span) (found found, err error) {
	from := time.Date(s.now.Year()-1, time.January, 1, 0, 0, 0, 0, s.now.Location())
	var codes, worth []string
	for code, euros := range s.worth {
		codes, worth = append(codes, code), append(worth, euros.String())
	}
	rows, err := tx.Raw().Query(tx.Context(), watchSQL, from, s.home, s.now.Location().String(), s.limit.String(), codes, worth)
	if err != nil {
		return found, fmt.Errorf("add up sales at a distance: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		var one year
		var sum string
		var unknown bool
		if err := rows.Scan(&n, &sum, &unknown, &one.exceeded, &one.by); err != nil {
			return found, fmt.Errorf("add up sales at a distance: %w", err)
		}
		found.unknown = found.unknown || unknown
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
