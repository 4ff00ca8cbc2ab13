package stock

// Reason says why a stock moved. The words are stored.
type Reason string

// The reasons.
const (
	ReasonCount    Reason = "count"    // somebody counted and typed the number
	ReasonImport   Reason = "import"   // a file said so
	ReasonHeld     Reason = "held"     // a buyer began to pay
	ReasonFreed    Reason = "freed"    // a hold was given back or expired
	ReasonOrdered  Reason = "ordered"  // a customer ordered: pieces are pending and held
	ReasonSold     Reason = "sold"     // they have left
	ReasonReturn   Reason = "return"   // an order was undone
	ReasonDone     Reason = "done"     // nothing of an order is awaited any more
	ReasonLoss     Reason = "loss"     // broken, stolen, used
	ReasonFound    Reason = "found"    // turned up
	ReasonBought   Reason = "bought"   // ordered from a supplier
	ReasonReceived Reason = "received" // came from a supplier
	ReasonUnbought Reason = "unbought" // the supplier will not send it any more

	// Lines that move nothing: an indicator was reached (STK-05).
	ReasonLow Reason = "low"
	ReasonOut Reason = "out"
)

// Reasons lists all of them.
func Reasons() []Reason {
	return []Reason{ReasonCount, ReasonImport, ReasonHeld, ReasonFreed, ReasonOrdered, ReasonSold, ReasonReturn, ReasonDone,
		ReasonLoss, ReasonFound, ReasonBought, ReasonReceived, ReasonUnbought, ReasonLow, ReasonOut}
}

// Key is the message that names the reason.
func (r Reason) Key() string { return "stock.reason." + string(r) }

// alert is the line an alert leaves in the ledger for a level; "" for none. What may be sold below zero
// does not run out.
func (l Level) alert(lowAt int) Reason {
	switch {
	case !l.Tracked || l.Backorder || l.Available() > max(l.LowAt, lowAt):
		return ""
	case l.Available() > 0:
		return ReasonLow
	}
	return ReasonOut
}
