package quote

import (
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/stock"
)

// ID names a quote. People see its number.
type ID = id.Of[Quote]

// Quote is a quote with both of its versions.
type Quote struct {
	ID     ID
	Number string
	State  State // Expired once the day is over

	Customer customer.ID // zero for a guest
	Name     string
	Email    string
	Locale   i18n.Locale
	Profile  profile.Code
	Currency money.Currency // of all amounts; the shop's own when the quote was made
	Message  string         // what the buyer wrote
	Reason   string         // why it was refused, by whoever refused it

	// Choices say where the goods go, as far as it is known, and at which rates a checkout began.
	Choices cart.Choices

	Asked   *Offer // what the customer asked for, at the prices he saw; nil when the merchant began it
	Draft   Offer
	Sent    *Offer // nil until it was sent
	Version int    // of Sent, from 1 on

	Order       order.ID // what it became; zero for none
	OrderNumber string

	Rev       int
	CreatedAt time.Time
	UpdatedAt time.Time
	SentAt    *time.Time
}

// Offer is what is offered.
type Offer struct {
	Lines []Line `json:"lines"`
	// Carriage is the way to send it with its price; nil where that is reckoned when it is ordered.
	Carriage *cart.Carriage `json:"carriage,omitempty"`
	Remark   string         `json:"remark,omitempty"`
	// Until is the last day it holds, at midnight UTC of that day; zero while nobody has said.
	Until time.Time `json:"until,omitzero"`
	// Priced is the whole calculation; nil for an offer without lines.
	Priced *pricing.Priced `json:"priced,omitempty"`
}

// Line is one article at the price that is offered.
type Line struct {
	ID       cart.LineID       `json:"id"`
	Variant  stock.VariantID   `json:"variant"`
	Product  catalog.ProductID `json:"product"`
	Extras   map[string]string `json:"extras,omitempty"`
	SKU      string            `json:"sku"`
	Name     string            `json:"name"`    // in the buyer's language, as the options are
	Options  string            `json:"options"` // "Colour: red, Size: M, Print: logo"
	MediaKey string            `json:"media_key,omitempty"`
	Qty      int               `json:"qty"`
	Unit     pricing.Price     `json:"unit"`     // of a piece, with its extras
	Proposed pricing.Price     `json:"proposed"` // what the shop asked for a piece when the line was made
}

// Limits of what can be typed.
const (
	MaxName    = 100
	MaxMessage = 2000
	MaxRemark  = 2000
	MaxReason  = 1000
	// MaxDays is the furthest day somebody may promise prices for.
	MaxDays = 2 * 365
)

// Refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "quote.unknown")
	// ErrLink refuses a link that is not genuine or too old.
	ErrLink = fault.New(fault.NotFound, "quote.link")
	// ErrNotOffered: this customer's profile may not ask for quotes (PROF-05).
	ErrNotOffered = fault.New(fault.Denied, "quote.not_offered")
	// ErrExpired, ErrRevised and ErrClosed refuse to order a quote whose day is over, one that was sent anew
	// since it was looked at, and one that was accepted or refused.
	ErrExpired = fault.New(fault.Conflict, "quote.expired") // date
	ErrRevised = fault.New(fault.Conflict, "quote.revised")
	ErrClosed  = fault.New(fault.Conflict, "quote.closed")
	// ErrCurrency refuses to order a quote made in a currency that is no longer the shop's.
	ErrCurrency = fault.New(fault.Conflict, "quote.currency")
	// ErrStale: somebody else has saved it meanwhile.
	ErrStale = fault.New(fault.Conflict, "quote.stale")
	// ErrEmpty, ErrGone and ErrPast refuse to send an offer of nothing, one with an article that is no longer
	// for sale, and one whose last day is over.
	ErrEmpty = fault.New(fault.Conflict, "quote.empty")
	ErrGone  = fault.New(fault.Conflict, "quote.article_gone") // name
	ErrPast  = fault.New(fault.Malformed, "quote.past")
	// ErrDay refuses a day beyond MaxDays.
	ErrDay = fault.New(fault.Malformed, "quote.far") // days
	// ErrCode: no article has this code.
	ErrCode = fault.New(fault.Malformed, "quote.code") // code
	// ErrChoose: something has to be chosen of the article, its variant or what adds to the price. ErrCombination:
	// it does not exist as it was chosen.
	ErrChoose      = fault.New(fault.Malformed, "quote.choose")
	ErrCombination = fault.New(fault.Malformed, "quote.combination")
	// ErrPrice refuses a price no price column holds.
	ErrPrice = fault.New(fault.Malformed, "quote.price")
)

// Cart is a cart of an offer, at the prices of the offer.
func (q *Quote) Cart(o *Offer) *cart.Cart {
	c := &cart.Cart{ID: id.As[cart.Cart](q.ID), Customer: q.Customer, Locale: q.Locale, Profile: q.Profile, Choices: q.Choices,
		Deal: &cart.Deal{Carriage: o.Carriage}, Lines: make([]cart.Line, len(o.Lines)), UpdatedAt: q.UpdatedAt}
	for i := range o.Lines {
		l := &o.Lines[i]
		c.Lines[i] = cart.Line{ID: l.ID, Variant: l.Variant, Extras: l.Extras, Qty: l.Qty, AddedAt: q.CreatedAt, Agreed: &l.Unit}
	}
	if o.Carriage != nil {
		c.Choices.Shipping, c.Choices.Insured = o.Carriage.Mode, false
	}
	return c
}

// Pieces is the number of pieces of an offer.
func (o *Offer) Pieces() int {
	n := 0
	for _, l := range o.Lines {
		n += l.Qty
	}
	return n
}

// Line is the place of a line, -1 when it is not there.
func (o *Offer) Line(which cart.LineID) int {
	for i := range o.Lines {
		if o.Lines[i].ID == which {
			return i
		}
	}
	return -1
}

// Shown is what the customer may look at: what was sent to him, else what he asked for; nil for what a
// merchant has begun and not sent.
func (q *Quote) Shown() *Offer {
	if q.Sent != nil {
		return q.Sent
	}
	return q.Asked
}

// Changed tells that the merchant has worked on it since it was sent.
func (q *Quote) Changed() bool { return q.Sent != nil && !q.Draft.same(q.Sent) }
