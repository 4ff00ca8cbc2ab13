package storefront

import (
	"github.com/maypok86/otter/v2"

	"echoppe.dev/platform/kit/square"
	"echoppe.dev/storefront/view"
)

// printed is what the paper of an article adds to its page (ART-14): the day, and its address to be
// typed and to be scanned.
func (v *visit) printed(address string) *view.Print {
	out := &view.Print{URL: address, Date: v.now.In(v.rules().Zone)}
	code := v.squares.of(address)
	out.Path, out.Size = code.Path, code.Size
	return out
}

// squares are the codes drawn so far: that of an address never changes, while its page is made anew with every
// change of the shop and for every kind of reader. Safe for concurrent use.
type squares struct {
	drawn *otter.Cache[string, square.Code]
}

// squaresKept is some ten megabytes of them.
const squaresKept = 5000

func newSquares() squares {
	return squares{otter.Must(&otter.Options[string, square.Code]{MaximumSize: squaresKept})}
}

func (s squares) of(address string) square.Code {
	if kept, ok := s.drawn.GetIfPresent(address); ok {
		return kept
	}
	one := square.Of(address)
	s.drawn.Set(address, one)
	return one
}
