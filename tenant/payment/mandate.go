package payment

import (
	"fmt"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// RepeatKey is the message a buyer agrees to who lets a shop charge his card when he is not there, beside a box that nobody has
// ticked for him. Its arguments are "shop", "amount", "rhythm" and "times", sentences of the caller's.
const RepeatKey = "payment.repeat_consent"

// repeatVersion is the version of the words of RepeatKey in all languages; a test holds it to them.
const repeatVersion = "r1"

// Mandate is a card that its bank keeps to be charged without its buyer (PGW-31), as it is given to whoever keeps it. Token is
// sealed.
type Mandate struct {
	ID     SavedID // the payment its buyer agreed with
	Mode   ModeID
	Test   bool
	Token  string
	Card   Card
	Agreed Consent
}

// KeepMandate is the mandate of a payment that came about, when its buyer agreed to one and the bank says what it calls the card;
// nil else, and when it was given before, so that one that was withdrawn does not come back.
func (m *Modes) KeepMandate(tx tenant.Tx, out Outcome, n Notice) (*Mandate, error) {
	p := out.Payment
	if !p.Saving.Lasting || !tells(out, n) {
		return nil, nil
	}
	first := tx.DB().Exec(`update payments set saving = saving || '{"kept": true}' where id = ? and saving->'kept' is null`, p.ID)
	if first.Error != nil {
		return nil, fmt.Errorf("keep mandate of payment %s: %w", p.ID, first.Error)
	}
	if first.RowsAffected == 0 {
		return nil, nil
	}
	card := id.As[SavedCard](p.ID)
	box, err := m.sealer.Seal(n.Token.Reveal(), savedContext(tx, card))
	if err != nil {
		return nil, fmt.Errorf("seal mandate of payment %s: %w", p.ID, err)
	}
	told := n.Card.clean()
	if len(told.Expiry) != len("MM/YY") {
		told.Expiry = ""
	}
	return &Mandate{ID: card, Mode: p.Mode, Test: p.Test, Token: box, Card: Card{Brand: told.Brand, Last: told.Last, Expiry: told.Expiry}, Agreed: *p.Saving.Agreed}, nil
}

// OpenMandate is what the bank calls the card of a mandate. Errors: Internal when it cannot be opened.
func (m *Modes) OpenMandate(tx tenant.Tx, x Mandate) (Token, error) {
	return m.openToken(tx, x.ID, x.Token, x.Test)
}

// Fits tells that an offer is of the mandate's contract, and of test or of real money as that was. Whether the card has expired is
// for its bank to say, which may know its successor.
func (x Mandate) Fits(o Offer) bool { return o.Repeats && o.ID == x.Mode && o.Test == x.Test }

// DropMandate has the bank delete the card, which must be kept nowhere else.
func DropMandate(tx tenant.Tx, x Mandate) error {
	return jobs.Enqueue(tx, ForgetSaved{Shop: tx.Shop().ID(), Mode: x.Mode, Card: x.ID, Token: x.Token, Test: x.Test})
}
