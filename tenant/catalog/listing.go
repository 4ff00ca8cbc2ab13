package catalog

import (
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/settings"
)

// Sort is the order of a list.
type Sort string

// The orders a shopper can choose. Best is by relevance in a search and by position elsewhere.
const (
	Best      Sort = "position"
	Newest    Sort = "newest"
	PriceUp   Sort = "price"
	PriceDown Sort = "price_desc"
	ByName    Sort = "name"
)

// MaxPage bounds how deep a list can be paged; nobody reads so far, robots do.
const MaxPage = 1000

// Short narrows a list to articles with a variant that is short of pieces (STK-05).
type Short string

// The two indicators of short stock.
const (
	ShortLow Short = "low" // there are pieces, but no more than the threshold
	ShortOut Short = "out" // there are none
)

// Query says which articles a list shows.
type Query struct {
	Locale   i18n.Locale
	Fallback i18n.Locale
	IDs      []ProductID // only these, in this order; nil for all
	States   []State     // published only when empty; the office lists others
	Node     NodeID      // with everything below it; zero for all
	Search   string
	// Options narrow by what variants differ in ("size" → {"m","l"}): an article matches when one
	// and the same variant that can be bought has one of each.
	Options map[string][]string
	// Nodes narrow by further classifications: one of each inner list.
	Nodes     map[TaxonomyID][]NodeID
	Available bool  // only what can be bought now
	Short     Short // only what the office has to order again; "" for all
	LowAt     int   // the threshold of variants that have none, for Short
	New       bool  // only what is marked as new
	PriceMin  *decimal.Decimal
	PriceMax  *decimal.Decimal
	Sort      Sort
	Page      int // from 1
	PerPage   int
	Facets    bool // count them
	// Instead lists what a reader can take in place of an article, the nearest price first; nil for any other list.
	Instead *Instead
}

// Instead is an article that cannot be had, and about what it costs.
type Instead struct {
	Of    ProductID
	Price decimal.Decimal
}

// Listing is one page of a list.
type Listing struct {
	Cards  []Card
	Total  int
	Facets []Facet
	// Loose is true when nothing matched the words of a search and these are near misses.
	Loose bool
}

// Pages is the number of pages.
func (l Listing) Pages(perPage int) int { return (l.Total + perPage - 1) / max(1, perPage) }

// Card is an article as a list shows it.
type Card struct {
	ID          ProductID
	Code        string
	State       State
	Name        string
	Slug        string
	SlugLocale  i18n.Locale // the language of Slug, when there is no text in the reader's
	Summary     string
	Kind        Kind
	TaxClass    string
	PriceGross  bool
	Prices      []pricelist.Rule // the rules of its prices
	Offers      []pricelist.Own  // its variants, where a price has rules, a past or something crossed out; see Offer
	Measure     BaseMeasure
	PriceMin    decimal.Decimal
	PriceMax    decimal.Decimal
	CompareMin  *decimal.Decimal
	Required    []Extra // what must be chosen beside and adds to the price; PriceMin is without
	Available   bool
	Variants    int
	Flags       Flags
	AvailableOn *time.Time
	Rating      *decimal.Decimal
	Cover       *Cover
	Lone        *VariantID // its variant when there is but one, to be put into the cart from the list
	Nodes       []NodeID   // families and other classifications, without what is above them
	OnHand      int        // of the variants together
	LowAt       int
	Shown       settings.Show // how its stock is told: its own way or its family's; "" is the shop's

	content  *decimal.Decimal   // how much of Measure is in the cheapest variant
	contents []*decimal.Decimal // and in those of Offers
}

// Cover is the picture of a card.
type Cover struct {
	ID     media.ID     `json:"id"`
	Key    string       `json:"key"`
	Width  int          `json:"width"`
	Height int          `json:"height"`
	Sizes  []media.Size `json:"sizes"`
	Alt    i18n.Text    `json:"alt"`
}

// Facet is a filter with the number of articles each choice would leave.
type Facet struct {
	// Kind is "option" or "node"; Code is the option's or the taxonomy's.
	Kind   string
	Code   string
	Name   i18n.Text
	Values []FacetValue
}

// FacetValue is one choice of a filter.
type FacetValue struct {
	Code  string // the option value's code, or the node's id
	Name  i18n.Text
	Count int
	On    bool
}
