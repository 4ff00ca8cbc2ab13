package payment

import (
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

type paymentRow struct {
	ID        ID
	OrderID   OrderID
	ModeID    ModeID
	Kind      string
	Ref       string
	State     State
	Amount    decimal.Decimal
	Currency  string
	Worth     *decimal.Decimal // null where Currency is that of the order
	WorthIn   *string          `db:"worth_currency" gorm:"column:worth_currency"`
	Captured  decimal.Decimal
	Refunded  decimal.Decimal
	BankRef   string
	Reason    Reason
	Test      bool
	Dispute   *string
	Settling  bool
	Card      *string
	Provider  *string
	Saving    *string
	PaidAt    *time.Time
	CreatedAt time.Time
	UpdatedAt time.Time
}

const paymentColumns = `id, order_id, mode_id, kind, ref, state, amount, currency, worth, worth_currency, captured, refunded,
	bank_ref, reason, test, dispute, settling, card, provider, saving, paid_at, created_at, updated_at`

func (r paymentRow) payment() (Payment, error) {
	c, err := money.ParseCurrency(r.Currency)
	if err != nil {
		return Payment{}, fmt.Errorf("read payment %s: %w", r.ID, err)
	}
	worth := money.New(r.Amount, c)
	if r.Worth != nil && r.WorthIn != nil {
		in, err := money.ParseCurrency(*r.WorthIn)
		if err != nil {
			return Payment{}, fmt.Errorf("read payment %s: %w", r.ID, err)
		}
		worth = money.New(*r.Worth, in)
	}
	dispute, err := readDispute(r.Dispute, c)
	if err != nil {
		return Payment{}, fmt.Errorf("read payment %s: %w", r.ID, err)
	}
	provider, err := readShare(r.Provider)
	if err != nil {
		return Payment{}, fmt.Errorf("read payment %s: %w", r.ID, err)
	}
	saving, err := readSaving(r.Saving)
	if err != nil {
		return Payment{}, fmt.Errorf("read payment %s: %w", r.ID, err)
	}
	var paid time.Time
	if r.PaidAt != nil {
		paid = r.PaidAt.UTC()
	}
	return Payment{ID: r.ID, Order: r.OrderID, Mode: r.ModeID, Kind: r.Kind, Ref: r.Ref, State: r.State,
		Amount: money.New(r.Amount, c), Worth: worth, Captured: money.New(r.Captured, c), Refunded: money.New(r.Refunded, c),
		BankRef: r.BankRef, Reason: r.Reason, Test: r.Test, Dispute: dispute, Settling: r.Settling,
		Card: readCard(r.Card), Provider: provider, Saving: saving, Paid: paid, Created: r.CreatedAt.UTC(), Updated: r.UpdatedAt.UTC()}, nil
}

// many reads payments; where may end in an order and a lock.
func many(tx tenant.Tx, where string, args ...any) ([]Payment, error) {
	var rows []paymentRow
	if err := tx.DB().Raw("select "+paymentColumns+" from payments where "+where, args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read payments: %w", err)
	}
	list := make([]Payment, len(rows))
	for i, r := range rows {
		var err error
		if list[i], err = r.payment(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// refTries bounds how often a reference is drawn anew. Short references of some banks clash now and
// then; this often in a row they do not.
const refTries = 8

// insertPayment writes a new attempt and gives its reference.
func insertPayment(tx tenant.Tx, p Payment, draw func() string) (string, error) {
	var worth *decimal.Decimal
	var worthIn *string
	if in := p.Worth.Currency(); in != p.Amount.Currency() {
		n, code := p.Worth.Decimal(), in.Code()
		worth, worthIn = &n, &code
	}
	provider, err := p.Provider.document()
	if err != nil {
		return "", fmt.Errorf("write payment: %w", err)
	}
	saving, err := p.Saving.document()
	if err != nil {
		return "", fmt.Errorf("write payment: %w", err)
	}
	card, err := p.Card.document()
	if err != nil {
		return "", fmt.Errorf("write payment: %w", err)
	}
	for range refTries {
		p.Ref = draw()
		done := tx.DB().Exec(`
			insert into payments (`+paymentColumns+`)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text::jsonb, ?::text::jsonb, ?::text::jsonb, ?, ?, ?)
			on conflict (ref) do nothing`,
			p.ID, p.Order, p.Mode, p.Kind, p.Ref, p.State, p.Amount.Decimal(), p.Amount.Currency().Code(), worth, worthIn,
			p.Captured.Decimal(), p.Refunded.Decimal(), p.BankRef, p.Reason, p.Test, nil, p.Settling, card, provider, saving, nil, p.Created, p.Updated)
		if done.Error != nil {
			return "", fmt.Errorf("write payment: %w", done.Error)
		}
		if done.RowsAffected == 1 {
			return p.Ref, nil
		}
	}
	return "", fmt.Errorf("write payment: no free reference in %d tries", refTries)
}

const updateSQL = `update payments set state = $1, captured = $2::text::numeric, refunded = $3::text::numeric, bank_ref = $4, reason = $5,
	dispute = $6::text::jsonb, settling = $7, sealed_card = case when $8 then sealed_card end, card = $9::text::jsonb, paid_at = $10,
	updated_at = $11 where id = $12`

// changes are the arguments of updateSQL.
func (p Payment) changes(tx tenant.Tx) ([]any, error) {
	dispute, err := p.Dispute.document()
	if err != nil {
		return nil, fmt.Errorf("write payment %s: %w", p.ID, err)
	}
	card, err := p.Card.document()
	if err != nil {
		return nil, fmt.Errorf("write payment %s: %w", p.ID, err)
	}
	var paid *time.Time
	if !p.Paid.IsZero() {
		paid = &p.Paid
	}
	return []any{string(p.State), p.Captured.Decimal().String(), p.Refunded.Decimal().String(), p.BankRef, string(p.Reason),
		dispute, p.Settling, p.State.Open(), card, paid, tx.Now(), p.ID.String()}, nil
}

func updatePayment(tx tenant.Tx, p Payment) error {
	args, err := p.changes(tx)
	if err != nil {
		return err
	}
	if _, err := tx.Raw().Exec(tx.Context(), updateSQL, args...); err != nil {
		return fmt.Errorf("write payment %s: %w", p.ID, err)
	}
	return nil
}

// attempt is a payment that is locked with all others of its order.
type attempt struct {
	Payment
	// second: another attempt of the order has brought money that is still here.
	second bool
}

// ofRefSQL are the attempts of the order that has one with this reference.
const ofRefSQL = " from payments where order_id = (select order_id from payments where ref = $1) order by id"

// lockByRef locks the attempt with our reference and all others of its order, always in the order of their ids. They
// are read by a second statement of the same round trip: an attempt begun and paid while we waited for the locks is seen.
func lockByRef(tx tenant.Tx, ref string) (a attempt, found bool, err error) {
	locked := false
	batch := &pgx.Batch{}
	batch.Queue("select id"+ofRefSQL+" for update", ref).Exec(func(done pgconn.CommandTag) error {
		locked = done.RowsAffected() > 0
		return nil
	})
	batch.Queue("select "+paymentColumns+ofRefSQL, ref).Query(func(rows pgx.Rows) error {
		list, err := pgx.CollectRows(rows, pgx.RowToStructByName[paymentRow])
		if err != nil {
			return err
		}
		for _, r := range list {
			p, err := r.payment()
			if err != nil {
				return err
			}
			if p.Ref == ref {
				a.Payment, found = p, locked
			} else if r.Captured.GreaterThan(r.Refunded) {
				a.second = true
			}
		}
		return nil
	})
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return attempt{}, false, fmt.Errorf("lock payments of %q: %w", ref, err)
	}
	return a, found, nil
}

// partAsked tells whether we asked the bank to take just what it says it took, less than it had
// authorised.
func partAsked(tx tenant.Tx, p Payment, n Notice) (bool, error) {
	if n.Event != Captured || p.State != StateAuthorised || n.Amount.Equal(p.Amount) || n.Amount.Currency() != p.Amount.Currency() {
		return false, nil
	}
	var asked int
	err := tx.DB().Raw(`select count(*) from payment_events
		where payment_id = ? and outcome = ? and event = ? and amount = ?`,
		p.ID, Asked, Captured, n.Amount.Decimal()).Scan(&asked).Error
	if err != nil {
		return false, fmt.Errorf("look for what was asked: %w", err)
	}
	return asked > 0, nil
}
