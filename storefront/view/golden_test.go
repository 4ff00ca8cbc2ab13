package view_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view/viewtest"
	"echoppe.dev/themes"
)

var update = flag.Bool("update", false, "write the pages of testdata/golden anew")

var (
	breaks = regexp.MustCompile(`[ \t]*\n\s*`)
	hashes = regexp.MustCompile(`/[0-9a-f]{12}/`)
)

// steady is a page without what may change and means nothing: how many spaces a line break has around it, the hashes of files.
func steady(page string) string {
	page = breaks.ReplaceAllString(page, "\n")
	return strings.TrimSpace(hashes.ReplaceAllString(page, "/hash/")) + "\n"
}

// TestGolden: every page of the base theme is what it was. The files were written by the engine before this one, whose bytes they
// hold but for spaces at line breaks; go test -update writes them anew after a change of the theme that is meant.
func TestGolden(t *testing.T) {
	e, err := theme.New(theme.Options{Base: themes.Base(), Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range viewtest.Pages(i18n.French) {
		t.Run(p.Name, func(t *testing.T) {
			var out bytes.Buffer
			if err := e.Render(t.Context(), &out, theme.Request{Template: p.Template, Locale: i18n.French, Data: p.Data}); err != nil {
				t.Fatal(err)
			}
			got, path := steady(out.String()), filepath.Join("testdata", "golden", p.Name+".html")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got == string(want) {
				return
			}
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			t.Errorf("differs at byte %d:\n got %.120q\nwant %.120q", at, got[max(0, at-40):], want[max(0, at-40):])
		})
	}
}
