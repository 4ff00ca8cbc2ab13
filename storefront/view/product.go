package view

import "time"

// Price is what an article costs, as the visitor's profile sees it.
type Price struct {
	Now     Money  `liquid:"now"`
	Was     *Money `liquid:"was"`     // crossed out
	Percent int    `liquid:"percent"` // reduction in whole percent, when Was is set
	Lowest  *Money `liquid:"lowest"`  // lowest price of the 30 days before the reduction
	Rule    string `liquid:"rule"`    // the discounts that made the reduction, as the merchant calls them; "" for none
	From    bool   `liquid:"from"`    // several variants, this is the cheapest
	Tax     string `liquid:"tax"`     // "gross", "net" or "" (not said)
	Unit    *Money `liquid:"unit"`    // price per measure
	Measure string `liquid:"measure"` // the measure: "kg", "100 ml"
	// Tiers are the prices for more pieces, by rising quantity; Together that variants of the article count together.
	Tiers    []PriceTier `liquid:"tiers"`
	Together bool        `liquid:"together"`
	Own      *Money      `liquid:"own"` // in the shop's own currency, when another is displayed; what is charged says the checkout
	// Ask is set when the visitor must say first who he is: where to. There is no amount then.
	Ask string `liquid:"ask"`
}

// PriceTier is what each piece costs from a quantity on; Further: each piece from there on, the first ones cost
// what they cost.
type PriceTier struct {
	From    int   `liquid:"from"`
	Price   Money `liquid:"price"`
	Further bool  `liquid:"further"`
}

// Stock is how much there is and when, as far as the shop tells it (exact numbers,
// levels only, or nothing). State is one of "in_stock", "low", "on_order" (delivered
// later), "forthcoming" (Date says when), "out", and "available": it can be bought, and
// no more is told.
type Stock struct {
	State     string     `liquid:"state"`
	Quantity  int        `liquid:"quantity"`  // with "in_stock" and "low", where the shop tells numbers; else 0
	Date      *time.Time `liquid:"date"`      // when it can be sent
	Available bool       `liquid:"available"` // can be put into the cart now
	Terms     string     `liquid:"terms"`     // of a pre-order: a finished sentence that says when it is paid; "" for at once
}

// Card is an article in a list.
type Card struct {
	Name   string   `liquid:"name"`
	URL    string   `liquid:"url"`
	Brand  string   `liquid:"brand"`
	Image  *Image   `liquid:"image"`
	Price  *Price   `liquid:"price"`  // nil: no price shown to this profile
	Badges []string `liquid:"badges"` // keys: "new", "discover", "forthcoming", "sale", "last", "out"
	Out    bool     `liquid:"out"`
}

// Product is an article with the variant the visitor has chosen (or the first that
// can be bought).
type Product struct {
	ID          string   `liquid:"id"`
	SKU         string   `liquid:"sku"`
	Name        string   `liquid:"name"`
	URL         string   `liquid:"url"`
	Brand       *Link    `liquid:"brand"`
	Classes     []*Class `liquid:"classes"` // other classifications it belongs to
	Badges      []string `liquid:"badges"`
	Summary     string   `liquid:"summary"`
	Description HTML     `liquid:"description"` // the main view
	Views       []Panel  `liquid:"views"`       // the secondary views
	Facts       []Pair   `liquid:"facts"`       // weight, dimensions, material …
	Images      []*Image `liquid:"images"`

	// The chosen variant.
	Image *Image      `liquid:"image"` // the picture to show first; one of Images, or the variant's own
	Price *Price      `liquid:"price"`
	Stock *Stock      `liquid:"stock"`
	Why   []PriceStep `liquid:"why"` // "why this price": nil hides it
	Send  *Delivery   `liquid:"delivery"`
	Print *Print      `liquid:"print"` // for paper only

	Options  []*Option  `liquid:"options"`  // what the variants differ in; empty where there is a grid
	Extras   []*Option  `liquid:"extras"`   // what can be chosen beside and adds to the price
	Variants []*Variant `liquid:"variants"` // filled up to MaxVariants, for the script; else empty
	Grid     *Grid      `liquid:"grid"`     // several variants are ordered at once; nil: one at a time
	Add      *AddForm   `liquid:"add"`      // nil: cannot be bought

	Replacements  []*Card `liquid:"replacements"`
	Similar       []*Card `liquid:"similar"`
	Complementary []*Card `liquid:"complementary"`
}

// MaxVariants is how many combinations of variants and extras a product page carries for
// its script; beyond it the script asks the server, so that the page stays small.
const MaxVariants = 40

// Class is an article's places in a classification: "Authors: Jane Doe, John Doe".
type Class struct {
	Name  string  `liquid:"name"`
	Links []*Link `liquid:"links"`
}

// Panel is a titled block of complementary information.
type Panel struct {
	ID    string `liquid:"id"` // unique in the page, made of letters, digits and hyphens
	Title string `liquid:"title"`
	Body  HTML   `liquid:"body"`
}

// PriceStep is one line of the explanation of a price.
type PriceStep struct {
	Label  string `liquid:"label"`
	Amount Money  `liquid:"amount"`
	Total  bool   `liquid:"total"`
}

// Delivery is what delivery would cost and when it would arrive.
type Delivery struct {
	Country string     `liquid:"country"`
	Price   *Money     `liquid:"price"` // nil: free
	Arrives *time.Time `liquid:"arrives"`
	FreeAt  *Money     `liquid:"free_from"`
}

// Print is what a printed article says beyond its page: its address, the day, and the
// address as a QR code: Path is what to stroke, one unit wide, in a square of Size units
// that has its light border already ("" when there is no code).
type Print struct {
	URL  string    `liquid:"url"`
	Date time.Time `liquid:"date"`
	Path string    `liquid:"path"`
	Size int       `liquid:"size"`
}

// Option is one axis of the variants, or an option that adds to the price. It is drawn as
// radio buttons unless Kind is "select".
type Option struct {
	Name   string         `liquid:"name"`  // "Colour"
	Field  string         `liquid:"field"` // name of the form field
	Kind   string         `liquid:"kind"`  // "radio" or "select"
	Values []*OptionValue `liquid:"values"`
}

// OptionValue is one value of an option. URL is the page with this value chosen and
// the other options kept; Available says whether that combination can be bought.
type OptionValue struct {
	Value     string `liquid:"value"`
	Label     string `liquid:"label"`
	URL       string `liquid:"url"`
	Selected  bool   `liquid:"selected"`
	Available bool   `liquid:"available"`
	Image     *Image `liquid:"image"`   // swatch
	Extra     *Money `liquid:"extra"`   // price impact
	Percent   string `liquid:"percent"` // price impact in percent, "10 %"; "" for none
}

// Grid is the table of an article whose variants are ordered several at once: quantities
// are typed into its cells and sent together, to Add.Form.Action.
type Grid struct {
	Down   string      `liquid:"down"`   // what the rows are: "Size"
	Across string      `liquid:"across"` // what the columns are: "Colour"; "" for a list
	Heads  []*GridHead `liquid:"heads"`  // of the columns; one without label for a list
	Rows   []*GridRow  `liquid:"rows"`
}

// GridHead is the head of a column.
type GridHead struct {
	Label string `liquid:"label"`
	Image *Image `liquid:"image"` // swatch
}

// GridRow is one row of a grid: a cell for every head.
type GridRow struct {
	Label  string      `liquid:"label"`
	Images []*Image    `liquid:"images"` // the swatches of its values, one for each option that has them
	Cells  []*GridCell `liquid:"cells"`
}

// GridCell is one variant; one without Quantity.Name is a combination that is not sold.
type GridCell struct {
	Label    string `liquid:"label"` // "Red, S"
	Quantity Input  `liquid:"quantity"`
	Price    *Price `liquid:"price"`
	Stock    *Stock `liquid:"stock"`
}

// Variant is one combination, for the script that refreshes price and stock.
type Variant struct {
	Key   string `liquid:"key"` // the values in the order of the options and extras, joined by "|"
	SKU   string `liquid:"sku"`
	Price *Price `liquid:"price"`
	Stock *Stock `liquid:"stock"`
	Image *Image `liquid:"image"`
	// Explained tells that there are reasons for the price: Product.Why, once it is the chosen one.
	Explained bool `liquid:"explained"`
}

// AddForm puts the chosen variant into the cart: POST to Action with the options'
// fields and Quantity. The same fields sent by GET to the product's URL show
// another variant. Where there is a grid its cells stand in the place of Quantity, and
// the field do=refresh asks for the page again instead, with everything that was typed.
type AddForm struct {
	Form     Form  `liquid:"form"`
	Quantity Input `liquid:"quantity"`
	Min      int   `liquid:"min"`
	Max      int   `liquid:"max"` // 0 = no limit
	Step     int   `liquid:"step"`
}

// ProductPage is the data of the template "product".
type ProductPage struct {
	Site
	Product *Product `liquid:"product"`
}
