package view

import "time"

// Checkout is the whole order on one page. Everything is one form to Form.Action
// (place the order); the same fields sent to Refresh show the page again with new
// fields and totals and place nothing. The buttons that do so are:
//
//   - Refresh: another country, address, shipping or payment;
//   - SignIn: signs in with Email and Password and comes back here.
//
// Field names are those in the inputs.
type Checkout struct {
	Form    Form   `liquid:"form"`
	Refresh string `liquid:"refresh_url"`

	// Step 1, who. Who is nil for a signed-in customer (see Site.Customer).
	Who   *Who  `liquid:"who"`
	Email Input `liquid:"email"`
	Phone Input `liquid:"phone"`

	// Step 2, where to.
	Delivery  *AddressForm    `liquid:"delivery"` // nil: nothing to deliver
	Saved     []*SavedAddress `liquid:"saved"`    // addresses of the customer; chosen by SavedName
	SavedName string          `liquid:"saved_name"`
	SameName  string          `liquid:"same_name"` // check box: billing address is the delivery address
	Same      bool            `liquid:"same"`
	Billing   *AddressForm    `liquid:"billing"`

	// Step 3, how.
	ShippingName  string            `liquid:"shipping_name"`
	ShippingError string            `liquid:"shipping_error"`
	Shipping      []*ShippingChoice `liquid:"shipping"` // empty and Delivery set: no mode reaches this address

	// Parcels is "first" (what is there is sent at once) or "together"; "" where the buyer has no choice.
	ParcelsName string `liquid:"parcels_name"`
	Parcels     string `liquid:"parcels"`

	// Step 4, paying.
	PaymentName  string           `liquid:"payment_name"`
	PaymentError string           `liquid:"payment_error"`
	Payment      []*PaymentChoice `liquid:"payment"`
	NothingNow   bool             `liquid:"nothing_now"` // all of it is to be paid later: no way to pay is chosen
	NothingDue   bool             `liquid:"nothing_due"` // it costs nothing: no way to pay is chosen either

	// Step 5, the order. Notice is what is to be said first, where a script shows this step alone; "" for nothing.
	Notice  string      `liquid:"notice"`
	Lines   []*CartLine `liquid:"lines"`
	Totals  []Total     `liquid:"totals"`
	Codes   *Codes      `liquid:"codes"`
	Total   Money       `liquid:"total"`
	Due     *Due        `liquid:"due"` // nil: all of it with the order
	Charged *Charge     `liquid:"charged"`
	Held    *HeldRate   `liquid:"held"` // nil: the rates are those of today
	Note    Input       `liquid:"note"`
	Terms   *Terms      `liquid:"terms"` // nil: the shop has none
	CartURL string      `liquid:"cart_url"`
	Blocked bool        `liquid:"blocked"` // a line of the cart must be put right first
	// Quote is the number of the quote that is ordered, at whose page CartURL leads; "" for the cart.
	Quote string `liquid:"quote"`
}

// Who is how the buyer goes on: Choice is "guest", "register" or "sign_in". A
// guest and a new account fill the same fields but for the password.
type Who struct {
	Name     string `liquid:"name"`
	Choice   string `liquid:"choice"`
	Password Input  `liquid:"password"`
	SignIn   string `liquid:"sign_in_url"`
	Forgot   string `liquid:"forgot_url"`
}

// SavedAddress is an address of the customer's book.
type SavedAddress struct {
	Value    string   `liquid:"value"`
	Lines    []string `liquid:"lines"`
	Selected bool     `liquid:"selected"`
}

// ShippingChoice is a mode offered for this address and cart.
type ShippingChoice struct {
	Value    string     `liquid:"value"`
	Name     string     `liquid:"name"`
	Text     string     `liquid:"text"`
	Price    Money      `liquid:"price"`
	Free     bool       `liquid:"free"`
	Arrives  *time.Time `liquid:"arrives"`
	Selected bool       `liquid:"selected"`
}

// PaymentChoice is a payment mode offered for this order. Instructions say what
// will happen after the order (where to send the cheque, that a bank's page opens).
type PaymentChoice struct {
	Value        string `liquid:"value"`
	Kind         string `liquid:"kind"` // "cheque", "transfer", "on_delivery", "escrow", "card", …
	Name         string `liquid:"name"`
	Instructions HTML   `liquid:"instructions"`
	Fee          *Money `liquid:"fee"`     // what choosing it adds
	Rebate       *Money `liquid:"rebate"`  // what choosing it saves
	Charged      *Money `liquid:"charged"` // where it is settled in another currency than the order
	Logo         *Image `liquid:"logo"`
	Selected     bool   `liquid:"selected"`
	Scripted     bool   `liquid:"scripted"` // it needs script: where none runs it is not offered
	Saved        bool   `liquid:"saved"`    // a card of the reader's that his bank keeps: Name says which
	// Save is the box by which the reader agrees that his bank keeps the card he pays with; nil where it keeps none.
	Save *SaveCard `liquid:"save"`
}

// SaveCard is a box that is never ticked for the reader. Text is what he agrees to, and is shown as it stands.
type SaveCard struct {
	Name    string `liquid:"name"`
	Value   string `liquid:"value"`
	Text    string `liquid:"text"`
	Checked bool   `liquid:"checked"`
}

// Charge is the amount in the currency that will really be charged.
type Charge struct {
	Amount Money      `liquid:"amount"`
	Until  *time.Time `liquid:"until"` // until when the rate is held
	Paid   bool       `liquid:"paid"`  // of an order: it was charged
}

// HeldRate are the rates a checkout began with, where today's are others: Text says them ("1 EUR = 1.0842 USD").
type HeldRate struct {
	From  string `liquid:"from"` // "14:05"
	Until string `liquid:"until"`
	Text  string `liquid:"text"`
}

// Terms is the agreement the buyer must tick.
type Terms struct {
	Input   Input  `liquid:"input"`
	URL     string `liquid:"url"`
	Title   string `liquid:"title"`
	Checked bool   `liquid:"checked"`
}

// CheckoutPage is the data of the template "checkout".
type CheckoutPage struct {
	Site
	Checkout *Checkout `liquid:"checkout"`
}
