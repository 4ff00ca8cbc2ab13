package pricing

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
)

// MaxQty bounds the quantity of one line: far above any real order, and low
// enough that a total still fits the columns that keep it.
const MaxQty = 1_000_000_000

// MaxUnit is the most a unit may cost: what the forms of articles and price lists take, too.
var MaxUnit = decimal.New(1, 12)

// Class names a tax class of goods ("standard", "reduced", or one of the
// merchant's own). The kernel groups by it; package tax knows what it costs.
type Class string

// Side is one of the two ways to state an amount.
type Side string

const (
	Net   Side = "net"   // without tax (HT)
	Gross Side = "gross" // with tax (TTC)
)

// View says on which side amounts are shown, gross where it says nothing. It never
// changes what is paid.
type View struct {
	Goods    Side `json:"goods"`
	Shipping Side `json:"shipping"`
}

// Price is an amount as somebody entered it, and on which side. What was entered
// is the source of truth; the other side is computed from it, never stored.
type Price struct {
	Amount      money.Amount `json:"amount"`
	IncludesTax bool         `json:"includes_tax"`
}

func (p Price) side() Side {
	if p.IncludesTax {
		return Gross
	}
	return Net
}

// Line is one position of the basket.
type Line struct {
	ID   string `json:"id"`  // unique in the basket
	SKU  string `json:"sku"` // with ID, decides which line gets an odd cent
	Name string `json:"name"`
	Qty  int64  `json:"qty"`

	Unit      Price   `json:"unit"`                 // up to four decimals
	Listed    *Listed `json:"listed,omitempty"`     // the price that Unit stands for instead, for the trace
	Tiers     []Tier  `json:"tiers,omitempty"`      // degressive prices, on the side of Unit
	Marginal  bool    `json:"marginal,omitempty"`   // a tier prices its own units only
	TierGroup string  `json:"tier_group,omitempty"` // lines of one group reach a tier together
	Extras    []Extra `json:"extras,omitempty"`     // what the shopper chose beside, added to the price of each unit

	Class    Class                      `json:"class"`
	Physical bool                       `json:"physical"`
	Weight   decimal.Decimal            `json:"weight"`            // of one unit
	Weights  map[string]decimal.Decimal `json:"weights,omitempty"` // of one unit, by shipping mode, instead of Weight

	Article  string   `json:"article,omitempty"`
	Families []string `json:"families,omitempty"` // the article's families with all their ancestors
	Blocked  bool     `json:"blocked,omitempty"`  // discounts ignore this line
}

// Listed is what an article costs by itself, on the side of Line.Unit, where a price of the merchant's (for a
// profile, a time) is asked instead, and why. It changes no amount.
type Listed struct {
	Unit   money.Amount `json:"unit"`
	Reason Reason       `json:"reason"`
}

// WeightFor is the weight value of one unit under a shipping mode.
func (l *Line) WeightFor(mode string) decimal.Decimal {
	if w, ok := l.Weights[mode]; ok {
		return w
	}
	return l.Weight
}

// HasWeightFor reports that something is known of a unit's weight under a shipping
// mode: a value of its own, be it zero, or a physical weight.
func (l *Line) HasWeightFor(mode string) bool {
	_, own := l.Weights[mode]
	return own || l.Weight.IsPositive()
}

// Destination is where the goods go, as far as prices depend on it. An empty
// country means that nobody has said yet.
type Destination struct {
	Country   string `json:"country"` // ISO 3166-1 alpha-2
	Region    string `json:"region,omitempty"`
	Postcode  string `json:"postcode,omitempty"`
	Business  bool   `json:"business,omitempty"`
	VATNumber string `json:"vat_number,omitempty"`
	// Proof is what the register of VAT numbers said of VATNumber, nil when it was not asked.
	Proof *VATProof `json:"proof,omitempty"`
}

// Verdict is what is known of a VAT number. The words are stored.
type Verdict string

// The verdicts.
const (
	VATValid   Verdict = "valid"
	VATInvalid Verdict = "invalid"
	VATUnknown Verdict = "unknown" // the register could not be asked
)

// VATProof is what the register of VAT numbers said of a number: the evidence a tax
// office wants to see for a sale without tax. It is fetched before a basket is
// priced, and kept with the order.
type VATProof struct {
	Number       string    `json:"number"`
	Verdict      Verdict   `json:"verdict"`
	Consultation string    `json:"consultation,omitempty"` // the register's own number for the question
	Name         string    `json:"name,omitempty"`
	Address      string    `json:"address,omitempty"`
	At           time.Time `json:"at"`
}

// About is the verdict on a number: unknown for a proof of another one.
func (p *VATProof) About(number string) Verdict {
	if p == nil || p.Number != number {
		return VATUnknown
	}
	return p.Verdict
}

// ShippingChoice is the shipping mode the shopper chose, "" for none yet.
type ShippingChoice struct {
	Mode    string `json:"mode"`
	Insured bool   `json:"insured,omitempty"` // where the mode leaves it to the buyer
}

// PaymentChoice is the payment mode the shopper chose, "" for none yet.
type PaymentChoice struct {
	Method string `json:"method"`
}

// Basket is everything a price depends on, as one value. Steps read it and never
// change it.
type Basket struct {
	Currency    money.Currency `json:"currency"` // the shop's management currency
	Lines       []Line         `json:"lines"`
	Destination Destination    `json:"destination"`
	View        View           `json:"view"`
	Shipping    ShippingChoice `json:"shipping"`
	Payment     PaymentChoice  `json:"payment"`
	Codes       []string       `json:"codes,omitempty"`   // coupons typed by the shopper
	Profile     string         `json:"profile,omitempty"` // customer profile, "" for anonymous
	Customer    string         `json:"customer,omitempty"`
	At          time.Time      `json:"at"` // dated rates and rules are read at this instant
}

// NeedsShipping reports a basket with something to carry.
func (b *Basket) NeedsShipping() bool {
	for i := range b.Lines {
		if b.Lines[i].Physical {
			return true
		}
	}
	return false
}

// Check refuses a basket that has no price: fault.Invalid with the fields named
// by their place, such as "lines.3.qty".
func (b *Basket) Check() error {
	var bad []fault.Field
	refuse := func(name, key string, args fault.Args) {
		bad = append(bad, fault.Field{Name: name, Key: key, Args: args})
	}
	if b.Currency.IsZero() {
		refuse("currency", "price.error.currency", nil)
	}
	if b.At.IsZero() { // no dated rate would hold, and the tax would be forgotten
		refuse("at", "price.error.at", nil)
	}
	seen := make(map[string]bool, len(b.Lines))
	for i := range b.Lines {
		l := &b.Lines[i]
		b.checkLine(l, seen[l.ID], func(field, key string, args fault.Args) {
			refuse("lines."+strconv.Itoa(i)+"."+field, key, args)
		})
		seen[l.ID] = true
	}
	if len(bad) > 0 {
		return fault.Invalid(bad...)
	}
	return nil
}

// checkLine refuses a line that has no price; another line has its ID when it is taken.
func (b *Basket) checkLine(l *Line, taken bool, refuse func(field, key string, args fault.Args)) {
	if l.ID == "" || taken {
		refuse("id", "price.error.line_id", nil)
	}
	if l.Qty < 1 || l.Qty > MaxQty {
		refuse("qty", "price.error.qty", fault.Args{"max": MaxQty})
	}
	if !b.isPrice(l.Unit.Amount) || l.Listed != nil && !b.isPrice(l.Listed.Unit) {
		refuse("unit", "price.error.unit", fault.Args{"max": money.MaxPlaces})
	} else if tooDear(l.Unit.Amount) || l.Listed != nil && tooDear(l.Listed.Unit) {
		refuse("unit", "price.error.unit_high", fault.Args{"max": MaxUnit})
	}
	if !b.areTiers(l.Tiers) {
		refuse("tiers", "price.error.tiers", nil)
	}
	if !b.areExtras(l.Extras) {
		refuse("extras", "price.error.extras", fault.Args{"max": money.MaxPlaces})
	}
	if l.hasNegativeWeight() {
		refuse("weight", "price.error.weight", nil)
	}
}

// isPrice accepts what a price column can hold: the basket's currency, not below
// zero, no digit beyond the fourth.
func (b *Basket) isPrice(a money.Amount) bool {
	return a.Currency() == b.Currency && !a.IsNegative() &&
		a.Equal(a.RoundTo(money.MaxPlaces, money.Down))
}

// tooDear tells that a unit costs more than any article may.
func tooDear(a money.Amount) bool { return a.Decimal().GreaterThan(MaxUnit) }

func (b *Basket) areTiers(tiers []Tier) bool {
	for i, t := range tiers {
		if t.From < 1 || i > 0 && t.From <= tiers[i-1].From || !b.isPrice(t.Unit) || tooDear(t.Unit) {
			return false
		}
	}
	return true
}

func (l *Line) hasNegativeWeight() bool {
	for _, w := range l.Weights {
		if w.IsNegative() {
			return true
		}
	}
	return l.Weight.IsNegative()
}
