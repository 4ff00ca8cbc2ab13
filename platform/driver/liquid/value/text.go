package value

import (
	"math"
	"strconv"
	"strings"
)

// Append writes the value as text behind b: nothing for nil, the elements of a list one after the other. Markup stays markup, text
// stays text: whoever prints escapes.
func (v Value) Append(b []byte) []byte {
	b, _ = v.AppendWithin(b, math.MaxInt)
	return b
}

// AppendWithin is Append for what a stranger may have made: it stops when b is longer than most bytes, and says whether all of it
// fitted. A list may hold the same long text thousands of times.
func (v Value) AppendWithin(b []byte, most int) ([]byte, bool) {
	switch v.Kind() {
	case Text, HTML:
		if len(v.Raw()) > most-len(b) {
			return b, false
		}
	case List:
		for i, fits := 0, true; i < v.Len(); i++ {
			if b, fits = v.Index(i).AppendWithin(b, most); !fits {
				return b, false
			}
		}
		return b, true
	case Dict:
		return v.Dict().inspect(b, most)
	}
	b = v.appendOne(b)
	return b, len(b) <= most
}

// appendOne writes what holds nothing else.
func (v Value) appendOne(b []byte) []byte {
	switch v.Kind() {
	case Text, HTML:
		return append(b, v.Raw()...)
	case Int:
		return strconv.AppendInt(b, v.Int(), 10)
	case Bool:
		return strconv.AppendBool(b, v.num != 0)
	case Float:
		return appendFloat(b, v.Float())
	case Range:
		from, to := v.Bounds()
		b = strconv.AppendInt(b, from, 10)
		b = append(b, ".."...)
		return strconv.AppendInt(b, to, 10)
	case Time:
		return v.Time().AppendFormat(b, "2006-01-02 15:04:05 -0700")
	case Object:
		return append(b, v.says()...)
	default:
		return b
	}
}

// String is the value as text.
func (v Value) String() string {
	if v.IsText() {
		return v.Raw()
	}
	return string(v.Append(nil))
}

// says is what a struct says of itself, nothing for one that says nothing.
func (v Value) says() string {
	if !v.typ.says && v.typ != dropType {
		return ""
	}
	if s, ok := v.Go().(interface{ String() string }); ok {
		return s.String()
	}
	return ""
}

// appendFloat writes a number as Ruby does: with a point, and from 10¹⁶ on with an exponent.
func appendFloat(b []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, "NaN"...)
	case math.IsInf(f, 1):
		return append(b, "Infinity"...)
	case math.IsInf(f, -1):
		return append(b, "-Infinity"...)
	}
	if a := math.Abs(f); a != 0 && (a >= 1e16 || a < 1e-4) {
		s := strconv.FormatFloat(f, 'e', -1, 64)
		mantissa, exponent, _ := strings.Cut(s, "e")
		if !strings.Contains(mantissa, ".") {
			mantissa += ".0"
		}
		return append(append(append(b, mantissa...), 'e'), exponent...)
	}
	start := len(b)
	b = strconv.AppendFloat(b, f, 'f', -1, 64)
	if !strings.Contains(string(b[start:]), ".") {
		b = append(b, ".0"...)
	}
	return b
}

// inspect writes {"name"=>value}, as Ruby shows a hash.
func (d *Dictionary) inspect(b []byte, most int) ([]byte, bool) {
	b = append(b, '{')
	for i, fits := 0, true; i < d.Len(); i++ {
		if i > 0 {
			b = append(b, ", "...)
		}
		name, v := d.At(i)
		b = strconv.AppendQuote(b, name)
		b = append(b, "=>"...)
		switch v.Kind() {
		case Nil:
			b = append(b, "nil"...)
		case Text, HTML:
			b = strconv.AppendQuote(b, v.Raw())
		default:
			b, fits = v.AppendWithin(b, most)
		}
		if !fits || len(b) > most {
			return b, false
		}
	}
	return append(b, '}'), true
}
