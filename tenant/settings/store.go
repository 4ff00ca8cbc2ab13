package settings

import (
	"encoding/json"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
)

// ErrStale means that somebody else saved the document since it was read.
var ErrStale = fault.New(fault.Conflict, "settings.stale")

// Load reads all documents, from memory when nothing has changed since this process last did.
func Load(tx tenant.Tx) (*Settings, error) {
	return tenant.Memo(tx, "settings", load)
}

type row struct {
	Name Name
	Doc  []byte
	Rev  int
}

func load(tx tenant.Tx) (*Settings, error) {
	var rows []row
	if err := tx.DB().Raw("select name, doc, rev from settings").Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	s := Defaults()
	for _, r := range rows {
		doc := s.document(r.Name)
		if doc == nil {
			continue // of a later program, during a rolling deploy
		}
		if err := json.Unmarshal(r.Doc, doc); err != nil {
			return nil, fmt.Errorf("read settings %q: %w", r.Name, err)
		}
		s.revs[r.Name] = r.Rev
	}
	var err error
	if s.rules, err = s.compile(); err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return &s, nil
}

// document is where a row of this name is decoded to, nil for a name this program does not know.
func (s *Settings) document(n Name) any {
	switch n {
	case NameIdentity:
		return &s.Identity
	case NameLanguages:
		return &s.Languages
	case NameCurrencies:
		return &s.Currencies
	case NameTax:
		return &s.Tax
	case NameStock:
		return &s.Stock
	case NameCatalogue:
		return &s.Catalogue
	case NameOrders:
		return &s.Orders
	case NameMail:
		return &s.Mail
	case NameProfiles:
		return &s.Profiles
	}
	return nil
}

// save writes one document if its revision is still rev (0: never saved) and journals the change.
func save(tx tenant.Tx, who tenant.Actor, n Name, doc any, rev int) error {
	before, err := load(tx)
	if err != nil {
		return err
	}
	text, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("write settings %q: %w", n, err)
	}
	done := tx.DB().Exec(`
		insert into settings (name, doc, rev, updated_at) values (?, ?::jsonb, 1, ?)
		on conflict (name) do update
			set doc = excluded.doc, rev = settings.rev + 1, updated_at = excluded.updated_at
			where settings.rev = ?`, n, string(text), tx.Now(), rev)
	if done.Error != nil {
		return fmt.Errorf("write settings %q: %w", n, done.Error)
	}
	if done.RowsAffected == 0 || (rev > 0 && before.Rev(n) == 0) {
		return ErrStale
	}
	tx.Touch()
	return tx.Record(who, "settings.saved", "settings/"+string(n), before.document(n), doc)
}
