package simulator_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"echoppe.dev/backoffice/simulator"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

// LANG-01: complete in every language, and every key a page says literally has its words.
func TestWords_Complete(t *testing.T) {
	words := i18ntest.Complete(t, simulator.Locales, "locales")
	said := regexp.MustCompile(`"(simulator\.[a-z_.]*[a-z_])"`)
	permission := regexp.MustCompile(`Can\("[a-z.]+"\)`)
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") && !strings.HasSuffix(entry.Name(), ".templ") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range said.FindAllStringSubmatch(permission.ReplaceAllString(string(source), ""), -1) {
			if !words.Has(i18n.English, found[1]) {
				t.Errorf("%s says %q, which has no words", entry.Name(), found[1])
			}
		}
	}
}
