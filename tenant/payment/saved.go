package payment

import (
	"fmt"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// SavedID names a saved card: the payment it was first used for.
type SavedID = id.Of[SavedCard]

// SavedCard is a card a bank keeps for a customer, as it may be shown to him. What names it at the bank is sealed beside it.
type SavedCard struct {
	ID     SavedID
	Owner  OwnerID
	Mode   ModeID
	Test   bool
	Card   Card // brand, last digits, expiry
	Agreed Consent
}

// Fits tells that an offer can be paid with the card: it is of the same contract, and of test or of real money as that is now.
func (c SavedCard) Fits(o Offer, now time.Time) bool {
	return o.Saves && c.Mode == o.ID && c.Test == o.Test && !c.Expired(now)
}

// Expired tells that the card's last month is over everywhere.
func (c SavedCard) Expired(now time.Time) bool {
	month, err := time.Parse("01/06", c.Card.Expiry)
	return err == nil && now.After(month.AddDate(0, 1, 1))
}

// maxBox is the longest sealed token there is room for.
const maxBox = 340

// maxSaved bounds the cards of a customer; a further one takes the place of the oldest.
const maxSaved = 10

type savedRow struct {
	CustomerID          OwnerID
	ID                  SavedID
	ModeID              ModeID
	Test                bool
	Token               string
	Brand, Last, Expiry string
	Wording             string
	AgreedAt            time.Time
}

const savedColumns = `customer_id, id, mode_id, test, token, brand, last, expiry, wording, agreed_at`

func (r savedRow) card() SavedCard {
	return SavedCard{ID: r.ID, Owner: r.CustomerID, Mode: r.ModeID, Test: r.Test, Card: Card{Brand: r.Brand, Last: r.Last, Expiry: r.Expiry},
		Agreed: Consent{At: r.AgreedAt.UTC(), Wording: r.Wording}}
}

func readSaved(tx tenant.Tx, owner OwnerID, where string, args ...any) ([]savedRow, error) {
	var rows []savedRow
	err := tx.DB().Raw(`select `+savedColumns+` from saved_cards where customer_id = ? `+where, append([]any{owner}, args...)...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read saved cards: %w", err)
	}
	return rows, nil
}

// ListSaved lists the cards of a customer, the newest first.
func ListSaved(tx tenant.Tx, owner OwnerID) ([]SavedCard, error) {
	rows, err := readSaved(tx, owner, "order by id desc")
	if err != nil {
		return nil, err
	}
	list := make([]SavedCard, len(rows))
	for i, r := range rows {
		list[i] = r.card()
	}
	return list, nil
}

// KeepsCards tells that a mode of the shop offers to keep cards, or that some are kept.
func KeepsCards(tx tenant.Tx) (bool, error) {
	var keeps bool
	err := tx.DB().Raw(`select exists (select from payment_modes where scope->'saves' = 'true') or exists (select from saved_cards)`).Scan(&keeps).Error
	if err != nil {
		return false, fmt.Errorf("look for saved cards: %w", err)
	}
	return keeps, nil
}

// FindSaved is one card of a customer. Errors: ErrNoCard, also for the card of somebody else.
func FindSaved(tx tenant.Tx, owner OwnerID, card SavedID) (SavedCard, error) {
	r, err := savedOf(tx, owner, card)
	return r.card(), err
}

func savedOf(tx tenant.Tx, owner OwnerID, card SavedID) (savedRow, error) {
	rows, err := readSaved(tx, owner, "and id = ?", card)
	if err != nil {
		return savedRow{}, err
	}
	if len(rows) == 0 {
		return savedRow{}, ErrNoCard
	}
	return rows[0], nil
}

func savedContext(tx tenant.Tx, card SavedID) string {
	return secret.Context(tx.Shop().ID().String(), "saved_card", card.String(), "token")
}

// TokenOf is what the bank calls a card. Errors: ErrNoCard; Internal when it cannot be opened.
func (m *Modes) TokenOf(tx tenant.Tx, owner OwnerID, card SavedID) (Token, error) {
	r, err := savedOf(tx, owner, card)
	if err != nil {
		return Token{}, err
	}
	return m.openToken(tx, card, r.Token, r.Test)
}

func (m *Modes) openToken(tx tenant.Tx, card SavedID, sealed string, test bool) (Token, error) {
	plain, err := m.sealer.Open(sealed, savedContext(tx, card))
	if err != nil {
		return Token{}, fmt.Errorf("open saved card %s: %w", card, err)
	}
	return Token{Name: secret.NewText(plain), Test: test}, nil
}

// KeepSaved keeps the card of a payment that came about, when its buyer agreed and the bank says what it calls the card; once,
// however often it is told, so that a card that was removed does not come back. The same card kept before is replaced.
func (m *Modes) KeepSaved(tx tenant.Tx, out Outcome, n Notice) error {
	p := out.Payment
	if p.Saving.Owner.IsZero() || p.Saving.Lasting || !tells(out, n) {
		return nil
	}
	first := tx.DB().Exec(`update payments set saving = saving || '{"kept": true}' where id = ? and saving->'kept' is null
		and exists (select from customers where id = ?)`, p.ID, p.Saving.Owner)
	if first.Error != nil {
		return fmt.Errorf("keep card of payment %s: %w", p.ID, first.Error)
	}
	if first.RowsAffected == 0 {
		return nil
	}
	card := id.As[SavedCard](p.ID)
	box, err := m.sealer.Seal(n.Token.Reveal(), savedContext(tx, card))
	if err != nil {
		return fmt.Errorf("seal card of payment %s: %w", p.ID, err)
	}
	told := n.Card.clean()
	if len(told.Expiry) != len("MM/YY") {
		told.Expiry = ""
	}
	if len(box) > maxBox {
		return nil // longer than any bank's names are: the card is not kept
	}
	if err := m.replaceSaved(tx, p, told); err != nil {
		return err
	}
	err = tx.DB().Exec(`insert into saved_cards (`+savedColumns+`) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.Saving.Owner, card, p.Mode, p.Test, box, told.Brand, told.Last, told.Expiry, p.Saving.Agreed.Wording, p.Saving.Agreed.At).Error
	if err != nil {
		return fmt.Errorf("keep card of payment %s: %w", p.ID, err)
	}
	return nil
}

// tells tells that a message is about money that came with a card its buyer wants to be kept, and names it.
func tells(out Outcome, n Notice) bool {
	p := out.Payment
	switch {
	case n.Token.IsZero() || p.ID.IsZero() || p.Saving.Agreed == nil || n.Test != p.Test:
		return false
	case out.Verdict == Conflict || n.Event != Captured && n.Event != Authorised:
		return false
	}
	return p.State.Paid() || p.State == StateAuthorised
}

// replaceSaved makes room for a card: it removes the same one, and the oldest where there are too many.
func (m *Modes) replaceSaved(tx tenant.Tx, p Payment, told Card) error {
	have, err := ListSaved(tx, p.Saving.Owner)
	if err != nil {
		return err
	}
	for i, c := range have {
		same := c.Mode == p.Mode && c.Test == p.Test && c.Card == Card{Brand: told.Brand, Last: told.Last, Expiry: told.Expiry} && told.Last != ""
		if same || i >= maxSaved-1 {
			if err := RemoveSaved(tx, p.Saving.Owner, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
