package supply

import (
	"embed"
	"sync"

	"echoppe.dev/platform/kit/i18n"
)

// Locales are the words of the keys of this package and of package stock.
//
//go:embed locales/*.json
var Locales embed.FS

// Words are the messages of this room.
var Words = sync.OnceValue(func() *i18n.Catalog {
	c, err := i18n.Load(Locales, "locales")
	if err != nil {
		panic(err) // embedded: a mistake in it is a bug
	}
	return c
})
