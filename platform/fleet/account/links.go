package account

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/secret"
)

// Purpose is what a link is for. The words are stored.
type Purpose string

// The purposes.
const (
	Enter  Purpose = "enter"  // signs in
	Verify Purpose = "verify" // confirms the address, and signs in
	Reset  Purpose = "reset"  // lets choose a new password
)

// How long links work: those that go by mail as long as mail may take, and a confirmation until
// somebody comes back from holiday.
var lasts = map[Purpose]time.Duration{
	Enter:  30 * time.Minute,
	Verify: 14 * 24 * time.Hour,
	Reset:  time.Hour,
}

// LinkPath is where the back office and the console take links: LinkPath + token.
const LinkPath = "/sign-in/link/"

// NewLink makes a token for an account in the caller's transaction. A ttl of zero is the usual one
// of the purpose. The token is not stored and cannot be read again.
func (a *Accounts) NewLink(tx pg.Tx, account ID, p Purpose, ttl time.Duration) (token string, err error) {
	if ttl == 0 {
		ttl = lasts[p]
	}
	token = secret.Token()
	// The digest is not first: gorm takes bytes after a parenthesis for a list.
	err = tx.DB().Exec(`insert into tokens (purpose, digest, account_id, expires_at) values (?, ?, ?, ?)`,
		p, stored(token), account, tx.Now().Add(ttl)).Error
	if err != nil {
		return "", fmt.Errorf("make link: %w", err)
	}
	return token, nil
}

// MakeLink is NewLink in a transaction of its own, for the command line.
func (a *Accounts) MakeLink(ctx context.Context, account ID, p Purpose, ttl time.Duration) (token string, err error) {
	err = a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) (err error) {
		token, err = a.NewLink(tx, account, p, ttl)
		return err
	})
	return token, err
}

// Redeem uses a link up and tells whose it was and what for. Whoever follows a link that came by
// mail has shown that the address is theirs. Errors: ErrLink.
func (a *Accounts) Redeem(ctx context.Context, token string) (Account, Purpose, error) {
	var who Account
	var purpose Purpose
	err := a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		var used []struct {
			AccountID ID
			Purpose   Purpose
		}
		err := tx.DB().Raw(`update tokens set used_at = ? where digest = ? and used_at is null and expires_at > ?
			returning account_id, purpose`, tx.Now(), stored(token), tx.Now()).Scan(&used).Error
		if err != nil {
			return fmt.Errorf("use link: %w", err)
		}
		if len(used) == 0 {
			return ErrLink
		}
		row, err := byID(tx, used[0].AccountID)
		if err != nil {
			return err
		}
		if row.BlockedAt != nil {
			return ErrLink
		}
		purpose = used[0].Purpose
		if purpose != Enter && row.VerifiedAt == nil {
			now := tx.Now()
			row.VerifiedAt = &now
			if err := tx.DB().Exec("update accounts set verified_at = ? where id = ?", now, row.ID).Error; err != nil {
				return err
			}
		}
		who = row.account()
		return nil
	})
	return who, purpose, err
}

// stored is the digest of a token as the column keeps it.
func stored(token string) []byte {
	b, err := hex.DecodeString(secret.Digest(token))
	if err != nil {
		panic(err) // Digest writes hexadecimal
	}
	return b
}
