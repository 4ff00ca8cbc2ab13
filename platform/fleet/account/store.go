package account

import (
	"fmt"
	"time"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
)

const columns = ` a.id, a.email, a.name, a.locale, a.password_hash, a.operator_role, a.verified_at, a.blocked_at, a.created_at `

type accountRow struct {
	ID           ID
	Email        string
	Name         string
	Locale       i18n.Locale
	PasswordHash string
	OperatorRole authz.Role
	VerifiedAt   *time.Time
	BlockedAt    *time.Time
	CreatedAt    time.Time
}

func (r accountRow) account() Account {
	return Account{
		ID: r.ID, Email: r.Email, Name: r.Name, Locale: r.Locale, Operator: r.OperatorRole,
		HasPassword: r.PasswordHash != "", Verified: r.VerifiedAt != nil, Blocked: r.BlockedAt != nil,
		CreatedAt: r.CreatedAt.UTC(),
	}
}

func byEmail(tx pg.Tx, email string) (accountRow, error) {
	return oneRow(tx, "select"+columns+"from accounts a where lower(a.email) = lower(?)", email)
}

func byID(tx pg.Tx, account ID) (accountRow, error) {
	return oneRow(tx, "select"+columns+"from accounts a where a.id = ?", account)
}

func oneRow(tx pg.Tx, sql string, args ...any) (accountRow, error) {
	var rows []accountRow
	if err := tx.DB().Raw(sql, args...).Scan(&rows).Error; err != nil {
		return accountRow{}, fmt.Errorf("find account: %w", err)
	}
	if len(rows) == 0 {
		return accountRow{}, ErrUnknown
	}
	return rows[0], nil
}

// insert adds an account. Errors: ErrKnown.
func insert(tx pg.Tx, email, name string, l i18n.Locale, operator authz.Role) (Account, error) {
	row := accountRow{ID: id.New[Account](), Email: email, Name: name, Locale: l, OperatorRole: operator, CreatedAt: tx.Now()}
	err := tx.DB().Exec(`insert into accounts (id, email, name, locale, operator_role, created_at) values (?, ?, ?, ?, ?, ?)`,
		row.ID, row.Email, row.Name, row.Locale, row.OperatorRole, row.CreatedAt).Error
	if pg.Constraint(err) == "accounts_email_key" {
		return Account{}, ErrKnown.On("email")
	}
	if err != nil {
		return Account{}, fmt.Errorf("add account: %w", err)
	}
	return row.account(), nil
}
