package wire

import (
	"echoppe.dev/platform/fleet"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/kit/i18n"
)

// Words are the messages of the whole house, for commands: they meet the refusals of every floor.
func Words() *i18n.Catalog {
	return tenantWords().Merge(load(fleet.Locales)).Merge(load(account.Locales))
}
