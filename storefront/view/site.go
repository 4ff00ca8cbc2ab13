package view

// Site is what every page has. Page structs embed it.
type Site struct {
	Shop   *Shop      `liquid:"shop"`
	Page   *Page      `liquid:"page"`
	Routes *Routes    `liquid:"routes"`
	Search *SearchBox `liquid:"search"`

	// Flash and Customer are never set on a page that is cached for everybody; Flash can be on one of
	// those pages that was made for a single reader.
	Flash    []Flash   `liquid:"flash"`
	Customer *Customer `liquid:"customer"`
}

// Shop is the shop as every page knows it.
type Shop struct {
	Name         string   `liquid:"name"`
	Slogan       string   `liquid:"slogan"`
	Logo         *Image   `liquid:"logo"`
	URL          string   `liquid:"url"`      // address of the home page in this language
	BaseURL      string   `liquid:"base_url"` // scheme and host, for absolute addresses
	Announcement HTML     `liquid:"announcement"`
	Locale       string   `liquid:"locale"`       // language of this page, "fr"
	Currency     string   `liquid:"currency"`     // display currency, "EUR"
	PricesShown  string   `liquid:"prices_shown"` // "gross" (tax included), "net" or "" (not said)
	Menu         []*Link  `liquid:"menu"`
	Footer       []*Link  `liquid:"footer"` // groups; their children are the links
	Social       []*Link  `liquid:"social"`
	Contact      *Contact `liquid:"contact"`
	TestMode     bool     `liquid:"test_mode"` // orders are not real; the theme says so

	// The three switchers. Each keeps the page the visitor is on; nil or fewer
	// than two choices hides it.
	Locales  []LocaleLink `liquid:"locales"`
	Remember *Action      `liquid:"remember_locale"` // keeps the present language for the next visit; nil for a single one
	// Offer points out another language to one who has just come in; nil for nothing to point out. A
	// theme shows it small, before the page's own words.
	Offer      *LanguageOffer `liquid:"language_offer"`
	Currencies *Switch        `liquid:"currencies"`
	Profiles   *Switch        `liquid:"profiles"`
}

// LocaleLink is this page in another language. A theme's script may send the fields of
// Shop.Remember with Code as "language", so that choosing a language is remembering it.
type LocaleLink struct {
	Code    string `liquid:"code"`
	Name    string `liquid:"name"` // in its own language: "Deutsch"
	URL     string `liquid:"url"`
	Current bool   `liquid:"current"`
}

// LanguageOffer says, in the language it is about, that the page exists in it. Its words carry Code as
// their lang.
type LanguageOffer struct {
	Code    string `liquid:"code"`
	URL     string `liquid:"url"`
	Text    string `liquid:"text"`    // of the link: "Diese Seite gibt es auf Deutsch"
	Stay    string `liquid:"stay"`    // of the button that ends the offer for good
	Dismiss Action `liquid:"dismiss"` // its form
}

// Switch is a form of one choice (currency, profile): POST to Action with Field.
type Switch struct {
	Action  Action   `liquid:"action"`
	Field   string   `liquid:"field"`
	Choices []Choice `liquid:"choices"`
}

// Contact is how to reach the merchant.
type Contact struct {
	Company string   `liquid:"company"`
	Lines   []string `liquid:"lines"` // postal address, formatted
	Email   string   `liquid:"email"`
	Phone   string   `liquid:"phone"`
	Hours   string   `liquid:"hours"`
}

// Page is what a page says about itself, mostly for its head.
type Page struct {
	Template    string      `liquid:"template"` // name of the template, for a class on body
	Title       string      `liquid:"title"`
	Description string      `liquid:"description"`
	Canonical   string      `liquid:"canonical"` // absolute; "" on personal pages
	Robots      string      `liquid:"robots"`    // "" or "noindex"
	Alternates  []Alternate `liquid:"alternates"`
	Image       *Image      `liquid:"image"`       // for link previews
	Type        string      `liquid:"type"`        // Open Graph type: "website", "product"
	Structured  []any       `liquid:"structured"`  // JSON-LD documents, each printed through the json filter
	Breadcrumbs []*Link     `liquid:"breadcrumbs"` // from the home page to this one; the last has Current
	Refresh     int         `liquid:"refresh"`     // seconds until the page should ask again; 0 = never
}

// Alternate is the same page in a language, for hreflang ("x-default" included).
type Alternate struct {
	Locale string `liquid:"locale"`
	URL    string `liquid:"url"`
}

// Routes are the addresses of the fixed pages, in the page's language.
type Routes struct {
	Home     string `liquid:"home"`
	Cart     string `liquid:"cart"`
	Checkout string `liquid:"checkout"`
	Account  string `liquid:"account"`
	SignIn   string `liquid:"sign_in"`
	Register string `liquid:"register"`
	Contact  string `liquid:"contact"` // the form
	// ContactPage is the page of the merchant's in the footer that says how to reach him and leads
	// to the form; "" for none.
	ContactPage string `liquid:"contact_page"`
	SiteMap     string `liquid:"site_map"`
	// SecurePayment is the page that says how payments are secured.
	SecurePayment string `liquid:"secure_payment"`
	Terms         string `liquid:"terms"`   // "" when the shop has none
	Privacy       string `liquid:"privacy"` // "" when the shop has none
}

// SearchBox is the search form of the header: a GET form.
type SearchBox struct {
	URL    string   `liquid:"url"`
	Field  string   `liquid:"field"`
	Query  string   `liquid:"query"` // what was searched, on the result page
	Hidden []Hidden `liquid:"hidden"`
}

// Flash is a message about what just happened. Kind is "success", "info",
// "warning" or "error"; Text is a finished sentence.
type Flash struct {
	Kind string `liquid:"kind"`
	Text string `liquid:"text"`
}

// Customer is the signed-in customer, on personal pages.
type Customer struct {
	Name       string `liquid:"name"`
	Email      string `liquid:"email"`
	SignOut    Action `liquid:"sign_out"`
	OrdersURL  string `liquid:"orders_url"`
	QuotesURL  string `liquid:"quotes_url"` // "" for who gets none
	AddressURL string `liquid:"addresses_url"`
	CardsURL   string `liquid:"cards_url"` // "" in a shop where no cards are kept
	ProfileURL string `liquid:"profile_url"`
}
