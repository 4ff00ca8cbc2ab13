package gatewaytest

import (
	"net/url"
	"testing"

	"echoppe.dev/tenant/payment"
)

// Card is what the buyer pays with at the pretend bank.
type Card string

// The cards every pretend bank has.
const (
	Good   Card = "good"   // pays
	Secure Card = "secure" // pays after the 3-D Secure step
	Funds  Card = "funds"  // is refused
	Silent Card = "silent" // pays, and the browser never comes back
	GiveUp Card = "cancel" // the buyer gives up
)

// Quirk is what the pretend bank does wrong with its notices.
type Quirk string

// The quirks every pretend bank has.
const (
	Proper        Quirk = "proper"
	BeforeReturn  Quirk = "before_return"
	Duplicate     Quirk = "duplicate"
	Late          Quirk = "late"
	OutOfOrder    Quirk = "out_of_order"
	WrongAmount   Quirk = "wrong_amount"
	WrongCurrency Quirk = "wrong_currency"
	WrongKey      Quirk = "wrong_key"
	OtherMerchant Quirk = "other_merchant"
	OtherMode     Quirk = "other_mode"
	Contradiction Quirk = "contradiction"
	Never         Quirk = "never"
)

// Family is a gateway and the pretend bank it plays with.
type Family struct {
	Gateway payment.Gateway
	// Config and Other are two contracts the bank knows, as a merchant would fill them in. ConfigLater
	// is Config so that money is only authorised; nil when the family cannot.
	Config, Other, ConfigLater url.Values
	// Secrets are the texts that must not be found anywhere.
	Secrets []string
	// Visit plays the buyer: it follows the action to the bank, pays there, and gives the address
	// the browser is sent back to, nil when it stays.
	Visit func(t *testing.T, action payment.Action, card Card, quirk Quirk) *url.URL
	// Expected is what the bank expects to hear when a notice was recorded.
	Expected func(n payment.Notice) payment.Reply
	// Flip gives the message with one thing of its signature changed; every twin must be refused.
	Flip func(raw payment.RawNotice) []payment.RawNotice
	// Swap gives the message first with the content of second but its own signature.
	Swap func(first, second payment.RawNotice) payment.RawNotice
}
