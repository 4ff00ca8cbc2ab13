package storefront

import (
	"strconv"
	"strings"

	"rsc.io/qr"

	"echoppe.dev/storefront/view"
)

// printed is what the paper of an article adds to its page (ART-14): the day, and its address to be
// typed and to be scanned.
func (v *visit) printed(address string) *view.Print {
	out := &view.Print{URL: address, Date: v.now.In(v.rules().Zone)}
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return out // too long for a code: it is typed
	}
	out.Path, out.Size = dark(code), code.Size+2*quiet
	return out
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
