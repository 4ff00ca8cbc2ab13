package value

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Number is the value as a number, for arithmetic: an Int or a Float, 0 for what is none. A text counts as far as it is one, with a
// point as a Float.
func (v Value) Number() Value {
	switch v.Kind() {
	case Int, Float:
		return v
	case Text, HTML:
		return parseNumber(v.Raw())
	}
	return OfInt(0)
}

// maxNumeral is how many bytes of a text are looked at for a number.
const maxNumeral = 1000

// parseNumber reads "-12.5" as a Float, and of anything else the whole number it begins with.
func parseNumber(s string) Value {
	s = strings.TrimSpace(s[:min(len(s), maxNumeral)])
	if f, err := strconv.ParseFloat(s, 64); err == nil && isDecimal(s) {
		return OfFloat(f)
	}
	end := 0
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		end++
	}
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if i, err := strconv.ParseInt(s[:end], 10, 64); err == nil {
		return OfInt64(i)
	}
	if f, err := strconv.ParseFloat(s[:end], 64); err == nil || errors.Is(err, strconv.ErrRange) { // more than 64 bits
		return OfFloat(f)
	}
	return OfInt(0)
}

// isDecimal tells whether s is digits, a point and digits.
func isDecimal(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, part, ok := strings.Cut(s, ".")
	return ok && isDigits(whole) && isDigits(part)
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Whole is the value as a whole number, and whether it is one: an Int, or text that is written as one.
func (v Value) Whole() (int64, bool) {
	switch v.Kind() {
	case Int:
		return v.Int(), true
	case Text, HTML:
		s := v.Raw()
		if len(s) > maxNumeral {
			return 0, false
		}
		i, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
		return i, err == nil
	}
	return 0, false
}

// Truncated is the value as a whole number, without what is behind the point; 0 for what is no number.
func (v Value) Truncated() int64 {
	n := v.Number()
	if n.Kind() == Int {
		return n.Int()
	}
	return toInt(n.Float())
}

// toInt is a float as the nearest int64 towards zero.
func toInt(f float64) int64 {
	switch {
	case math.IsNaN(f):
		return 0
	case f >= math.MaxInt64:
		return math.MaxInt64
	case f <= math.MinInt64:
		return math.MinInt64
	}
	return int64(f)
}

// Decimal is a number exactly as it is written. It must be an Int or a finite Float.
func (v Value) Decimal() decimal.Decimal {
	if v.Kind() == Int {
		return decimal.NewFromInt(v.Int())
	}
	return decimal.NewFromFloat(v.Float())
}

// AsFloat is a number as a float.
func (v Value) AsFloat() float64 {
	if v.Kind() == Int {
		return float64(v.Int())
	}
	return v.Float()
}
