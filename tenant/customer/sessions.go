package customer

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// Store keeps the sessions of one shop's visitors. A session's subject is a customer's id, "" for a
// guest; deleting or blocking the customer ends it. When the visitor entered is the session's
// Created: it decides who may stay while the shop is closed to newcomers.
type Store struct{ shop *tenant.Shop }

// NewStore opens the sessions of a shop.
func NewStore(shop *tenant.Shop) *Store { return &Store{shop} }

var errNoSession = fault.New(fault.NotFound, fault.NotFound.Key())

// SessionProfile is the value of a session that names the visitor's profile: for a customer what the
// merchant has given him at this moment, for a guest what a shared code opened.
const SessionProfile = "profile"

// sessionData is what of a session has no column of its own.
type sessionData struct {
	Scope  string            `json:"scope"`
	Values map[string]string `json:"values,omitempty"`
}

// Load returns the row, or a fault of kind NotFound.
func (s *Store) Load(ctx context.Context, d web.Digest) (web.SessionRow, error) {
	var rows []struct {
		CustomerID ID
		Profile    string
		Data       []byte
		EnteredAt  time.Time
		SeenAt     time.Time
		ExpiresAt  time.Time
	}
	err := s.shop.Read(ctx, func(tx tenant.Tx) error {
		return tx.DB().Raw(`select s.customer_id, coalesce(c.profile, '') as profile, s.data, s.entered_at, s.seen_at, s.expires_at
			from sessions s left join customers c on c.id = s.customer_id where s.digest = ?`, d[:]).Scan(&rows).Error
	})
	if err != nil {
		return web.SessionRow{}, fmt.Errorf("read session: %w", err)
	}
	if len(rows) == 0 {
		return web.SessionRow{}, errNoSession
	}
	r := rows[0]
	var data sessionData
	if err := json.Unmarshal(r.Data, &data); err != nil {
		return web.SessionRow{}, fmt.Errorf("read session: %w", err)
	}
	if r.Profile != "" && r.Profile != Anonymous {
		if data.Values == nil {
			data.Values = map[string]string{}
		}
		data.Values[SessionProfile] = r.Profile
	} else if !r.CustomerID.IsZero() {
		delete(data.Values, SessionProfile)
	}
	return web.SessionRow{Scope: data.Scope, Subject: r.CustomerID.String(), Values: data.Values,
		Created: r.EnteredAt.UTC(), Seen: r.SeenAt.UTC(), Expires: r.ExpiresAt.UTC()}, nil
}

// Save inserts or replaces the row.
func (s *Store) Save(ctx context.Context, d web.Digest, row web.SessionRow) error {
	var who ID
	if row.Subject != "" {
		var err error
		if who, err = id.Parse[Customer](row.Subject); err != nil {
			return fmt.Errorf("save session: %w", err)
		}
	}
	data, err := json.Marshal(sessionData{row.Scope, row.Values})
	if err != nil {
		return fmt.Errorf("save session: %w", err)
	}
	return s.shop.Write(ctx, func(tx tenant.Tx) error {
		err := tx.DB().Exec(`insert into sessions (customer_id, digest, data, entered_at, seen_at, expires_at)
			values (?, ?, ?::jsonb, ?, ?, ?)
			on conflict (digest) do update set customer_id = excluded.customer_id, data = excluded.data,
				seen_at = excluded.seen_at, expires_at = excluded.expires_at`,
			who, d[:], string(data), row.Created, row.Seen, row.Expires).Error
		if err != nil {
			return fmt.Errorf("save session: %w", err)
		}
		return nil
	})
}

// Delete removes the row; one that is not there is no error.
func (s *Store) Delete(ctx context.Context, d web.Digest) error {
	return s.shop.Write(ctx, func(tx tenant.Tx) error {
		if err := tx.DB().Exec("delete from sessions where digest = ?", d[:]).Error; err != nil {
			return fmt.Errorf("delete session: %w", err)
		}
		return nil
	})
}

// endSessions signs a customer out everywhere but in the session of that digest.
func endSessions(tx tenant.Tx, who ID, but []byte) error {
	err := tx.DB().Exec("delete from sessions where customer_id = ? and digest is distinct from ?::bytea", who, but).Error
	if err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}

// Clean forgets sessions and links that have expired, for the nightly broom.
func Clean(tx tenant.Tx) error {
	for _, table := range []string{"sessions", "tokens"} {
		if err := tx.DB().Exec("delete from "+table+" where expires_at <= ?", tx.Now()).Error; err != nil {
			return fmt.Errorf("clean %s: %w", table, err)
		}
	}
	return nil
}

var _ web.SessionStore = (*Store)(nil)
