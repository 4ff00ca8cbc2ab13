package pricing

import (
	"fmt"
	"strings"

	"echoppe.dev/platform/kit/money"
)

// Audience says who is helped by an entry of a trace.
type Audience string

const (
	Shopper Audience = "shopper" // the short answer; staff reads it too
	Staff   Audience = "staff"
)

// Entry is one thing that happened to the price.
type Entry struct {
	For    Audience      `json:"for"`
	Step   string        `json:"step"`
	Source string        `json:"source,omitempty"`
	Line   string        `json:"line,omitempty"`
	Reason Reason        `json:"reason"`
	Before *money.Amount `json:"before,omitempty"` // both or neither: an entry
	After  *money.Amount `json:"after,omitempty"`  // without amounts is a remark
	Side   Side          `json:"side,omitempty"`   // of Before and After: that on which it was decided
}

// Trace answers "why this price", in the order of the calculation.
type Trace []Entry

// Short is the shopper's answer.
func (t Trace) Short() Trace {
	var short Trace
	for _, e := range t {
		if e.For == Shopper {
			short = append(short, e)
		}
	}
	return short
}

// Line is what happened to one line of the basket.
func (t Trace) Line(id string) Trace {
	var own Trace
	for _, e := range t {
		if e.Line == id {
			own = append(own, e)
		}
	}
	return own
}

// String prints the trace by keys, one entry a line, for tests and logs.
func (t Trace) String() string {
	var b strings.Builder
	for _, e := range t {
		fmt.Fprintf(&b, "%-9s %-8s", e.Step, e.For)
		if e.Line != "" {
			fmt.Fprintf(&b, " [%s]", e.Line)
		}
		fmt.Fprintf(&b, " %s", e.Reason.Key)
		if len(e.Reason.Args) > 0 {
			fmt.Fprintf(&b, " %v", map[string]any(e.Reason.Args))
		}
		if e.Before != nil {
			fmt.Fprintf(&b, ": %s -> %s %s", e.Before, e.After, e.Side)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Refusal is something that was asked for and not given: a coupon that does not
// apply, a shipping mode that does not go there.
type Refusal struct {
	Step     string `json:"step"`
	Source   string `json:"source"`
	Reason   Reason `json:"reason"`
	Blocking bool   `json:"blocking,omitempty"` // the basket cannot be ordered like this
}
