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
	if got := markup.Plain("<p>a &amp; b</p><p>c</p>"); got != "a & b c" {
		t.Errorf("Plain: %q", got)
	}
	if got := markup.Excerpt("<p>one two three four</p>", 10); got != "one two…" {
		t.Errorf("Excerpt: %q", got)
	}
}
