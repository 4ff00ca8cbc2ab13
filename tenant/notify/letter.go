package notify

import (
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
)

// Kind says what a letter is about. The words are stored.
type Kind string

// The kinds.
const (
	OrderPlaced    Kind = "order_placed"     // to the buyer, with how to pay
	OrderReceived  Kind = "order_received"   // to the shop
	OrderPaid      Kind = "order_paid"       // to the buyer
	OrderDeposit   Kind = "order_deposit"    // to the buyer: the first part of what he pays has come
	OrderRest      Kind = "order_rest"       // to the buyer: the rest is due, with where he pays it
	OrderShipped   Kind = "order_shipped"    // to the buyer, with the tracking
	OrderCancelled Kind = "order_cancelled"  // to the buyer
	OrderRefunded  Kind = "order_refunded"   // to the buyer
	OrderLate      Kind = "order_late"       // to the buyer: his money has come for an order that was called off
	OrderHeld      Kind = "order_held"       // to the shop: one waits to be checked
	OrderLateStaff Kind = "order_late_staff" // to the shop: money has come for one, and is to be given back
	OrderDispute   Kind = "order_dispute"    // to the shop: the buyer's bank asks for the money back, with the deadline
	OrderNote      Kind = "order_note"       // to the buyer: what the merchant wrote
	// OrderRestReminder reminds the buyer of the rest he was asked for.
	OrderRestReminder Kind = "order_rest_reminder"
	// OrderInstructions tells the buyer how to pay, when he has chosen another way than at first.
	OrderInstructions Kind = "order_instructions"
	// OrderPayLink leads the buyer to where he pays online, when the shop sends him there.
	OrderPayLink Kind = "order_pay_link"
	// OrderRepeatAgreed tells the buyer what he agreed to be charged for again and again, and where he stops it.
	OrderRepeatAgreed Kind = "order_repeat_agreed"
	// OrderRepeatSoon announces to the buyer that his card will be charged for a repetition, OrderRepeatSoonLink that he will get a link
	// to pay it with; OrderRepeatRefused tells him that his card was refused and when it is tried again, OrderRepeatFailed that it is not.
	OrderRepeatSoon     Kind = "order_repeat_soon"
	OrderRepeatSoonLink Kind = "order_repeat_soon_link"
	OrderRepeatRefused  Kind = "order_repeat_refused"
	OrderRepeatFailed   Kind = "order_repeat_failed"
	// OrderRepeatStopped tells the buyer that nothing more is asked for, OrderRepeatStoppedStaff the shop; OrderRepeatPausedStaff tells
	// the shop that it waits for the buyer.
	OrderRepeatStopped      Kind = "order_repeat_stopped"
	OrderRepeatStoppedStaff Kind = "order_repeat_stopped_staff"
	OrderRepeatPausedStaff  Kind = "order_repeat_paused_staff"

	PasswordReset Kind = "password_reset"
	Welcome       Kind = "welcome"
	Invitation    Kind = "invitation"   // to a customer the merchant brings in: choose a password
	Contact       Kind = "contact"      // to the shop: what a visitor wrote; answers go to him
	StockDigest   Kind = "stock_digest" // to the shop: what has run low or out

	QuoteAsked    Kind = "quote_asked"    // to the buyer: what he asked for
	QuoteReceived Kind = "quote_received" // to the shop
	QuoteSent     Kind = "quote_sent"     // to the buyer, with the paper
	QuoteDeclined Kind = "quote_declined" // to the buyer: the shop makes no offer
	QuoteAccepted Kind = "quote_accepted" // to the shop: it has become an order
	QuoteRefused  Kind = "quote_refused"  // to the shop
)

// Recipients that are found when the letter is sent, so that no mail address is kept twice
// (ORD-09): the buyer as his order names him, the people of the shop.
const (
	Buyer = "@buyer"
	Staff = "@staff"
)

// MailID names a letter.
type MailID = id.Of[Mail]

// OrderID is the order a letter is about; what an order is, is not known here.
type OrderID = id.Of[Order]

// QuoteID is the quote a letter is about; what a quote is, is not known here either.
type QuoteID = id.Of[Quote]

// Quote names quotes.
type Quote struct{}

// Letter is a letter to be written.
type Letter struct {
	Kind   Kind
	To     string // Buyer, Staff, or a mail address
	Locale i18n.Locale
	Order  OrderID // zero when it is about none
	Quote  QuoteID // likewise
	// Words are what the letter says besides the order: "note", "inside", "carrier", "tracking", "url", "name", "amount",
	// "deadline", "score", "card", "why".
	Words map[string]string
	// Link is an address that signs somebody in or lets him choose a password. It is sealed until
	// the letter is sent and then forgotten.
	Link secret.Text
}

// State is what became of a letter.
type State string

// The states. The words are stored.
const (
	Queued State = "queued"
	Sent   State = "sent"
	Failed State = "failed" // for good: Problem says why
)

// Mail is a letter with its fate.
type Mail struct {
	ID        MailID
	Order     OrderID
	Kind      Kind
	Recipient string
	Locale    i18n.Locale
	State     State
	Attempts  int
	Problem   string
	CreatedAt time.Time
	SentAt    *time.Time
}

// Refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "notify.unknown")
	// ErrForgotten refuses to send again a letter whose secret link is gone.
	ErrForgotten = fault.New(fault.Conflict, "notify.forgotten")
)
