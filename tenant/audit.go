package tenant

import (
	"encoding/json"
	"fmt"

	"echoppe.dev/platform/kit/id"
)

// Record writes one row of the shop's journal: who did what to which subject ("product/<id>",
// "settings/tax"), with its state before and after; nil for what did not or does not exist.
// Never hand it secrets or passwords.
func (t Tx) Record(who Actor, action, subject string, before, after any) error {
	b, err := document(before)
	if err != nil {
		return err
	}
	a, err := document(after)
	if err != nil {
		return err
	}
	err = t.DB().Exec(`
		insert into audit (id, at, actor_kind, actor_id, actor_name, action, subject, before, after)
		values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)`,
		id.New[Actor](), t.Now(), who.Kind, who.ID, who.Name, action, subject, b, a).Error
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
