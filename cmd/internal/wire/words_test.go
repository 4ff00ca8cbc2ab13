package wire

import (
	"os"
	"path/filepath"
	"testing"

	"echoppe.dev/platform/kit/i18n"
)

// LANG-01: the program knows the words of every room of a shop, not only the rooms' own tests.
func TestTenantWords(t *testing.T) {
	folders, err := filepath.Glob("../../../tenant/*/locales")
	if err != nil || len(folders) < 10 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	known := tenantWords()
	for _, folder := range folders {
		room, err := i18n.Load(os.DirFS(filepath.Dir(folder)), "locales")
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range room.Keys(i18n.English) {
			if !known.Has(i18n.English, key) {
				t.Errorf("LANG-01 nobody has the words of %s: %q", folder, key)
				break
			}
		}
	}
}
