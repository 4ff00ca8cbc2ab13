package payment

import (
	"context"
	"time"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
)

// Gateway is one way of being paid: a protocol family, in which banks are data. It keeps nothing
// between calls and is safe for concurrent use; it may speak to its bank, so it is never called
// inside a unit of work, but for Acknowledge.
type Gateway interface {
	// Key is stored with every mode and payment: lower-case letters, digits and underscores.
	Key() string
	// Config is what a merchant fills in to use it. Its secret fields are sealed before they are
	// stored.
	Config() form.Schema
	// Capabilities say what the family can do.
	Capabilities() Capabilities
	// Start opens the payment and says what the buyer does next. It may be called again for the
	// same request, after a crash or a step back in the browser, and must not charge twice.
	//
	// Errors: of kind Upstream when the bank cannot be reached or refuses to open the payment, with
	// ErrDeclined inside when it refuses this very one (see Away); ErrUnfit when the family cannot
	// carry this request.
	Start(ctx context.Context, a Account, r Request) (Action, error)
	// ReadNotice checks that raw comes from the bank, for this account, and says what it means.
	// The signature is checked first, in constant time, over the bytes as received.
	//
	// Errors: ErrForged, ErrForeign, ErrGarbled, ErrNoNotices; of kind Upstream when the family
	// must ask its bank to understand the message and cannot.
	ReadNotice(ctx context.Context, a Account, raw RawNotice) (Notice, error)
	// Acknowledge is the answer the bank expects, byte for byte: err is nil when the notice was
	// recorded (whatever it did), else the error of ReadNotice or of the unit of work. An answer
	// to an error that may pass makes the bank repeat.
	Acknowledge(n Notice, err error) Reply
}

// Returner is a Gateway whose bank signs what the buyer's browser brings back. What it says goes
// through Record like a notice; without it, or without a valid signature, the return proves nothing.
type Returner interface {
	// Errors: ErrForged, ErrForeign, ErrGarbled.
	ReadReturn(ctx context.Context, a Account, raw RawNotice) (Notice, error)
}

// Inquirer is a Gateway whose bank can be asked what became of a payment.
type Inquirer interface {
	// Inquire gives the newest message about the payment, with the ID the bank's notice about the
	// same fact has. A payment the buyer is still busy with is Waiting.
	//
	// Errors: ErrNotKnown when the bank has never heard of it; ErrOffice; of kind Upstream.
	Inquire(ctx context.Context, a Account, p Payment) (Notice, error)
}

// Capturer is a Gateway that can take money it has authorised before, or a part of it.
type Capturer interface {
	// Errors: ErrDeclined when the bank says no; ErrOffice; of kind Upstream when its answer is not
	// known: ask (Inquirer) before trying again with the same key.
	Capture(ctx context.Context, a Account, p Payment, amount money.Amount, key string) (Notice, error)
}

// Refunder is a Gateway that can give money back, whole or in parts. A bank that is called twice
// with the same key refunds once.
type Refunder interface {
	// Errors as for Capturer.
	Refund(ctx context.Context, a Account, p Payment, amount money.Amount, key string) (Notice, error)
}

// Canceller is a Gateway that can let go of an authorisation.
type Canceller interface {
	// Errors as for Capturer.
	Cancel(ctx context.Context, a Account, p Payment, key string) (Notice, error)
}

// Checker is a Gateway that looks at its configuration more closely than its form can.
type Checker interface {
	// CheckConfig returns a fault of kind Malformed with fields of Config.
	CheckConfig(v form.Values) error
}

// Keyed is a Gateway whose bank gives other keys for tests than for real payments. A merchant may type the ones before he
// has the others, but a mode that is offered has those it needs.
type Keyed interface {
	// Keys are the fields of Config without which the bank cannot be called, in test or with real money.
	Keys(config form.Values, test bool) []string
}

// FieldFor is the name of a field of Config of which there is one for tests and one for real payments.
func FieldFor(name string, test bool) string {
	if test {
		return name + "_test"
	}
	return name + "_live"
}

// Conditional is a Gateway that not every shop may use, or not yet. Its modes are offered to buyers while it says so.
type Conditional interface {
	Usable(tx tenant.Tx) (bool, error)
}

// Referrer is a Gateway whose bank limits what a reference may look like. The others get 26
// letters and digits.
type Referrer interface {
	// NewRef makes a reference nobody can guess and that was, with the odds of its length, never
	// made before; a clash is refused by the database and tried again.
	NewRef() string
}

// Capabilities say what a family does by its nature; what it can be asked to do is said by the
// optional interfaces it has.
type Capabilities struct {
	// Offline: no bank tells us anything, the merchant records the money himself.
	Offline bool
	// OnDelivery: the carrier brings the money, so nothing can be paid this way before the parcel is there.
	OnDelivery bool
	// Held: somebody both sides trust holds the money until the parcel has arrived. Staff records his word as a promise.
	Held bool
	// Moment is when stock leaves unless the merchant chose otherwise.
	Moment Moment
	// Patience is how long a buyer may reasonably take. Offline the goods are held as long; online the merchant
	// says how long.
	Patience time.Duration
	// Settles is how long a bank may go on saying that the money is on its way (Notice.Settling), as a direct debit is; 0 for
	// families that never say so.
	Settles time.Duration
	// Keyless: the bank does not recognise a call that comes again, so one whose answer was lost is not repeated
	// before the bank was asked what it did.
	Keyless bool
	// RefundsUntold: an inquiry does not tell what was given back, so that asking settles nothing about a refund whose
	// answer was lost.
	RefundsUntold bool
	// CapturesUntold: an inquiry tells that promised money was taken, not how much of it, and speaks of the whole.
	CapturesUntold bool
	// Declared: the bank is told in its own office where its notices go, not with each payment.
	Declared bool
	// Currencies the family can carry; nil for any.
	Currencies []money.Currency
	// Instrument is what the law on payment fees takes the family for; "" for Regulated, the strictest.
	Instrument pricing.Instrument
}

// Carries tells whether the family can be paid in c.
func (c Capabilities) Carries(cur money.Currency) bool {
	for _, one := range c.Currencies {
		if one == cur {
			return true
		}
	}
	return len(c.Currencies) == 0
}

// Moment is when the pieces of an order leave the stock (STK-12). Until then they are held.
type Moment string

// The moments. The words are stored.
const (
	MomentPlaced   Moment = "placed"            // with the order (STK-09)
	MomentPaid     Moment = "paid"              // with the money (STK-10)
	MomentAwaiting Moment = "awaiting_shipment" // when staff says it is ready to be sent (STK-11)
	MomentShipped  Moment = "shipped"           // with the parcel (STK-11b)
)

// Moments lists the moments in the order an order passes them.
func Moments() []Moment {
	return []Moment{MomentPlaced, MomentPaid, MomentAwaiting, MomentShipped}
}

// Key is the message that names the moment.
func (m Moment) Key() string { return "payment.moment." + string(m) }

// Request is what a family needs to open a payment.
type Request struct {
	Payment Payment
	// OrderNumber is what people call the order: on the bank's page, in a transfer's reference.
	OrderNumber string
	ShopName    string // what the shop calls itself, for the bank's page
	Locale      i18n.Locale
	Buyer       Buyer
	// Pieces is how many articles the order has, at least 1 for those who ask.
	Pieces int
	// The addresses carry whatever the caller needs to find its way back. A family adds query
	// fields to ReturnURL and CancelURL but changes nothing in them.
	ReturnURL string // where the browser comes back, whatever happened
	CancelURL string // where it comes back when the buyer gave up
	NotifyURL string // where the bank's notices go; holds the mode, so that the account is known from it
	// Save asks the bank to keep the card: the buyer has agreed to it. Only a Saver is asked.
	Save bool
	// Lasting, with Save: the card is kept to be charged when its buyer is not there. His bank is to make sure now that it is he.
	Lasting bool
	// Absent, of Saver.Charge: the shop asks by the buyer's mandate, who is not there. Only a Repeater is asked.
	Absent bool
	// Plain asks for the bank's own page where the merchant chose Embedded: the buyer's browser runs no script, or
	// the bank's did not come.
	Plain bool
}

// Buyer is what banks may be told of who pays. Everything may be empty.
type Buyer struct {
	Name  string
	Email string
	// Billing is the address of the bill, with a telephone number where there is one; Delivery the zero
	// value when nothing is carried. Banks weigh the risk of a card by them (3-D Secure 2).
	Billing, Delivery address.Address
}

// Billed is the address of the bill with a name in it, whatever the buyer left out.
func (b Buyer) Billed() address.Address {
	a := b.Billing
	if a.Name == "" {
		a.Name = b.Name
	}
	return a
}
