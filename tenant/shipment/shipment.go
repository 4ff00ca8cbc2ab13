package shipment

import (
	"net/url"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/order"
)

// ID names a parcel.
type ID = id.Of[Parcel]

// State is how far a parcel has come.
type State string

// The states. The words are stored.
const (
	Shipped   State = "shipped"
	Delivered State = "delivered"
	Returned  State = "returned"
)

// Parcel is something that was sent.
type Parcel struct {
	ID          ID
	Order       order.ID
	Carrier     string // the name people read
	Tracking    string
	URL         string // the carrier's page about it, "" when there is none
	Items       []Item
	State       State
	ShippedAt   time.Time
	DeliveredAt *time.Time
	Cost        *money.Amount // what the carrier bills for it, net; nil while nobody knows
}

// Item is what of a line is in a parcel.
type Item struct {
	Line order.LineID `json:"line"`
	Qty  int          `json:"qty"`
}

// Draft is a parcel as staff writes it down.
type Draft struct {
	Carrier  string // a Code of Carriers, or the name of another carrier
	Tracking string
	URL      string // only for a carrier that is not in the list
	Items    []Item // nil: everything that is left
	Cost     *money.Amount
}

// Refusals.
var (
	ErrNothing = fault.New(fault.Conflict, "shipment.nothing_left")
	// ErrEmpty refuses a parcel nothing was put into.
	ErrEmpty   = fault.New(fault.Conflict, "shipment.empty")
	ErrTooMany = fault.New(fault.Malformed, "shipment.too_many") // left
	ErrUnknown = fault.New(fault.NotFound, "shipment.unknown")
)

const (
	maxCarrier  = 60
	maxTracking = 60
)

// Clean checks a draft and completes it: the carrier's name and the address of its page.
// Errors: refused fields "carrier", "tracking", "url", "cost".
func (d Draft) Clean() (Draft, error) {
	var c form.Checker
	d.Carrier = c.Line("carrier", d.Carrier, maxCarrier)
	d.Tracking = c.Line("tracking", d.Tracking, maxTracking)
	c.URL("url", d.URL)
	checkCost(&c, d.Cost)
	if err := c.Err(); err != nil {
		return Draft{}, err
	}
	if known, ok := FindCarrier(d.Carrier); ok {
		d.Carrier, d.URL = known.Name, known.Track(d.Tracking)
	}
	return d, nil
}

// Track is the carrier's page about a parcel, "" when it has none.
func (c Carrier) Track(number string) string {
	if c.before == "" || number == "" {
		return ""
	}
	return c.before + url.QueryEscape(number)
}
