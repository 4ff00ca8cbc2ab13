package customer

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
)

// ResetFor is how long the link to choose a new password works.
const ResetFor = time.Hour

const purposeReset = "reset"

// AskReset writes a letter with a link to choose a new password to the customer of that address.
// The answer is the same whether there is one or not. Errors: refused field "email"; ErrTooOften.
func (a *Accounts) AskReset(ctx context.Context, shop *tenant.Shop, email string, l i18n.Locale) error {
	var c form.Checker
	email = cleanEmail(&c, "email", email)
	if err := c.Err(); err != nil {
		return err
	}
	if !a.allow(ctx, shop, "reset", email) {
		return ErrTooOften
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		r, err := readByEmail(tx, email)
		if errors.Is(err, ErrUnknown) || err == nil && r.BlockedAt != nil {
			return nil
		}
		if err != nil {
			return err
		}
		link, err := a.openLink(tx, r.ID, ResetFor)
		if err != nil {
			return err
		}
		return a.post.Put(tx, notify.Letter{Kind: notify.PasswordReset, To: r.Email, Locale: l,
			Words: map[string]string{"name": r.Name}, Link: link})
	})
}

// FindReset is the customer a link is for, as long as it works. Errors: ErrLink.
func (a *Accounts) FindReset(ctx context.Context, shop *tenant.Shop, token string) (*Customer, error) {
	var found *Customer
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		r, err := byToken(tx, token, "")
		if err == nil {
			found = r.customer()
		}
		return err
	})
	return found, err
}

// Reset gives the customer a new password, once a link, and ends all his sessions.
// Errors: ErrLink; refused field "password".
func (a *Accounts) Reset(ctx context.Context, shop *tenant.Shop, token, password string) (*Customer, error) {
	found, err := a.FindReset(ctx, shop, token)
	if err != nil {
		return nil, err
	}
	var c form.Checker
	checkPassword(&c, "password", password, found.Email)
	if err := c.Err(); err != nil {
		return nil, err
	}
	hash, err := a.hasher.Hash(ctx, password)
	if err != nil {
		return nil, fmt.Errorf("hash password: %w", err)
	}
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		r, err := byToken(tx, token, " for update")
		if err != nil {
			return err
		}
		r.PasswordHash = hash
		if err := update(tx, r); err != nil {
			return err
		}
		// One letter read is all of them read: whoever asked three times need not fear the others.
		err = tx.DB().Exec(`update tokens set used_at = ? where customer_id = ? and purpose = ? and used_at is null`,
			tx.Now(), r.ID, purposeReset).Error
		if err != nil {
			return fmt.Errorf("use reset token: %w", err)
		}
		found = r.customer()
		return endSessions(tx, r.ID, nil)
	})
	return found, err
}

// byToken is the customer of a token that still works. Errors: ErrLink.
func byToken(tx tenant.Tx, token, lock string) (*row, error) {
	r, err := read(tx, `blocked_at is null and id = (select customer_id from tokens
		where digest = ? and purpose = ? and used_at is null and expires_at > ?`+lock+`)`,
		digestOf(strings.TrimSpace(token)), purposeReset, tx.Now())
	if errors.Is(err, ErrUnknown) {
		return nil, ErrLink
	}
	return r, err
}

func digestOf(token string) []byte {
	b, err := hex.DecodeString(secret.Digest(token))
	if err != nil {
		panic(err) // Digest promises hexadecimal
	}
	return b
}
