package payment

import (
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// Source is how something came to be known.
type Source string

// The sources. The words are stored.
const (
	SourceShop    Source = "shop"    // our own doing
	SourceNotice  Source = "notice"  // the bank called us
	SourceReturn  Source = "return"  // the buyer's browser brought it, signed by the bank
	SourceInquiry Source = "inquiry" // we asked the bank
	SourceCall    Source = "call"    // the bank's answer to a capture, refund or cancellation
	SourceStaff   Source = "staff"   // the merchant recorded it
	SourceSweep   Source = "sweep"   // time ran out
)

// Verdict is what became of a message.
type Verdict string

// The verdicts. The words are stored.
const (
	Asked    Verdict = "asked"    // the bank was asked to do this
	Denied   Verdict = "denied"   // the bank said no to what it was asked
	Applied  Verdict = "applied"  // it moved the payment
	Refused  Verdict = "refused"  // true perhaps, but nothing to move: late, or out of order
	Conflict Verdict = "conflict" // the same id said something else before
	Mismatch Verdict = "mismatch" // another amount or currency than asked
	Doubted  Verdict = "doubted"  // nothing proves it: a person decides
	Foreign  Verdict = "foreign"  // about a payment of another account
	Unknown  Verdict = "unknown"  // about no payment of ours
	WrongSet Verdict = "test"     // a test message for a real payment, or the reverse
)

// Entry is one line of the ledger, for the order's page.
type Entry struct {
	At      time.Time
	Source  Source
	Event   Event
	Before  State
	After   State
	Amount  money.Amount
	Verdict Verdict
	Message Message
}

// entry is a line to be written.
type entry struct {
	payment ID // zero when it is about no payment of ours
	scope   string
	notice  Notice
	source  Source
	before  State
	after   State
	verdict Verdict
}

const eventSQL = `
	insert into payment_events (id, payment_id, gateway, notice_id, digest, at, source, event, before, after, amount, currency, outcome, message)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::numeric, $12, $13, $14::text::jsonb)
	on conflict (gateway, notice_id) do nothing`

// row is the line with a key of its own.
func (e entry) row(tx tenant.Tx) (key string, args []any, err error) {
	n := e.notice
	var payment, amount, currency *string
	if text := e.payment.String(); text != "" {
		payment = &text
	}
	if code := n.Amount.Currency().Code(); code != "" {
		text := n.Amount.Decimal().String()
		amount, currency = &text, &code
	}
	message, err := mask(n.Message).Value()
	if err != nil {
		return "", nil, fmt.Errorf("write payment ledger: %w", err)
	}
	key = id.New[entry]().String()
	return key, []any{key, payment, e.scope, n.ID, n.digest(), tx.Now(), string(e.source), string(n.Event),
		string(e.before), string(e.after), amount, currency, string(e.verdict), message}, nil
}

// insertEvent appends to the ledger. It tells false, and writes nothing, when the ledger has a line
// of that scope and notice id already.
func insertEvent(tx tenant.Tx, e entry) (bool, error) {
	_, args, err := e.row(tx)
	if err != nil {
		return false, err
	}
	done, err := tx.Raw().Exec(tx.Context(), eventSQL, args...)
	if err != nil {
		return false, fmt.Errorf("write payment ledger: %w", err)
	}
	return done.RowsAffected() == 1, nil
}

// insertMove is insertEvent that in the same round trip writes what the line made of its payment: nothing as well
// when the ledger has the line already.
func insertMove(tx tenant.Tx, e entry, p Payment) (bool, error) {
	key, line, err := e.row(tx)
	if err != nil {
		return false, err
	}
	changes, err := p.changes(tx)
	if err != nil {
		return false, err
	}
	fresh := false
	batch := &pgx.Batch{}
	batch.Queue(eventSQL, line...).Exec(func(done pgconn.CommandTag) error {
		fresh = done.RowsAffected() == 1
		return nil
	})
	batch.Queue(updateSQL+" and exists (select from payment_events where id = $13)", append(changes, key)...)
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return false, fmt.Errorf("record message about payment %s: %w", p.ID, err)
	}
	return fresh, nil
}

// readDigest is the digest of the line that kept insertEvent from writing.
func readDigest(tx tenant.Tx, scope, notice string) ([]byte, error) {
	var digest []byte
	row := tx.DB().Raw(`select digest from payment_events where gateway = ? and notice_id = ?`, scope, notice).Row()
	if err := row.Scan(&digest); err != nil {
		return nil, fmt.Errorf("read payment ledger: %w", err)
	}
	return digest, nil
}

// Ledger lists what is known of a payment, the oldest first.
func Ledger(tx tenant.Tx, payment ID) ([]Entry, error) {
	return entries(tx, "payment_id = ? order by at, id", payment)
}

// Stray lists what banks said since then about no payment of ours, the newest first.
func Stray(tx tenant.Tx, since time.Time, limit int) ([]Entry, error) {
	return entries(tx, "payment_id is null and at >= ? order by at desc, id desc limit ?", since, limit)
}

func entries(tx tenant.Tx, where string, args ...any) ([]Entry, error) {
	var rows []struct {
		At       time.Time
		Source   Source
		Event    Event
		Before   State
		After    State
		Amount   *decimal.Decimal
		Currency *string
		Outcome  Verdict
		Message  Message
	}
	err := tx.DB().Raw(`select at, source, event, before, after, amount, currency, outcome, message
		from payment_events where `+where, args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read payment ledger: %w", err)
	}
	list := make([]Entry, len(rows))
	for i, r := range rows {
		list[i] = Entry{At: r.At, Source: r.Source, Event: r.Event, Before: r.Before, After: r.After,
			Verdict: r.Outcome, Message: r.Message}
		if r.Amount != nil && r.Currency != nil {
			c, err := money.ParseCurrency(*r.Currency)
			if err != nil {
				return nil, fmt.Errorf("read payment ledger: %w", err)
			}
			list[i].Amount = money.New(*r.Amount, c)
		}
	}
	return list, nil
}
