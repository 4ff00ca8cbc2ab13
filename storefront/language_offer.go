package storefront

import (
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
)

// better is the language to point out to somebody who has just come to the root and whose browser prefers
// it to the shop's main one; "" for none. It is a part of the page's key: the root is kept once for each
// language that can be offered, and for those who are offered none.
func (a *arrival) better(f *face) i18n.Locale {
	if a.wants == "" {
		return ""
	}
	if l := i18n.Match(a.wants, f.locales()); l != f.main() {
		return l
	}
	return ""
}

// languageOffer points the language out in its own words, since its reader may know no other: a link, and
// a button for those who want to hear no more of it.
func (v *visit) languageOffer(s sheet) *view.LanguageOffer {
	l := v.better(v.face)
	if l == "" {
		return nil
	}
	return &view.LanguageOffer{
		Code: string(l), URL: s.at(v.links.in(l)) + s.keep,
		Text: v.words.T(l, "storefront.language_offer", nil), Stay: v.words.T(l, "storefront.language_stay", nil),
		Dismiss: post(v.links.plain("/set/language"), "language", string(v.main()), "back", v.links.home()),
	}
}
