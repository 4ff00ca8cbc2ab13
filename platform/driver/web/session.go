package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
)

// Digest is the SHA-256 of a session's token: what a store knows it by. Whoever
// reads the store cannot sign in with it.
type Digest [sha256.Size]byte

// SessionRow is what a store keeps of a session.
type SessionRow struct {
	Scope   string            // the shop it belongs to, "" for the platform's own
	Subject string            // who has signed in, "" for nobody yet
	Values  map[string]string // small and few
	Created time.Time
	Seen    time.Time // written at most once per tenth of the idle time
	Expires time.Time
}

// SessionStore keeps sessions; webtest.ProveSessionStore is its contract.
type SessionStore interface {
	// Load returns the row, or a fault of kind NotFound.
	Load(ctx context.Context, d Digest) (SessionRow, error)
	// Save inserts or replaces the row.
	Save(ctx context.Context, d Digest, row SessionRow) error
	// Delete removes the row; one that is not there is no error.
	Delete(ctx context.Context, d Digest) error
}

// Sessions says how a surface keeps its sessions.
type Sessions struct {
	Cookie Cookie // TTL is ignored in favour of Life
	// Store is asked per request, because shops may keep their own sessions.
	Store func(c echo.Context) (SessionStore, error)
	// Scope names the shop of the request; a session of another scope is not
	// believed. Nil means the empty scope.
	Scope func(c echo.Context) string
	Idle  time.Duration // ends a session that was not used; 30 days when zero
	Life  time.Duration // ends it in any case; 90 days when zero
}

const (
	defaultIdle = 30 * 24 * time.Hour
	defaultLife = 90 * 24 * time.Hour
	tokenBytes  = 32
)

// Session is the session of one request. Nothing is read from the store until
// something is asked of it, so pages for everybody cost no query.
type Session struct {
	c      echo.Context
	conf   Sessions
	clock  clock.Clock
	loaded bool
	token  string // "" when there is none
	row    SessionRow
}

// open puts the session on the request, unread.
func (s *Sessions) open(now clock.Clock) echo.MiddlewareFunc {
	if s == nil {
		return nil
	}
	conf := *s
	if conf.Idle == 0 {
		conf.Idle = defaultIdle
	}
	if conf.Life == 0 {
		conf.Life = defaultLife
	}
	conf.Cookie.TTL, conf.Cookie.Readable = conf.Life, false
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if x := exchangeOf(c); x.place.Surface != Notice {
				x.session = &Session{c: c, conf: conf, clock: now}
			}
			return next(c)
		}
	}
}

// SessionOf returns the session of the request. It panics when the stack has
// none: a wiring bug.
func SessionOf(c echo.Context) *Session {
	s := exchangeOf(c).session
	if s == nil {
		panic("web: this stack has no sessions")
	}
	return s
}

// Row returns the stored session; ok is false when there is none, or when it
// has ended or belongs to another scope.
func (s *Session) Row() (row SessionRow, ok bool, err error) {
	if err := s.load(); err != nil {
		return SessionRow{}, false, err
	}
	return s.row, s.token != "", nil
}

// Digest is the key the session is stored under, zero when there is none: for
// "end all my other sessions".
func (s *Session) Digest() (Digest, error) {
	if err := s.load(); err != nil || s.token == "" {
		return Digest{}, err
	}
	return digest(s.token), nil
}

// Subject returns who has signed in, "" for nobody.
func (s *Session) Subject() (string, error) {
	row, _, err := s.Row()
	return row.Subject, err
}

// Value returns a value of the session, "" when it has none.
func (s *Session) Value(key string) (string, error) {
	row, _, err := s.Row()
	return row.Values[key], err
}

// Set stores a value at once; it begins a session for nobody if there is none.
func (s *Session) Set(key, value string) error {
	if err := s.load(); err != nil {
		return err
	}
	if s.token == "" {
		return s.begin("", map[string]string{key: value})
	}
	s.row.Values = maps.Clone(s.row.Values)
	if s.row.Values == nil {
		s.row.Values = make(map[string]string)
	}
	s.row.Values[key] = value
	return s.save()
}

// Start signs subject in under a new token: whoever knew the old one, because
// he planted it, is left with nothing. Values of the old session are dropped
// unless passed again.
func (s *Session) Start(subject string, values map[string]string) error {
	if err := s.End(); err != nil {
		return err
	}
	return s.begin(subject, values)
}

// End signs out: the row is deleted and the cookie cleared.
func (s *Session) End() error {
	if err := s.load(); err != nil {
		return err
	}
	if s.token == "" {
		return nil
	}
	store, err := s.conf.Store(s.c)
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	if err := store.Delete(s.c.Request().Context(), digest(s.token)); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	s.token, s.row = "", SessionRow{}
	s.conf.Cookie.Clear(s.c)
	return nil
}

func (s *Session) begin(subject string, values map[string]string) error {
	now := s.clock.Now()
	s.token, s.loaded = newToken(), true
	s.row = SessionRow{
		Scope: s.scope(), Subject: subject, Values: maps.Clone(values),
		Created: now, Seen: now, Expires: now.Add(s.conf.Life),
	}
	if err := s.save(); err != nil {
		s.token, s.row = "", SessionRow{}
		return err
	}
	s.conf.Cookie.Set(s.c, s.token)
	return nil
}

func (s *Session) load() error {
	if s.loaded {
		return nil
	}
	token, sent := s.conf.Cookie.Get(s.c)
	if !sent || len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		s.loaded = true
		return nil
	}
	store, err := s.conf.Store(s.c)
	if err != nil {
		return fmt.Errorf("load session: %w", err)
	}
	ctx := s.c.Request().Context()
	row, err := store.Load(ctx, digest(token))
	if fault.Is(err, fault.NotFound) {
		s.loaded = true
		return nil
	}
	if err != nil {
		return fmt.Errorf("load session: %w", err)
	}
	s.loaded = true
	if row.Scope != s.scope() {
		return nil // a token of another shop, carried here by hand
	}
	now := s.clock.Now()
	if !now.Before(row.Expires) || now.Sub(row.Seen) >= s.conf.Idle {
		return store.Delete(ctx, digest(token))
	}
	s.token, s.row = token, row
	if now.Sub(row.Seen) >= s.conf.Idle/10 {
		s.row.Seen = now
		return s.save()
	}
	return nil
}

func (s *Session) save() error {
	store, err := s.conf.Store(s.c)
	if err == nil {
		err = store.Save(s.c.Request().Context(), digest(s.token), s.row)
	}
	if err != nil {
		return fmt.Errorf("save session: %w", err)
	}
	return nil
}

func (s *Session) scope() string {
	if s.conf.Scope == nil {
		return ""
	}
	return s.conf.Scope(s.c)
}

// OneStore is the Store of a surface whose sessions all live in one place.
func OneStore(store SessionStore) func(echo.Context) (SessionStore, error) {
	if store == nil {
		panic(errors.New("web: no session store"))
	}
	return func(echo.Context) (SessionStore, error) { return store, nil }
}

func newToken() string {
	var raw [tokenBytes]byte
	rand.Read(raw[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

func digest(token string) Digest { return sha256.Sum256([]byte(token)) }
