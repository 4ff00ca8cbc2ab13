package bank

import (
	"slices"
	"strconv"
	"time"
)

// Payment is one payment as the bank remembers it.
type Payment struct {
	Token    string    `json:"token"` // in the address of its page; nobody can guess it
	Number   string    `json:"number"`
	Serial   int64     `json:"serial"` // counts the bank's payments, where a protocol wants digits
	Request  Request   `json:"request"`
	Events   []Event   `json:"events"`
	Posts    []Post    `json:"posts"` // notices, sent and to be sent
	Calls    []Call    `json:"calls,omitempty"`
	Opened   time.Time `json:"opened"`
	Secure   bool      `json:"secure,omitempty"` // the 3-D Secure step is on
	Quirk    Quirk     `json:"quirk,omitempty"`
	Captured int64     `json:"captured,omitempty"`
	Refunded int64     `json:"refunded,omitempty"`
	// Notes is what the dialect remembers of it.
	Notes map[string]string `json:"notes,omitempty"`
}

// Request is what the shop asked for.
type Request struct {
	Dialect  string `json:"dialect,omitempty"`
	Merchant string `json:"merchant"`
	Mode     string `json:"mode"`
	Ref      string `json:"ref"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Capture  string `json:"capture"`
	Order    string `json:"order"`
	Shop     string `json:"shop,omitempty"` // "" for the contract's name
	Locale   string `json:"locale"`
	Return   string `json:"return"`
	Notify   string `json:"notify"`
	// OnCall tells that the buyer only agrees, and that the shop has to ask for it to be done.
	OnCall bool `json:"on_call,omitempty"`
	// Framed tells that its page is shown in a frame on the shop's.
	Framed bool `json:"framed,omitempty"`
	// Inside tells that the frame is not left: the shop's page asks what became of the payment, and goes on by itself.
	Inside bool `json:"inside,omitempty"`
	// Saved is the number of the payment whose card was kept and is charged now: the buyer chooses none.
	Saved string `json:"saved,omitempty"`
	// Absent, with Saved: the buyer is not there to confirm.
	Absent bool `json:"absent,omitempty"`
	// Fields is what else was sent and the dialect will need: other addresses, names of variables.
	Fields map[string]string `json:"fields,omitempty"`
}

// The values of Request.Capture.
const (
	Now   = "now"
	Later = "later" // authorise only
)

// Event is something that happened to a payment.
type Event struct {
	ID     string    `json:"id"`
	Kind   Kind      `json:"kind"`
	Amount int64     `json:"amount"`
	Reason string    `json:"reason,omitempty"`
	Card   string    `json:"card,omitempty"`
	At     time.Time `json:"at"`
	Asked  bool      `json:"asked,omitempty"` // by a call of the shop
}

// Kind is what happened.
type Kind string

// The kinds.
const (
	Open       Kind = "open"
	Approved   Kind = "approved" // the buyer agreed, and nothing was done yet
	Authorised Kind = "authorised"
	Paid       Kind = "paid"
	Refused    Kind = "refused"
	Cancelled  Kind = "cancelled"
	Expired    Kind = "expired"
	Refunded   Kind = "refunded"
	Disputed   Kind = "disputed" // the buyer wants his money back from his bank
	Won        Kind = "dispute_won"
	Lost       Kind = "dispute_lost" // he has it
)

// Call is an answer given to a shop, kept for when it asks again with the same key.
type Call struct {
	Key   string `json:"key"`
	Event string `json:"event"`
}

// Newest is the last event, or that the buyer is busy.
func (p *Payment) Newest() Event {
	if len(p.Events) > 0 {
		return p.Events[len(p.Events)-1]
	}
	return Event{ID: p.Number + "-0", Kind: Open, Amount: p.Request.Amount, At: p.Opened}
}

func (p *Payment) find(event string) (Event, bool) {
	i := slices.IndexFunc(p.Events, func(e Event) bool { return e.ID == event })
	if i < 0 {
		return Event{}, false
	}
	return p.Events[i], true
}

// payable tells whether the buyer may still choose a card.
func (p *Payment) payable() bool {
	if p.Request.Saved != "" && !p.Secure {
		return false
	}
	switch p.Newest().Kind {
	case Open, Refused:
		return true
	default:
		return false
	}
}

// happen appends an event and gives it its name.
func (p *Payment) happen(k Kind, amount int64, reason, card string, now time.Time) Event {
	e := Event{ID: p.Number + "-" + strconv.Itoa(len(p.Events)+1), Kind: k, Amount: amount, Reason: reason, Card: card, At: now}
	p.Events = append(p.Events, e)
	switch k {
	case Paid:
		p.Captured += amount
	case Refunded, Lost:
		p.Refunded += amount
	}
	return e
}

// pay is what a good card does.
func (p *Payment) pay(card string, now time.Time) Event {
	if p.Request.Capture == Later {
		return p.happen(Authorised, p.Request.Amount, "", card, now)
	}
	return p.happen(Paid, p.Request.Amount, "", card, now)
}

// agree is what a good card does where the shop has to ask for the money.
func (p *Payment) agree(card string, now time.Time) Event {
	if p.Request.OnCall {
		return p.happen(Approved, p.Request.Amount, "", card, now)
	}
	return p.pay(card, now)
}

// clone is a copy that shares nothing, to be read and changed without the lock.
func (p *Payment) clone() *Payment {
	c := *p
	c.Events, c.Calls, c.Posts = slices.Clone(p.Events), slices.Clone(p.Calls), slices.Clone(p.Posts)
	for i := range c.Posts {
		c.Posts[i].Answers = slices.Clone(c.Posts[i].Answers)
	}
	return &c
}
