package settings

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/fraud"
)

// ErrStale means that somebody else saved the document since it was read.
var ErrStale = fault.New(fault.Conflict, "settings.stale")

// Load reads all documents, from memory when nothing has changed since this process last did.
func Load(tx tenant.Tx) (*Settings, error) {
	return tenant.Memo(tx, "settings", load)
}

type row struct {
	Name  Name
	Doc   []byte
	Rev   int
	Sizes []byte
	Alt   i18n.Text
}

// loadSQL brings two things along that every page needs too: the logo with the document that names it,
// and the discounts, each with the families it names and those above them, so that nobody has to read the
// whole tree to know how deep they stand, and with its uses where they are limited. Those that are on and
// not over are live; others come along while prices of the past still matter (package promotion).
const loadSQL = `select s.name, s.doc, s.rev, m.sizes, m.alt
	from settings s left join media m on m.id = case
		when s.name = 'identity' and s.doc->>'logo_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
		then (s.doc->>'logo_id')::uuid end
	union all
	select 'discount', jsonb_build_object('rule', d.rule,
		'above', case when d.rule->'scope'->>'of' = 'families' or d.past <> '[]' then (
			select jsonb_object_agg(above.id, above.parent_id)
			from nodes n cross join unnest(n.path) step join nodes above on above.id = step
			where n.id::text in (
				select jsonb_array_elements_text(d.rule->'scope'->'members')
				union select jsonb_array_elements_text(p->'scope'->'members') from jsonb_array_elements(d.past) p)) end,
		'used', case when d.rule->'limits'->'total' is not null then (
			select count(distinct order_id) from discount_uses u where u.discount_id = d.id) end,
		'live', d.active and d.archived_at is null and (d.over_at is null or d.over_at > @now),
		'since', case when d.active and d.archived_at is null then d.updated_at end, 'past', d.past), 0, null, null
	from discounts d
	where d.active and d.archived_at is null and (d.over_at is null or d.over_at > @remembered) or d.past <> '[]'`

// PricesRemembered is how long what was asked in the past can still matter to what may be crossed out beside
// a price (LAW-03): a reduction of three months, and the thirty days before it.
const PricesRemembered = 120 * 24 * time.Hour

// discountRow is the name of the rows of loadSQL that are no document of the settings.
const discountRow Name = "discount"

func load(tx tenant.Tx) (*Settings, error) {
	var rows []row
	if err := tx.DB().Raw(loadSQL, sql.Named("now", tx.Now()), sql.Named("remembered", tx.Now().Add(-PricesRemembered))).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	s := Defaults()
	for _, r := range rows {
		if r.Name == discountRow {
			s.discounts = append(s.discounts, r.Doc)
			continue
		}
		doc := s.document(r.Name)
		if doc == nil {
			continue // of a later program, during a rolling deploy
		}
		if err := json.Unmarshal(r.Doc, doc); err != nil {
			return nil, fmt.Errorf("read settings %q: %w", r.Name, err)
		}
		s.revs[r.Name] = r.Rev
		if len(r.Sizes) > 0 {
			s.logo = &Logo{Alt: r.Alt}
			if err := json.Unmarshal(r.Sizes, &s.logo.Sizes); err != nil {
				return nil, fmt.Errorf("read logo: %w", err)
			}
		}
	}
	var err error
	if s.rules, err = s.compile(); err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return &s, nil
}

// StockSQL reads what DecodeStock reads: for a unit of work that needs this document only, and needs it fresh.
const StockSQL = "select doc from settings where name = '" + string(NameStock) + "'"

// DecodeStock is the stock's document as it is stored; nil for one that was never saved.
func DecodeStock(doc []byte) (Stock, error) {
	s := Defaults().Stock
	if doc == nil {
		return s, nil
	}
	if err := json.Unmarshal(doc, &s); err != nil {
		return s, fmt.Errorf("read settings %q: %w", NameStock, err)
	}
	return s, nil
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
	case NameQuoting:
		return &s.Quoting
	case NameFraud:
		return &s.Fraud
	case NameTerminal:
		return &s.Terminal
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
	if done.RowsAffected == 0 || (rev != 0 && before.Rev(n) == 0) {
		return ErrStale
	}
	tx.Touch()
	return tx.Record(who, "settings.saved", "settings/"+string(n), journaled(before.document(n)), journaled(doc))
}

// journaled is a document as the journal keeps it: without what opens anything.
func journaled(doc any) any {
	switch d := doc.(type) {
	case *Profiles:
		return d.sealed()
	case Profiles:
		return d.sealed()
	case *Fraud:
		return fraud.Rules(*d).Sealed()
	case Fraud:
		return fraud.Rules(d).Sealed()
	case *Terminal:
		return d.Book().Sealed()
	case Terminal:
		return d.Book().Sealed()
	}
	return doc
}
