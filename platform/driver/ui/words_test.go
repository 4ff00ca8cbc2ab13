package ui_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

// LANG-01: complete in every language, every key used, every used key there.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	used := map[string]bool{}
	files, err := filepath.Glob("*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"(ui\.[a-z_.]+[a-z])"`).FindAllStringSubmatch(string(source), -1) {
			used[m[1]] = true
		}
	}
	for _, state := range []ui.StepState{ui.StepOpen, ui.StepCurrent, ui.StepDone, ui.StepWarn} {
		used["ui.step."+string(state)] = true
	}
	delete(used, "ui.css")
	delete(used, "ui.js")
	for key := range used {
		i18ntest.Used(t, words, key)
	}
	for _, key := range words.Keys(i18n.English) {
		stem, _, plural := i18n.PluralStem(key)
		if !used[key] && !(plural && used[stem]) {
			t.Errorf("nobody says %q", key)
		}
	}
}

func TestWords_Joined(t *testing.T) {
	desk := fstest.MapFS{"locales/en.json": {Data: []byte(`{"desk.title": "A desk"}`)}}
	words, err := ui.Words(desk)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"desk.title", "ui.save", "form.required"} {
		if !words.Has(i18n.English, key) {
			t.Errorf("%q is missing", key)
		}
	}
	if _, err := ui.Words(desk, desk); err == nil || !strings.Contains(err.Error(), "desk.title") {
		t.Errorf("a key said twice: %v", err)
	}
}
