package signup

import (
	"context"
	"encoding/json"
	"fmt"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
)

// Toggle opens and closes sign-up for the whole platform.
type Toggle struct{ pool *pg.Pool }

// NewToggle reads and writes through pool.
func NewToggle(pool *pg.Pool) *Toggle { return &Toggle{pool} }

// toggleName is the switch's row.
const toggleName = "signup"

type toggleDoc struct {
	Open bool `json:"open"`
}

// Open tells whether people may sign up.
func (t *Toggle) Open(ctx context.Context) (open bool, err error) {
	err = t.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		open, err = readToggle(tx, "")
		return err
	})
	return open, err
}

// Set opens or closes sign-up.
func (t *Toggle) Set(ctx context.Context, by audit.Actor, open bool) error {
	return t.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		before, err := readToggle(tx, " for update")
		if err != nil || before == open {
			return err
		}
		doc, err := json.Marshal(toggleDoc{open})
		if err != nil {
			return err
		}
		err = tx.DB().Exec("update switches set doc = ?::jsonb, updated_at = ? where name = ?", string(doc), tx.Now(), toggleName).Error
		if err != nil {
			return fmt.Errorf("turn switch: %w", err)
		}
		action := "signup.closed"
		if open {
			action = "signup.opened"
		}
		return audit.Write(tx, audit.Deed{Actor: by, Action: action, Subject: toggleName, Before: toggleDoc{before}, After: toggleDoc{open}})
	})
}

func readToggle(tx pg.Tx, lock string) (bool, error) {
	var text string
	if err := tx.DB().Raw("select doc::text from switches where name = ?"+lock, toggleName).Scan(&text).Error; err != nil {
		return false, fmt.Errorf("read switch: %w", err)
	}
	var doc toggleDoc
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		return false, fmt.Errorf("read switch: %w", err)
	}
	return doc.Open, nil
}
