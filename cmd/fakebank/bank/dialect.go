package bank

import (
	"net/http"
	"time"
)

// Dialect is the protocol of one family: how a payment is opened, how the browser goes back, what the
// bank says in its notices and answers to calls. What happens to the money is the engine's. It keeps
// nothing of its own and is safe for concurrent use.
type Dialect interface {
	// Name is the first step of its addresses, and is stored with contracts and payments: lower-case
	// letters and digits.
	Name() string
	// Check looks at a contract before it is taken.
	Check(m Merchant) error
	// Routes adds what the dialect answers. The patterns begin at /, which is {base}/{name}/ outside.
	// A gateway that was told of a pretend bank calls {base}/{name}/{the bank's host}/{the bank's path}.
	Routes(mux *http.ServeMux, t *Teller)
	// Back is where the browser goes, with what s says. The shop's address is kept as it is, and only
	// added to.
	Back(s Saying) (Way, error)
	// Letters are the names of the notices this bank sends about such a fact: one mostly, several where
	// the real bank sends several, none where it says nothing.
	Letters(m Message) []string
	// Notice is one of them, made for this try of delivery.
	Notice(s Saying, letter string) (Letter, error)
	// Heard tells whether the shop's answer is what this bank expects.
	Heard(s Saying, letter string, a Answer) bool
}

// Disputer is a Dialect that has words for disputes: the events Disputed, Won and Lost have letters.
type Disputer interface{ Disputes() }

// Merchant is one contract.
type Merchant struct {
	Dialect string            `json:"dialect,omitempty"` // "" for the bank's first
	Number  string            `json:"number"`
	Name    string            `json:"name"`             // shown to buyers
	Key     string            `json:"key"`              // as the dialect writes it
	Fields  map[string]string `json:"fields,omitempty"` // what else its contract has
}

// Message is what is said about an event, in the engine's words. A quirk bends it before the dialect
// sees it.
type Message struct {
	ID       string `json:"id"` // names the fact for ever
	Merchant string `json:"merchant"`
	Mode     string `json:"mode"` // test or live
	Ref      string `json:"ref"`
	Payment  string `json:"payment"` // the payment's number
	Event    Kind   `json:"event"`
	Amount   int64  `json:"amount"` // of this event, in minor units
	Currency string `json:"currency"`
	Reason   string `json:"reason"` // of Refused: funds, refused, card, authentication
	Card     string `json:"card"`   // the last digits behind bullets, or ""
	Time     int64  `json:"time"`   // Unix seconds
	// Asked tells that the shop asked for it by a call, and was answered: many banks send no notice then.
	Asked bool `json:"asked,omitempty"`
}

// Saying is a message with all that is needed to say it. The dialect says the message, and signs with
// the contract or, when it is Forged, with a key of nobody.
type Saying struct {
	Message
	Contract Merchant // whose key signs, whatever number the message carries
	Payment  *Payment // as the bank knows it; to be read only
	Event    Event    // what really happened
	Forged   bool
	Try      int       // of this notice, from 0
	Now      time.Time // the bank's clock
}

// Letter is a notice as it is sent.
type Letter struct {
	Method string // POST if ""
	URL    string // the payment's Notify if ""
	Header http.Header
	Body   []byte
}

// Way is how the browser goes back: to the address with a GET, or with Fields by a form that is posted.
type Way struct {
	URL    string
	Fields []Field
}

// Field is one field of a form. They keep their order.
type Field struct{ Name, Value string }
