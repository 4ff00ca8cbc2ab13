package form_test

import (
	"testing"

	"echoppe.dev/platform/kit/form"
)

// What nobody can see is nothing, and what turns the rest around is taken out; what joins letters and
// pictures stays.
func TestChecker_Line_unseen(t *testing.T) {
	for in, want := range map[string]string{
		"\u202e\u200b":            "\u200b", // and refused where something is required
		"\u202eevil":              "evil",
		"a\u2066b\u2069":          "ab",
		"👩\u200d🌾":                "👩\u200d🌾",
		"می\u200cخواهم":           "می\u200cخواهم",
		"Jean\r\nBcc: x@evil.com": "Jean Bcc: x@evil.com",
	} {
		var c form.Checker
		if got := c.Line("name", in, 80); got != want || c.Err() != nil {
			t.Errorf("Line(%q) = %q, %v; want %q", in, got, c.Err(), want)
		}
	}
	for _, in := range []string{"", " ", "\u200b", "\u200d \ufeff", "\u00ad"} {
		var c form.Checker
		c.Required("name", in)
		if wrong(c.Err())["name"] != form.KeyRequired {
			t.Errorf("%q counts as something", in)
		}
	}
}

func TestChecker_OneLine(t *testing.T) {
	for in, key := range map[string]string{
		"Pizza 12\"": "", "a\nb": form.KeyText, "a\r\nBcc: x": form.KeyText, "a\x00": form.KeyText, "a long name": form.KeyTooLong,
	} {
		var c form.Checker
		c.OneLine("name", in, 9)
		if got := wrong(c.Err())["name"]; got != key {
			t.Errorf("%q: %q, want %q", in, got, key)
		}
	}
}
