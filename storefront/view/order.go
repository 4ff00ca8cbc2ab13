package view

import "time"

// Order is one order as its buyer sees it. State is one of placed, paid,
// preparing, shipped, delivered, closed, cancelled, refunded; Payment is one of
// awaiting, pending, part_paid, paid, failed, refunded, part_refunded, review, credit.
type Order struct {
	Number       string       `liquid:"number"`
	PlacedAt     time.Time    `liquid:"placed_at"`
	State        string       `liquid:"state"`
	Payment      string       `liquid:"payment"`
	URL          string       `liquid:"url"`
	Email        string       `liquid:"email"`
	Steps        []OrderStep  `liquid:"steps"`
	Events       []OrderEvent `liquid:"events"` // newest first; the merchant's remarks among them
	Parcels      []*Parcel    `liquid:"parcels"`
	Lines        []*OrderLine `liquid:"lines"`
	Totals       []Total      `liquid:"totals"`
	Total        Money        `liquid:"total"`
	Due          *Due         `liquid:"due"`          // nil: all of it was due with the order
	Credit       *Money       `liquid:"credit"`       // what was paid and is to be given back
	CreditWhy    string       `liquid:"credit_why"`   // "called_off": the order is; "over": more than its total was paid
	ParcelsWish  string       `liquid:"parcels_wish"` // how they are sent, as in Checkout.Parcels
	Charged      *Charge      `liquid:"charged"`      // in another currency than the amounts above, which are as the buyer saw them
	Delivery     []string     `liquid:"delivery"`     // formatted address; empty: nothing to deliver
	Billing      []string     `liquid:"billing"`
	ShippingName string       `liquid:"shipping_name"`
	PaymentName  string       `liquid:"payment_name"`
	Note         string       `liquid:"note"`         // what the buyer wrote
	Instructions *Instruction `liquid:"instructions"` // how to pay, while it is awaited
	Pay          *PayForm     `liquid:"pay"`          // how it can be paid now; nil: nothing to choose
	Repeat       *Repeat      `liquid:"repeat"`       // nil: asked for once
	Cancel       *Action      `liquid:"cancel"`       // nil: cannot be cancelled by the buyer
	Again        *Action      `liquid:"again"`        // the same articles into the cart
	Documents    []*Link      `liquid:"documents"`    // invoices, credit notes
}

// OrderStep is one of the stages every order passes (placed, paid, shipped,
// delivered): Done, or still to come.
type OrderStep struct {
	Key  string     `liquid:"key"`
	At   *time.Time `liquid:"at"`
	Done bool       `liquid:"done"`
}

// OrderEvent is something that happened. Key chooses the theme's words
// (order.event.<key>) unless Label is set; Note is the merchant's remark.
type OrderEvent struct {
	Key   string    `liquid:"key"`
	Label string    `liquid:"label"`
	Note  string    `liquid:"note"`
	At    time.Time `liquid:"at"`
}

// Parcel is something that was sent.
type Parcel struct {
	Carrier   string     `liquid:"carrier"`
	Number    string     `liquid:"number"`
	URL       string     `liquid:"url"` // the carrier's page; "" when there is none
	ShippedAt *time.Time `liquid:"shipped_at"`
	Delivered bool       `liquid:"delivered"`
	Inside    string     `liquid:"inside"` // what is in it, "" where it holds the whole order
}

// OrderLine is one ordered article; every word and number is a copy made when the
// order was placed.
type OrderLine struct {
	Name     string      `liquid:"name"`
	SKU      string      `liquid:"sku"`
	URL      string      `liquid:"url"` // "" when the article is gone
	Image    *Image      `liquid:"image"`
	Options  []Pair      `liquid:"options"`
	Unit     Money       `liquid:"unit"`
	Total    Money       `liquid:"total"`
	Why      []PriceStep `liquid:"why"`
	Quantity int         `liquid:"quantity"`
	Shipped  int         `liquid:"shipped"`
	Off      string      `liquid:"off"` // discounts that are in Total, with their amounts
	// Expected is the day an article ordered before its day is announced for, while pieces of it are to be sent.
	Expected *time.Time `liquid:"expected"`
}

// Repeat is how an order is asked for again and again, and how its buyer stops that. Everything is finished text; Lines are sentences, to be
// read before he pays.
type Repeat struct {
	Title     string   `liquid:"title"`
	Lines     []string `liquid:"lines"`
	Stop      *Action  `liquid:"stop"`       // nil: nothing to stop
	StopLabel string   `liquid:"stop_label"` // of its button
	StopText  string   `liquid:"stop_text"`  // what comes of it
}

// PayForm is the choice of ways to pay an order that is still due, the first time or again: one form
// to Action, in which Name takes the value of one of Ways (never empty). Other tells that a way that
// needs no bank is chosen already and its instructions stand on the page: these are the others.
type PayForm struct {
	Action Action           `liquid:"action"`
	Name   string           `liquid:"name"`
	Ways   []*PaymentChoice `liquid:"ways"`
	Amount Money            `liquid:"amount"` // what is due
	Other  bool             `liquid:"other"`
	Rest   bool             `liquid:"rest"` // what was due with the order has been paid: this is the rest of it
	Error  string           `liquid:"error"`
}

// Instruction is how to pay an order outside the shop.
type Instruction struct {
	Kind string `liquid:"kind"` // "cheque", "transfer", "on_delivery"
	Text HTML   `liquid:"text"`
	Data []Pair `liquid:"data"` // payee, IBAN, reference …
	Code *QR    `liquid:"code"` // the same for a banking app; nil for none
}

// QR is a QR code: Path is what to stroke, one unit wide, in a square of Size units
// that has its light border already.
type QR struct {
	Path string `liquid:"path"`
	Size int    `liquid:"size"`
}

// OrderPage is the data of the template "order": reached from the account, by the
// signed link of the mails, and right after ordering (Placed).
type OrderPage struct {
	Site
	Order  *Order `liquid:"order"`
	Placed bool   `liquid:"placed"`
}

// Payment is the state of a payment after the buyer came back from the bank's
// page. State is "pending" (the page asks again: Page.Refresh), "settling"
// (the money is on its way, for days), "authorised" (the bank holds it for the shop), "settled", "failed", "canceled" or "review".
type Payment struct {
	State       string   `liquid:"state"`
	Amount      Money    `liquid:"amount"`
	Method      string   `liquid:"method"`
	OrderNumber string   `liquid:"order_number"`
	OrderURL    string   `liquid:"order_url"`
	Reason      string   `liquid:"reason"` // finished sentence, "" when none
	Retry       *PayForm `liquid:"retry"`  // pay again, the same or another way
	StatusURL   string   `liquid:"status_url"`
	Credit      *Money   `liquid:"credit"` // as of the order
	CreditWhy   string   `liquid:"credit_why"`
}

// PaymentPage is the data of the template "payment".
type PaymentPage struct {
	Site
	Payment *Payment `liquid:"payment"`
}

// Hop is the way to the bank's own page: a form that the buyer's browser sends.
type Hop struct {
	Bank     string `liquid:"bank"`
	Amount   Money  `liquid:"amount"`
	Method   string `liquid:"method"` // "get" or "post"
	Action   Action `liquid:"action"`
	OrderURL string `liquid:"order_url"`
}

// Embed is a page with a bank's fields.
type Embed struct {
	Button    bool     `liquid:"button"` // the bank puts no fields there: a button leads to it
	Bank      string   `liquid:"bank"`
	Amount    Money    `liquid:"amount"`
	DriverURL string   `liquid:"driver_url"` // our script that puts the fields there
	ScriptURL string   `liquid:"script_url"` // the bank's, which the driver loads
	Data      []Hidden `liquid:"data"`       // what the driver has to know: data-<name>
	PlainURL  string   `liquid:"plain_url"`  // the bank's own page instead
	OrderURL  string   `liquid:"order_url"`
}

// PaymentEmbedPage is the data of the template "payment_embed".
type PaymentEmbedPage struct {
	Site
	Embed *Embed `liquid:"embed"`
}

// PaymentHopPage is the data of the template "payment_hop".
type PaymentHopPage struct {
	Site
	Hop *Hop `liquid:"hop"`
}
