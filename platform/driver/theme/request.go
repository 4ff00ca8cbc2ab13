package theme

import (
	"context"
	"io/fs"
	"time"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/kit/i18n"
)

// Options is what an engine needs. Only Base is required.
type Options struct {
	Base      fs.FS            // the complete theme every other falls back to
	Themes    map[string]fs.FS // other stock themes by name
	AssetBase string           // where Engine.Assets is mounted; "/_theme" when ""
	Limits    liquid.Limits    // zero fields take the default
	Strict    bool             // an unknown variable, property or word is an error: for tests of a theme

	// Share is what the own templates of one shop may use of a processor on average, and Burst what they may save up of that; 0.25
	// and ten seconds when 0.
	Share float64
	Burst time.Duration

	// Replaced is told when a shop's own file failed and the stock page was shown
	// instead. nil: nobody is told.
	Replaced func(ctx context.Context, r Request, cause *Error)
}

// Request is one page to draw.
type Request struct {
	Theme    string // "" or unknown: base
	Override fs.FS  // the shop's own files; nil: none
	Version  string // identifies the content of Override: other content, other version
	Shop     string // whose the files are: their pages share a budget; "": each has its own
	Template string // "product"
	Layout   string // "" = the template's own choice, else "theme"; "none" = no layout
	Locale   i18n.Locale
	Data     any // a struct with liquid tags, or a pointer to one
	// Page is the page of lists the reader is on, from 1, and PageURL the address of another, for {% paginate %}; 0 and nil: the
	// first, and no links.
	Page    int
	PageURL func(page int) string
}
