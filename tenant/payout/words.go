package payout

import (
	"embed"
	"sync"

	"echoppe.dev/platform/kit/i18n"
)

//go:embed locales/*.json
var locales embed.FS

// Words are the messages of this room.
var Words = sync.OnceValue(func() *i18n.Catalog {
	c, err := i18n.Load(locales, "locales")
	if err != nil {
		panic(err) // embedded: a mistake in it is a bug
	}
	return c
})
