package gatewaytest

import (
	"net/url"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// Card is what the buyer pays with at the pretend bank.
type Card string

// The cards every pretend bank has.
const (
	Good    Card = "good"    // pays
	Secure  Card = "secure"  // pays after the 3-D Secure step
	Funds   Card = "funds"   // is refused
	Deny    Card = "deny"    // is refused after the 3-D Secure step
	Timeout Card = "timeout" // the session runs out
	Silent  Card = "silent"  // pays, and the browser never comes back
	GiveUp  Card = "cancel"  // the buyer gives up
	Once    Card = "once"    // pays, and is refused when it was kept and is charged again
	Poor    Card = "poor"    // pays, and is refused for want of money when it was kept and is charged again
)

// Quirk is what the pretend bank does wrong.
type Quirk = bank.Quirk

// Family is a gateway and the pretend bank it plays with.
type Family struct {
	// Open makes the gateway of one brand. Its calls lead to the pretend bank, whose own address is given for
	// those who are told it in another way.
	Open func(calls *bankcall.Client, address string) (payment.Gateway, error)
	// Dialect is the other side.
	Dialect bank.Dialect
	// Contracts are those of Config and Other at the bank.
	Contracts []bank.Merchant
	// Config and Other are the two contracts as a merchant would fill them in, Later is Config so that money is
	// only authorised; nil when the family lacks that.
	Config, Other, Later url.Values
	// Frame is the address of the frame the bank's script would put on the shop's page; nil where Config is not for
	// fields on that page.
	Frame func(payment.Embedded) string
	// Secrets are the texts that must not be found anywhere.
	Secrets []string
	// Expected is what the bank expects to hear when a notice was recorded.
	Expected func(n payment.Notice) payment.Reply
	// Flip gives the message with one thing of its signature changed; every twin must be refused. That every single
	// changed byte of body and query is refused is tried anyway.
	Flip func(raw payment.RawNotice) []payment.RawNotice
	// Swap gives the message first with the content of second but its own signature.
	Swap func(first, second payment.RawNotice) payment.RawNotice
	// Loose tells that the byte of that place in the body (or the query, of a notice without a body) is not
	// covered by the signature, by the protocol; nil when all are.
	Loose func(raw payment.RawNotice, at int) bool
	// Funds is what the bank's notice tells of a card without money, payment.ReasonFunds if "": some only say no.
	Funds payment.Reason
	// Denied is what the bank's notice tells of a buyer who did not prove himself, payment.ReasonSecure if "".
	Denied payment.Reason
	// Lacks says what the protocol cannot do, and why.
	Lacks Lacks
	// Untold are quirks the notices of this protocol cannot show, with the reason: nothing in them names the
	// merchant, say. The order must then come out as if nothing were wrong.
	Untold map[Quirk]string
	// Told is what the bank tells of the card Good, in its notices and when it is asked; zero with Lacks.Card.
	Told payment.Card
	// Trials replace what must come of a quirk, where the protocol makes something else of it.
	Trials map[Quirk]Trial
}

// Lacks are the reasons why a family has no such thing: each must be given when the gateway lacks the
// interface, and must be empty when it has it.
type Lacks struct {
	Return  string // nothing signed comes back with the browser (payment.Returner)
	Inquiry string // the bank cannot be asked (payment.Inquirer)
	Refund  string // nor told to give money back (payment.Refunder)
	Later   string // money is always taken at once (payment.Capturer, payment.Canceller, Family.Later)
	// Keys: the bank does not recognise a call that comes again, so that one whose answer was lost must not be
	// repeated.
	Keys string
	// Save: the bank keeps no cards, or the family does not use that (payment.Saver).
	Save string
	// Secure: a saved card is charged without asking its buyer anything.
	Secure string
	// Repeat: a kept card is not charged without its buyer (payment.Repeater), or not by this contract.
	Repeat string
	// Click: with a saved card the buyer still goes to the bank's page, and types no number there.
	Click string
	// Proof: nothing proves that the bank said so, or the merchant wants to see for himself: money waits in review
	// (Notice.Unproven).
	Proof string
	// Name: the bank's page shows its contract's name, and Language: it is not told the buyer's language.
	Name, Language string
	Card           string // the bank tells nothing of what was paid with (Family.Told)
	// Calls: the contract under test may not call at all: everything but Start says payment.ErrOffice.
	Calls string
}

// Trial is what must come of a quirk.
type Trial struct {
	Card    Card
	Notices int // how many the bank sends of each letter
	State   payment.State
	Flag    payment.Flag // on exactly one of the notices
	Refused bool         // the bank must not be told that all is well
	Ledger  []payment.Verdict
}

// letters is how many notices the bank sends about something; answeredToo how many about what we asked of
// it by a call.
func (f Family) letters(k bank.Kind) int { return f.told(bank.Message{Event: k}) }

func (f Family) answeredToo(k bank.Kind) int { return f.told(bank.Message{Event: k, Asked: true}) }

func (f Family) told(m bank.Message) int {
	m.Mode, m.Amount, m.Currency = "test", 1, "EUR"
	return len(f.Dialect.Letters(m))
}

// funds is why a card without money is refused, as far as the bank tells.
func (f Family) funds() payment.Reason {
	if f.Funds == "" {
		return payment.ReasonFunds
	}
	return f.Funds
}

// denied is why a card is refused whose buyer did not prove himself, as far as the bank tells.
func (f Family) denied() payment.Reason {
	if f.Denied == "" {
		return payment.ReasonSecure
	}
	return f.Denied
}

// paid is the state of a payment the bank says was paid.
func (f Family) paid() payment.State {
	if f.Lacks.Proof != "" {
		return payment.StateReview
	}
	return payment.StateCaptured
}

// declared fails unless a reason is given for what is lacking, and only then.
func declared(t *testing.T, what string, has bool, reason string) bool {
	t.Helper()
	switch {
	case has && reason != "":
		t.Errorf("%s: declared as lacking (%s), and there", what, reason)
	case !has && reason == "":
		t.Errorf("%s: lacking, and no reason is declared", what)
	case !has:
		t.Logf("%s: none, %s", what, reason)
	}
	return has
}
