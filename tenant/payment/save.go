package payment

import (
	"context"
	"encoding/json"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
)

// ErrNoCard: there is no such saved card, or it can no longer be paid with.
var ErrNoCard = fault.New(fault.Conflict, "payment.no_saved_card")

// Saver is a Gateway whose bank keeps the card of a buyer who has agreed to it (Request.Save, Notice.Token), and takes money
// from it at one click of his (PGW-32).
type Saver interface {
	// Charge pays with a card the bank keeps, the buyer being there, in place of Start. It may be called again for the same
	// payment, and charges once; a payment whose BankRef is known is looked at and never charged anew. A bank that asks the
	// buyer for the code of his card, or for 3-D Secure, is the Action that leads him there, which takes nothing without him.
	//
	// Errors: ErrNoCard when the bank no longer has the card; else as for Start.
	Charge(ctx context.Context, a Account, r Request, card Token) (Charged, error)
	// Forget has the bank delete a card. One it does not have is deleted. Errors: ErrOffice; of kind Upstream.
	Forget(ctx context.Context, a Account, card Token) error
}

// Repeater is a Saver that can be asked for money without the buyer being there (Request.Absent), from a card that was kept for
// that with his mandate (Request.Lasting; PGW-31). Its Charge then leads nowhere: a card whose bank wants to see the buyer is
// refused with ReasonSecure, and it is the caller who has him come.
type Repeater interface {
	Saver
	// Repeats tells that the contract of a mode lets it.
	Repeats(m Mode) bool
}

// Token is what a bank calls a card it keeps, made with test or live credentials and good for those alone.
type Token struct {
	Name secret.Text
	Test bool
}

// Charged is what came of a charge: the Action that leads the buyer to where he has to confirm, if he has to;
// else a notice as the bank itself gives about the same fact.
type Charged struct {
	Next   Action
	Notice Notice
}

// Owner is whose saved cards are; who that is, is not known here.
type Owner struct{}

// OwnerID names him.
type OwnerID = id.Of[Owner]

// Saving is what a buyer who is known wants besides paying: to have his card kept (Agreed), or to pay with one that is kept
// (Card). The zero value is neither.
type Saving struct {
	Owner  OwnerID  `json:"owner,omitzero"`
	Agreed *Consent `json:"agreed,omitempty"`
	Card   SavedID  `json:"card,omitzero"`
	// Lasting, with Agreed: the card is kept to be charged without him, for the order's own repetition, and is none of those he
	// pays with by a click. He may be a guest.
	Lasting bool `json:"lasting,omitempty"`
	// Absent: charged without him, by such a mandate. The caller keeps it.
	Absent bool `json:"absent,omitempty"`
}

// Consent is when he agreed that his card is kept, and to which words.
type Consent struct {
	At      time.Time `json:"at"`
	Wording string    `json:"wording"` // "version language"
	// Text is what he read, where it names more than the shop: the amounts and days of a mandate.
	Text string `json:"text,omitempty"`
}

// consentVersion is the version of the words of ConsentKey in all languages; a test holds it to them.
const consentVersion = "1"

// ConsentKey is the message a buyer agrees to, beside a box that nobody has ticked for him.
const ConsentKey = "payment.save_consent"

// Agree is the consent of a buyer who reads that language.
func Agree(now time.Time, language string) *Consent {
	return &Consent{At: now, Wording: consentVersion + " " + language}
}

// Mandated is the consent of a buyer who read that text in that language, see RepeatKey.
func Mandated(now time.Time, language, text string) *Consent {
	return &Consent{At: now, Wording: repeatVersion + " " + language, Text: text}
}

func (s Saving) document() (*string, error) {
	if s == (Saving{}) {
		return nil, nil
	}
	b, err := json.Marshal(s)
	text := string(b)
	return &text, err
}

func readSaving(text *string) (s Saving, err error) {
	if text != nil {
		err = json.Unmarshal([]byte(*text), &s)
	}
	return s, err
}
