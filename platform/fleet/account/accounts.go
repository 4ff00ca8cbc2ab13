package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
)

// Post puts a letter into the queue, in the caller's transaction.
type Post func(tx pg.Tx, l Letter) error

// Accounts registers people and lets them in. Safe for concurrent use.
type Accounts struct {
	pool    *pg.Pool
	hasher  *Hasher
	limiter web.Limiter
	post    Post
}

// New makes the accounts' keeper.
func New(pool *pg.Pool, h *Hasher, limiter web.Limiter, post Post) *Accounts {
	return &Accounts{pool: pool, hasher: h, limiter: limiter, post: post}
}

// Register adds a person in the caller's transaction and asks them, by letter, to confirm their
// address. Errors: ErrKnown on field "email".
func (a *Accounts) Register(tx pg.Tx, email string, l i18n.Locale) (Account, error) {
	added, err := insert(tx, email, "", l, "")
	if err != nil {
		return Account{}, err
	}
	return added, a.post(tx, Letter{Purpose: Verify, Account: added.ID})
}

// Appoint gives somebody a role in the console, adding the person if needed; "" takes it away.
// It is for the command line: the first operator has nobody to ask.
func (a *Accounts) Appoint(ctx context.Context, email string, l i18n.Locale, role authz.Role) (Account, error) {
	var appointed Account
	err := a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		row, err := byEmail(tx, email)
		if errors.Is(err, ErrUnknown) {
			appointed, err = insert(tx, email, "", l, role)
			return err
		}
		if err != nil {
			return err
		}
		row.OperatorRole = role
		appointed = row.account()
		return tx.DB().Exec("update accounts set operator_role = ? where id = ?", role, row.ID).Error
	})
	if err != nil {
		return Account{}, fmt.Errorf("appoint operator: %w", err)
	}
	return appointed, nil
}

// Find returns an account. Errors: ErrUnknown.
func (a *Accounts) Find(ctx context.Context, account ID) (Account, error) {
	return a.read(ctx, func(tx pg.Tx) (accountRow, error) { return byID(tx, account) })
}

// FindByEmail returns the account with this address. Errors: ErrUnknown.
func (a *Accounts) FindByEmail(ctx context.Context, email string) (Account, error) {
	return a.read(ctx, func(tx pg.Tx) (accountRow, error) { return byEmail(tx, email) })
}

func (a *Accounts) read(ctx context.Context, find func(pg.Tx) (accountRow, error)) (Account, error) {
	var row accountRow
	err := a.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) (err error) {
		row, err = find(tx)
		return err
	})
	return row.account(), err
}

// Limits on guessing: an address is tried by its owner with a bad memory, a client by an office
// behind one address.
var (
	perAddress = web.Rate{Limit: 10, Per: 15 * time.Minute}
	perClient  = web.Rate{Limit: 50, Per: 15 * time.Minute}
	perLetter  = web.Rate{Limit: 3, Per: 15 * time.Minute}
)

// SignIn checks an address and a password. client is where the attempt comes from (web.ByClient).
// Errors: ErrSignIn whatever was wrong; ErrTooOften inside a *web.Later.
func (a *Accounts) SignIn(ctx context.Context, email, password, client string) (Account, error) {
	if err := a.spend(ctx, "sign-in-client", client, perClient); err != nil {
		return Account{}, err
	}
	if err := a.spend(ctx, "sign-in", key(email), perAddress); err != nil {
		return Account{}, err
	}
	var row accountRow
	err := a.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) (err error) {
		row, err = byEmail(tx, strings.TrimSpace(email))
		return err
	})
	if err != nil && !errors.Is(err, ErrUnknown) {
		return Account{}, err
	}
	ok, err := a.hasher.Matches(ctx, password, row.PasswordHash)
	if err != nil {
		return Account{}, fmt.Errorf("check password: %w", err)
	}
	if !ok || row.BlockedAt != nil {
		return Account{}, ErrSignIn
	}
	return row.account(), nil
}

// SetPassword changes the password of an account. Sessions and open links of the account end, but
// for the session that keep is the digest of.
// Errors: a refused field "password".
func (a *Accounts) SetPassword(ctx context.Context, who Account, password string, keep web.Digest) error {
	if err := CheckPassword(password, who.Email); err != nil {
		return err
	}
	hash, err := a.hasher.Hash(ctx, password)
	if err != nil {
		return fmt.Errorf("hash password: %w", err)
	}
	return a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		err := tx.DB().Exec("update accounts set password_hash = ? where id = ?", hash, who.ID).Error
		if err == nil {
			err = tx.DB().Exec("delete from sessions where account_id = ? and digest <> ?", who.ID, keep[:]).Error
		}
		if err == nil {
			err = tx.DB().Exec("delete from tokens where account_id = ?", who.ID).Error
		}
		return err
	})
}

// Describe changes name and language. Errors: refused fields "name", "locale".
func (a *Accounts) Describe(ctx context.Context, account ID, name string, l i18n.Locale) error {
	const maxName = 100
	var c form.Checker
	name = c.Line("name", name, maxName)
	c.OneOf("locale", string(l), "fr", "en", "es", "de")
	if err := c.Err(); err != nil {
		return err
	}
	return a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec("update accounts set name = ?, locale = ? where id = ?", name, l, account).Error
	})
}

// SendLink sends a link to an address, for signing in or for choosing a new password. Whether the
// address is known is not told. Errors: ErrTooOften inside a *web.Later.
func (a *Accounts) SendLink(ctx context.Context, email string, p Purpose) error {
	if err := a.spend(ctx, "letter", key(email), perLetter); err != nil {
		return err
	}
	return a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		row, err := byEmail(tx, strings.TrimSpace(email))
		if errors.Is(err, ErrUnknown) || row.BlockedAt != nil {
			return nil
		}
		if err != nil {
			return err
		}
		return a.post(tx, Letter{Purpose: p, Account: row.ID})
	})
}

// key keeps addresses out of the limiter's store.
func key(email string) string { return secret.Digest(strings.ToLower(strings.TrimSpace(email))) }

func (a *Accounts) spend(ctx context.Context, name, key string, r web.Rate) error {
	ok, after := a.limiter.Allow(ctx, name+":"+key, r.Limit, r.Per)
	if ok {
		return nil
	}
	after = max(after, time.Second)
	return &web.Later{Err: ErrTooOften.With(fault.Args{"minutes": int((after + time.Minute - 1) / time.Minute)}), After: after}
}
