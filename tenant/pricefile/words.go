package pricefile

import "embed"

// Locales are the words of this package's message keys, in the shipped languages.
//
//go:embed locales/*.json
var Locales embed.FS
