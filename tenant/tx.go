package tenant

import (
	"echoppe.dev/platform/driver/pg"
)

// Tx is one unit of work in one shop. It comes from Shop.Read and Shop.Write only.
type Tx struct {
	pg.Tx
	shop *Shop
	work *work
}

// work is what a unit of work knows at its start and leaves to be done at its end.
type work struct {
	version int64 // the page version known before the snapshot was taken
	keep    bool  // whether what is read may be memoised under version
	touched bool
}

// Shop is the shop this unit of work belongs to.
func (t Tx) Shop() *Shop { return t.shop }

// Touch says that something an anonymous visitor can see has changed: when the unit of work
// commits, every page cached before is out of date.
func (t Tx) Touch() { t.work.touched = true }
