package standard

import (
	"strconv"
	"strings"
	"time"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

func dates() map[string]liquid.Filter {
	return map[string]liquid.Filter{"date": takes(1, 1, date)}
}

// MaxFormat bounds a format of strftime, in bytes.
const MaxFormat = 500

// date writes an instant by a format of strftime; what is no instant stays as it is.
func date(c *liquid.Call, in value.Value) value.Value {
	format := Text(c, c.Arg(0))
	if format == "" {
		return in
	}
	if len(format) > MaxFormat {
		return c.Fail(errFormat)
	}
	t, ok := Instant(in)
	if !ok {
		return in
	}
	out, ok := Strftime(t, format, c.Limits().Text)
	if !ok {
		c.Fits(c.Limits().Text + 1)
		return value.None
	}
	return c.Text(out)
}

// layouts are ways to write an instant that are understood.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02",
	"2006/01/02", "2006/01/02 15:04:05", time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC, time.UnixDate, "January 2, 2006 15:04:05", "January 2, 2006",
	"Jan 2, 2006", "2 January 2006", "2 Jan 2006", "January 2006", "02.01.2006",
}

// Instant is a value as an instant: a time, seconds since 1970, the words now and today, or text that says one, without a zone in UTC.
func Instant(v value.Value) (time.Time, bool) {
	switch v.Kind() {
	case value.Time:
		return v.Time(), true
	case value.Int:
		return time.Unix(v.Int(), 0).UTC(), true
	case value.Text, value.HTML:
		s := strings.TrimSpace(v.Raw())
		if s == "" || len(s) > 64 {
			return time.Time{}, false
		}
		if strings.EqualFold(s, "now") || strings.EqualFold(s, "today") {
			return time.Now(), true
		}
		if strings.Trim(s, "0123456789") == "" {
			n, err := strconv.ParseInt(s, 10, 64)
			return time.Unix(n, 0).UTC(), err == nil
		}
		for _, layout := range layouts {
			if t, err := time.Parse(layout, s); err == nil {
				return t, true
			}
		}
	}
	return time.Time{}, false
}
