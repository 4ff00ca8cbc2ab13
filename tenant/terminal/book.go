package terminal

import (
	"slices"
	"strings"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// Kind is the key of the kind of payment.
const Kind = "terminal"

// DutyVersion names the text the merchant accepts. Whoever changes the text changes it, and every merchant is asked
// again before his shop takes another card.
const DutyVersion = "2026-11"

// Lasts is how long a card waits to be keyed before it is forgotten (PAY-03).
const Lasts = 7 * 24 * time.Hour

// maxKeys bounds the keys of a shop: one a month for years.
const maxKeys = 60

// What is refused about keys.
var (
	// ErrKeys: so many keys were made that something is wrong.
	ErrKeys = fault.New(fault.Quota, "terminal.too_many_keys")
	// ErrAllowed: no operator has allowed it.
	ErrAllowed = fault.New(fault.Denied, "terminal.not_allowed")
	// ErrDuty: the duty has to be accepted first.
	ErrDuty = fault.New(fault.Conflict, "terminal.not_accepted")
)

// Book is what a merchant has decided about his terminal.
type Book struct {
	Accepted *Acceptance `json:"accepted,omitempty"`
	Keys     []Key       `json:"keys,omitempty"` // the oldest first; the last is the current one
}

// Acceptance is the duty, accepted in writing.
type Acceptance struct {
	Version string       `json:"version"`
	Locale  i18n.Locale  `json:"locale"` // in which the text was read
	Name    string       `json:"name"`   // as it was typed below it
	By      tenant.Actor `json:"by"`
	At      time.Time    `json:"at"`
}

// Key is a pair of keys. The private one is here only as Wrapped.
type Key struct {
	ID      string       `json:"id"`
	Point   string       `json:"point"`             // the public key: an uncompressed point of P-256, base64url
	Wrapped string       `json:"wrapped,omitempty"` // the private key as the merchant's passphrase wraps it, "" where he keeps it himself
	By      tenant.Actor `json:"by"`
	Made    time.Time    `json:"made"`
}

// Current is the key cards are sealed with; nil while there is none.
func (b Book) Current() *Key {
	if len(b.Keys) == 0 {
		return nil
	}
	return &b.Keys[len(b.Keys)-1]
}

// Find is a key by its id, also one that was replaced; nil for none.
func (b Book) Find(id string) *Key {
	i := slices.IndexFunc(b.Keys, func(k Key) bool { return k.ID == id })
	if i < 0 {
		return nil
	}
	return &b.Keys[i]
}

// Agreed tells whether the text of today was accepted.
func (b Book) Agreed() bool { return b.Accepted != nil && b.Accepted.Version == DutyVersion }

// Ready tells whether the merchant has done his part.
func (b Book) Ready() bool { return b.Agreed() && b.Current() != nil }

// maxName bounds a typed name.
const maxName = 100

// Accept is the book with the duty accepted. Errors: refused field "name".
func (b Book) Accept(who tenant.Actor, l i18n.Locale, name string, at time.Time) (Book, error) {
	var c form.Checker
	name = strings.Join(strings.Fields(name), " ")
	c.Required("name", name)
	c.Text("name", name)
	c.MaxLen("name", name, maxName)
	// A name has two words: initials, or a click on whatever key is nearest, accept no duty.
	if name != "" && !strings.Contains(name, " ") {
		c.Refuse("name", "terminal.whole_name", nil)
	}
	b.Accepted = &Acceptance{Version: DutyVersion, Locale: l, Name: name, By: who, At: at}
	return b, c.Err()
}

// Add is the book with another key, which is the current one from now on.
//
// Errors: ErrDuty; ErrKeys; ErrPoint; ErrWrapped.
func (b Book) Add(who tenant.Actor, point, wrapped string, at time.Time) (Book, error) {
	if !b.Agreed() {
		return b, ErrDuty
	}
	if len(b.Keys) >= maxKeys {
		return b, ErrKeys
	}
	id, err := KeyID(point)
	if err != nil {
		return b, err
	}
	if wrapped != "" && !wrappedShape.MatchString(wrapped) {
		return b, ErrWrapped
	}
	if b.Find(id) != nil { // the same page sent twice
		return b, nil
	}
	b.Keys = append(slices.Clone(b.Keys), Key{ID: id, Point: point, Wrapped: wrapped, By: who, Made: at})
	return b, nil
}

// Check looks at what is stored. Errors: ErrPoint, ErrWrapped.
func (b Book) Check() error {
	for _, k := range b.Keys {
		if id, err := KeyID(k.Point); err != nil || id != k.ID {
			return ErrPoint
		}
		if k.Wrapped != "" && !wrappedShape.MatchString(k.Wrapped) {
			return ErrWrapped
		}
	}
	return nil
}

// Sealed is the book as a journal keeps it: without private keys, wrapped or not.
func (b Book) Sealed() Book {
	b.Keys = slices.Clone(b.Keys)
	for i := range b.Keys {
		if b.Keys[i].Wrapped != "" {
			b.Keys[i].Wrapped = "kept"
		}
	}
	return b
}
