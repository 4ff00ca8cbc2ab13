package fleet_test

import (
	"strings"
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
	"echoppe.dev/platform/kit/i18n"
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

// A plan with room for one says so in the singular, and asks nobody to remove some of one.
func TestLocales_one(t *testing.T) {
	words, err := ui.Words(fleet.Locales)
	if err != nil {
		t.Fatal(err)
	}
	one, three := plan.Quotas{Articles: 1, Staff: 1, MailsADay: 1}, plan.Quotas{Articles: 3, Staff: 3, MailsADay: 3}
	for _, tt := range []struct {
		err   error
		words map[i18n.Locale]string
	}{
		{quota.Articles(one, 1, 1), map[i18n.Locale]string{"en": "1 article;", "fr": "1 article ;", "es": "1 artículo;", "de": "nur einen"}},
		{quota.Articles(three, 3, 1), map[i18n.Locale]string{"en": "3 articles;", "fr": "3 articles ;", "es": "3 artículos;", "de": "Entfernen Sie welche"}},
		{quota.Staff(one, 1, 1), map[i18n.Locale]string{"en": "1 person ", "fr": "1 personne ", "es": "1 persona ", "de": "1 Person "}},
		{quota.Staff(three, 3, 1), map[i18n.Locale]string{"en": "3 people ", "fr": "3 personnes ", "es": "3 personas ", "de": "3 Personen "}},
		{quota.Mails(one, 1, 1), map[i18n.Locale]string{"en": "1 message ", "fr": "1 message ", "es": "1 mensaje ", "de": "1 Nachricht "}},
		{quota.Mails(three, 3, 1), map[i18n.Locale]string{"en": "3 messages ", "fr": "3 messages ", "es": "3 mensajes ", "de": "3 Nachrichten "}},
	} {
		for l, want := range tt.words {
			if got := words.Explain(l, tt.err); !strings.Contains(got, want) || strings.Contains(got, "{") {
				t.Errorf("%s: %q does not say %q", l, got, want)
			}
		}
	}
}

// The words of the whole floor live in one catalogue: no two rooms may say the same key.
func TestLocales_together(t *testing.T) {
	if _, err := ui.Words(fleet.Locales, account.Locales, signup.Locales, operator.Locales); err != nil {
		t.Fatal(err)
	}
}
