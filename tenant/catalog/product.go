package catalog

import (
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// ProductID names an article.
type ProductID = id.Of[Product]

// VariantID names a variant; stock counts by the same id.
type VariantID = stock.VariantID

// PanelID names a secondary view.
type PanelID = id.Of[Panel]

// State says who can see an article.
type State string

// The states.
const (
	Draft     State = "draft"
	Published State = "published"
	Archived  State = "archived"
)

// Kind says how an article reaches the buyer.
type Kind string

// The kinds.
const (
	Physical Kind = "physical"
	Digital  Kind = "digital"
	Service  Kind = "service"
)

// Product is one article, whole.
type Product struct {
	ID    ProductID
	Code  string // the merchant's own key for the article, unique; the import calls it handle
	State State
	Kind  Kind

	TaxClass   string // see package tax
	PriceGross bool   // the variants' prices include the VAT of the shop's country

	Texts    map[i18n.Locale]Text
	Options  []Option  // what the variants differ in, in order; at most MaxOptions
	Extras   []Extra   // what can be chosen beside, for more; at most MaxExtras
	Variants []Variant // at least one
	Near     bool      `json:"-"` // Variants are only those around a choice, see FindNear
	Nodes    []NodeID  // families and other classifications
	MainNode NodeID    // the family of the canonical path; zero for none
	Pictures []Picture // in order; the first is the cover
	Panels   []PanelID // secondary views, in order
	// OwnPanels and Alts are words that are kept elsewhere, read here for the journal alone (Journaled): of the panels
	// no other article shows, and the descriptions of Pictures.
	OwnPanels []Panel
	Alts      map[media.ID]i18n.Text
	Links     []Link
	Prices    []pricelist.Rule // besides those of the variants; ended ones say what held

	Flags       Flags
	AvailableOn *time.Time // a day; before it the article is "forthcoming"
	Rating      *decimal.Decimal
	Unit        string        // "piece", "kg", "box of 6"
	Measure     BaseMeasure   // what the price of one is told for, by law where goods are weighed or measured
	ShowStock   settings.Show // "" is its family's way, or the shop's
	Shown       settings.Show // read here: its own way or its family's; "" is the shop's
	Preorder    int           // read here, set by stock: how many of each variant may be ordered before its day
	Terms       deposit.Terms // likewise: when such an order is paid
	Position    int

	Rev         int // raised by every Save; a caller with an old one gets ErrStale
	CreatedAt   time.Time
	UpdatedAt   time.Time
	PublishedAt *time.Time
}

// Text is what an article is called in one language. Body is sanitised HTML.
type Text struct {
	Name           string
	Slug           string // made from the name when empty; unique per language
	Summary        string
	Body           string
	SEOTitle       string
	SEODescription string
}

// Option is one thing variants differ in.
type Option struct {
	Code   string        `json:"code"`
	Name   i18n.Text     `json:"name"`
	Values []OptionValue `json:"values"`
	Place  Place         `json:"place,omitempty"` // in the table buyers order from, see Table
}

// OptionValue is one of its values, with a picture of its own if it has one (a swatch).
type OptionValue struct {
	Code  string    `json:"code"`
	Name  i18n.Text `json:"name"`
	Media *media.ID `json:"media,omitempty"`
}

// Variant is what is put into a cart.
type Variant struct {
	ID        VariantID
	SKU       string
	Barcode   string
	Options   map[string]string // option code → value code; empty for a lone variant
	Price     decimal.Decimal
	CompareAt *decimal.Decimal // the crossed-out price
	Cost      *decimal.Decimal
	WeightG   int
	Content   *decimal.Decimal // how much of the article's Measure is in it; nil for not told
	// Past are its prices before, Since is when its price could first be seen (LAW-03). Read here: the statement
	// that changes a price keeps the old one.
	Past  []pricelist.Past
	Since time.Time
	// ShipValues are the variant's values for shipping modes that count in a measure of their own, by
	// the mode's id, instead of its weight (ART-13).
	ShipValues map[string]decimal.Decimal
	Picture    *media.ID
	Position   int
	Active     bool

	Tracked   bool // its pieces are counted
	Backorder bool // it may be sold below zero
	OnHand    int  // read here, moved by stock (a new variant starts with it)
	Reserved  int
	LowAt     int
	Reorder   int
}

// Level is the variant's stock as package stock sees it.
func (v Variant) Level() stock.Level {
	return stock.Level{Variant: v.ID, OnHand: v.OnHand, Reserved: v.Reserved, LowAt: v.LowAt,
		Tracked: v.Tracked, Backorder: v.Backorder}
}

// Buyable tells whether qty of it could be put into a cart now.
func (v Variant) Buyable(qty int) bool { return v.Active && v.Level().Sellable(qty) }

// Picture is a picture of the article; Option ("colour=red") ties it to one choice.
type Picture struct {
	Media  media.ID
	Option string
}

// Link ties an article to another.
type Link struct {
	Kind  LinkKind
	Other ProductID
}

// LinkKind says why an article is shown beside another.
type LinkKind string

// The kinds of link (ART-12).
const (
	Similar       LinkKind = "similar"
	Complementary LinkKind = "complementary"
	Upsell        LinkKind = "upsell"
	Replacement   LinkKind = "replacement" // shown first when the article is sold out
)

// Flags mark an article.
type Flags struct {
	New         Flag `json:"new,omitzero"`
	Discover    Flag `json:"discover,omitzero"`
	Forthcoming Flag `json:"forthcoming,omitzero"`
	// NoDiscount keeps discounts off the article (DSC-07).
	NoDiscount bool `json:"no_discount,omitempty"`
}

// Flag is a mark with an optional period; it is evaluated when read, never by a job.
type Flag struct {
	On    bool       `json:"on"`
	From  *time.Time `json:"from,omitempty"`
	Until *time.Time `json:"until,omitempty"`
}

// At tells whether the mark is shown at t.
func (f Flag) At(t time.Time) bool {
	return f.On && (f.From == nil || !t.Before(*f.From)) && (f.Until == nil || t.Before(*f.Until))
}

// Text is the article's text in l, or the best other: the fallback's, then any in order of code.
func (p *Product) Text(l, fallback i18n.Locale) Text {
	for _, try := range []i18n.Locale{l, fallback} {
		if t, ok := p.Texts[try]; ok && t.Name != "" {
			return t
		}
	}
	locales := make([]i18n.Locale, 0, len(p.Texts))
	for l := range p.Texts {
		locales = append(locales, l)
	}
	slices.Sort(locales)
	for _, l := range locales {
		if p.Texts[l].Name != "" {
			return p.Texts[l]
		}
	}
	return Text{Name: p.Code}
}

// Find is the variant of exactly these options, active or not.
func (p *Product) Find(options map[string]string) (Variant, bool) {
	key := OptionKey(options)
	for _, v := range p.Variants {
		if OptionKey(v.Options) == key {
			return v, true
		}
	}
	return Variant{}, false
}

// Upcoming tells whether the article's day has not come yet, in the shop's time zone.
func (p *Product) Upcoming(now time.Time) bool {
	return p.AvailableOn != nil && now.Before(*p.AvailableOn)
}

// OptionKey is the canonical text of a choice: "colour=red;size=m", "" for none.
func OptionKey(options map[string]string) string {
	parts := make([]string, 0, len(options))
	for code, value := range options {
		parts = append(parts, code+"="+value)
	}
	sort.Strings(parts)
	return strings.Join(parts, ";")
}

// Panel is a secondary view: a titled text, of one article or shared by several.
type Panel struct {
	ID     PanelID
	Shared bool
	Titles i18n.Text
	Bodies i18n.Text // sanitised HTML
}
