package bulk

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
)

// Kind is what an operation is about. The words are stored.
type Kind string

// The kinds.
const (
	Price  Kind = "price"
	Cross  Kind = "cross" // the crossed-out price
	Stock  Kind = "stock"
	LowAt  Kind = "low_at"
	State  Kind = "state"
	Tax    Kind = "tax"
	Family Kind = "family"
)

// Kinds are all of them, in the order they are offered.
var Kinds = []Kind{Price, Cross, Stock, LowAt, State, Tax, Family}

// How is the way of an operation. The words are stored.
type How string

// The ways.
const (
	Percent How = "percent" // of a price: so much more, or less
	Amount  How = "amount"  // likewise, in money
	Set     How = "set"     // of a price or a stock: this
	Keep    How = "keep"    // of a price: only its ending
	Present How = "present" // of a crossed-out price: the present price
	None    How = "none"    // of a crossed-out price: nothing
	Add     How = "add"     // to a stock, or to a family
	Remove  How = "remove"  // from a family
)

// ways are the ways of each kind; none where there is but one.
var ways = map[Kind][]How{
	Price: {Percent, Amount, Set, Keep}, Cross: {Present, None}, Stock: {Add, Set}, Family: {Add, Remove},
}

// Ways are the ways of a kind, in the order they are offered; none where there is but one.
func (k Kind) Ways() []How { return ways[k] }

// Toward is where a price goes to find its ending; "" is the nearest. The words are stored.
type Toward string

// The directions.
const (
	Nearest Toward = ""
	Up      Toward = "up"
	Down    Toward = "down"
)

// Whole is the ending of whole amounts.
const Whole = "0"

// Endings are those offered.
var Endings = []string{"0.90", "0.95", "0.99", Whole}

// Operation is what is done to each article.
type Operation struct {
	Kind   Kind            `json:"kind"`
	How    How             `json:"how,omitempty"`
	Number decimal.Decimal `json:"number,omitzero"`  // percent, amount of money, pieces
	Ending string          `json:"ending,omitempty"` // one of Endings, "" for none
	Toward Toward          `json:"toward,omitempty"`
	Cross  bool            `json:"cross,omitempty"`  // a price that goes down: show the present one crossed out
	Others bool            `json:"others,omitempty"` // the article's other prices move as well
	Digits int32           `json:"digits,omitempty"` // of the management currency
	To     string          `json:"to,omitempty"`     // a state, a class of goods
	Node   catalog.NodeID  `json:"node,omitzero"`    // of a family
}

// Shows tells whether articles may be seen afterwards that were not.
func (o Operation) Shows() bool { return o.Kind == State && o.To == string(catalog.Published) }

// Limits of what can be typed.
var (
	maxPercent = decimal.NewFromInt(10_000)
	maxAmount  = decimal.New(1, 12)
	maxPieces  = decimal.NewFromInt(form.MaxInt)
	hundred    = decimal.NewFromInt(100)
)

// Check refuses an operation that cannot be: fault.Malformed with fields such as "number".
func (o Operation) Check() error {
	var c form.Checker
	c.Required("kind", string(o.Kind))
	c.OneOf("kind", string(o.Kind), words(Kinds)...)
	if list := o.Kind.Ways(); len(list) > 0 {
		c.Required("how", string(o.How))
		c.OneOf("how", string(o.How), words(list)...)
	}
	if err := c.Err(); err != nil {
		return err
	}
	switch o.Kind {
	case Price:
		o.checkPrice(&c)
	case Stock:
		least := maxPieces.Neg()
		if o.How == Set {
			least = decimal.Zero
		}
		o.checkPieces(&c, least)
	case LowAt:
		o.checkPieces(&c, decimal.Zero)
	case State:
		c.Required("to", o.To)
		c.OneOf("to", o.To, string(catalog.Draft), string(catalog.Published), string(catalog.Archived))
	case Tax:
		c.Required("to", o.To)
	case Family:
		if o.Node.IsZero() {
			c.Refuse("node", form.KeyRequired, nil)
		}
	case Cross:
	}
	return c.Err()
}

func (o Operation) checkPrice(c *form.Checker) {
	switch o.How {
	case Percent:
		c.Range("number", o.Number, hundred.Neg(), maxPercent)
		o.checkChange(c)
	case Amount:
		c.Range("number", o.Number, maxAmount.Neg(), maxAmount)
		o.checkChange(c)
	case Set:
		c.Range("number", o.Number, decimal.Zero, maxAmount)
	case Keep:
		if o.Ending == "" {
			c.Refuse("ending", form.KeyRequired, nil)
		}
	case Present, None, Add, Remove:
	}
	if !c.Failed("number") && !o.Number.Equal(o.Number.Truncate(money.MaxPlaces)) {
		c.Refuse("number", form.KeyDecimals, fault.Args{"max": money.MaxPlaces})
	}
	if o.Ending != "" {
		c.OneOf("ending", o.Ending, Endings...)
	}
	if o.Toward != Nearest {
		c.OneOf("toward", string(o.Toward), string(Up), string(Down))
	}
}

// checkChange refuses a change by nothing, unless there is an ending to find.
func (o Operation) checkChange(c *form.Checker) {
	if o.Number.IsZero() && o.Ending == "" {
		c.Refuse("number", "bulk.error.nothing", nil)
	}
}

func (o Operation) checkPieces(c *form.Checker, least decimal.Decimal) {
	c.Range("number", o.Number, least, maxPieces)
	if !c.Failed("number") && !o.Number.IsInteger() {
		c.Refuse("number", form.KeyWhole, nil)
	}
	if o.How == Add && o.Number.IsZero() {
		c.Refuse("number", "bulk.error.nothing", nil)
	}
}

func words[T ~string](list []T) []string {
	out := make([]string, 0, len(list))
	for _, w := range list {
		out = append(out, string(w))
	}
	return out
}
