package monext

import (
	"fmt"
	"strings"

	"echoppe.dev/tenant/payment"
)

// approved are the codes of what was done, as the vendor's own modules have them.
var approved = map[string]bool{"00000": true, "02400": true, "02500": true, "02501": true, "02517": true, "02520": true, "02616": true, "03000": true, "04000": true}

// waiting are the codes of a session that goes on.
var waiting = map[string]bool{"02000": true, "02005": true, "02015": true, "02306": true, "02533": true}

// Codes with a meaning of their own.
const (
	codeUnknown   = "02304" // no transaction of that token
	codeCancelled = "02319" // the buyer gave up
	codeExpired   = "02324" // the session ran out
	codeLeft      = "02534" // the buyer went away
	codeFraud     = "04003" // done, but the bank suspects fraud
)

// notice is the session in our words. Its id is the transaction and what became of it; a session nobody paid is named by its
// token. Errors: ErrBank when the answer is not about the payment, or contradicts itself.
func (s session) notice(token string, test bool) (payment.Notice, error) {
	n := payment.Notice{Ref: s.ref, Amount: s.amount, Test: test, Card: s.card}
	bad := func(why string) (payment.Notice, error) {
		return payment.Notice{}, payment.ErrBank.Because(fmt.Errorf("monext: %s in an answer of %q %q", why, s.code, s.title))
	}
	word := ""
	switch {
	case s.title == "ACCEPTED" && s.code != "" && !waiting[s.code], s.title == "" && (approved[s.code] || s.code == codeFraud):
		n.Event, word = payment.Captured, "paid"
		if s.hold {
			n.Event, word = payment.Authorised, "authorised"
		}
		// What the bank warns of, and what is new to us, a person looks at.
		n.Unproven = !approved[s.code]
	case approved[s.code]:
		return bad("two meanings")
	case s.title == "REFUSED":
		n.Event, n.Reason, word = payment.Failed, reason(s.code), "failed"
	case s.code == codeExpired:
		n.Event, n.Reason, word = payment.Cancelled, payment.ReasonExpired, "expired"
	case s.title == "CANCELLED", s.code == codeCancelled, s.code == codeLeft:
		n.Event, n.Reason, word = payment.Cancelled, payment.ReasonAbandoned, "abandoned"
	case s.title == "INPROGRESS", s.title == "ONHOLD_PARTNER", s.title == "PENDING_RISK", waiting[s.code]:
		n.Event, word = payment.Waiting, "waiting"
	case s.title == "ERROR" && s.transaction != "":
		n.Event, n.Reason, word = payment.Failed, payment.ReasonTechnical, "error"
	default: // an error of the question
		return bad("nothing about a payment")
	}
	switch paid := n.Event == payment.Captured || n.Event == payment.Authorised; {
	case !refShape.MatchString(s.ref):
		return bad("no reference")
	case s.transaction != "" && !transactionShape.MatchString(s.transaction):
		return bad("an odd transaction")
	case paid && (s.transaction == "" || !s.amount.IsPositive()):
		return bad("no transaction or no amount")
	case paid:
		n.BankRef = token + " " + s.transaction
		n.ID = s.transaction + ":" + word
	case s.transaction != "":
		n.ID = s.transaction + ":" + word
	default:
		n.ID = token + ":" + word
	}
	n.Message = payment.Message{"ref": s.ref, "transaction": s.transaction, "code": s.code, "title": s.title}
	if s.amount.IsPositive() {
		n.Message["amount"], n.Message["currency"] = s.amount.String(), s.amount.Currency().Code()
	}
	return n, nil
}

// reason is why the buyer's bank said no: 01 and the three digits of an action code of ISO 8583:1993, or 03 for 3-D Secure.
func reason(code string) payment.Reason {
	if strings.HasPrefix(code, "03") {
		return payment.ReasonSecure
	}
	action, of := strings.CutPrefix(code, "01")
	switch {
	case !of:
		return payment.ReasonRefused
	case strings.HasPrefix(action, "9"):
		return payment.ReasonTechnical
	}
	switch action {
	case "116", "121", "123": // not enough, too much at once, too often
		return payment.ReasonFunds
	case "101", "111", "114", "117", "118", "125", "129", "200", "201", "208", "209":
		return payment.ReasonCard
	}
	return payment.ReasonRefused
}

// split is what a payment's BankRef holds: the token of the session and, once it was paid, the transaction.
func split(bankRef string) (token, transaction string) {
	token, transaction, _ = strings.Cut(bankRef, " ")
	return token, transaction
}
