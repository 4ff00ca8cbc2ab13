package theme_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/theme"
	"echoppe.dev/platform/driver/liquid/lint"
	"echoppe.dev/platform/driver/liquid/syntax"
	engine "echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/themes"
)

func open(t *testing.T) *officetest.Office {
	t.Helper()
	return officetest.Open(t, []fs.FS{theme.Locales, os.DirFS("../settings")}, func(*officetest.Office) []desk.Desk {
		return []desk.Desk{theme.New(func(files fs.FS) ([]lint.Finding, error) {
			return engine.Check(engine.CheckOptions{Files: files, Base: themes.Base()})
		})}
	})
}

func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A merchant's agency hands in a theme and reads what is wrong with it, in his language, with its place; what is no theme is refused
// beside its field.
func TestTheme(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Language = "fr"
	b.Get(officetest.Base + "settings/theme")
	b.WantStatus(200).WantClean()
	hand := func(name string, content []byte) {
		b.Submit("main form.form", webtest.Values{"file": webtest.File{Name: name, Type: "application/zip", Content: content}})
	}
	hand("mine.zip", packed(t, map[string]string{"mine/templates/cart.liquid": "<p>\n {% fro x %}", "mine/snippets/a.liquid": "<img>{% assign b = 1 %}"}))
	b.WantStatus(200).WantClean().WantText("main", "mine.zip").WantText("main", "templates/cart.liquid:2:2").WantText("main", "« fro » n’existe pas").
		WantText("main", "« for »").WantText("main", "snippets/a.liquid:1:1").WantText("main", "alt").WantText("main", "« b » n’est jamais lu").WantText("main", "{% fro x %}")
	hand("good.zip", packed(t, map[string]string{"theme.json": `{"name":"Mine"}`, "snippets/price.liquid": "{{ price.now | money }}"}))
	b.WantStatus(200).WantClean().WantText("main", "rien à corriger")
	hand("nameless.zip", packed(t, map[string]string{"snippets/price.liquid": "{{ price.now | money }}"}))
	b.WantStatus(200).WantText("main", "Le fichier theme.json n’existe pas")
	hand("no.zip", []byte("no zip at all"))
	b.WantStatus(422).WantClean().WantText("#file-error, .error, .field-error", "ZIP lisible")
	hand("photos.zip", packed(t, map[string]string{"a.jpg": "x"}))
	b.WantStatus(422).WantText("main", "aucun fichier de thème")
	b.Submit("main form.form", nil)
	b.WantStatus(422).WantClean()
	b.Get(officetest.Base + "settings/theme/objects.md")
	if page := b.Page(); page.Status != 200 || !strings.Contains(string(page.Body), "### templates/product") {
		t.Errorf("the document: %d", page.Status)
	}
}

// Every rule, and every mistake of the parser, is told in every language.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, theme.Locales, "locales")
	for _, r := range lint.Rules() {
		i18ntest.Used(t, words, "themes.rule."+string(r))
	}
	for _, c := range syntax.Codes() {
		i18ntest.Used(t, words, "themes.syntax."+string(c))
	}
	i18ntest.Used(t, words, engine.ErrArchive.Key(), engine.ErrArchiveLarge.Key(), engine.ErrArchiveEmpty.Key())
}
