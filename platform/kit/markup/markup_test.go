package markup_test

import (
	"strings"
	"testing"

	"echoppe.dev/platform/kit/markup"
)

// ART-03: rich text is sanitised.
func TestSanitise_ART03(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"kept", "<p>A <strong>b</strong></p>", "<p>A <strong>b</strong></p>"},
		{"script", "<p>a</p><script>alert(1)</script>", "<p>a</p>"},
		{"handler", `<p onclick="x()">a</p>`, "<p>a</p>"},
		{"style", `<p style="position:fixed">a</p>`, "<p>a</p>"},
		{"script address", `<a href="javascript:alert(1)">a</a>`, "<p>a</p>"},
		{"data image", `<img src="data:image/svg+xml,x">`, ""},
		{"frame and form", `<iframe src="https://x"></iframe><form><input></form>b`, "<p>b</p>"},
		{"svg", `<svg onload="x()"><circle/></svg>c`, "<p>c</p>"},
		{"plain text", "one\ntwo\n\nthree & four", "<p>one<br>two</p><p>three &amp; four</p>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := markup.Sanitise(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzSanitise(f *testing.F) {
	for _, s := range []string{"<p>a</p>", "a & b", "<a href='https://x'>y</a>", "<<script>", "\xff<b>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		once := markup.Sanitise(in)
		if twice := markup.Sanitise(once); twice != once {
			t.Errorf("not idempotent: %q then %q", once, twice)
		}
		if low := strings.ToLower(once); strings.Contains(low, "<script") || strings.Contains(low, "<iframe") {
			t.Errorf("unsafe markup came through: %q", once)
		}
	})
}

func TestPlainAndExcerpt(t *testing.T) {
	for in, want := range map[string]string{
		"<p>a &amp; b</p><p>c</p>":                "a & b c",
		"one<br>two<br/>three":                    "one two three",
		"<p>a<strong>b</strong></p>":              "ab",
		"<ul><li>a</li>\n<li>b</li></ul>":         "a b",
		"a<script>if (1 < 2) x()</script>b":       "ab",
		"<style>p { margin: 0 }</style>c":         "c",
		"<table><tr><td>a</td><td>b</td></table>": "a b",
		"1 &lt; 2 &amp;amp; 3":                    "1 < 2 &amp; 3",
		"12\u00a0€":                               "12\u00a0€",
		"<p":                                      "",
		"":                                        "",
	} {
		if got := markup.Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
	if got := markup.Excerpt("<p>one two three four</p>", 10); got != "one two…" {
		t.Errorf("Excerpt: %q", got)
	}
}
