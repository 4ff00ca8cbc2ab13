package conversion

import "embed"

// Locales holds the words of the package's refusals.
//
//go:embed locales/*.json
var Locales embed.FS
