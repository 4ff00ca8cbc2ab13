package payout

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// ErrPayout: there is no such payout.
var ErrPayout = fault.New(fault.NotFound, "payout.error.unknown")

// Payout is what a bank paid out at once.
type Payout struct {
	ID     ID
	Mode   payment.ModeID
	Ref    string    // the bank's name for it, or its day
	PaidOn time.Time // a day
	Lines  int
	Gross  money.Amount
	Fee    money.Amount
	Net    money.Amount
	// Told is what the bank says it moved on; nil when its files do not tell.
	Told *money.Amount
	File string // the first that spoke of it
	Read time.Time
	Open int // lines about payments nobody knows here
}

// Off is what the lines lack to what the bank says it moved; zero when it does not say.
func (p Payout) Off() money.Amount {
	if p.Told == nil {
		return money.Zero(p.Net.Currency())
	}
	return p.Told.Sub(p.Net)
}

type payoutRow struct {
	ID       ID
	ModeID   payment.ModeID
	Ref      string
	Currency string
	PaidOn   time.Time
	Lines    int
	Gross    decimal.Decimal
	Fee      decimal.Decimal
	Net      decimal.Decimal
	Told     *decimal.Decimal
	File     string
	ReadAt   time.Time
	Open     int
}

func (r payoutRow) payout() (Payout, error) {
	c, err := money.ParseCurrency(r.Currency)
	if err != nil {
		return Payout{}, fmt.Errorf("read payout %s: %w", r.ID, err)
	}
	p := Payout{ID: r.ID, Mode: r.ModeID, Ref: r.Ref, PaidOn: r.PaidOn, Lines: r.Lines, Gross: money.New(r.Gross, c), Fee: money.New(r.Fee, c),
		Net: money.New(r.Net, c), File: r.File, Read: r.ReadAt.UTC(), Open: r.Open}
	if r.Told != nil {
		told := money.New(*r.Told, c)
		p.Told = &told
	}
	return p, nil
}

const payoutColumns = `o.id, o.mode_id, o.ref, o.currency, o.paid_on, o.lines, o.gross, o.fee, o.net, o.told, o.file, o.read_at,
	(select count(*) from payout_lines l where l.payout_id = o.id and l.payment_id is null and l.kind in ('charge', 'refund', 'dispute')) as open`

func payouts(tx tenant.Tx, where string, args ...any) ([]Payout, error) {
	var rows []payoutRow
	if err := tx.DB().Raw("select "+payoutColumns+" from payouts o "+where, args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read payouts: %w", err)
	}
	list := make([]Payout, len(rows))
	for i, r := range rows {
		var err error
		if list[i], err = r.payout(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// List reads payouts, the newest first, and tells how many there are.
func List(tx tenant.Tx, offset, limit int) (list []Payout, total int, err error) {
	if err = tx.DB().Raw(`select count(*) from payouts`).Scan(&total).Error; err != nil {
		return nil, 0, fmt.Errorf("count payouts: %w", err)
	}
	list, err = payouts(tx, "order by o.paid_on desc, o.id limit ? offset ?", limit, offset)
	return list, total, err
}

// Find reads a payout. Errors: ErrPayout.
func Find(tx tenant.Tx, which ID) (Payout, error) {
	list, err := payouts(tx, "where o.id = ?", which)
	if err == nil && len(list) == 0 {
		err = ErrPayout
	}
	if err != nil {
		return Payout{}, err
	}
	return list[0], nil
}

// ListOff lists payouts whose lines do not come to what the bank says it moved, the newest first.
func ListOff(tx tenant.Tx, limit int) ([]Payout, error) {
	return payouts(tx, "where o.told <> o.net order by o.paid_on desc, o.id limit ?", limit)
}

// Item is a line of a payout.
type Item struct {
	Payout    ID
	PayoutRef string
	PaidOn    time.Time
	Kind      Kind
	Day       time.Time
	Reference string
	Gross     money.Amount
	Fee       money.Amount
	Net       money.Amount
	Payment   payment.ID // zero when nobody knows it here
	Order     order.ID
	Number    string
}

func items(tx tenant.Tx, where string, args ...any) ([]Item, error) {
	var rows []struct {
		PayoutID  ID
		PayoutRef string
		PaidOn    time.Time
		Currency  string
		Kind      Kind
		Day       time.Time
		Reference string
		Gross     decimal.Decimal
		Fee       decimal.Decimal
		Net       decimal.Decimal
		PaymentID *payment.ID
		OrderID   *order.ID
		Number    *string
	}
	err := tx.DB().Raw(`select l.payout_id, o.ref as payout_ref, o.paid_on, o.currency, l.kind, l.day, l.reference, l.gross, l.fee, l.net, l.payment_id, p.order_id, r.number
		from payout_lines l join payouts o on o.id = l.payout_id
		left join payments p on p.id = l.payment_id left join orders r on r.id = p.order_id `+where, args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read lines of payouts: %w", err)
	}
	list := make([]Item, len(rows))
	for i, r := range rows {
		c, err := money.ParseCurrency(r.Currency)
		if err != nil {
			return nil, fmt.Errorf("read lines of payouts: %w", err)
		}
		list[i] = Item{Payout: r.PayoutID, PayoutRef: r.PayoutRef, PaidOn: r.PaidOn, Kind: r.Kind, Day: r.Day, Reference: r.Reference,
			Gross: money.New(r.Gross, c), Fee: money.New(r.Fee, c), Net: money.New(r.Net, c)}
		if r.PaymentID != nil && r.OrderID != nil && r.Number != nil {
			list[i].Payment, list[i].Order, list[i].Number = *r.PaymentID, *r.OrderID, *r.Number
		}
	}
	return list, nil
}

// Lines reads lines of a payout, in the order of their days.
func Lines(tx tenant.Tx, which ID, offset, limit int) ([]Item, error) {
	return items(tx, "where l.payout_id = ? order by l.day, l.key limit ? offset ?", which, limit, offset)
}

// ListUnknown lists lines about payments nobody knows here, the newest first.
func ListUnknown(tx tenant.Tx, limit int) ([]Item, error) {
	return items(tx, "where l.payment_id is null and l.kind in ('charge', 'refund', 'dispute') order by l.day desc, l.key limit ?", limit)
}

// OfPayments reads what payouts tell of payments, for the page of their order (PGW-11).
func OfPayments(tx tenant.Tx, which []payment.ID) (map[payment.ID][]Item, error) {
	if len(which) == 0 {
		return nil, nil
	}
	list, err := items(tx, "where l.payment_id in ? order by l.day, l.key", which)
	if err != nil {
		return nil, err
	}
	by := map[payment.ID][]Item{}
	for _, it := range list {
		by[it.Payment] = append(by[it.Payment], it)
	}
	return by, nil
}
