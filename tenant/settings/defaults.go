package settings

import (
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/fraud"
)

const (
	defaultHoldMinutes = 30
	defaultRestDays    = 7
	defaultPerPage     = 24
	defaultLowAt       = 3
	defaultQuoteDays   = 30
)

// Defaults are the settings of a shop whose merchant has decided nothing yet.
func Defaults() Settings {
	return Settings{
		Identity: Identity{
			Name:     "Ma boutique",
			Address:  address.Address{Country: "FR"},
			TimeZone: "Europe/Paris",
		},
		Languages: Languages{Default: "fr", Offered: []i18n.Locale{"fr", "en", "es", "de"}},
		Currencies: Currencies{
			Management: "EUR",
			Display:    []DisplayCurrency{},
		},
		Tax:       Tax{Registered: true, EntryGross: true, ShowGross: true, GrossFixed: true},
		Stock:     Stock{Show: ShowLevel, LowAt: defaultLowAt, HoldMinutes: defaultHoldMinutes, RestDays: defaultRestDays},
		Catalogue: Catalogue{PerPage: defaultPerPage, Sort: "position"},
		Orders:    Orders{NextNumber: 1001},
		Mail:      Mail{Staff: []string{}},
		Quoting:   Quoting{Days: defaultQuoteDays},
		Fraud:     Fraud(fraud.Defaults()),
		revs:      map[Name]int{},
	}
}
