package promotion

import (
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/discount"
)

// ID names a stored discount; discount.Rule.ID is its text.
type ID = id.Of[discount.Rule]

// OrderID is an order that uses discounts; what an order is, is not known here.
type OrderID = id.Of[Use]

// Stored is a rule with what the office keeps beside it.
type Stored struct {
	discount.Rule
	Active   bool
	Archived bool
	Rev      int // raised by every Save
	// Broken is why the rule cannot be given any more, nil when it can.
	Broken error

	Uses   int64 // orders that used it, given back not counted
	Issued int64 // codes for one use
	Spent  int64 // those of them that were used

	CreatedAt time.Time
	UpdatedAt time.Time

	// Past is what it took off articles before it was altered or put away, each version dated from when it
	// held until it ended; see Memory.
	Past []discount.Rule
}

// State is where a discount stands at an instant.
type State string

// The states, as the office sorts them.
const (
	Running  State = "running"
	Planned  State = "planned"
	Over     State = "over"
	Off      State = "off"
	Broken   State = "broken"
	Archived State = "archived"
)

// State tells where the discount stands.
func (s *Stored) State(now time.Time) State {
	switch {
	case s.Archived:
		return Archived
	case s.Broken != nil:
		return Broken
	case !s.Active:
		return Off
	case !s.Until.IsZero() && !now.Before(s.Until):
		return Over
	case now.Before(s.From):
		return Planned
	}
	return Running
}

// Method is one of the six ways to set up a discount (DSC-01…06). It is no part of a rule: it says in
// which form the rule is edited.
type Method string

// The methods.
const (
	Total     Method = "total"
	Quantity  Method = "quantity"
	Coupon    Method = "coupon"
	Family    Method = "family"
	Subfamily Method = "subfamily"
	Article   Method = "article"
)

// Methods lists them in the order of the requirements.
func Methods() []Method { return []Method{Total, Quantity, Coupon, Family, Subfamily, Article} }

// MethodOf is the method a rule is edited by. top tells of a family whether it stands under none.
func MethodOf(r *discount.Rule, top func(family string) bool) Method {
	switch {
	case r.IsCoupon():
		return Coupon
	case r.Scale.By == discount.Quantity:
		return Quantity
	case r.Scope.Of == discount.Articles:
		return Article
	case r.Scope.Of == discount.Order:
		return Total
	}
	for _, m := range r.Scope.Members {
		if top(m) {
			return Family
		}
	}
	return Subfamily
}

// Lane is when a rule has its turn (DSC-09): "goods", "order", "coupon", "shipping".
func Lane(r *discount.Rule) string {
	switch {
	case r.Ships():
		return "shipping"
	case r.IsCoupon():
		return "coupon"
	case r.Scope.Of == discount.Order:
		return "order"
	}
	return "goods"
}

// Lanes are the lanes in the order of the calculation.
func Lanes() []string { return []string{"goods", "order", "coupon", "shipping"} }

// Use is one order that used a discount.
type Use struct {
	Order  OrderID
	Number string
	Buyer  string
	Code   string
	At     time.Time
}

// Code is a code for one use.
type Code struct {
	Text     string
	IssuedAt time.Time
	Order    string // number of the order that used it, "" for none
}

// Limits of what can be stored: far above what shops do, low enough that no page grows beyond reason.
const (
	MaxIssue   = 10_000 // codes made at once
	maxName    = 80
	maxGroup   = 40
	maxMembers = 500
	maxCodes   = 100
	maxTiers   = 50
	maxZones   = 100
	maxPrefix  = 20
)

// Refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "promotion.unknown")
	ErrStale   = fault.New(fault.Conflict, "promotion.stale")
	// ErrUsed refuses to delete a discount that orders used: it can be archived.
	ErrUsed = fault.New(fault.Conflict, "promotion.used")
	// ErrShown refuses to delete a discount whose prices were shown lately: it can be archived.
	ErrShown = fault.New(fault.Conflict, "promotion.shown")
	// ErrArchived refuses to change what was put away.
	ErrArchived = fault.New(fault.Conflict, "promotion.archived")
	// ErrNoCoupon refuses to issue codes for a rule that is given without.
	ErrNoCoupon = fault.New(fault.Conflict, "promotion.no_coupon")
)
