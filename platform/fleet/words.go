package fleet

import "embed"

// Locales holds the words of what plan, quota, registry, provision and domains refuse, for
// ui.Words.
//
//go:embed locales/*.json
var Locales embed.FS
