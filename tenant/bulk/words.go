package bulk

import "embed"

// Locales are the words of this package's message keys, in the shipped languages,
// for the faces to merge into their catalogues.
//
//go:embed locales/*.json
var Locales embed.FS
