package view

// Listing is a page of articles with its filters. The filters, the order and
// the page number are one GET form to URL.
type Listing struct {
	URL      string      `liquid:"url"`
	Hidden   []Hidden    `liquid:"hidden"`    // what the form must keep (the query of a search)
	ClearURL string      `liquid:"clear_url"` // the listing without filters
	Cards    []*Card     `liquid:"cards"`
	Facets   []*Facet    `liquid:"facets"`
	Active   []*Link     `liquid:"active"` // chosen filters; URL takes one away
	Sort     *Sort       `liquid:"sort"`
	Pages    *Pagination `liquid:"pages"`
}

// Facet is one filter. Kind is "list" (check boxes) or "range" (from–to, in the
// display currency for a price).
type Facet struct {
	Key    string       `liquid:"key"`   // stable: "price", "availability", "brand", or an option's key
	Label  string       `liquid:"label"` // "" for "price", "availability": the theme says them
	Kind   string       `liquid:"kind"`
	Open   bool         `liquid:"open"`
	Field  string       `liquid:"field"`
	Values []FacetValue `liquid:"values"`
	Low    Input        `liquid:"low"`
	High   Input        `liquid:"high"`
	Unit   string       `liquid:"unit"` // currency sign or unit of a range
}

// FacetValue is one value of a list facet, with the number of articles that have
// it and can be bought.
type FacetValue struct {
	Value    string `liquid:"value"`
	Label    string `liquid:"label"` // "" for the values of "availability" and "flag": the theme says them
	Count    int    `liquid:"count"`
	Selected bool   `liquid:"selected"`
}

// Sort is the order of a listing. The keys the theme has words for: relevance,
// position, newest, price_asc, price_desc, name.
type Sort struct {
	Field   string   `liquid:"field"`
	Choices []Choice `liquid:"choices"`
}

// Pagination is where in a list the page is. Items has gaps: an item without a
// URL that is not Current stands for pages left out.
type Pagination struct {
	Page  int        `liquid:"page"`
	Count int        `liquid:"count"` // number of pages
	Total int        `liquid:"total"` // number of things
	First int        `liquid:"first"` // number of the first thing shown, from 1
	Last  int        `liquid:"last"`
	Prev  string     `liquid:"prev"` // "" on the first page
	Next  string     `liquid:"next"` // "" on the last page
	Items []PageLink `liquid:"items"`
}

// PageLink is one page number.
type PageLink struct {
	Number  int    `liquid:"number"`
	URL     string `liquid:"url"`
	Current bool   `liquid:"current"`
}

// Family is a family or one term of a free classification (a brand, an author).
type Family struct {
	Name     string        `liquid:"name"`
	URL      string        `liquid:"url"`
	Class    string        `liquid:"class"` // the classification's name ("Brand"); "" for a family
	Intro    HTML          `liquid:"intro"`
	Image    *Image        `liquid:"image"`
	Children []*FamilyCard `liquid:"children"`
}

// FamilyCard is a family in a list of families.
type FamilyCard struct {
	Name  string `liquid:"name"`
	URL   string `liquid:"url"`
	Image *Image `liquid:"image"`
	Count int    `liquid:"count"`
}

// FamilyPage is the data of the template "family".
type FamilyPage struct {
	Site
	Family  *Family  `liquid:"family"`
	Listing *Listing `liquid:"listing"`
}

// ClassificationPage is the data of the template "classification". Without a
// Listing it is the index of the classification: all terms in Family.Children.
type ClassificationPage struct {
	Site
	Family  *Family  `liquid:"family"`
	Listing *Listing `liquid:"listing"`
}

// SearchPage is the data of the template "search". What was searched is
// Site.Search.Query.
type SearchPage struct {
	Site
	Listing    *Listing `liquid:"listing"` // nil when nothing was searched or found
	DidYouMean []*Link  `liquid:"did_you_mean"`
	Families   []*Link  `liquid:"families"` // families and brands that match
	Popular    []*Card  `liquid:"popular"`  // shown when nothing was found
}

// HomePage is the data of the template "home".
type HomePage struct {
	Site
	Hero     *Hero         `liquid:"hero"`
	Families []*FamilyCard `liquid:"families"`
	New      []*Card       `liquid:"new_articles"`
	Discover []*Card       `liquid:"discover"`
	Soon     []*Card       `liquid:"forthcoming"`
	Brands   []*Link       `liquid:"brands"`
	Text     HTML          `liquid:"text"`
}

// Hero is the first thing on the home page.
type Hero struct {
	Title string `liquid:"title"`
	Text  string `liquid:"text"`
	Image *Image `liquid:"image"`
	Link  *Link  `liquid:"link"`
}
