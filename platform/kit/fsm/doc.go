// Package fsm is a state machine that is only a table. A domain package writes
// it in its state.go and golden-tests the graph:
//
//	var table = fsm.Table[State, Event]{
//		Pending: {Settle: Settled, Fail: Failed},
//	}
//
// The table decides and remembers nothing. Who may cause an event, what follows
// from it, and the race between two writers belong to the caller, who locks the
// row, asks Next, and writes a history row in the same transaction. States and
// events are stored words: a renamed one needs a migration.
package fsm
