package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/id"
)

// Write appends one row in the caller's unit of work, which must be in the control plane.
func Write(tx pg.Tx, d Deed) error {
	before, err := document(d.Before)
	if err != nil {
		return err
	}
	after, err := document(d.After)
	if err != nil {
		return err
	}
	err = tx.DB().Exec(`
		insert into audit (id, at, actor_id, actor_name, action, shop_id, subject, before, after)
		values (?, ?, ?, ?, ?, nullif(?, '')::uuid, ?, ?::jsonb, ?::jsonb)`,
		id.New[Entry](), tx.Now(), d.Actor.ID, d.Actor.Name, d.Action, d.Shop, d.Subject, before, after).Error
	if err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

// document is v as JSON text, or nil for SQL null.
func document(v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("journal entry: %w", err)
	}
	return string(b), nil
}

// Filter chooses entries, newest first.
type Filter struct {
	Shop   string // id; "" for all
	Actor  string // id; "" for all
	Before ID     // entries older than this one; zero for the newest
	Limit  int    // 50 when zero
}

// defaultLimit is a page that fits a screen without scrolling for ever.
const defaultLimit = 50

// Journal reads the journal.
type Journal struct{ pool *pg.Pool }

// NewJournal reads through pool.
func NewJournal(pool *pg.Pool) *Journal { return &Journal{pool} }

// List returns a page of entries. The id of the last one is Filter.Before of the next page.
func (j *Journal) List(ctx context.Context, f Filter) ([]Entry, error) {
	if f.Limit <= 0 {
		f.Limit = defaultLimit
	}
	var rows []entryRow
	err := j.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw(`
			select id, at, actor_id, actor_name, action, coalesce(shop_id::text, '') as shop, subject,
			       before::text as before, after::text as after
			from audit
			where (? = '' or shop_id = nullif(?, '')::uuid)
			  and (? = '' or actor_id = ?)
			  and (?::uuid is null or (at, id) < (select at, id from audit where id = ?::uuid))
			order by at desc, id desc limit ?`,
			f.Shop, f.Shop, f.Actor, f.Actor, f.Before, f.Before, f.Limit).Scan(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list journal: %w", err)
	}
	entries := make([]Entry, len(rows))
	for i, r := range rows {
		entries[i] = r.entry()
	}
	return entries, nil
}

type entryRow struct {
	ID        ID
	At        time.Time
	ActorID   string
	ActorName string
	Action    string
	Shop      string
	Subject   string
	Before    *string
	After     *string
}

func (r entryRow) entry() Entry {
	e := Entry{ID: r.ID, At: r.At.UTC(), Actor: Actor{r.ActorID, r.ActorName}, Action: r.Action, Shop: r.Shop, Subject: r.Subject}
	if r.Before != nil {
		e.Before = json.RawMessage(*r.Before)
	}
	if r.After != nil {
		e.After = json.RawMessage(*r.After)
	}
	return e
}

// Record writes a deed in a transaction of its own, for what happens outside the control plane's
// tables.
func (j *Journal) Record(ctx context.Context, d Deed) error {
	return j.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error { return Write(tx, d) })
}
