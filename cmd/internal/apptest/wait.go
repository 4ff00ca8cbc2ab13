package apptest

import (
	"testing"
	"time"
)

const (
	// patience is what only something broken takes on two busy cores.
	patience = 30 * time.Second
	askEvery = 20 * time.Millisecond
	// firstStart is how long the first start of a demo may take: it makes a database.
	firstStart = 60 * time.Second
	// stockLimit is how long three shops may take to be stocked, with their pictures.
	stockLimit = 3 * time.Minute
)

// Eventually asks until the answer is yes. What names the thing waited for in the failure.
func Eventually(t testing.TB, what string, ask func() bool) {
	t.Helper()
	Within(t, patience, what, ask)
}

// Within is Eventually with a limit of its own.
func Within(t testing.TB, limit time.Duration, what string, ask func() bool) {
	t.Helper()
	late := time.NewTimer(limit)
	defer late.Stop()
	again := time.NewTicker(askEvery)
	defer again.Stop()
	for !ask() {
		select {
		case <-again.C:
		case <-late.C:
			t.Fatalf("waited %s in vain: %s", limit, what)
		}
	}
}
