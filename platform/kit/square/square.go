package square

import (
	"strconv"
	"strings"

	"rsc.io/qr"
)

// Code is a drawn code; the zero value is none.
type Code struct {
	Path string // of SVG, to be stroked one unit wide
	Size int    // the side of the square it stands in, in units, with its border
}

// quiet is the width of the light border readers need.
const quiet = 4

// Of draws a text; the zero value is for one too long for a code, which is then typed.
func Of(text string) Code {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return Code{}
	}
	return Code{Path: dark(code), Size: code.Size + 2*quiet}
}

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
