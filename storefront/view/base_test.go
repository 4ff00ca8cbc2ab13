package view_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view/viewtest"
	"echoppe.dev/themes"
)

// strict is the base theme with every unknown name or word an error.
func strict(t testing.TB) *theme.Engine {
	t.Helper()
	e, err := theme.New(theme.Options{Base: themes.Base(), Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func draw(t testing.TB, e *theme.Engine, l i18n.Locale, p viewtest.Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := e.Render(t.Context(), &b, theme.Request{Template: p.Template, Locale: l, Data: p.Data}); err != nil {
		t.Fatalf("%s in %s: %v", p.Name, l, err)
	}
	return b.String()
}

// TestBase_EveryPage draws the whole demonstration shop in every language. With
// THEME_PAGES set to a folder, the pages are left there to be looked at.
func TestBase_EveryPage(t *testing.T) {
	e := strict(t)
	for _, l := range i18n.Shipped {
		for _, p := range viewtest.Pages(l) {
			t.Run("LANG-01 "+string(l)+"/"+p.Name, func(t *testing.T) {
				page := draw(t, e, l, p)
				for _, must := range []string{`<html lang="` + string(l) + `">`, "<title>", `<main id="main"`} {
					if !strings.Contains(page, must) {
						t.Errorf("no %s", must)
					}
				}
				if n := strings.Count(page, "<h1"); n != 1 {
					t.Errorf("%d h1 elements, want 1", n)
				}
				keep(t, string(l), p.Name, page)
			})
		}
	}
	keepAssets(t, e)
}

func keep(t *testing.T, locale, name, page string) {
	t.Helper()
	folder := os.Getenv("THEME_PAGES")
	if folder == "" {
		return
	}
	dir := filepath.Join(folder, locale)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}

func keepAssets(t *testing.T, e *theme.Engine) {
	t.Helper()
	folder := os.Getenv("THEME_PAGES")
	if folder == "" {
		return
	}
	names, err := fs.Glob(themes.Base(), "assets/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		url := e.AssetURL("base", filepath.Base(name))
		if err := os.MkdirAll(filepath.Join(folder, filepath.Dir(url)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, url), asset(t, e, url), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
