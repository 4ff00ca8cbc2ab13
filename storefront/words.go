package storefront

import (
	"embed"
	"sync"

	"echoppe.dev/platform/kit/i18n"
)

//go:embed locales/*.json
var locales embed.FS

// Words are the storefront's own messages.
var Words = sync.OnceValue(func() *i18n.Catalog {
	c, err := i18n.Load(locales, "locales")
	if err != nil {
		panic(err) // embedded: a mistake in it is a bug
	}
	return c
})

// mergeWords is the catalogue of the pages: kit's, that of the rooms below, and the storefront's own,
// which wins.
func mergeWords(rooms *i18n.Catalog) *i18n.Catalog {
	all := i18n.Base()
	if rooms != nil {
		all.Merge(rooms)
	}
	return all.Merge(Words())
}
