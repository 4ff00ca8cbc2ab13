package payment

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
)

// What a family says of a message it does not take, and of a request it cannot carry.
var (
	// ErrForged: the signature is missing or wrong. Nothing else of the message was believed.
	ErrForged = fault.New(fault.Denied, "payment.forged")
	// ErrForeign: rightly signed, but for another merchant's account.
	ErrForeign = fault.New(fault.Denied, "payment.foreign")
	// ErrGarbled: rightly signed, but not understood.
	ErrGarbled = fault.New(fault.Malformed, "payment.garbled")
	// ErrNoNotices: nobody sends notices for this kind.
	ErrNoNotices = fault.New(fault.NotFound, "payment.no_notices")
	// ErrUnfit: the family cannot carry the currency or amount.
	ErrUnfit = fault.New(fault.Conflict, "payment.unfit")
	// ErrNotKnown: the bank has never heard of the payment.
	ErrNotKnown = fault.New(fault.NotFound, "payment.not_known")
	// ErrDeclined: the bank refuses a capture, refund or cancellation.
	ErrDeclined = fault.New(fault.Conflict, "payment.bank_declined")
	// ErrOffice: this contract lets us ask nothing; it is done in the bank's own office, and recorded by
	// hand.
	ErrOffice = fault.New(fault.Conflict, "payment.office_only")
	// ErrBank: the bank could not be reached or gave no sensible answer.
	ErrBank = fault.New(fault.Upstream, "payment.bank_away")
)

// MaxBody is the largest message a bank's notice may have; the HTTP face cuts it off there.
const MaxBody = 64 << 10

// RawNotice is a message as it came in, untouched.
type RawNotice struct {
	Header   map[string][]string // canonical names, as net/http gives them
	Path     string
	RawQuery string // as received: some banks sign these very bytes
	// URL is where the bank was told to send it, byte for byte and not as a proxy made it: some banks sign that as well.
	// Empty for what a browser brings back.
	URL   string
	Query url.Values
	Body  []byte
}

// HeaderValue is the first value of a header, given in canonical form, or "".
func (r RawNotice) HeaderValue(name string) string {
	if v := r.Header[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Notice is what a bank says happened, in our words.
type Notice struct {
	// ID names the fact at the bank: the same in a repetition, in the browser's return and in the
	// answer to an inquiry. Unique within an account.
	ID string
	// Ref is our reference of the payment.
	Ref   string
	Event Event // one of Waiting, Authorised, Captured, Failed, Cancelled, Refunded, Disputed, DisputeWon, DisputeLost
	// Amount is how much was authorised, captured or refunded by this very fact.
	Amount  money.Amount
	BankRef string
	Test    bool
	// Unproven: the bank gives no proof that these words are its own, or the merchant wants to see for
	// himself. What it says of money waits in review for a person.
	Unproven bool
	// Settling, of Waiting: the buyer is done, and the banks move the money, which may take days (Capabilities.Settles).
	Settling bool
	Reason   Reason // of Failed and Cancelled
	// Never, of Failed: the card's bank says that this card must not be charged again (lost, stolen, withdrawn). Buyers are not
	// told.
	Never   bool
	Dispute Claim // of Disputed and DisputeLost
	Card    Card  // what was paid with, as far as the bank tells
	// Token is what the bank calls the card it keeps because Request.Save asked for it. It is stored sealed and nowhere else.
	Token secret.Text
	// Message is the message for the ledger, without card numbers and secrets.
	Message Message
	// Receipt is what the answer must contain where it is made of the message and the account's key: for Acknowledge
	// alone, and never stored.
	Receipt string
}

// Claim is what a bank tells of a dispute.
type Claim struct {
	Reason string    // as the bank calls it
	Due    time.Time // until when it takes evidence; zero when it does not say
}

// Reply is the answer to a notice.
type Reply struct {
	Status      int
	ContentType string
	Body        []byte
}

// Reason is why a payment did not come about, in classes a buyer can be told.
type Reason string

// The reasons. The words are stored and have a message each: "payment.declined.<reason>".
const (
	ReasonRefused   Reason = "refused"        // the buyer's bank says no and not why
	ReasonFunds     Reason = "funds"          // not enough money, or a limit reached
	ReasonCard      Reason = "card"           // number, date, code; a card that is not taken
	ReasonSecure    Reason = "authentication" // strong authentication failed
	ReasonExpired   Reason = "expired"        // took too long
	ReasonAbandoned Reason = "abandoned"      // the buyer gave up
	ReasonTechnical Reason = "technical"      // a failure between banks; trying again may help
)

// Reasons lists them all.
func Reasons() []Reason {
	return []Reason{ReasonRefused, ReasonFunds, ReasonCard, ReasonSecure, ReasonExpired, ReasonAbandoned, ReasonTechnical}
}

// Key is the message that tells the buyer.
func (r Reason) Key() string {
	if r == "" {
		r = ReasonRefused
	}
	return "payment.declined." + string(r)
}

// maxName bounds what a bank calls things; the ledger has an index over it.
const maxName = 200

// clean makes a notice fit for a column: text that is no Unicode, or longer than any bank's names,
// came from somewhere else, and must end in the ledger and not in an error the bank repeats upon.
func (n Notice) clean() Notice {
	for _, text := range []*string{&n.ID, &n.Ref, &n.BankRef} {
		*text = strings.ReplaceAll(strings.ToValidUTF8(*text, "�"), "\x00", "�")
		if len(*text) > maxName {
			sum := sha256.Sum256([]byte(*text))
			*text = "sha256:" + hex.EncodeToString(sum[:])
		}
	}
	n.Card = n.Card.clean()
	return n
}

// digest is the meaning of a notice, by which a repetition is told from a contradiction. Not the
// bytes: a repetition is often signed anew, with another time in it.
func (n Notice) digest() []byte {
	var b strings.Builder
	for _, part := range []string{
		n.Ref, string(n.Event), n.Amount.Decimal().String(), n.Amount.Currency().Code(),
		n.BankRef, strconv.FormatBool(n.Test),
	} {
		b.WriteString(strconv.Itoa(len(part)))
		b.WriteByte(':')
		b.WriteString(part)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return sum[:]
}
