package fraud

import (
	"net/netip"
	"time"
)

// Keep is how long the address of a client, and its network, are kept with an order.
const Keep = 90 * 24 * time.Hour

// Finding is what an order keeps: where it came from, what was found, and what people decided. Who decided stands on
// the order's timeline.
type Finding struct {
	Client  netip.Addr `json:"client,omitzero"`   // forgotten after Keep
	Network string     `json:"network,omitempty"` // likewise
	Place   string     `json:"place,omitempty"`   // the door it goes to, see Place

	At      time.Time `json:"at,omitzero"` // when it was looked at last; zero: not yet
	Score   int       `json:"score"`
	Reasons []Reason  `json:"reasons,omitempty"`
	Advice  Advice    `json:"advice,omitempty"`

	Held     time.Time `json:"held,omitzero"`     // since when it waits for a person; zero: it does not
	Released time.Time `json:"released,omitzero"` // when a person let it go
	Marked   time.Time `json:"marked,omitzero"`   // when a person said that it is fraud
}

// From is the finding of an order nobody has looked at: where it came from.
func From(client netip.Addr, place string) Finding {
	return Finding{Client: client.Unmap(), Network: Network(client), Place: place}
}

// Moved notes that the buyer came from elsewhere to pay, and tells whether he did.
func (f *Finding) Moved(client netip.Addr) bool {
	client = client.Unmap()
	if !client.IsValid() || client == f.Client {
		return false
	}
	f.Client, f.Network = client, Network(client)
	return true
}

// Looked puts a result in and tells whether the order has to wait because of it: a person's word stands.
func (f *Finding) Looked(at time.Time, found Result, hold bool) (held bool) {
	f.At, f.Score, f.Reasons, f.Advice = at, found.Score, found.Reasons, found.Advice
	if !hold || !f.Held.IsZero() || !f.Released.IsZero() {
		return false
	}
	f.Held = at
	return true
}

// Hold has the order wait for a person whatever was decided before, since something new has happened; false when it waits already.
func (f *Finding) Hold(at time.Time) bool {
	if !f.Held.IsZero() {
		return false
	}
	f.Held = at
	return true
}

// IsHeld tells that the order waits for a person.
func (f Finding) IsHeld() bool { return !f.Held.IsZero() }

// IsMarked tells that a person said that it is fraud.
func (f Finding) IsMarked() bool { return !f.Marked.IsZero() }

// Release lets the order go, and takes back that it is fraud.
func (f *Finding) Release(at time.Time) { f.Held, f.Marked, f.Released = time.Time{}, time.Time{}, at }

// Mark says that the order is fraud; it waits from now on.
func (f *Finding) Mark(at time.Time) {
	f.Marked, f.Released = at, time.Time{}
	if f.Held.IsZero() {
		f.Held = at
	}
}
