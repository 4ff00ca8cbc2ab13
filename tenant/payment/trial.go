package payment

import (
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant"
)

// ErrNoTrial: nothing is there to try, since the mode calls no bank.
var ErrNoTrial = fault.New(fault.Conflict, "payment.no_trial")

// TrialFor is for how long after its start a trial listens to notices that cannot be believed.
const TrialFor = time.Hour

// Trial is the newest try of a mode with a small payment (PAY-06).
type Trial struct {
	Order OrderID   `json:"order"`
	At    time.Time `json:"at"`
	// Unread is why a notice that came meanwhile could not be believed, "" when none did: the key of a message.
	Unread string `json:"unread,omitempty"`
	// Noticed is when a notice about it came that was believed, be it only what was known already; nil while none has.
	Noticed *time.Time `json:"noticed,omitempty"`
	// Back is when the browser came back from the bank's page; nil while it has not.
	Back *time.Time `json:"back,omitempty"`
}

// Listens tells whether a notice that cannot be believed now is worth telling the merchant: it may be that of the trial,
// made with another key than he typed.
func (t *Trial) Listens(now time.Time) bool {
	return t != nil && t.Unread == "" && now.Sub(t.At) < TrialFor
}

// Try notes that a mode is tried with an order. It is no edit of the mode.
func Try(tx tenant.Tx, mode ModeID, order OrderID) error {
	return writeTrial(tx, mode, Trial{Order: order, At: tx.Now()})
}

// Untry forgets the trial of a mode: it came to nothing, or was of another contract.
func Untry(tx tenant.Tx, mode ModeID) error {
	if err := tx.DB().Exec("update payment_modes set trial = null where id = ?", mode).Error; err != nil {
		return fmt.Errorf("forget trial of payment mode %s: %w", mode, err)
	}
	return nil
}

// untried is a mode whose trial says nothing any more, since its contract is another.
func untried(tx tenant.Tx, m Mode) (Mode, error) {
	m.Trial = nil
	return m, Untry(tx, m.ID)
}

// sameContract tells that neither what is open in a contract nor its secrets have changed.
func sameContract(before, public form.Values, known map[string]secret.Text, private form.Values) bool {
	a, err := json.Marshal(before)
	b, err2 := json.Marshal(public)
	if err != nil || err2 != nil || string(a) != string(b) {
		return false
	}
	for field := range private {
		if known[field].Reveal() != private.Text(field) {
			return false
		}
	}
	return true
}

// Misheard notes with the trial of a mode that a notice could not be believed. Nothing changes where no trial listens.
func Misheard(tx tenant.Tx, mode ModeID, why error) error {
	r, err := readMode(tx, mode, true)
	if err != nil {
		return err
	}
	t := readTrial(r.Trial)
	if !t.Listens(tx.Now()) {
		return nil
	}
	t.Unread = fault.KeyOf(why)
	return writeTrial(tx, mode, *t)
}

// Noticed notes with the trial of a mode that a notice about its order came that was believed, the first time. Nothing changes
// where the mode is not tried with that order.
func Noticed(tx tenant.Tx, mode ModeID, order OrderID) error {
	return noteTrial(tx, mode, order, "noticed")
}

// CameBack notes with the trial of a mode that the browser came back from the bank's page of its order, the first time.
func CameBack(tx tenant.Tx, mode ModeID, order OrderID) error {
	return noteTrial(tx, mode, order, "back")
}

func noteTrial(tx tenant.Tx, mode ModeID, order OrderID, what string) error {
	err := tx.DB().Exec(`update payment_modes set trial = jsonb_set(trial, array[?::text], to_jsonb(?::timestamptz))
		where id = ? and trial->>'order' = ? and trial->>?::text is null`, what, tx.Now(), mode, order.String(), what).Error
	if err != nil {
		return fmt.Errorf("note %s of trial of payment mode %s: %w", what, mode, err)
	}
	return nil
}

func writeTrial(tx tenant.Tx, mode ModeID, t Trial) error {
	b, err := json.Marshal(t)
	if err == nil {
		err = tx.DB().Exec(`update payment_modes set trial = ?::text::jsonb where id = ?`, string(b), mode).Error
	}
	if err != nil {
		return fmt.Errorf("write trial of payment mode %s: %w", mode, err)
	}
	return nil
}

// readTrial reads what a mode keeps; what cannot be read is no trial.
func readTrial(text *string) *Trial {
	if text == nil {
		return nil
	}
	var t Trial
	if json.Unmarshal([]byte(*text), &t) != nil {
		return nil
	}
	return &t
}
