package seed

import (
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
)

// Booksellers is the private profile of the demo's publisher.
const Booksellers profile.Code = "libraires"

// private people are the anonymous profile where there is another to tell them from.
var private = profile.Profile{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true,
	Names: i18n.Text{"fr": "Particuliers", "en": "Private customers", "es": "Particulares", "de": "Privatkunden"}}

// profiles are the customer profiles of a demo shop, none where there is nobody to tell apart.
func profiles(tx tenant.Tx, modes Modes, which Trade) ([]profile.Profile, error) {
	switch which {
	case Atelier:
		return []profile.Profile{private, {
			Code: "entreprises", Kind: profile.KindPublic, Active: true, Goods: pricing.Net, Shipping: pricing.Net,
			Names:  i18n.Text{"fr": "Entreprises", "en": "Companies", "es": "Empresas", "de": "Unternehmen"},
			Texts:  i18n.Text{"fr": "Prix hors taxes", "en": "Prices without tax", "es": "Precios sin impuestos", "de": "Preise ohne Steuer"},
			Quotes: true,
		}}, nil
	case Editions:
		cards, err := cards(tx, modes)
		return booksellers(cards), err
	case Papeterie:
	}
	return nil, nil
}

// booksellers are the example every shop of this kind has in mind (PROF-07): whoever comes by pays by card
// and lives in France; resellers pay as they like, live anywhere in the Union, see prices without tax and
// order for 50 at least, or ask for a quote. A discount of theirs is among the offers.
func booksellers(cards []string) []profile.Profile {
	passers := private
	passers.Payments, passers.BillTo, passers.SendTo = cards, []string{"FR"}, []string{"FR"}
	const least = 50
	return []profile.Profile{passers, {
		Code: Booksellers, Kind: profile.KindPrivate, Active: true, Goods: pricing.Net, Shipping: pricing.Net,
		Names:  i18n.Text{"fr": "Libraires", "en": "Booksellers", "es": "Libreros", "de": "Buchhandel"},
		BillTo: []string{profile.Union}, SendTo: []string{profile.Union},
		Minimum: profile.Minimum{Amount: decimal.NewFromInt(least), Side: pricing.Net}, Quotes: true,
	}}
}

// cards are the ways to pay that are settled at once. A demo without a bank has none; then all ways are
// everybody's, for nobody could pay otherwise.
func cards(tx tenant.Tx, modes Modes) ([]string, error) {
	if modes == nil {
		return nil, nil
	}
	all, err := modes.List(tx)
	var list []string
	for _, m := range all {
		slow := slices.ContainsFunc(offline.All(), func(g payment.Gateway) bool { return g.Key() == m.Kind })
		if m.Active && !slow {
			list = append(list, m.ID.String())
		}
	}
	return list, err
}

// split writes the profiles of a demo shop.
func split(tx tenant.Tx, modes Modes, which Trade, rev int) error {
	list, err := profiles(tx, modes, which)
	if err != nil || len(list) == 0 {
		return err
	}
	return settings.SaveIn(tx, tenant.ByProgram, settings.Profiles{Choose: profile.Never, Profiles: list}, rev)
}
