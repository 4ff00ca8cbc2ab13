package account

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
)

// Desk is which surface a session opens. The words are stored.
type Desk string

// The desks.
const (
	Office  Desk = "office"
	Console Desk = "console"
)

// Keys of session values that the list of sessions shows.
const (
	AgentValue  = "agent"  // the browser
	ClientValue = "client" // the address it came from
)

var errNoSession = fault.New(fault.NotFound, "account.no_session")

// Sessions keeps the sessions of one desk in the control plane. The subject of a session is the
// text of an account's id; a session of an account that was blocked is not found.
type Sessions struct {
	pool *pg.Pool
	desk Desk
}

// NewSessions keeps the sessions of a desk.
func NewSessions(pool *pg.Pool, d Desk) *Sessions { return &Sessions{pool, d} }

// sessionDoc is what a row keeps as JSON.
type sessionDoc struct {
	Scope   string            `json:"scope,omitempty"`
	Subject string            `json:"subject,omitempty"`
	Values  map[string]string `json:"values,omitempty"`
}

// Load returns the row, or a fault of kind NotFound.
func (s *Sessions) Load(ctx context.Context, d web.Digest) (web.SessionRow, error) {
	var rows []struct {
		Data                         string
		CreatedAt, SeenAt, ExpiresAt time.Time
	}
	err := s.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw(`
			select s.data::text as data, s.created_at, s.seen_at, s.expires_at
			from sessions s left join accounts a on a.id = s.account_id
			where s.digest = ? and s.surface = ? and a.blocked_at is null`, d[:], s.desk).Scan(&rows).Error
	})
	if err != nil {
		return web.SessionRow{}, fmt.Errorf("load session: %w", err)
	}
	if len(rows) == 0 {
		return web.SessionRow{}, errNoSession
	}
	var doc sessionDoc
	if err := json.Unmarshal([]byte(rows[0].Data), &doc); err != nil {
		return web.SessionRow{}, fmt.Errorf("read session: %w", err)
	}
	return web.SessionRow{
		Scope: doc.Scope, Subject: doc.Subject, Values: doc.Values,
		Created: rows[0].CreatedAt.UTC(), Seen: rows[0].SeenAt.UTC(), Expires: rows[0].ExpiresAt.UTC(),
	}, nil
}

// Save inserts or replaces the row.
func (s *Sessions) Save(ctx context.Context, d web.Digest, row web.SessionRow) error {
	doc, err := json.Marshal(sessionDoc{row.Scope, row.Subject, row.Values})
	if err != nil {
		return fmt.Errorf("write session: %w", err)
	}
	account, err := id.Parse[Account](row.Subject)
	if err != nil {
		account = ID{} // nobody has signed in
	}
	err = s.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		// The digest is not first: gorm takes bytes after a parenthesis for a list.
		return tx.DB().Exec(`
			insert into sessions (account_id, digest, surface, data, agent, created_at, seen_at, expires_at)
			values (?, ?, ?, ?::jsonb, ?, ?, ?, ?)
			on conflict (digest) do update set account_id = excluded.account_id, surface = excluded.surface,
				data = excluded.data, agent = excluded.agent, created_at = excluded.created_at,
				seen_at = excluded.seen_at, expires_at = excluded.expires_at`,
			account, d[:], s.desk, string(doc), row.Values[AgentValue], row.Created, row.Seen, row.Expires).Error
	})
	if err != nil {
		return fmt.Errorf("save session: %w", err)
	}
	return nil
}

// Delete removes the row; one that is not there is no error.
func (s *Sessions) Delete(ctx context.Context, d web.Digest) error {
	err := s.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec("delete from sessions where digest = ?", d[:]).Error
	})
	if err != nil {
		return fmt.Errorf("delete session: %w", err)
	}
	return nil
}

// Device is a session as its owner sees it.
type Device struct {
	Digest  web.Digest // names it in a form; it signs nobody in
	Desk    Desk
	Agent   string
	Client  string
	Created time.Time
	Seen    time.Time
}

// Devices lists where an account is signed in, last used first.
func (a *Accounts) Devices(ctx context.Context, account ID) ([]Device, error) {
	var rows []struct {
		Digest            []byte
		Surface           Desk
		Agent, Client     string
		CreatedAt, SeenAt time.Time
	}
	err := a.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw(`
			select digest, surface, agent, coalesce(data->'values'->>'client', '') as client, created_at, seen_at
			from sessions where account_id = ? and expires_at > ? order by seen_at desc`, account, tx.Now()).Scan(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	list := make([]Device, len(rows))
	for i, r := range rows {
		list[i] = Device{Desk: r.Surface, Agent: r.Agent, Client: r.Client, Created: r.CreatedAt.UTC(), Seen: r.SeenAt.UTC()}
		copy(list[i].Digest[:], r.Digest)
	}
	return list, nil
}

// Revoke ends one session of an account; a session of somebody else is left alone.
func (a *Accounts) Revoke(ctx context.Context, account ID, d web.Digest) error {
	return a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec("delete from sessions where account_id = ? and digest = ?", account, d[:]).Error
	})
}

// Sweep removes sessions and links that have ended; a periodic job calls it.
func (a *Accounts) Sweep(ctx context.Context) error {
	const keepUsed = 30 * 24 * time.Hour // to tell a used link from one that never was
	return a.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		if err := tx.DB().Exec("delete from sessions where expires_at < ?", tx.Now()).Error; err != nil {
			return err
		}
		return tx.DB().Exec("delete from tokens where expires_at < ?", tx.Now().Add(-keepUsed)).Error
	})
}

var _ web.SessionStore = (*Sessions)(nil)
