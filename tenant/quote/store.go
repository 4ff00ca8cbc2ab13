package quote

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
)

type quoteRow struct {
	ID          ID
	Number      string
	State       State
	CustomerID  customer.ID
	Name        string
	Email       string
	Locale      i18n.Locale
	Profile     profile.Code
	Currency    string
	Message     string
	Reason      string
	Choices     []byte
	Asked       []byte
	Draft       []byte
	Sent        []byte
	Version     int
	ValidUntil  *time.Time
	OrderID     order.ID
	OrderNumber string
	Rev         int
	CreatedAt   time.Time
	UpdatedAt   time.Time
	SentAt      *time.Time
}

const selectSQL = `select q.id, q.number, q.state, q.customer_id, q.name, q.email, q.locale, q.profile, q.currency, q.message, q.reason,
	q.choices, q.asked, q.draft, q.sent, q.version, q.valid_until, q.order_id, q.rev, q.created_at, q.updated_at, q.sent_at,
	coalesce((select number from orders where id = q.order_id), '') as order_number
	from quotes q `

// quote is the row as it stands on a day.
func (r *quoteRow) quote(today time.Time) (*Quote, error) {
	cur, err := money.ParseCurrency(r.Currency)
	if err != nil {
		return nil, fmt.Errorf("read quote %s: %w", r.Number, err)
	}
	q := &Quote{ID: r.ID, Number: r.Number, State: r.State, Customer: r.CustomerID, Name: r.Name, Email: r.Email, Locale: r.Locale,
		Profile: r.Profile, Currency: cur, Message: r.Message, Reason: r.Reason, Version: r.Version, Order: r.OrderID,
		OrderNumber: r.OrderNumber, Rev: r.Rev, CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), SentAt: r.SentAt}
	docs := []struct {
		from []byte
		to   any
	}{{r.Choices, &q.Choices}, {r.Asked, &q.Asked}, {r.Draft, &q.Draft}, {r.Sent, &q.Sent}}
	for _, doc := range docs {
		if len(doc.from) == 0 {
			continue
		}
		if err := json.Unmarshal(doc.from, doc.to); err != nil {
			return nil, fmt.Errorf("read quote %s: %w", r.Number, err)
		}
	}
	if r.ValidUntil != nil {
		q.State = q.State.at(today, *r.ValidUntil)
	}
	return q, nil
}

// Today is the present day of the shop.
func Today(tx tenant.Tx) (time.Time, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return time.Time{}, err
	}
	return Day(tx.Now(), s.Rules().Zone), nil
}

func read(tx tenant.Tx, rest string, args ...any) ([]*Quote, error) {
	today, err := Today(tx)
	if err != nil {
		return nil, err
	}
	var rows []quoteRow
	if err := tx.DB().Raw(selectSQL+rest, args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read quotes: %w", err)
	}
	list := make([]*Quote, len(rows))
	for i := range rows {
		if list[i], err = rows[i].quote(today); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Find reads a quote. Errors: ErrUnknown.
func Find(tx tenant.Tx, which ID) (*Quote, error) { return one(tx, "where q.id = ?", which) }

// Lock is Find for a quote that is about to change.
func Lock(tx tenant.Tx, which ID) (*Quote, error) {
	return one(tx, "where q.id = ? for update of q", which)
}

// FindByAskKey reads the quote that a page of asking became. Errors: ErrUnknown.
func FindByAskKey(tx tenant.Tx, key string) (*Quote, error) {
	return one(tx, "where q.ask_key = ?", key)
}

func one(tx tenant.Tx, rest string, args ...any) (*Quote, error) {
	list, err := read(tx, rest, args...)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, ErrUnknown
	}
	return list[0], nil
}

// Insert writes a new quote and gives it its number. key names the page that asked for it.
func Insert(tx tenant.Tx, q *Quote, key string) (err error) {
	if q.Number, err = number(tx); err != nil {
		return err
	}
	q.State, q.Rev, q.CreatedAt, q.UpdatedAt = Draft, 1, tx.Now(), tx.Now()
	docs, err := q.documents()
	if err != nil {
		return err
	}
	err = tx.DB().Exec(`insert into quotes (id, number, ask_key, state, customer_id, name, email, locale, profile, currency, message,
			choices, asked, draft, rev, created_at, updated_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, nullif(?::jsonb, 'null'), ?::jsonb, ?, ?, ?)`,
		q.ID, q.Number, key, q.State, q.Customer, q.Name, q.Email, q.Locale, q.Profile, q.Currency.Code(), q.Message,
		docs[0], docs[3], docs[1], q.Rev, q.CreatedAt, q.UpdatedAt).Error
	if err != nil {
		return fmt.Errorf("write quote: %w", err)
	}
	return nil
}

// Save writes a quote that is locked, with its next revision.
func Save(tx tenant.Tx, q *Quote) error {
	docs, err := q.documents()
	if err != nil {
		return err
	}
	var sent, until any
	if q.Sent != nil {
		sent, until = docs[2], q.Sent.Until.Format(time.DateOnly)
	}
	state := q.State
	if state == Expired {
		state = Sent
	}
	q.Rev++
	q.UpdatedAt = tx.Now()
	err = tx.DB().Exec(`update quotes set state = ?, name = ?, email = ?, reason = ?, choices = ?::jsonb, draft = ?::jsonb, sent = ?::jsonb,
			version = ?, valid_until = ?::date, rev = ?, updated_at = ?, sent_at = ? where id = ?`,
		state, q.Name, q.Email, q.Reason, docs[0], docs[1], sent, q.Version, until, q.Rev, q.UpdatedAt, q.SentAt, q.ID).Error
	if err != nil {
		return fmt.Errorf("write quote %s: %w", q.Number, err)
	}
	return nil
}

// AcceptSQL makes a quote ($1), which must be locked, an order ($2) at $3.
const AcceptSQL = `update quotes set state = 'accepted', order_id = $2, rev = rev + 1, updated_at = $3 where id = $1`

// Choose keeps what a checkout of the quote has begun with. It changes nothing of the quote, so a merchant
// who is editing it is not disturbed.
func Choose(tx tenant.Tx, q *Quote) error {
	docs, err := q.documents()
	if err != nil {
		return err
	}
	if err := tx.DB().Exec("update quotes set choices = ?::jsonb where id = ?", docs[0], q.ID).Error; err != nil {
		return fmt.Errorf("write quote %s: %w", q.Number, err)
	}
	return nil
}

// documents are the columns choices, draft, sent and asked.
func (q *Quote) documents() (docs [4]string, err error) {
	if q.Draft.Lines == nil {
		q.Draft.Lines = []Line{}
	}
	for i, v := range []any{q.Choices, q.Draft, q.Sent, q.Asked} {
		b, err := json.Marshal(v)
		if err != nil {
			return docs, fmt.Errorf("write quote %s: %w", q.Number, err)
		}
		docs[i] = string(b)
	}
	return docs, nil
}

// same tells whether two offers offer the same.
func (o *Offer) same(as *Offer) bool {
	a, b := *o, *as
	a.Priced, b.Priced = nil, nil
	x, err := json.Marshal(a)
	if err != nil {
		return false
	}
	y, err := json.Marshal(b)
	return err == nil && bytes.Equal(x, y)
}

// initials stand before the number where the merchant has not said what does, in the shop's main language: devis, quote, presupuesto, Angebot.
var initials = map[i18n.Locale]string{i18n.French: "D-", i18n.English: "Q-", i18n.Spanish: "P-", i18n.German: "A-"}

// Prefix is what stands before the number of the shop's next quote.
func Prefix(s *settings.Settings) string {
	return cmp.Or(s.Quoting.Prefix, initials[s.Languages.Default])
}

// number takes the next number of the series, which is one for all prefixes: no number comes twice, and a unit of
// work that fails leaves no gap.
func number(tx tenant.Tx) (string, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return "", err
	}
	var n int64
	err = tx.DB().Raw(`insert into counters (name, n) values ('quotes', 1001)
		on conflict (name) do update set n = counters.n + 1 returning n`).Scan(&n).Error
	if err != nil {
		return "", fmt.Errorf("number quote: %w", err)
	}
	return fmt.Sprintf("%s%d", Prefix(s), n), nil
}
