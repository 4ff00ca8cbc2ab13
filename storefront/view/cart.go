package view

// Cart is the visitor's cart.
type Cart struct {
	Lines    []*CartLine `liquid:"lines"`
	Count    int         `liquid:"count"` // pieces
	Totals   []Total     `liquid:"totals"`
	Due      *Due        `liquid:"due"`     // nil: all of it with the order
	Charged  *Money      `liquid:"charged"` // to pay in the charged currency, when another is displayed
	Update   Form        `liquid:"update"`  // all quantities at once
	Notice   string      `liquid:"notice"`  // what is to be said first, where a script shows the cart alone; "" for nothing
	Empty    Action      `liquid:"empty"`
	Undo     *Undo       `liquid:"undo"`
	Blocked  bool        `liquid:"blocked"` // a line must be put right before ordering
	Minimum  *Minimum    `liquid:"minimum"`
	Codes    *Codes      `liquid:"codes"`
	Checkout string      `liquid:"checkout_url"`
	Quote    string      `liquid:"quote_url"` // asks for a quote; "" where this visitor gets none
	Continue string      `liquid:"continue_url"`
}

// Due says when a total is to be paid, where some of it is for articles that are not there yet: Now with the
// order, Later before they are sent. Paid tells that Now has come, Settled that Later has, too; Rest is what is
// still to be paid of Later.
type Due struct {
	Now     Money `liquid:"now"`
	Later   Money `liquid:"later"`
	Free    bool  `liquid:"free"` // nothing is to be paid now
	Paid    bool  `liquid:"paid"`
	Settled bool  `liquid:"settled"`
	Rest    Money `liquid:"rest"`
}

// CartLine is one article in the cart, or in the summary of the checkout.
type CartLine struct {
	ID       string      `liquid:"id"`
	Name     string      `liquid:"name"`
	URL      string      `liquid:"url"` // "" when the article is gone
	SKU      string      `liquid:"sku"`
	Image    *Image      `liquid:"image"`
	Options  []Pair      `liquid:"options"`
	Price    *Price      `liquid:"price"` // of one piece; nil when it cannot be had: it has no Total either
	Total    Money       `liquid:"total"`
	Quantity Input       `liquid:"quantity"`
	Pieces   int         `liquid:"pieces"` // the quantity as a number
	Min      int         `liquid:"min"`
	Max      int         `liquid:"max"` // 0 = no limit
	Step     int         `liquid:"step"`
	Remove   Action      `liquid:"remove"`
	Shortage *Shortage   `liquid:"shortage"`
	Notes    []string    `liquid:"notes"` // finished sentences: price changed, delivered later
	Off      []Pair      `liquid:"off"`   // discounts that are in Total: name and amount
	Why      []PriceStep `liquid:"why"`
}

// Shortage says that fewer are left than asked for. Take is the one click that
// puts Available (when it is not 0) into the cart instead. Reason is a finished sentence
// where it is not for want of pieces that the line cannot be ordered, else "".
type Shortage struct {
	Asked     int    `liquid:"asked"`
	Available int    `liquid:"available"`
	Reason    string `liquid:"reason"`
	Take      Action `liquid:"take"`
}

// Undo takes back the last change for Seconds more seconds. What is "removed"
// (Label is the article's name), "emptied" or "changed".
type Undo struct {
	What    string `liquid:"what"`
	Label   string `liquid:"label"`
	Seconds int    `liquid:"seconds"`
	Action  Action `liquid:"action"`
}

// Minimum says how much is missing to the smallest order; Text says both, and on which side of the tax.
type Minimum struct {
	Amount  Money  `liquid:"amount"`
	Missing Money  `liquid:"missing"`
	Text    string `liquid:"text"`
}

// Total is one line of totals. Kind is stable: goods, discount, shipping,
// shipping_estimate, insurance, fee, rounding, tax, tax_included, net, total,
// paid, due. Label overrides the theme's words when not ""; Note is added small
// (a rate, the name of a shipping mode). Pending: not known yet, and Amount means
// nothing; Note is then what it is going to cost, "" where nobody can tell.
type Total struct {
	Kind    string `liquid:"kind"`
	Label   string `liquid:"label"`
	Note    string `liquid:"note"`
	Amount  Money  `liquid:"amount"`
	Pending bool   `liquid:"pending"`
	Free    bool   `liquid:"free"`
}

// CartPage is the data of the template "cart".
type CartPage struct {
	Site
	Cart        *Cart   `liquid:"cart"`
	Suggestions []*Card `liquid:"suggestions"`
}
