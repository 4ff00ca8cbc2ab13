package customer

import (
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// row is one row of customers.
type row struct {
	ID           ID
	Email        string
	Name         string
	Phone        string
	Locale       i18n.Locale
	PasswordHash string
	Profile      string
	AcceptsNews  bool
	Note         string
	CreatedAt    time.Time
	UpdatedAt    time.Time
	LastSignInAt *time.Time
	BlockedAt    *time.Time
}

const columns = `id, email, name, phone, locale, password_hash, profile, accepts_news, note,
	created_at, updated_at, last_sign_in_at, blocked_at`

func (r *row) customer() *Customer {
	return &Customer{
		ID: r.ID, Email: r.Email, Name: r.Name, Phone: r.Phone, Locale: r.Locale, Profile: r.Profile,
		AcceptsNews: r.AcceptsNews, Note: r.Note, HasPassword: r.PasswordHash != "",
		CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(),
		LastSignInAt: utc(r.LastSignInAt), BlockedAt: utc(r.BlockedAt),
	}
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

// read finds one row. Errors: ErrUnknown.
func read(tx tenant.Tx, where string, args ...any) (*row, error) {
	var rows []row
	if err := tx.DB().Raw("select "+columns+" from customers where "+where, args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read customer: %w", err)
	}
	if len(rows) == 0 {
		return nil, ErrUnknown
	}
	return &rows[0], nil
}

func readByEmail(tx tenant.Tx, email string) (*row, error) {
	return read(tx, "lower(email) = lower(?)", email)
}

// Find reads a customer. Errors: ErrUnknown.
func Find(tx tenant.Tx, c ID) (*Customer, error) {
	r, err := read(tx, "id = ?", c)
	if err != nil {
		return nil, err
	}
	return r.customer(), nil
}

// FindByEmail reads the customer with that mail address. Errors: ErrUnknown.
func FindByEmail(tx tenant.Tx, email string) (*Customer, error) {
	r, err := readByEmail(tx, email)
	if err != nil {
		return nil, err
	}
	return r.customer(), nil
}

// insert adds a customer. Errors: ErrKnown on "email".
func insert(tx tenant.Tx, r *row) error {
	err := tx.DB().Exec(`insert into customers (`+columns+`) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Email, r.Name, r.Phone, r.Locale, r.PasswordHash, r.Profile, r.AcceptsNews, r.Note,
		r.CreatedAt, r.UpdatedAt, r.LastSignInAt, r.BlockedAt).Error
	return named(err, "add customer")
}

// update writes what a customer or the office can change.
func update(tx tenant.Tx, r *row) error {
	r.UpdatedAt = tx.Now()
	err := tx.DB().Exec(`update customers set email = ?, name = ?, phone = ?, locale = ?, password_hash = ?,
			profile = ?, accepts_news = ?, note = ?, updated_at = ?, blocked_at = ? where id = ?`,
		r.Email, r.Name, r.Phone, r.Locale, r.PasswordHash, r.Profile, r.AcceptsNews, r.Note,
		r.UpdatedAt, r.BlockedAt, r.ID).Error
	return named(err, "change customer")
}

func named(err error, doing string) error {
	switch {
	case err == nil:
		return nil
	case pg.Constraint(err) == "customers_email_key":
		return ErrKnown.On("email")
	}
	return fmt.Errorf("%s: %w", doing, err)
}
