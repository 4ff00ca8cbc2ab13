package view

import "time"

// ContactPage is the data of the template "contact".
type ContactPage struct {
	Site
	Form    Form  `liquid:"form"`
	Name    Input `liquid:"name"`
	Email   Input `liquid:"email"`
	Order   Input `liquid:"order"` // order number, may stay empty
	Message Input `liquid:"message"`
	Trap    Input `liquid:"trap"` // must stay empty; hidden from people
	Sent    bool  `liquid:"sent"`
	Intro   HTML  `liquid:"intro"`
}

// Content is an information page written by the merchant.
type Content struct {
	Title   string     `liquid:"title"`
	Body    HTML       `liquid:"body"`
	Image   *Image     `liquid:"image"`
	Updated *time.Time `liquid:"updated"`
	Related []*Link    `liquid:"related"`
	Contact bool       `liquid:"contact"` // says how to reach the shop: the form belongs to it
}

// ContentPage is the data of the template "content".
type ContentPage struct {
	Site
	Content *Content `liquid:"content"`
}

// SiteMapPage is the data of the template "site_map": groups whose children are
// links, of any depth.
type SiteMapPage struct {
	Site
	Groups []*Link `liquid:"groups"`
}

// TrustPage is the data of the template "trust": what the platform can vouch for about the shop, a sentence each, in
// the reader's language.
type TrustPage struct {
	Site
	Title string   `liquid:"title"`
	Lead  string   `liquid:"lead"`
	Facts []string `liquid:"facts"`
}

// NotFoundPage is the data of the template "not_found" (404).
type NotFoundPage struct {
	Site
	Suggestions []*Card `liquid:"suggestions"`
}

// WithdrawnPage is the data of the template "withdrawn": an article that is no longer for sale (200). Family is
// where it stood, nil when nobody sees that either.
type WithdrawnPage struct {
	Site
	Name         string  `liquid:"name"`
	Family       *Link   `liquid:"family"`
	Alternatives []*Card `liquid:"alternatives"`
}

// ErrorPage is the data of the template "error". Reference finds the error in the
// log. Status is the HTTP status; Message a finished sentence or "".
type ErrorPage struct {
	Site
	Status    int    `liquid:"status"`
	Reference string `liquid:"reference"`
	Message   string `liquid:"message"`
	Retry     string `liquid:"retry_url"` // "" when trying again makes no sense
}

// MaintenancePage is the data of the template "maintenance" (503). It is drawn
// with the layout "bare": no menu, no cart.
type MaintenancePage struct {
	Site
	Message HTML       `liquid:"message"`
	Reopens *time.Time `liquid:"reopens"`
}
