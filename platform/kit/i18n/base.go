package i18n

import "embed"

//go:embed locales/*.json
var locales embed.FS

// Base is a new catalogue with the messages of platform/kit: what forms, addresses,
// money and the general errors say. Programs merge their own into it.
func Base() *Catalog {
	c, err := Load(locales, "locales")
	if err != nil {
		panic(err) // the files are compiled in, and tested
	}
	return c
}
