package content

import (
	"maps"
	"slices"
	"time"

	"github.com/gosimple/slug"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/markup"
)

// ID names a page.
type ID = id.Of[Page]

// Kind says what a page is for. The words are stored.
type Kind string

// The kinds.
const (
	Info    Kind = "info"
	Legal   Kind = "legal"
	Contact Kind = "contact"
)

// Place is the menu that names a page. The words are stored.
type Place string

// The places.
const (
	Header  Place = "header"
	Footer  Place = "footer"
	Nowhere Place = "none"
)

// Kinds lists the kinds in the order of a form.
func Kinds() []Kind { return []Kind{Info, Legal, Contact} }

// Places lists the places in the order of a form.
func Places() []Place { return []Place{Footer, Header, Nowhere} }

// Page is one information page in all its languages.
type Page struct {
	ID        ID
	Code      string // stable, for settings and seeds: "terms"
	Kind      Kind
	Place     Place
	Visible   bool
	Position  int
	Rev       int
	CreatedAt time.Time
	UpdatedAt time.Time
	Texts     map[i18n.Locale]Text
}

// Text is a page in one language.
type Text struct {
	Title       string
	Slug        string
	Body        string // sanitised markup
	Description string // for search engines
}

// In is the text in l, else in the fallbacks, else in any language.
func (p *Page) In(l i18n.Locale, fallback ...i18n.Locale) Text {
	for _, locale := range slices.Concat([]i18n.Locale{l, l.Language()}, fallback, i18n.Shipped, slices.Sorted(maps.Keys(p.Texts))) {
		if text := p.Texts[locale]; text.Title != "" {
			return text
		}
	}
	return Text{}
}

// Refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "content.unknown")
	ErrStale   = fault.New(fault.Conflict, "content.stale")
	ErrSlug    = fault.New(fault.Conflict, "content.slug_taken")
	ErrCode    = fault.New(fault.Conflict, "content.code_taken")
	// ErrInUse refuses to remove a page that buyers must accept.
	ErrInUse = fault.New(fault.Conflict, "content.in_use")
)

// Limits of what can be typed.
const (
	maxTitle       = 150
	maxSlug        = 120
	maxDescription = 300
)

// clean checks a page as somebody sent it and gives it as it is stored: bodies sanitised, slugs made
// of titles where none was typed, languages without a title left out.
// Errors: refused fields "code", "kind", "place", "title.<locale>", "slug.<locale>", "body.<locale>",
// "description.<locale>".
func (p Page) clean(main i18n.Locale) (Page, error) {
	var c form.Checker
	p.Code = c.Line("code", p.Code, maxSlug)
	c.Slug("code", p.Code)
	if !slices.Contains(Kinds(), p.Kind) {
		c.Refuse("kind", form.KeyChoice, nil)
	}
	if !slices.Contains(Places(), p.Place) {
		c.Refuse("place", form.KeyChoice, nil)
	}
	texts := make(map[i18n.Locale]Text, len(p.Texts))
	for _, l := range locales(p.Texts) {
		if t := p.Texts[l]; t != (Text{}) {
			texts[l] = t.clean(&c, l)
		}
	}
	p.Texts = texts
	if p.Texts[main].Title == "" && !c.Failed("title."+string(main)) {
		c.Refuse("title."+string(main), form.KeyRequired, nil)
	}
	return p, c.Err()
}

func (t Text) clean(c *form.Checker, l i18n.Locale) Text {
	at := "." + string(l)
	t.Title = c.Line("title"+at, t.Title, maxTitle)
	c.Required("title"+at, t.Title)
	t.Description = c.Line("description"+at, t.Description, maxDescription)
	if len(t.Body) > markup.MaxLength {
		c.Refuse("body"+at, form.KeyTooLong, fault.Args{"max": markup.MaxLength})
		return t
	}
	t.Body = markup.Sanitise(t.Body)
	if t.Slug == "" {
		t.Slug = slug.MakeLang(t.Title, string(l.Language()))
	}
	t.Slug = c.Line("slug"+at, t.Slug, maxSlug)
	c.Slug("slug"+at, t.Slug)
	return t
}

func locales(texts map[i18n.Locale]Text) []i18n.Locale {
	list := make([]i18n.Locale, 0, len(texts))
	for l := range texts {
		list = append(list, l)
	}
	slices.Sort(list)
	return list
}
