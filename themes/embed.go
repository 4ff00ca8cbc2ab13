// Package themes holds the files of the stock themes, embedded in the program. It
// knows nothing of the engine that draws them.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed all:base
var files embed.FS

// Objects is what templates can read, in Markdown for their authors; go generate ./storefront/view writes it.
//
//go:embed OBJECTS.md
var Objects string

// Base is the complete theme that every other falls back to.
func Base() fs.FS { return sub("base") }

// sub cannot fail for a folder that is embedded by name.
func sub(name string) fs.FS {
	f, err := fs.Sub(files, name)
	if err != nil {
		panic(err)
	}
	return f
}
