package view_test

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/storefront/view/viewtest"
	"echoppe.dev/themes"
)

// TestBase_Check: the linter finds nothing in the base theme, by the types its pages are drawn with.
func TestBase_Check(t *testing.T) {
	found, err := theme.Check(theme.CheckOptions{Files: themes.Base(), Pages: view.Pages()})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("%s: %s\n\t%s", f.Rule, f, f.Excerpt)
	}
}

// TestPages: each template of the base theme has its data, and is drawn with no other.
func TestPages(t *testing.T) {
	pages := view.Pages()
	names, err := fs.Glob(themes.Base(), "templates/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		template, _, _ := strings.Cut(path.Base(name), ".")
		if pages[template] == nil {
			t.Errorf("templates/%s is drawn with nothing known", template)
		}
	}
	for _, p := range viewtest.Pages(i18n.French) {
		if got, want := strings.TrimPrefix(strings.TrimPrefix(typeName(p.Data), "*"), "view."), strings.TrimPrefix(typeName(pages[p.Template]), "view."); got != want {
			t.Errorf("%s is drawn with %s, and said to be with %s", p.Template, got, want)
		}
	}
}

func typeName(x any) string { return fmt.Sprintf("%T", x) }
