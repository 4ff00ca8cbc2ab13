package authorizenet

import (
	"embed"

	"echoppe.dev/platform/kit/i18n"
)

//go:embed locales/*.json
var locales embed.FS

// Words are the name of the brand and what its form says.
func Words() *i18n.Catalog {
	c, err := i18n.Load(locales, "locales")
	if err != nil {
		panic(err) // the files are compiled in, and tested
	}
	return c
}
