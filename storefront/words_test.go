package storefront_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/storefront"
)

// LANG-01: the words are complete in the four languages.
func TestWords_Complete(t *testing.T) { i18ntest.Complete(t, os.DirFS("."), "locales") }

// LANG-01: every key the code says exists, and none is left over.
func TestWords_Used(t *testing.T) {
	files, err := filepath.Glob("*.go")
	must(t, err)
	var code strings.Builder
	for _, name := range files {
		if !strings.HasSuffix(name, "_test.go") {
			text, err := os.ReadFile(name)
			must(t, err)
			code.Write(text)
		}
	}
	used := map[string]bool{}
	for _, match := range regexp.MustCompile(`"(storefront\.[a-z_.]+)"`).FindAllStringSubmatch(code.String(), -1) {
		used[match[1]] = true
		if !storefront.Words().Has(i18n.English, match[1]) {
			t.Errorf("%s has no words", match[1])
		}
	}
	for _, key := range storefront.Words().Keys(i18n.English) {
		if strings.HasPrefix(key, "storefront.") && !used[key] {
			t.Errorf("%s is never said", key)
		}
	}
}
