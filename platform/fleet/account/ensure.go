package account

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/i18n"
)

// Ensure finds the person of an address or adds them, without a letter: for the command line and
// the demo, whose operator hands the way in over himself.
func (a *Accounts) Ensure(ctx context.Context, email string, l i18n.Locale) (Account, error) {
	var found Account
	err := a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		row, err := byEmail(tx, email)
		if errors.Is(err, ErrUnknown) {
			found, err = insert(tx, email, "", l, "")
			return err
		}
		found = row.account()
		return err
	})
	if err != nil {
		return Account{}, fmt.Errorf("find or add account: %w", err)
	}
	return found, nil
}
