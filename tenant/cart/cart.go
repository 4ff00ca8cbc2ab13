package cart

import (
	"maps"
	"slices"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/stock"
)

// ID names a cart.
type ID = id.Of[Cart]

// LineID names a line of a cart.
type LineID = id.Of[Line]

// Token is what the browser's cookie holds; the database knows its digest only.
type Token string

// Cart is what somebody means to buy.
type Cart struct {
	ID        ID
	Customer  customer.ID // zero for a guest
	Lines     []Line
	Undo      *Undo // what the last removal took, nil when there is nothing to take back
	Choices   Choices
	Codes     []string // coupon codes, in the form of discount.Code
	Locale    i18n.Locale
	Display   string       // the currency prices are shown in, "" for the shop's own
	Profile   profile.Code // of the reader, never stored: who he is can change between two visits
	Deal      *Deal        // what was agreed for it, nil for the shop's own prices; never stored
	Rev       int
	UpdatedAt time.Time
	ExpiresAt time.Time
}

// Line is one variant, with the extras that were chosen for it, in a quantity. Price and name are
// never kept: they are read when shown.
type Line struct {
	ID      LineID            `json:"id"`
	Variant stock.VariantID   `json:"variant"`
	Extras  map[string]string `json:"extras,omitempty"` // price-adding option → value
	Qty     int               `json:"qty"`
	AddedAt time.Time         `json:"added_at"`
	// Agreed is the price of a piece, with its extras, that was agreed for this line; nil for what the shop
	// asks. Never stored.
	Agreed *pricing.Price `json:"-"`
}

// Deal is what a merchant and his customer agreed about a cart as a whole: such a cart is a quote's, and
// exists for as long as a checkout looks at it.
type Deal struct {
	// Carriage is how it is sent and for how much, nil for what the shop asks.
	Carriage *Carriage
}

// Carriage is a way to send with a price that was agreed.
type Carriage struct {
	Mode  string        `json:"mode"` // id of a shipping mode
	Price pricing.Price `json:"price"`
}

// Wish is what somebody wants in his cart.
type Wish struct {
	Variant stock.VariantID
	Extras  map[string]string // price-adding option → value
	Qty     int
}

// Change says what an Undo would take back.
type Change string

// The changes that can be taken back.
const (
	Removed Change = "removed"
	Emptied Change = "emptied"
	Changed Change = "changed"
)

// Undo is the cart as it was before the last change. How long it is offered is the face's
// decision; At says since when.
type Undo struct {
	What  Change    `json:"what"`
	Label string    `json:"label"` // the article's name, "" for Emptied
	Lines []Line    `json:"lines"`
	At    time.Time `json:"at"`
}

// Choices are what a buyer has chosen so far, as far as prices depend on it.
type Choices struct {
	Country   string `json:"country,omitempty"`
	Region    string `json:"region,omitempty"`
	Postcode  string `json:"postcode,omitempty"`
	Business  bool   `json:"business,omitempty"`
	VATNumber string `json:"vat_number,omitempty"`
	Shipping  string `json:"shipping,omitempty"` // id of a shipping mode
	Insured   bool   `json:"insured,omitempty"`
	Payment   string `json:"payment,omitempty"` // id of a payment mode
	// Lock are the rates of other currencies since the checkout began; nil for none yet.
	Lock *currency.Lock `json:"lock,omitempty"`
	// Proof is what the register said of VATNumber, nil when it was not asked.
	Proof *pricing.VATProof `json:"proof,omitempty"`
}

// Limits of a cart: far above what people buy, and low enough that no page or statement grows
// beyond reason.
const (
	MaxLines = 200
	MaxQty   = 100_000
	MaxCodes = 10
)

// Life is how long an untouched cart is kept (CART-01).
const Life = 30 * 24 * time.Hour

// Refusals.
var (
	ErrGone    = fault.New(fault.NotFound, "cart.article_gone") // not for sale (any more)
	ErrSoldOut = fault.New(fault.Conflict, "cart.out_of_stock") // name
	ErrChoice  = fault.New(fault.Conflict, "cart.choice_gone")  // a chosen extra is not offered (any more), or one is missing
	ErrQty     = fault.New(fault.Malformed, "cart.quantity")    // min, max
	ErrFull    = fault.New(fault.Conflict, "cart.full")         // max
	ErrLine    = fault.New(fault.NotFound, "cart.line_unknown") //
	ErrNoUndo  = fault.New(fault.Conflict, "cart.nothing_to_undo")
	ErrEmpty   = fault.New(fault.Conflict, "cart.empty")
)

// Count is the number of pieces, for the little cookie.
func (c *Cart) Count() int {
	n := 0
	for _, l := range c.Lines {
		n += l.Qty
	}
	return n
}

// Wants is what the cart asks of the stock, once for every variant.
func (c *Cart) Wants() []stock.Want {
	var wants []stock.Want
	for _, l := range c.Lines {
		at := slices.IndexFunc(wants, func(w stock.Want) bool { return w.Variant == l.Variant })
		if at < 0 {
			wants = append(wants, stock.Want{Variant: l.Variant, Qty: l.Qty})
			continue
		}
		wants[at].Qty += l.Qty
	}
	return wants
}

// Ahead is how many pieces of the variant of line i the lines before it ask for: they are served
// first.
func (c *Cart) Ahead(i int) int {
	n := 0
	for _, l := range c.Lines[:i] {
		if l.Variant == c.Lines[i].Variant {
			n += l.Qty
		}
	}
	return n
}

// holds is how many pieces of a variant all lines together ask for.
func (c *Cart) holds(v stock.VariantID) int {
	n := 0
	for _, l := range c.Lines {
		if l.Variant == v {
			n += l.Qty
		}
	}
	return n
}

// find is the place of a line, -1 when it is not there.
func (c *Cart) find(l LineID) int {
	return slices.IndexFunc(c.Lines, func(x Line) bool { return x.ID == l })
}

// of is the place of the line of a variant with just these extras, -1 when there is none.
func (c *Cart) of(v stock.VariantID, extras map[string]string) int {
	return slices.IndexFunc(c.Lines, func(x Line) bool { return x.Variant == v && maps.Equal(x.Extras, extras) })
}

// add puts more of a variant into the cart, into its line when there is one.
func (c *Cart) add(w Wish, now time.Time) error {
	if w.Qty < 1 || w.Qty > MaxQty {
		return ErrQty.With(fault.Args{"min": 1, "max": MaxQty})
	}
	if at := c.of(w.Variant, w.Extras); at >= 0 {
		if c.Lines[at].Qty+w.Qty > MaxQty {
			return ErrQty.With(fault.Args{"min": 1, "max": MaxQty})
		}
		c.Lines[at].Qty += w.Qty
		c.Undo = nil
		return nil
	}
	if len(c.Lines) >= MaxLines {
		return ErrFull.With(fault.Args{"max": MaxLines})
	}
	c.Lines = append(c.Lines, Line{ID: id.New[Line](), Variant: w.Variant, Extras: w.Extras, Qty: w.Qty, AddedAt: now})
	c.Undo = nil
	return nil
}

// set gives one line another quantity; zero removes it.
func (c *Cart) set(l LineID, qty int, label string, now time.Time) error {
	at := c.find(l)
	if at < 0 {
		return ErrLine
	}
	return c.setAll(map[LineID]int{l: qty}, map[stock.VariantID]string{c.Lines[at].Variant: label}, now)
}

// setAll gives lines other quantities, all of them or none. The undo takes all of it back; it is
// labelled by name when one line was changed.
func (c *Cart) setAll(qtys map[LineID]int, names map[stock.VariantID]string, now time.Time) error {
	undo := &Undo{What: Changed, Lines: slices.Clone(c.Lines), At: now}
	touched, removed := 0, 0
	for l, qty := range qtys {
		at := c.find(l)
		switch {
		case at < 0:
			return ErrLine
		case qty < 0 || qty > MaxQty:
			return ErrQty.With(fault.Args{"min": 0, "max": MaxQty})
		case qty == c.Lines[at].Qty:
			continue
		case qty == 0:
			removed++
		}
		touched++
		undo.Label = names[c.Lines[at].Variant]
	}
	if touched == 0 {
		return nil
	}
	if touched > 1 {
		undo.Label = ""
	}
	if removed == touched {
		undo.What = Removed
	}
	var kept []Line
	for _, line := range c.Lines {
		if qty, ok := qtys[line.ID]; ok {
			line.Qty = qty
		}
		if line.Qty > 0 {
			kept = append(kept, line)
		}
	}
	c.Lines, c.Undo = kept, undo
	return nil
}

// empty removes every line.
func (c *Cart) empty(now time.Time) {
	if len(c.Lines) == 0 {
		return
	}
	c.Undo = &Undo{What: Emptied, Lines: c.Lines, At: now}
	c.Lines = nil
}

// undo takes the last change back.
func (c *Cart) undo() error {
	if c.Undo == nil {
		return ErrNoUndo
	}
	c.Lines, c.Undo = c.Undo.Lines, nil
	return nil
}

// merge takes over the lines of another cart of the same person. Where both have an article the
// larger quantity counts, since most often it is the same wish twice; no line is lost (CART-01),
// even beyond MaxLines.
func (c *Cart) merge(other *Cart) {
	for _, l := range other.Lines {
		if at := c.of(l.Variant, l.Extras); at >= 0 {
			c.Lines[at].Qty = max(c.Lines[at].Qty, l.Qty)
			continue
		}
		c.Lines = append(c.Lines, l)
	}
	if c.Choices == (Choices{}) {
		c.Choices = other.Choices
	}
	for _, code := range other.Codes {
		if len(c.Codes) < MaxCodes && !slices.Contains(c.Codes, code) {
			c.Codes = append(c.Codes, code)
		}
	}
	c.Undo = nil
}
