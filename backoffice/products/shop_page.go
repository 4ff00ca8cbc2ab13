package products

import (
	"net/http"
	"net/url"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/settings"
)

const seeOther = http.StatusSeeOther

// shopPage is the address of an article's page in the shop: languages other than the default are
// the first part of its path.
func shopPage(v *desk.Visit, s *settings.Settings, l i18n.Locale, slug string) string {
	at := v.Shop.BaseURL()
	if l != s.Languages.Default {
		at += "/" + string(l)
	}
	return at + "/product/" + url.PathEscape(slug)
}
