package payment

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// What is refused about modes.
var (
	// ErrMode: there is no such mode, or it is not offered to this buyer.
	ErrMode = fault.New(fault.NotFound, "payment.mode_unknown")
	// ErrStale: somebody else saved the mode since it was read.
	ErrStale = fault.New(fault.Conflict, "payment.mode_stale")
	// ErrInUse: payments were made with the mode; it can be switched off, not removed.
	ErrInUse = fault.New(fault.Conflict, "payment.mode_in_use")
)

// ModeID names a mode.
type ModeID = id.Of[Mode]

// Mode is one way to pay that a merchant set up: any number may be of one kind. It holds no secret.
type Mode struct {
	ID       ModeID
	Kind     string
	Names    i18n.Text
	Texts    i18n.Text // a line under the name, for the buyer
	Config   form.Values
	Secrets  []string // the secret fields that are filled in
	Scope    Scope
	Active   bool
	Test     bool // the bank's test mode: no real money
	Position int
	Rev      int
	Created  time.Time
	Updated  time.Time
	Outage   *Outage `json:"-"` // the newest; nil when its bank was never away
	Trial    *Trial  `json:"-"` // the newest; nil when it was never tried
}

// Scope says who is offered a mode, and when the goods leave. Its zero value is everybody. Which customers may
// use a mode is said by their profiles (PAY-09 = PROF-01).
type Scope struct {
	Zones []shipping.Zone  `json:"zones,omitempty"` // of the billing address; none: everywhere
	Least *decimal.Decimal `json:"least,omitempty"` // smallest order
	Most  *decimal.Decimal `json:"most,omitempty"`  // largest order
	// Currencies are those the mode settles in, the preferred one first; none: the shop's own (CUR-03).
	Currencies []string `json:"currencies,omitempty"`
	// Moment is when stock leaves, "" for the default of the kind.
	Moment Moment `json:"moment,omitempty"`
	// Cost is the fee or the rebate of paying like this.
	Cost Cost `json:"cost,omitzero"`
	// Provider is what the merchant's bank takes from him for each payment, as his contract says.
	Provider Share `json:"provider,omitzero"`
	// StandIn is the mode buyers are led to when the bank of this one does not answer (PGW-45); the zero id for none.
	StandIn ModeID `json:"stand_in,omitzero"`
	// Saves offers customers to have their card kept, where the family can (Saver, PGW-32).
	Saves bool `json:"saves,omitempty"`
}

// Admits tells whether a buyer who is billed there may pay that much. What is not known of the place yet does not
// speak against him.
func (s Scope) Admits(billed pricing.Destination, amount money.Amount) bool {
	n := amount.Decimal()
	switch {
	case billed.Country != "" && len(s.Zones) > 0 && !slices.ContainsFunc(s.Zones, func(z shipping.Zone) bool { return z.MayHold(billed) }):
		return false
	case s.Least != nil && n.LessThan(*s.Least):
		return false
	case s.Most != nil && n.GreaterThan(*s.Most):
		return false
	}
	return true
}

// Value gives a JSON object to the database.
func (s Scope) Value() (driver.Value, error) {
	b, err := json.Marshal(s)
	return string(b), err
}

// Scan reads what Value gives.
func (s *Scope) Scan(src any) error {
	var data []byte
	switch v := src.(type) {
	case string:
		data = []byte(v)
	case []byte:
		data = v
	default:
		return fmt.Errorf("scan scope: unexpected %T", src)
	}
	type plain Scope
	stored := struct {
		*plain
		Countries []string `json:"countries"` // of a mode last saved when zones were whole countries
	}{plain: (*plain)(s)}
	*s = Scope{}
	if err := json.Unmarshal(data, &stored); err != nil {
		return fmt.Errorf("scan scope: %w", err)
	}
	for _, country := range stored.Countries {
		s.Zones = append(s.Zones, shipping.Zone{Country: country})
	}
	return nil
}

// Draft is a mode as a merchant sends it.
type Draft struct {
	ID     ModeID // zero for a new one
	Kind   string // of a new one; it does not change
	Names  i18n.Text
	Texts  i18n.Text
	Scope  Scope
	Active bool
	Test   bool
	// Config are the fields of the kind's form as they were typed in Locale; see form.Schema.Revise
	// for what an empty secret means.
	Config   url.Values
	Locale   i18n.Locale
	Position int
	Rev      int // the revision that was shown
}

// MomentOf is when the stock of what is paid with a mode leaves, also when the mode is no longer offered.
// What nothing is known of leaves when it is paid.
func (m *Modes) MomentOf(tx tenant.Tx, mode ModeID) (Moment, error) {
	modes, _ := tenant.Kept[map[ModeID]modeRow](tx.Shop(), modesKept)
	found, ok := modes[mode]
	if !ok {
		var err error
		found, err = readMode(tx, mode, false)
		if errors.Is(err, ErrMode) {
			return MomentPaid, nil
		}
		if err != nil {
			return "", err
		}
	}
	if found.Scope.Moment != "" {
		return found.Scope.Moment, nil
	}
	gateway, err := m.gateways.Find(found.Kind)
	if err != nil {
		return MomentPaid, nil
	}
	return gateway.Capabilities().Moment, nil
}

// Offer is a mode a buyer can choose now.
type Offer struct {
	Mode
	Capabilities Capabilities
	Saves        bool // a customer can have his card kept, and pay with one that is
	Repeats      bool // it can be charged without its buyer, by his mandate (Repeater)
}

// Moment is when stock leaves when this mode is chosen.
func (o Offer) Moment() Moment {
	if o.Scope.Moment != "" {
		return o.Scope.Moment
	}
	return o.Capabilities.Moment
}

// Settles are the currencies the mode settles in, in a shop that keeps its orders in base: those the merchant
// accepts and the family carries.
func (o Offer) Settles(base money.Currency) []money.Currency {
	accepted := []money.Currency{base}
	if len(o.Scope.Currencies) > 0 {
		accepted = accepted[:0]
		for _, code := range o.Scope.Currencies {
			if c, err := money.ParseCurrency(code); err == nil {
				accepted = append(accepted, c)
			}
		}
	}
	return slices.DeleteFunc(accepted, func(c money.Currency) bool { return !o.Capabilities.Carries(c) })
}

var (
	_ driver.Valuer = Scope{}
	_ sql.Scanner   = (*Scope)(nil)
)
