package storefront_test

import (
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
)

// PAY-10 PGW-44: the page on secure payment says who takes the card in this very shop, in the reader's language, and is found from every
// page; it does not claim what is not so.
func TestSecurePayment(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser(t)
	b.Get(h.at("/"))
	b.Follow(`footer a[href$="/secure-payment"]`)
	b.WantStatus(200).WantClean().WantText("main h1", "Paiement sécurisé").WantText("main li", "On ne paie pas par carte en ligne")

	h.sells()
	live := payment.Draft{Kind: "testbank", Names: i18n.Text{"fr": "Carte bleue"}, Active: true, Locale: "fr",
		Config: url.Values{"merchant": {"LUNE"}, "key": {strings.Repeat("ab", 32)}, "capture": {"now"}}}
	_, err := h.modes.Save(t.Context(), h.shop, clerk, live)
	must(t, err)
	b.Get(h.at("/secure-payment"))
	for _, fact := range []string{"Carte bleue : vous saisissez votre carte chez ", "Banque : à l’essai", "3-D Secure", "Sans carte : Chèque."} {
		b.WantText("main li", fact)
	}
	b.WantNoText("On ne paie pas")
	b.Get(h.at("/sitemap"))
	b.Want(`main a[href$="/secure-payment"]`)
	b.Get(h.at("/de/secure-payment"))
	b.WantStatus(200).WantClean().WantText("main h1", "Sichere Zahlung")
}
