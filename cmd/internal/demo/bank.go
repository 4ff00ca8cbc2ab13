package demo

import (
	"net/http"
	"path/filepath"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/cmd/fakebank/families"
	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/fleet/sites"
)

// The demo's own sub-domains.
const (
	mailLabel = "mail"
	bankLabel = "bank"
)

// merchant is the contract number all shops of a demo share.
const merchant = "DEMO-0001"

// bankOf tells shops how to reach the pretend bank.
func bankOf(data string, where sites.Sites) (*wire.Bank, error) {
	key, err := bankKey(data)
	if err != nil {
		return nil, err
	}
	return &wire.Bank{Address: where.Desk(bankLabel), Merchant: merchant, Key: key, Trials: Contracts()}, nil
}

// openBank is the other side.
func openBank(o Options, b *wire.Bank) (*bank.Bank, error) {
	return bank.New(bank.Options{
		Dialects:  families.All(),
		Merchants: append(families.Samples(), bank.Merchant{Number: b.Merchant, Name: wire.Brand, Key: b.Key.Reveal()}),
		File:      filepath.Join(o.Data, "bank.json"), Clock: o.clock(), Log: o.Log,
		Late: o.BankLate, Backoff: o.BankRepeats,
	})
}

// desks are the sub-domains beside the platform's own.
func desks(mailbox, teller http.Handler) map[string]router.Surface {
	return map[string]router.Surface{
		mailLabel: {Policy: web.Mailbox, Handler: mailbox},
		bankLabel: {Policy: web.Platform, Handler: teller},
	}
}
