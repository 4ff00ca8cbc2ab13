package advisory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
)

// Notice is what is said.
type Notice struct {
	Text i18n.Text // empty: nothing
	At   time.Time // when it was written
}

// Board keeps the notice. Safe for concurrent use.
type Board struct{ pool *pg.Pool }

// New reads and writes through pool.
func New(pool *pg.Pool) *Board { return &Board{pool} }

// row is the name of the switch that holds the text.
const row = "fraud_advisory"

// Find gives the notice; that there is none is no error.
func (b *Board) Find(ctx context.Context) (n Notice, err error) {
	err = b.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		n, err = find(tx)
		return err
	})
	return n, err
}

func find(tx pg.Tx) (n Notice, err error) {
	var rows []struct {
		Doc       string
		UpdatedAt time.Time
	}
	if err := tx.DB().Raw("select doc::text as doc, updated_at from switches where name = ?", row).Scan(&rows).Error; err != nil {
		return n, fmt.Errorf("read advisory: %w", err)
	}
	if len(rows) == 0 {
		return n, nil
	}
	n.At = rows[0].UpdatedAt.UTC()
	if err := json.Unmarshal([]byte(rows[0].Doc), &n.Text); err != nil {
		return n, fmt.Errorf("read advisory: %w", err)
	}
	return n, nil
}

// maxText bounds the text in one language: nobody reads more beside a form.
const maxText = 1000

// Write replaces the notice; no text at all takes it away. Errors: refused fields "text.<language>".
func (b *Board) Write(ctx context.Context, by audit.Actor, text i18n.Text) error {
	var c form.Checker
	kept := i18n.Text{}
	for l, said := range text {
		if !slices.Contains(i18n.Shipped, l) {
			continue
		}
		if said = c.Block("text."+string(l), said, maxText); said != "" {
			kept[l] = said
		}
	}
	if err := c.Err(); err != nil {
		return err
	}
	doc, err := json.Marshal(kept)
	if err != nil {
		return fmt.Errorf("write advisory: %w", err)
	}
	return b.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		before, err := find(tx)
		if err != nil {
			return err
		}
		err = tx.DB().Exec(`insert into switches (name, doc, updated_at) values (?, ?::jsonb, ?)
			on conflict (name) do update set doc = excluded.doc, updated_at = excluded.updated_at`, row, string(doc), tx.Now()).Error
		if err != nil {
			return fmt.Errorf("write advisory: %w", err)
		}
		return audit.Write(tx, audit.Deed{Actor: by, Action: "advisory.written", Subject: row, Before: before.Text, After: kept})
	})
}
