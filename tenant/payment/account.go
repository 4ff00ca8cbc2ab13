package payment

import (
	"maps"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/form"
)

// Account is a mode as its gateway needs it: the merchant's configuration with its secrets open.
// It lives as long as one call and is never shown or stored.
type Account struct {
	Mode   ModeID
	Kind   string
	Test   bool
	Config form.Values // without the secret fields
	// Outage is when its bank was last away, see Outage.Skips; nil when it never was.
	Outage  *Outage
	secrets map[string]secret.Text
}

// NewAccount makes an account from its parts, for tests of a family and for trying credentials
// before they are saved.
func NewAccount(mode ModeID, kind string, test bool, config form.Values, secrets map[string]secret.Text) Account {
	return Account{Mode: mode, Kind: kind, Test: test, Config: config, secrets: maps.Clone(secrets)}
}

// Secret is a secret field of the configuration, empty when it was left so.
func (a Account) Secret(name string) secret.Text { return a.secrets[name] }

// scope is what notice ids are unique within: two accounts at one bank may both have a notice 1.
func (a Account) scope() string { return scope(a.Kind, a.Mode) }

func scope(kind string, mode ModeID) string { return kind + "/" + mode.String() }
