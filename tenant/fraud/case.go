package fraud

import (
	"context"
	"net/netip"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// Case is what is known of an order.
type Case struct {
	Number   string
	At       time.Time // when it was placed
	Amount   money.Amount
	Mail     string
	Phone    string
	Billing  address.Address
	Delivery address.Address // zero when nothing is carried
	Carrier  string          // how it is sent, in words; "" when nothing is carried
	Pieces   []Piece
	Locale   i18n.Locale
	Client   netip.Addr // the buyer's; not valid when it is not known
	Attempts int        // to pay it
	Refusals []string   // what banks said of those that failed: payment.Reason
	History  History
}

// Piece is a line of the order.
type Piece struct {
	SKU, Name string
	Qty       int
	Unit      money.Amount
}

// History is what the shop remembers of other orders.
type History struct {
	Mail, Place, Network Count // by the same mail address, to the same door, from the same network
	// Usual is the middle amount of the shop's paid orders in the currency of the case; zero while there are too
	// few to tell.
	Usual decimal.Decimal
}

// Count is how many orders there were before, in the hour and in the day before this one.
type Count struct{ Hour, Day int }

// Advice is what a screener would do.
type Advice string

// The advices. The words are stored.
const (
	Pass   Advice = "pass"
	Review Advice = "review" // a person should look at it before it is sent
)

// Reason is one thing that counted. Its words are "fraud.reason." and the code.
type Reason struct {
	Code   Rule              `json:"code"`
	Points int               `json:"points"`
	Args   map[string]string `json:"args,omitempty"`
}

// Key is the message that says it.
func (r Reason) Key() string { return "fraud.reason." + string(r.Code) }

// Result is what a screener found.
type Result struct {
	Score   int // 0 to 100
	Reasons []Reason
	Advice  Advice
}

// Screener looks at orders.
type Screener interface {
	// Screen gives what it found. The error says that it could not look, and counts nothing.
	Screen(ctx context.Context, c Case) (Result, error)
}

// Outside is a screener of somebody else's, by its name.
type Outside struct {
	Name string
	Screener
}

// highest is the most points there are.
const highest = 100

// Join makes one result of several: the points of all reasons, at most 100, and the advice the rules give for them.
// Who is on a list of the merchant is judged by that alone.
func Join(r Rules, results ...Result) Result {
	var out Result
	for _, one := range results {
		for _, why := range one.Reasons {
			switch why.Code {
			case Allowed:
				return Result{Reasons: []Reason{why}, Advice: Pass}
			case Denied:
				why.Points = highest
			default:
			}
			out.Score = min(highest, max(0, out.Score+why.Points))
			out.Reasons = append(out.Reasons, why)
		}
	}
	out.Advice = r.advise(out.Score)
	return out
}

// Has tells whether a rule is among the reasons.
func (r Result) Has(code Rule) bool {
	for _, why := range r.Reasons {
		if why.Code == code {
			return true
		}
	}
	return false
}
