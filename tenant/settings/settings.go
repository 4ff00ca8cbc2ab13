package settings

import (
	"encoding/json"
	"slices"
	"time"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/terminal"
)

// Settings is everything a merchant has decided, one field a document. Shared between requests:
// never alter it.
type Settings struct {
	Identity   Identity
	Languages  Languages
	Currencies Currencies
	Tax        Tax
	Stock      Stock
	Catalogue  Catalogue
	Orders     Orders
	Mail       Mail
	Profiles   Profiles
	Quoting    Quoting
	Fraud      Fraud
	Terminal   Terminal
	revs       map[Name]int
	rules      *Rules
	logo       *Logo
	discounts  []json.RawMessage
}

// Discounts are the rules of discounts, one JSON object each: "rule", "live" (on and not over), "since" (when it
// was saved, if it is on), "past" (earlier versions), "above" (parents of families by id) and "used" (orders,
// where they are limited). Package promotion opens them; they are read here because every page needs both, and
// one query is quicker than two.
func (s *Settings) Discounts() []json.RawMessage { return s.discounts }

// Logo is the picture that Identity.LogoID names.
type Logo struct {
	Sizes []media.Size
	Alt   i18n.Text
}

// Logo gives the shop's logo, nil when there is none.
func (s *Settings) Logo() *Logo { return s.logo }

// Name is the name of a document in the database.
type Name string

// The documents.
const (
	NameIdentity   Name = "identity"
	NameLanguages  Name = "languages"
	NameCurrencies Name = "currencies"
	NameTax        Name = "tax"
	NameStock      Name = "stock"
	NameCatalogue  Name = "catalogue"
	NameOrders     Name = "orders"
	NameMail       Name = "mail"
	NameProfiles   Name = "profiles"
	NameQuoting    Name = "quotes"
	NameFraud      Name = "fraud"
	NameTerminal   Name = "terminal"
)

// Rev is the revision of a document, to be given back to Save; 0 when it was never saved.
func (s *Settings) Rev(n Name) int { return s.revs[n] }

// Identity is who sells.
type Identity struct {
	Name      string          `json:"name"`       // the shop's name as shoppers see it
	Slogan    i18n.Text       `json:"slogan"`     // one line under the name
	LegalName string          `json:"legal_name"` // the company or person
	CompanyID string          `json:"company_id"` // SIREN, HRB … as the country has it
	VATNumber string          `json:"vat_number"`
	Email     string          `json:"email"` // shown to shoppers, receives orders
	Phone     string          `json:"phone"`
	Address   address.Address `json:"address"`
	LogoID    string          `json:"logo_id"` // media id, or ""
	TimeZone  string          `json:"time_zone"`
}

// Languages are the languages the shop serves.
type Languages struct {
	Default i18n.Locale   `json:"default"`
	Offered []i18n.Locale `json:"offered"` // contains Default
}

// Serves tells whether pages exist in l.
func (l Languages) Serves(x i18n.Locale) bool { return slices.Contains(l.Offered, x) }

// MainFirst are the languages pages exist in, the main one before the others: what must exist in one of them
// must in that.
func (l Languages) MainFirst() []i18n.Locale {
	list := []i18n.Locale{l.Default}
	for _, x := range l.Offered {
		if x != l.Default {
			list = append(list, x)
		}
	}
	return list
}

// Currencies are the management currency, in which prices are entered and kept, and the other
// currencies of the shop with their rates: those prices are shown in, and those payment modes settle in.
type Currencies struct {
	Management string            `json:"management"` // ISO 4217
	Display    []DisplayCurrency `json:"display"`
	// Since is when the management currency became what it is; zero for as long as the shop exists. Numbers
	// written down before it, such as in a file that was handed in, are amounts of another currency.
	Since time.Time `json:"since,omitzero"`
}

// DisplayCurrency is another currency: rate units of it for one of the management currency. Active ones
// are shown to visitors, rounded, between two days of the shop's zone (CUR-02); a payment mode may settle
// in one that is not shown.
type DisplayCurrency struct {
	Code   string          `json:"code"`
	Rate   string          `json:"rate"`             // decimal text, > 0
	Source currency.Source `json:"source,omitempty"` // "" is currency.Manual
	At     time.Time       `json:"at,omitzero"`      // the day of a rate of currency.ECB
	Ending string          `json:"ending"`           // "" for plain rounding, or ".95": amounts end so
	From   string          `json:"from,omitempty"`   // first day, "2026-03-01"; "" for always
	Until  string          `json:"until,omitempty"`  // last day
	Active bool            `json:"active"`
}

// Show is how much of a stock shoppers are told.
type Show string

// The ways to show stock.
const (
	ShowExact  Show = "exact"
	ShowLevel  Show = "level" // in stock, few left, sold out
	ShowHidden Show = "hidden"
)

// Hold is how long pieces are kept for a buyer who pays online.
func (s Stock) Hold() time.Duration { return time.Duration(s.HoldMinutes) * time.Minute }

// Stock is how stock is shown and held.
type Stock struct {
	Show        Show `json:"show"`
	LowAt       int  `json:"low_at"`
	HideSoldOut bool `json:"hide_sold_out"`
	HoldMinutes int  `json:"hold_minutes"` // how long an order keeps its pieces while its buyer pays online
	PartParcels bool `json:"part_parcels"` // buyers may have what is there sent before what is not (STK-04)
	RestDays    int  `json:"rest_days"`    // after which who was asked for a rest is reminded of it, once; 0 is never (STK-04)
}

// Catalogue is how lists look.
type Catalogue struct {
	PerPage int    `json:"per_page"`
	Sort    string `json:"sort"` // "position", "newest", "price", "name"
}

// Orders is how orders are numbered and what the buyer agrees to.
type Orders struct {
	Prefix      string `json:"prefix"`
	NextNumber  int64  `json:"next_number"`   // the first number; later ones follow
	TermsPageID string `json:"terms_page_id"` // page the buyer accepts, or ""
	PrivacyID   string `json:"privacy_page_id"`
}

// Quoting is how quotes are numbered and how long they hold (QUO-03).
type Quoting struct {
	// Prefix is what stands before the number; "" for the letter the word for it begins with in the shop's main
	// language. Numbers go on when it changes, and quotes that have one keep it.
	Prefix string `json:"prefix"`
	Days   int    `json:"days"` // that a quote holds from when it is sent, unless its last day was chosen
}

// Mail is who writes and who is written to.
type Mail struct {
	FromName string   `json:"from_name"`
	ReplyTo  string   `json:"reply_to"`
	Staff    []string `json:"staff"` // get a copy of each order; Identity.Email when empty
}

// Fraud is what counts against an order (FRD-05).
type Fraud fraud.Rules

// Check is that of the rules.
func (d Fraud) Check() error { return fraud.Rules(d).Check() }

// Terminal is what the merchant has decided about cards for his own terminal (PAY-03).
type Terminal terminal.Book

// Book is the document for those who ask it.
func (d Terminal) Book() terminal.Book { return terminal.Book(d) }

// Check is that of the book.
func (d Terminal) Check() error { return d.Book().Check() }

// Profiles are the categories of customers.
type Profiles profile.Book

// Check is that of the book.
func (d Profiles) Check() error { return profile.Book(d).Check() }

// sealed is the document without the hashes of shared codes; that there is one can still be seen.
func (d Profiles) sealed() Profiles {
	d.Profiles = slices.Clone(d.Profiles)
	for i := range d.Profiles {
		if p := &d.Profiles[i]; p.CodeHash != "" {
			p.CodeHash = "set"
		}
	}
	return d
}
