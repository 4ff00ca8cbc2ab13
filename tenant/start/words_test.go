package start_test

import (
	"testing"

	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/start"
)

// LANG-01
func TestLocales(t *testing.T) {
	i18ntest.Used(t, i18ntest.Complete(t, start.Locales, "locales"), start.ErrSold.Key())
}
