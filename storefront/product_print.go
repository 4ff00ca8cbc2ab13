package storefront

import (
	"strconv"
	"strings"

	"github.com/maypok86/otter/v2"
	"rsc.io/qr"

	"echoppe.dev/storefront/view"
)

// printed is what the paper of an article adds to its page (ART-14): the day, and its address to be
// typed and to be scanned.
func (v *visit) printed(address string) *view.Print {
	out := &view.Print{URL: address, Date: v.now.In(v.rules().Zone)}
	code := v.squares.of(address)
	out.Path, out.Size = code.path, code.size
	return out
}

// square is a code as a page draws it; the zero value is none.
type square struct {
	path string
	size int
}

// squares are the codes drawn so far: that of an address never changes, while its page is made anew with every
// change of the shop and for every kind of reader. Safe for concurrent use.
type squares struct{ drawn *otter.Cache[string, square] }

// squaresKept is some ten megabytes of them.
const squaresKept = 5000

func newSquares() squares {
	return squares{otter.Must(&otter.Options[string, square]{MaximumSize: squaresKept})}
}

func (s squares) of(address string) square {
	if kept, ok := s.drawn.GetIfPresent(address); ok {
		return kept
	}
	var one square
	if code, err := qr.Encode(address, qr.M); err == nil { // else it is too long for a code, and typed
		one = square{path: dark(code), size: code.Size + 2*quiet}
	}
	s.drawn.Set(address, one)
	return one
}

// quiet is the width of the light border readers need.
const quiet = 4

// dark is the dark modules of a code as strokes of an SVG path, one module wide, row by row.
func dark(code *qr.Code) string {
	var path strings.Builder
	for y := range code.Size {
		end := 0 // where the pen stands
		for x := 0; x < code.Size; x++ {
			if !code.Black(x, y) {
				continue
			}
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if end == 0 {
				path.WriteString("M" + strconv.Itoa(from+quiet) + " " + strconv.Itoa(y+quiet) + ".5")
			} else {
				path.WriteString("m" + strconv.Itoa(from-end) + " 0")
			}
			path.WriteString("h" + strconv.Itoa(x-from))
			end = x
		}
	}
	return path.String()
}
