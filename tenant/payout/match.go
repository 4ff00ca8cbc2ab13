package payout

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// known is a payment, with what payouts say of it.
type known struct {
	ID        payment.ID
	OrderID   order.ID
	Number    string
	Ref       string
	BankRef   string
	Currency  string
	Captured  decimal.Decimal
	Refunded  decimal.Decimal
	Contested decimal.Decimal // of a dispute that is open: the bank may keep it back or not
	Came      decimal.Decimal // charges in payouts
	Went      decimal.Decimal // what went back, in payouts
	InForeign bool            `gorm:"column:in_foreign"` // a payout in another currency speaks of it
}

func (k known) amount(n decimal.Decimal) money.Amount {
	c, err := money.ParseCurrency(k.Currency)
	if err != nil {
		return money.Amount{}
	}
	return money.New(n, c)
}

// contested is how much of a payment p a dispute that is open is about.
const contested = `coalesce(case when p.state = 'disputed' then (p.dispute->>'amount')::numeric end, 0)`

// lineSums are what payouts say of each payment.
const lineSums = `select l.payment_id, sum(l.gross) filter (where l.kind = 'charge') as came,
		-sum(l.gross) filter (where l.kind in ('refund', 'dispute')) as went, sum(l.fee) as fee,
		sum(l.fee) filter (where l.kind = 'charge') as charge_fee, array_agg(distinct o.currency::text) as currencies, max(o.paid_on) as paid_on,
		string_agg(distinct o.ref, ', ') as refs
	from payout_lines l join payouts o on o.id = l.payout_id`

// finder finds payments by what files call them. Payments of all modes of one kind are looked through: two modes may be two
// ways to pay at one account.
type finder struct{ byName map[string][]int }

// look reads the payments that names may mean. Names are our reference, the bank's, or the number of the order.
func look(tx tenant.Tx, mode payment.ModeID, names []string) ([]known, finder, error) {
	f := finder{map[string][]int{}}
	if len(names) == 0 {
		return nil, f, nil
	}
	rows, err := read(tx, `
		with want as (select unnest($2::text[]) as name),
		of_kind as (select p.id, p.ref, p.bank_ref, p.order_id, p.captured from payments p where p.kind = (select kind from payment_modes where id = $1::uuid)),
		found as (
			select p.id, w.name from of_kind p join want w on w.name = p.ref
			union select p.id, w.name from of_kind p join want w on w.name = p.bank_ref
			union select p.id, w.name from orders o join want w on w.name = o.number join of_kind p on p.order_id = o.id and p.captured > 0)
		select array_agg(f.name), `+knownColumns+` from found f join payments p on p.id = f.id join orders o on o.id = p.order_id
			left join (`+lineSums+` where l.payment_id in (select id from found) group by l.payment_id) s on s.payment_id = p.id
		group by p.id, o.number, s.came, s.went, s.currencies order by p.id`, mode.String(), names)
	if err != nil {
		return nil, f, err
	}
	list := make([]known, len(rows))
	for i, r := range rows {
		list[i] = r.known
		for _, name := range r.names {
			f.byName[name] = append(f.byName[name], i)
		}
	}
	return list, f, f.events(tx, mode, names, &list)
}

// events adds payments that the ledger knows by another of the bank's names: the transaction, the charge. Only what nothing
// else knows is looked for.
func (f finder) events(tx tenant.Tx, mode payment.ModeID, names []string, list *[]known) error {
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return f.byName[name] != nil })
	if len(names) == 0 {
		return nil
	}
	rows, err := read(tx, `
		with want as (select unnest($2::text[]) as name),
		said as (
			select e.payment_id as id, split_part(e.notice_id, ':', 1) as a, e.message->>'charge' as b, e.message->>'id' as c
			from payment_events e join payments p on p.id = e.payment_id
			where p.kind = (select kind from payment_modes where id = $1::uuid)),
		found as (select distinct s.id, w.name from said s join want w on w.name in (s.a, s.b, s.c))
		select array_agg(f.name), `+knownColumns+` from found f join payments p on p.id = f.id join orders o on o.id = p.order_id
			left join (`+lineSums+` where l.payment_id in (select id from found) group by l.payment_id) s on s.payment_id = p.id
		group by p.id, o.number, s.came, s.went, s.currencies order by p.id`, mode.String(), names)
	if err != nil {
		return err
	}
	for _, r := range rows {
		at := slices.IndexFunc(*list, func(k known) bool { return k.ID == r.known.ID })
		if at < 0 {
			at, *list = len(*list), append(*list, r.known)
		}
		for _, name := range r.names {
			f.byName[name] = append(f.byName[name], at)
		}
	}
	return nil
}

const knownColumns = `p.id, p.order_id, o.number, p.ref, p.bank_ref, p.currency, p.captured, p.refunded, ` + contested + `,
	coalesce(s.came, 0), coalesce(s.went, 0), coalesce(s.currencies <> array[p.currency::text], false)`

type namedPayment struct {
	names []string
	known known
}

func read(tx tenant.Tx, sql string, args ...any) ([]namedPayment, error) {
	rows, err := tx.Raw().Query(tx.Context(), sql, args...)
	if err != nil {
		return nil, fmt.Errorf("find payments of a payout: %w", err)
	}
	defer rows.Close()
	var list []namedPayment
	for rows.Next() {
		var r namedPayment
		k := &r.known
		if err := rows.Scan(&r.names, &k.ID, &k.OrderID, &k.Number, &k.Ref, &k.BankRef, &k.Currency, &k.Captured, &k.Refunded, &k.Contested,
			&k.Came, &k.Went, &k.InForeign); err != nil {
			return nil, fmt.Errorf("find payments of a payout: %w", err)
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("find payments of a payout: %w", err)
	}
	return list, nil
}

// find is the payment of a line: the first of its names that means one, and one alone.
func (f finder) find(names []string) (int, bool) {
	for _, name := range names {
		if at := f.byName[name]; len(at) == 1 {
			return at[0], true
		}
	}
	return 0, false
}

// meanings are all names a line may know its payment by: what its columns say and, of an invoice that ends in our
// reference, that.
func (l Line) meanings() []string {
	names := slices.Clone(l.refs)
	for _, ref := range l.refs {
		if at := strings.LastIndexByte(ref, '-'); at >= 0 && len(ref)-at > 20 {
			names = append(names, ref[at+1:])
		}
	}
	if l.name != "" {
		names = append(names, l.name)
	}
	return names
}

// judge says whether a payment and what payouts tell of it agree.
func (k known) judge() (why string, args fault.Args) {
	switch {
	case k.InForeign:
		return whyForeign, fault.Args{"currency": k.Currency}
	case !k.Came.IsZero() && !k.Came.Equal(k.Captured):
		return whyCaptured, fault.Args{"here": k.amount(k.Captured), "there": k.amount(k.Came)}
	case k.Went.GreaterThan(k.Refunded.Add(k.Contested)):
		return whyRefunded, fault.Args{"here": k.amount(k.Refunded), "there": k.amount(k.Went)}
	}
	return "", nil
}

// Why a payment and its payouts differ.
const (
	whyForeign  = "payout.differs.currency" // currency
	whyCaptured = "payout.differs.captured" // here, there
	whyRefunded = "payout.differs.refunded" // here, there
	whyFee      = "payout.differs.fee"      // here, there
)

// dear tells that a fee is not what the contract says. Banks round each part of a fee: it may be off by a minor unit and
// the half of one.
func (t *Tariff) dear(gross, fee money.Amount) (due money.Amount, dear bool) {
	if t == nil {
		return due, false
	}
	due = t.Of(gross)
	off := decimal.New(15, -1-min(2, gross.Currency().Digits()))
	return due.Round(money.HalfUp), fee.Sub(due).Abs().Decimal().GreaterThan(off)
}
