package fleet_test

import (
	"testing"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/domains"
	"echoppe.dev/platform/fleet/operator"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/quota"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/signup"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, fleet.Locales, "locales")
	for _, err := range []error{
		plan.ErrUnknown, quota.ErrArticles, quota.ErrDisk, quota.ErrStaff, quota.ErrMails,
		registry.ErrUnknown, registry.ErrChanged, registry.ErrSlugTaken, registry.ErrNoDomain,
		provision.ErrNoneReady, provision.ErrStopped,
		domains.ErrUnknown, domains.ErrTaken, domains.ErrQuarantine, domains.ErrTooMany, domains.ErrNoTXT,
		domains.ErrNoTarget, domains.ErrUnverified, domains.ErrResolver,
	} {
		i18ntest.Used(t, words, fault.KeyOf(err))
	}
	for _, slug := range []string{"ab", "admin", "a_b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		_, err := registry.CleanSlug(slug)
		i18ntest.Used(t, words, fault.FieldsOf(err)[0].Key)
	}
	// What the stack refuses before a page is asked, on every surface of the platform.
	i18ntest.Used(t, words, web.ErrCrossSite.Key(), web.ErrTooMany.Key(), web.ErrAddress.Key(), pg.ErrUnavailable.Key(),
		"error.method", "error.too_slow", "error.too_large", "error.media_type", "error.request")
	_, err := registry.ParseAllow("nonsense")
	i18ntest.Used(t, words, fault.FieldsOf(err)[0].Key)
}

// The words of the whole floor live in one catalogue: no two rooms may say the same key.
func TestLocales_together(t *testing.T) {
	if _, err := ui.Words(fleet.Locales, account.Locales, signup.Locales, operator.Locales); err != nil {
		t.Fatal(err)
	}
}
