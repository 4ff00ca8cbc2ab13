package router

import (
	"time"

	"echoppe.dev/platform/fleet/registry"
)

// Part is what of a shop a request is for, as far as the gate cares.
type Part string

// The parts.
const (
	Page     Part = "page"
	Notice   Part = "notice"   // a bank tells about a payment
	Download Part = "download" // a file somebody has paid for
)

// Verdict is what the gate says.
type Verdict string

// The verdicts; each but Pass is a page of this package.
const (
	Pass        Verdict = "pass"
	Maintenance Verdict = "maintenance" // 503, closed by the merchant
	Suspended   Verdict = "suspended"   // 402, shut by the operators
	Gone        Verdict = "gone"        // 410, given up
	Updating    Verdict = "updating"    // 503, its schema is older than this program understands
)

// Idle is how long a visitor who entered before the switch may do nothing and still stay
// (MNT-02).
const Idle = time.Hour

// Facts are everything the gate decides on.
type Facts struct {
	State     registry.State
	Mode      registry.Mode
	Outdated  bool // the schema is older than this program understands
	Part      Part
	Downloads bool // the merchant lets downloads go on
	Inside    bool // entered before the switch and not idle since
	Listed    bool // comes from an address on the merchant's list
	Preview   bool // holds a valid preview link
}

// Judge decides whether a visitor may come in.
func Judge(f Facts) Verdict {
	switch {
	case f.Outdated:
		return Updating
	case f.Part == Notice:
		// Money has moved whatever the shop thinks of visitors.
		return Pass
	case f.State == registry.Closed:
		return Gone
	case f.State != registry.Open:
		return Suspended
	case f.Part == Download && f.Downloads:
		return Pass
	}
	switch f.Mode {
	case registry.Draining:
		if f.Inside || f.Listed || f.Preview {
			return Pass
		}
		return Maintenance
	case registry.Shut:
		return Maintenance
	case registry.Production:
		return Pass
	default:
		return Maintenance
	}
}
