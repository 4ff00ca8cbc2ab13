package payout

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// ID names a payout.
type ID = id.Of[Payout]

// State is what became of a line of a file, or is to.
type State string

// The states of lines. They have a message each: "payout.state.<word>".
const (
	Matched  State = "matched"
	Differs  State = "differs"
	Unknown  State = "unknown" // about a payment nobody knows here
	Neutral  State = "neutral" // about no payment: costs of the bank
	Repeated State = "repeated"
	Pending  State = "pending" // not paid out yet
	Wrong    State = "wrong"   // cannot be read
)

// States lists them, what a person should look at first.
func States() []State { return []State{Wrong, Differs, Unknown, Pending, Neutral, Matched, Repeated} }

// Key is the message that names the state.
func (s State) Key() string { return "payout.state." + string(s) }

// Line is a line of a file, read and held against the payments.
type Line struct {
	N         int // in the file, from 1
	State     State
	Kind      Kind
	Day       time.Time
	Reference string // as the bank repeats it
	Payout    string // the bank's name for the payout
	PaidOn    time.Time
	Gross     money.Amount
	Fee       money.Amount
	Net       money.Amount
	Payment   payment.ID // zero when none was found
	Order     order.ID
	Number    string // of the order
	// Why is what is wrong or differs, a message with its arguments; "" when nothing is.
	Why  string
	Args fault.Args

	refs []string // all that may name the payment, the best first
	name string   // the bank's own name for the line, "" for none
	word string   // what the bank calls it
	key  uuid.UUID
}

// hash is a name made of parts.
func hash(parts ...string) uuid.UUID {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	u, err := uuid.FromBytes(sum[:16])
	if err != nil {
		panic(err) // sixteen bytes are sixteen bytes
	}
	return u
}

func payoutID(mode payment.ModeID, ref string, c money.Currency) ID {
	return id.MustParse[Payout](hash(mode.String(), ref, c.Code()).String())
}

// payout is the payout a line belongs to.
func (l Line) payout(mode payment.ModeID) ID { return payoutID(mode, l.Payout, l.Gross.Currency()) }

// named gives the lines of a file their keys. Lines that are alike and have no name of their own are counted.
func named(mode payment.ModeID, lines []Line) {
	seen := map[uuid.UUID]int{}
	for i := range lines {
		l := &lines[i]
		if l.name != "" {
			l.key = hash(mode.String(), "name", l.name, bare(l.word), l.Gross.Currency().Code())
			continue
		}
		all := hash(mode.String(), "line", l.Day.Format(time.DateOnly), l.Payout, bare(l.word), strings.Join(l.refs, "\x01"),
			l.Gross.String(), l.Fee.String(), l.Net.String(), l.Gross.Currency().Code())
		seen[all]++
		l.key = hash(all.String(), strconv.Itoa(seen[all]))
	}
}

// told is what a bank says it moved on, by the payout it belongs to.
type told map[ID]decimal.Decimal
