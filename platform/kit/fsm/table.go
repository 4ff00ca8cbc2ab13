package fsm

import (
	"maps"
	"slices"
	"strings"

	"echoppe.dev/platform/kit/fault"
)

// ErrRefused is what Next answers when the state does not take the event. Its
// arguments are "from" and "event".
var ErrRefused = fault.New(fault.Conflict, "state.refused")

// Table says, for each state, which events it takes and where they lead.
type Table[S, E ~string] map[S]map[E]S

// Next is the state after event e in state s. It returns s itself and ErrRefused
// when s does not take e.
func (t Table[S, E]) Next(s S, e E) (S, error) {
	next, ok := t[s][e]
	if !ok {
		return s, ErrRefused.With(fault.Args{"from": string(s), "event": string(e)})
	}
	return next, nil
}

// Can reports whether s takes e.
func (t Table[S, E]) Can(s S, e E) bool {
	_, ok := t[s][e]
	return ok
}

// Allowed lists the events s takes, in alphabetical order.
func (t Table[S, E]) Allowed(s S) []E { return slices.Sorted(maps.Keys(t[s])) }

// States lists every state that is left or reached, in alphabetical order.
func (t Table[S, E]) States() []S {
	seen := map[S]bool{}
	for from, arrows := range t {
		seen[from] = true
		for _, to := range arrows {
			seen[to] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// Final reports that nothing leads out of s.
func (t Table[S, E]) Final(s S) bool { return len(t[s]) == 0 }

// Mermaid draws the table as a state diagram, the same text for the same table.
func (t Table[S, E]) Mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, from := range t.States() {
		if t.Final(from) {
			b.WriteString("    " + string(from) + " --> [*]\n")
		}
		for _, e := range t.Allowed(from) {
			b.WriteString("    " + string(from) + " --> " + string(t[from][e]) + ": " + string(e) + "\n")
		}
	}
	return b.String()
}
