package webtest

import (
	"context"
	"crypto/sha256"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
)

// Sessions is a session store in memory.
type Sessions struct {
	mu   sync.Mutex
	rows map[web.Digest]web.SessionRow
}

// NewSessions returns an empty store.
func NewSessions() *Sessions { return &Sessions{rows: make(map[web.Digest]web.SessionRow)} }

var errNoSession = fault.New(fault.NotFound, "error.not_found")

// Load returns the row.
func (s *Sessions) Load(_ context.Context, d web.Digest) (web.SessionRow, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	row, found := s.rows[d]
	if !found {
		return web.SessionRow{}, errNoSession
	}
	row.Values = maps.Clone(row.Values)
	return row, nil
}

// Save keeps the row.
func (s *Sessions) Save(_ context.Context, d web.Digest, row web.SessionRow) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	row.Values = maps.Clone(row.Values)
	s.rows[d] = row
	return nil
}

// Delete forgets the row.
func (s *Sessions) Delete(_ context.Context, d web.Digest) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, d)
	return nil
}

// Len is the number of rows.
func (s *Sessions) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.rows)
}

// ProveSessionStore is the contract of every web.SessionStore; open returns an
// empty one.
func ProveSessionStore(t *testing.T, open func(t *testing.T) web.SessionStore) {
	ctx := t.Context()
	at := time.Date(2026, 3, 4, 5, 6, 7, 8000, time.UTC)
	row := web.SessionRow{
		Scope: "shop-a", Subject: "staff:1", Values: map[string]string{"k": "é\n\"v\""},
		Created: at, Seen: at.Add(time.Minute), Expires: at.Add(time.Hour),
	}
	one, two := web.Digest(sha256.Sum256([]byte("1"))), web.Digest(sha256.Sum256([]byte("2")))
	want := func(t *testing.T, s web.SessionStore, d web.Digest, want web.SessionRow) {
		t.Helper()
		got, err := s.Load(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("row (-want +got):\n%s", diff)
		}
	}
	save := func(t *testing.T, s web.SessionStore, d web.Digest, row web.SessionRow) {
		t.Helper()
		if err := s.Save(ctx, d, row); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("what is saved is loaded", func(t *testing.T) {
		s := open(t)
		save(t, s, one, row)
		want(t, s, one, row)
	})
	t.Run("a second save replaces the first", func(t *testing.T) {
		s := open(t)
		save(t, s, one, row)
		next := row
		next.Subject, next.Values, next.Seen = "", map[string]string{"other": "1"}, at.Add(2*time.Minute)
		save(t, s, one, next)
		want(t, s, one, next)
	})
	t.Run("digests are kept apart", func(t *testing.T) {
		s := open(t)
		other := row
		other.Subject = "staff:2"
		save(t, s, one, row)
		save(t, s, two, other)
		want(t, s, one, row)
		want(t, s, two, other)
	})
	t.Run("what is not there is NotFound", func(t *testing.T) {
		if _, err := open(t).Load(ctx, one); !fault.Is(err, fault.NotFound) {
			t.Errorf("Load = %v, want a fault NotFound", err)
		}
	})
	t.Run("delete forgets one row and may be repeated", func(t *testing.T) {
		s := open(t)
		save(t, s, one, row)
		save(t, s, two, row)
		for range 2 {
			if err := s.Delete(ctx, one); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Load(ctx, one); !fault.Is(err, fault.NotFound) {
			t.Errorf("Load after Delete = %v, want a fault NotFound", err)
		}
		want(t, s, two, row)
	})
}

var _ web.SessionStore = (*Sessions)(nil)
