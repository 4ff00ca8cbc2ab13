package theme

import (
	"context"
	"io/fs"

	"echoppe.dev/platform/kit/i18n"
)

// Options is what an engine needs. Only Base is required.
type Options struct {
	Base      fs.FS            // the complete theme every other falls back to
	Themes    map[string]fs.FS // other stock themes by name
	AssetBase string           // where Engine.Assets is mounted; "/_theme" when ""
	Limits    Limits           // zero fields take the default
	Strict    bool             // an unknown variable, property or word is an error: for tests of a theme

	// Replaced is told when a shop's own file failed and the stock page was shown
	// instead. nil: nobody is told.
	Replaced func(ctx context.Context, r Request, cause *Error)
}

// Limits bound one render.
type Limits struct {
	Millis int // of wall clock
	Loops  int // turns of all loops together
	Output int // bytes written, captures included
	Depth  int // nested snippets
	Text   int // bytes of one text made by a filter
}

// Defaults: some twenty times what the heaviest stock page uses.
const (
	defaultMillis = 1000
	defaultLoops  = 100_000
	defaultOutput = 2 << 20
	defaultDepth  = 20
	defaultText   = 256 << 10
)

func (l Limits) orDefault() Limits {
	set := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	set(&l.Millis, defaultMillis)
	set(&l.Loops, defaultLoops)
	set(&l.Output, defaultOutput)
	set(&l.Depth, defaultDepth)
	set(&l.Text, defaultText)
	return l
}

// Request is one page to draw.
type Request struct {
	Theme    string // "" or unknown: base
	Override fs.FS  // the shop's own files; nil: none
	Version  string // identifies the content of Override: other content, other version
	Template string // "product"
	Layout   string // "" = the template's own choice, else "theme"; "none" = no layout
	Locale   i18n.Locale
	Data     any // a struct with liquid tags, or a pointer to one
}
