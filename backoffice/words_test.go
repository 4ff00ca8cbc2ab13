package backoffice_test

import (
	"os"
	"testing"

	"echoppe.dev/platform/kit/i18n/i18ntest"
)

// LANG-01
func TestWords_Complete(t *testing.T) { i18ntest.Complete(t, os.DirFS("."), "locales") }
