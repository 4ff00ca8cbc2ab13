package ui

import (
	"embed"
	"fmt"
	"io/fs"

	"echoppe.dev/platform/kit/i18n"
)

//go:embed locales/*.json
var locales embed.FS

// wordsFolder is where every package that speaks keeps its words, one file per
// language.
const wordsFolder = "locales"

// Words joins the words of the kit, of the components and of the given packages,
// each with its own locales/ folder, into the catalogue of a surface. A package
// prefixes its keys with its name ("products.list.title"), so a key said by two
// packages is a mistake and an error.
func Words(sources ...fs.FS) (*i18n.Catalog, error) {
	all := i18n.Base()
	for _, source := range append([]fs.FS{locales}, sources...) {
		words, err := i18n.Load(source, wordsFolder)
		if err != nil {
			return nil, fmt.Errorf("join words: %w", err)
		}
		for _, l := range words.Locales() {
			for _, key := range words.Keys(l) {
				if all.Has(l, key) {
					return nil, fmt.Errorf("join words: %s: key %q is said twice", l, key)
				}
			}
		}
		all.Merge(words)
	}
	return all, nil
}
