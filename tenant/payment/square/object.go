package square

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

var (
	refShape = regexp.MustCompile(`^[0-9A-Za-z_-]{1,40}$`)
	idShape  = regexp.MustCompile(`^[0-9A-Za-z_-]{1,150}$`)
)

// What is ours in the metadata of an order, which Square shows to the application that wrote it and to nobody else.
const (
	metaRef  = "echoppe_ref"  // the payment's reference
	metaMode = "echoppe_mode" // the mode it was begun with: an account may serve several shops
)

// cash is an amount as Square writes it, in the smallest unit of its currency.
type cash struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

// cashOf is an amount for Square. Errors: ErrUnfit for nothing, a part of a unit, a currency no seller has.
func cashOf(a money.Amount) (cash, error) {
	units, err := a.Minor()
	if err != nil || units <= 0 || !slices.Contains(currencies, a.Currency()) {
		return cash{}, payment.ErrUnfit.Because(fmt.Errorf("square: %s %s", a.Decimal(), a.Currency()))
	}
	return cash{units, a.Currency().Code()}, nil
}

// amount is what Square counted. Errors: ErrGarbled for less than nothing and for what is no currency.
func (c cash) amount() (money.Amount, error) {
	currency, err := money.ParseCurrency(c.Currency)
	if err != nil || c.Amount < 0 {
		return money.Amount{}, payment.ErrGarbled.Because(fmt.Errorf("square: %d %.10q", c.Amount, c.Currency))
	}
	return money.FromMinor(c.Amount, currency), nil
}

// linkObject is a PaymentLink.
type linkObject struct {
	ID    string `json:"id"`
	Order string `json:"order_id"`
	URL   string `json:"url"`
}

// orderObject is an Order. Its tenders are the payments that paid it; their IDs are the payments'.
type orderObject struct {
	ID       string            `json:"id"`
	Location string            `json:"location_id"`
	State    string            `json:"state"`
	Total    cash              `json:"total_money"`
	Metadata map[string]string `json:"metadata"`
	Tenders  []struct {
		ID string `json:"id"`
	} `json:"tenders"`
}

// maxTenders bounds how many payments of an order are looked at.
const maxTenders = 10

// orderCanceled is the state of an order whose link was deleted.
const orderCanceled = "CANCELED"

// ref is our reference, where the order was opened by this mode, else "".
func (o orderObject) ref(a payment.Account, test bool) string {
	ref := o.Metadata[metaRef]
	if o.Metadata[metaMode] != a.Mode.String() || o.Location != locationOf(a, test) || !refShape.MatchString(ref) {
		return ""
	}
	return ref
}

// locationOf is the location that is paid in a mode.
func locationOf(a payment.Account, test bool) string {
	return a.Config.Text(payment.FieldFor("location", test))
}

// The statuses of a payment.
const (
	statusApproved  = "APPROVED"
	statusPending   = "PENDING"
	statusCompleted = "COMPLETED"
	statusCanceled  = "CANCELED"
	statusFailed    = "FAILED"
)

// paymentObject is a Payment: one try to pay an order. Total is with the tip, which our page does not ask for.
type paymentObject struct {
	ID       string   `json:"id"`
	Order    string   `json:"order_id"`
	Location string   `json:"location_id"`
	Status   string   `json:"status"`
	Total    cash     `json:"total_money"`
	Refunds  []string `json:"refund_ids"`
	Card     struct {
		Errors []struct {
			Code string `json:"code"`
		} `json:"errors"`
		Auth string     `json:"auth_result_code"`
		Card cardObject `json:"card"`
	} `json:"card_details"`
}

// cardObject is a Card, as far as the shop tells it. Square names no country and no bank.
type cardObject struct {
	Brand string `json:"card_brand"`
	Last  string `json:"last_4"`
	Month int    `json:"exp_month"`
	Year  int    `json:"exp_year"`
}

// refundObject is a PaymentRefund. Its order is left out: Square may make one of its own for the refund.
type refundObject struct {
	ID      string `json:"id"`
	Payment string `json:"payment_id"`
	Status  string `json:"status"`
	Amount  cash   `json:"amount_money"`
	Reason  string `json:"reason"`
}

// failed tells that the money did not go back after all.
func (r refundObject) failed() bool { return r.Status == "FAILED" || r.Status == "REJECTED" }

// disputeObject is a Dispute. Versions of the API before 2021 call its ID otherwise.
type disputeObject struct {
	ID      string `json:"id"`
	OldID   string `json:"dispute_id"`
	Amount  cash   `json:"amount_money"`
	Reason  string `json:"reason"`
	State   string `json:"state"`
	Due     string `json:"due_at"` // RFC 3339
	Payment struct {
		ID string `json:"payment_id"`
	} `json:"disputed_payment"`
}

// name is the ID under either of its names.
func (d disputeObject) name() string {
	if d.ID != "" {
		return d.ID
	}
	return d.OldID
}

var errNameless = errors.New("square: no name or no reference")
