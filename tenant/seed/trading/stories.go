package trading

import (
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/profile"
)

// story is an order and how far it comes.
type story struct {
	email    string
	locale   i18n.Locale
	profile  profile.Code
	to       address.Address
	wants    []want
	shipping string // French name of the mode, any when it is not there
	payment  string // kind of the mode
	note     string

	paid      bool
	parcels   []parcel
	delivered bool
	cancelled bool
}

// want is a number of pieces of a variant.
type want struct {
	sku string
	qty int
}

// parcel is what is sent of an order; nil items are everything that is left. The cost is the carrier's, without tax.
type parcel struct {
	items    []want
	carrier  string
	tracking string
	cost     string
}

// Names of what every new shop in France begins with.
const (
	byPost   = "Colis postal"
	byRelay  = "Point relais"
	byEurope = "Colis Europe"

	transfer = "transfer"
	cheque   = "cheque"
)

// companies is the code of the profile of companies in the demo's first shop, who may ask for quotes.
const companies profile.Code = "entreprises"

// forthcoming is the article that can be ordered before it is there, and one of its variants.
const (
	forthcoming    = "pantalon-velours"
	forthcomingSKU = "PAN12-M"
)

// stories are told in this order, so that the newest order is one somebody has to look after.
func stories() []story {
	return []story{
		{email: "mathis.leroy@example.com", locale: i18n.French,
			to:    address.Address{Name: "Mathis Leroy", Line1: "14 rue des Carmes", Postcode: "35000", City: "Rennes", Country: "FR"},
			wants: []want{{"ECH18-TER", 1}, {"CHA23-FOR-S", 2}}, shipping: byPost, payment: cheque,
			paid: true, parcels: []parcel{{carrier: "Colissimo", tracking: "6A00000000001", cost: "4.12"}}, delivered: true},
		{email: "sofia.romero@example.com", locale: i18n.Spanish,
			to:    address.Address{Name: "Sofía Romero", Line1: "Calle del Olmo 8", Postcode: "28012", City: "Madrid", Country: "ES"},
			wants: []want{{"ROB01-SAG-S", 1}, {"CHA20-M", 1}}, shipping: byEurope, payment: transfer,
			paid: true, parcels: []parcel{{carrier: "Colissimo", tracking: "6A00000000002", cost: "15.85"}}},
		{email: "ines.martin@example.com", locale: i18n.French, note: "Le tablier est un cadeau, merci de ne pas mettre le prix.",
			to:    address.Address{Name: "Inès Martin", Line1: "3 place du Marché", Postcode: "67000", City: "Strasbourg", Country: "FR"},
			wants: []want{{"SAC21-COP", 1}, {"TAB24", 1}}, shipping: byPost, payment: transfer,
			paid: true, parcels: []parcel{
				{items: []want{{"SAC21-COP", 1}}, carrier: "Chronopost", tracking: "XA000000001FR", cost: "8.90"},
				{carrier: "Colissimo", tracking: "6A00000000003", cost: "6.35"},
			}},
		{email: "paul.garnier@example.com", locale: i18n.French,
			to:    address.Address{Name: "Paul Garnier", Line1: "27 avenue Foch", Postcode: "54000", City: "Nancy", Country: "FR"},
			wants: []want{{"CHE08-M", 1}}, shipping: byRelay, payment: cheque, cancelled: true},
		{email: "marine.dubois@example.com", locale: i18n.French,
			to:    address.Address{Name: "Marine Dubois", Line1: "5 chemin des Vignes", Postcode: "33000", City: "Bordeaux", Country: "FR"},
			wants: []want{{forthcomingSKU, 1}}, shipping: byPost, payment: transfer, paid: true},
		{email: "einkauf@lindenhof.example.com", locale: i18n.German, profile: companies,
			to: address.Address{Name: "Jana Vogt", Company: "Lindenhof Hotel GmbH", Line1: "Lindenallee 4", Postcode: "10115", City: "Berlin", Country: "DE",
				VATNumber: "DE999000121"},
			wants: []want{{"CAB22", 10}, {"TAB24", 4}}, shipping: byEurope, payment: transfer, paid: true},
		{email: "louis.bernard@example.com", locale: i18n.French,
			to:    address.Address{Name: "Louis Bernard", Line1: "9 quai de la Fosse", Postcode: "44000", City: "Nantes", Country: "FR"},
			wants: []want{{"PUL07-M", 1}, {"CHE08-L", 1}}, shipping: byRelay, payment: transfer, paid: true},
		{email: "camille.roux@example.com", locale: i18n.French,
			to:    address.Address{Name: "Camille Roux", Line1: "18 rue Paradis", Postcode: "13001", City: "Marseille", Country: "FR"},
			wants: []want{{"MAR04-CHA-M", 1}, {"CHI11-SAN-M", 1}}, shipping: byRelay, payment: cheque},
	}
}
