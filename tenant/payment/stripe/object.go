package stripe

import (
	"bytes"
	"encoding/json"
	"regexp"

	api "github.com/stripe/stripe-go/v76"

	"echoppe.dev/tenant/payment"
)

// The beginnings of Stripe's names.
const (
	sessionPrefix = "cs_"
	intentPrefix  = "pi_"
)

var (
	refShape  = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)
	nameShape = regexp.MustCompile(`^[a-z]{2,6}_[0-9A-Za-z_]{1,150}$`)
)

// The statuses of an intent that mean something to us.
const (
	statusSucceeded = "succeeded"
	statusHeld      = "requires_capture"
	statusBusy      = "processing"
	statusCanceled  = "canceled"
	statusAsking    = "requires_payment_method"
	statusSecure    = "requires_action"
)

// tags are what a merchant's software writes on an object.
type tags map[string]string

// ref is our reference, where the object was opened by this mode, else "".
func (t tags) ref(a payment.Account) string {
	if t[metaMode] != a.Mode.String() || !refShape.MatchString(t[metaRef]) {
		return ""
	}
	return t[metaRef]
}

// name is the name of another object, which may stand there whole.
type name string

// UnmarshalJSON reads a name, an object with one, or nothing.
func (n *name) UnmarshalJSON(text []byte) error {
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return json.Unmarshal(text, (*string)(n))
	}
	var whole struct {
		ID string `json:"id"`
	}
	err := json.Unmarshal(text, &whole)
	*n = name(whole.ID)
	return err
}

// intent is a PaymentIntent, as far as it matters here: the same in an answer and in an event, whatever version the endpoint has.
type intent struct {
	api.APIResource
	ID           string       `json:"id"`
	Status       string       `json:"status"`
	Amount       int64        `json:"amount"`
	Received     int64        `json:"amount_received"`
	Capturable   int64        `json:"amount_capturable"`
	Currency     string       `json:"currency"`
	Live         bool         `json:"livemode"`
	Tags         tags         `json:"metadata"`
	ClientSecret string       `json:"client_secret"`
	Charge       tried        `json:"latest_charge"`
	Canceled     string       `json:"cancellation_reason"`
	Problem      *lastProblem `json:"last_payment_error"`
	Customer     name         `json:"customer"`
	Method       name         `json:"payment_method"`
	Next         *nextAction  `json:"next_action"`
}

// nextAction is where the buyer's bank wants to see him.
type nextAction struct {
	Redirect struct {
		URL string `json:"url"`
	} `json:"redirect_to_url"`
}

// lastProblem is why the buyer's last try came to nothing.
type lastProblem struct {
	Type    string `json:"type"`
	Code    string `json:"code"`
	Decline string `json:"decline_code"`
	Charge  name   `json:"charge"`
}

// ours tells that it is of this payment, mode and sum.
func (i intent) ours(a payment.Account, p payment.Payment) bool {
	return nameShape.MatchString(i.ID) && i.Live != p.Test && i.Tags.ref(a) == p.Ref
}

// payable tells that the buyer can still choose how to pay.
func (i intent) payable() bool {
	switch i.Status {
	case statusAsking, "requires_confirmation", statusSecure:
		return true
	}
	return false
}

// session is a Checkout Session.
type session struct {
	api.APIResource
	ID       string `json:"id"`
	URL      string `json:"url"`
	Status   string `json:"status"`
	Paid     string `json:"payment_status"`
	Amount   int64  `json:"amount_total"`
	Currency string `json:"currency"`
	Live     bool   `json:"livemode"`
	Ref      string `json:"client_reference_id"`
	Tags     tags   `json:"metadata"`
	Intent   name   `json:"payment_intent"`
}

func (s session) ours(a payment.Account, p payment.Payment) bool {
	return nameShape.MatchString(s.ID) && s.Live != p.Test && s.Ref == p.Ref && s.Tags.ref(a) == p.Ref
}

// charge is a Charge: one try of an intent.
type charge struct {
	ID       string `json:"id"`
	Intent   name   `json:"payment_intent"`
	Amount   int64  `json:"amount"`
	Captured int64  `json:"amount_captured"`
	Refunded int64  `json:"amount_refunded"`
	Taken    bool   `json:"captured"`
	Currency string `json:"currency"`
	Tags     tags   `json:"metadata"`
	Method   means  `json:"payment_method_details"`
}

// refund is a Refund.
type refund struct {
	api.APIResource
	ID       string `json:"id"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Status   string `json:"status"`
	Charge   name   `json:"charge"`
	Intent   name   `json:"payment_intent"`
	Tags     tags   `json:"metadata"`
}

// failed tells that the money did not go back after all.
func (r refund) failed() bool { return r.Status == "failed" || r.Status == "canceled" }

// dispute is a Dispute: the buyer's bank wants the money back.
type dispute struct {
	ID       string `json:"id"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	Status   string `json:"status"`
	Reason   string `json:"reason"`
	Charge   name   `json:"charge"`
	Intent   name   `json:"payment_intent"`
	Evidence struct {
		Due int64 `json:"due_by"` // Unix seconds, 0 when no more is taken
	} `json:"evidence_details"`
}

// list is a page of a list.
type list[T any] struct {
	api.APIResource
	Data []T `json:"data"`
}
