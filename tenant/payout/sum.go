package payout

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// Reach is how many days back payments are held against payouts.
const Reach = 400

// Standing is how a payment and its payouts stand to each other.
type Standing string

// The standings. They have a message each: "payout.standing.<word>".
const (
	Settled   Standing = "settled"
	Awaited   Standing = "awaited"
	Different Standing = "different"
)

// Key is the message that names the standing.
func (s Standing) Key() string { return "payout.standing." + string(s) }

// Record is a payment between its order and its payouts.
type Record struct {
	Payment  payment.ID
	Order    order.ID
	Number   string
	Mode     payment.ModeID
	Ref      string
	Standing Standing
	Why      string // of Different, a message
	Args     fault.Args
	Captured money.Amount
	Refunded money.Amount
	Came     money.Amount // charges in payouts
	Went     money.Amount // what went back in payouts
	Fee      money.Amount
	Payouts  string // the bank's names, or ""
	PaidOn   time.Time
	At       time.Time // when it was captured
	Due      time.Time // the day its money is to come; zero when none is set
}

// Pending is what is still to come: what was captured and has not come, less what went back and is not yet netted.
func (r Record) Pending() money.Amount {
	return r.Captured.Sub(r.Came).Sub(r.Refunded.Sub(r.Went))
}

// Desk holds payments against payouts. Safe for concurrent use.
type Desk struct{ Gateways *payment.Gateways }

// watched are the modes whose money comes by payouts: those with a bank, and those files were read for.
func (d Desk) watched(tx tenant.Tx) (map[payment.ModeID]Setup, error) {
	modes, err := payment.ListModes(tx)
	if err != nil {
		return nil, err
	}
	setups, err := Setups(tx)
	if err != nil {
		return nil, err
	}
	for _, m := range modes {
		g, err := d.Gateways.Find(m.Kind)
		if s := setups[m.ID]; (err != nil || g.Capabilities().Offline) && s.Layout == Recognise && s.Delay == nil {
			delete(setups, m.ID)
		}
	}
	return setups, nil
}

// recordSQL holds payments against payouts. How they stand is said here, where it can be sorted and counted; what differs
// is put into words by Record.
const recordSQL = `
	with watched as (select * from unnest($1::text[]::uuid[], $2::text[]::date[], $3::text[]::numeric[], $4::text[]::numeric[]) as w(mode_id, since, percent, fixed)),
	sums as (` + lineSums + ` where l.payment_id is not null group by l.payment_id),
	held as (
		select p.id, p.order_id, p.mode_id, p.ref, p.currency, p.captured, p.refunded, p.created_at, p.updated_at, ` + contested + ` as contested,
			coalesce(s.came, 0) as came, coalesce(s.went, 0) as went, coalesce(s.fee, 0) as fee, coalesce(s.refs, '') as refs, s.paid_on,
			coalesce(s.currencies <> array[p.currency::text], false) as in_foreign,
			case when w.percent is not null and s.came = p.captured
				then abs(s.charge_fee - p.captured * w.percent / 100 - w.fixed) > case when p.currency = any($9) then 1.5 else 0.015 end
				else false end as dear, p.captured * coalesce(w.percent, 0) / 100 + coalesce(w.fixed, 0) as due_fee, s.charge_fee
		from payments p join watched w on w.mode_id = p.mode_id left join sums s on s.payment_id = p.id
		where not p.test and (p.captured > 0 or s.payment_id is not null) and p.created_at >= $5 and p.created_at < $6
			and (p.created_at >= w.since or s.payment_id is not null)),
	stood as (
		select h.*, case
			when in_foreign or came <> 0 and came <> captured or went > refunded + contested or dear then 'different'
			when came = captured and went >= refunded or came = 0 and went = 0 and captured = refunded then 'settled'
			else 'awaited' end as standing
		from held h)
	select t.id, t.order_id, o.number, t.mode_id, t.ref, t.currency, t.captured, t.refunded, t.contested, t.came, t.went, t.fee, t.refs, t.paid_on, t.in_foreign,
		t.dear, t.due_fee, coalesce(t.charge_fee, 0), t.standing,
		coalesce((select max(e.at) from payment_events e where e.payment_id = t.id and e.event in ('capture', 'accept') and e.before <> e.after), t.updated_at)
	from stood t join orders o on o.id = t.order_id
	where t.standing = any($7) order by t.created_at desc, t.id limit $8`

// whole are the currencies without minor units: what a fee may be off is a matter of those.
func whole() []string {
	var codes []string
	for _, c := range money.Currencies() {
		if c.Digits() == 0 {
			codes = append(codes, c.Code())
		}
	}
	return codes
}

// Query chooses records by when their payments were begun.
type Query struct {
	From, Until time.Time // Until is the first moment after; zero times are the whole of Reach
	Standings   []Standing
	Limit       int
}

// Records lists payments with how they stand, the newest first.
func (d Desk) Records(tx tenant.Tx, q Query) ([]Record, error) {
	watched, err := d.watched(tx)
	if err != nil {
		return nil, err
	}
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	var modes, since []string
	var percent, fixed []*string
	for mode, s := range watched {
		modes, since = append(modes, mode.String()), append(since, s.Since.Format(time.DateOnly))
		var a, b *string
		if s.Tariff != nil {
			x, y := s.Tariff.Percent.String(), s.Tariff.Fixed.String()
			a, b = &x, &y
		}
		percent, fixed = append(percent, a), append(fixed, b)
	}
	if oldest := tx.Now().AddDate(0, 0, -Reach); q.From.Before(oldest) {
		q.From = oldest
	}
	if q.Until.IsZero() {
		q.Until = tx.Now().AddDate(0, 0, 1)
	}
	var standings []string
	for _, s := range q.Standings {
		standings = append(standings, string(s))
	}
	rows, err := tx.Raw().Query(tx.Context(), recordSQL, modes, since, percent, fixed, q.From, q.Until, standings, q.Limit, whole())
	if err != nil {
		return nil, fmt.Errorf("hold payments against payouts: %w", err)
	}
	defer rows.Close()
	var list []Record
	for rows.Next() {
		var k known
		var r Record
		var fee, due, charged decimal.Decimal
		var paidOn *time.Time
		var dear bool
		err := rows.Scan(&k.ID, &k.OrderID, &k.Number, &r.Mode, &k.Ref, &k.Currency, &k.Captured, &k.Refunded, &k.Contested, &k.Came, &k.Went, &fee, &r.Payouts,
			&paidOn, &k.InForeign, &dear, &due, &charged, &r.Standing, &r.At)
		if err != nil {
			return nil, fmt.Errorf("hold payments against payouts: %w", err)
		}
		r.Payment, r.Order, r.Number, r.Ref = k.ID, k.OrderID, k.Number, k.Ref
		r.Captured, r.Refunded, r.Came, r.Went, r.Fee = k.amount(k.Captured), k.amount(k.Refunded), k.amount(k.Came), k.amount(k.Went), k.amount(fee)
		if paidOn != nil {
			r.PaidOn = *paidOn
		}
		if r.Standing == Different {
			if r.Why, r.Args = k.judge(); r.Why == "" && dear {
				r.Why, r.Args = whyFee, fault.Args{"here": k.amount(due).Round(money.HalfUp), "there": k.amount(charged)}
			}
		}
		if delay := watched[r.Mode].Delay; delay != nil {
			at := r.At.In(s.Rules().Zone).AddDate(0, 0, *delay)
			r.Due = time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("hold payments against payouts: %w", err)
	}
	return list, nil
}

// Balance is what one mode still owes in one currency (PGW-29).
type Balance struct {
	Mode     payment.ModeID
	Name     i18n.Text
	Payments int
	Charges  money.Amount // that have not come
	Returns  money.Amount // that are not netted yet
	Next     time.Time    // the next day money is to come; zero for not known
	Late     int          // payments whose day is over
	LateSum  money.Amount
}

// Net is what is to come.
func (b Balance) Net() money.Amount { return b.Charges.Sub(b.Returns) }

// MaxAwaited bounds how many payments a balance is reckoned from.
const MaxAwaited = 50_000

// Balances sums what is awaited by mode and currency, as of today in the shop's zone.
func (d Desk) Balances(tx tenant.Tx, awaited []Record) ([]Balance, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	modes, err := payment.ListModes(tx)
	if err != nil {
		return nil, err
	}
	now := tx.Now().In(s.Rules().Zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	var list []Balance
	for _, r := range awaited {
		at := slices.IndexFunc(list, func(b Balance) bool { return b.Mode == r.Mode && b.Charges.Currency() == r.Captured.Currency() })
		if at < 0 {
			zero := money.Zero(r.Captured.Currency())
			at, list = len(list), append(list, Balance{Mode: r.Mode, Charges: zero, Returns: zero, LateSum: zero})
		}
		b := &list[at]
		b.Payments++
		b.Charges, b.Returns = b.Charges.Add(r.Captured.Sub(r.Came)), b.Returns.Add(r.Refunded.Sub(r.Went))
		switch {
		case r.Due.IsZero():
		case r.Due.Before(today):
			b.Late++
			b.LateSum = b.LateSum.Add(r.Pending())
		case b.Next.IsZero() || r.Due.Before(b.Next):
			b.Next = r.Due
		}
	}
	for i := range list {
		for _, m := range modes {
			if m.ID == list[i].Mode {
				list[i].Name = m.Names
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Balance) int {
		if c := a.Mode.Compare(b.Mode); c != 0 {
			return c
		}
		return strings.Compare(a.Charges.Currency().Code(), b.Charges.Currency().Code())
	})
	return list, nil
}
