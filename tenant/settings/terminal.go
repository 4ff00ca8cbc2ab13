package settings

import (
	"context"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/terminal"
)

// ChangeTerminal changes what the merchant has decided about his own terminal, on what is stored now (PAY-03).
//
// Errors: terminal.ErrAllowed while no operator allows it; those of change; ErrStale.
func ChangeTerminal(ctx context.Context, shop *tenant.Shop, who tenant.Actor, change func(b terminal.Book, now time.Time) (terminal.Book, error)) error {
	if !shop.Terminal() {
		return terminal.ErrAllowed
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := Load(tx)
		if err != nil {
			return err
		}
		book, err := change(s.Terminal.Book(), tx.Now())
		if err != nil {
			return err
		}
		return SaveIn(tx, who, Terminal(book), s.Rev(NameTerminal))
	})
}
