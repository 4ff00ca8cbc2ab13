package shipping

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
)

var (
	// ErrMode: there is no such mode (any more).
	ErrMode = fault.New(fault.NotFound, "shipping.mode_unknown")
	// ErrStale: somebody else saved the mode since it was read.
	ErrStale = fault.New(fault.Conflict, "shipping.mode_stale")
)

// ModeID names a stored mode; Mode.ID is its text.
type ModeID = id.Of[Mode]

// Stored is a mode with what the office keeps beside it.
type Stored struct {
	Mode
	Texts    i18n.Text // a line under the name, for the buyer
	Active   bool
	Position int
	Rev      int // raised by every Save
}

// scope is what of a mode has no column of its own.
type scope struct {
	Zones       []Zone          `json:"zones,omitempty"`
	MaxParcel   decimal.Decimal `json:"max_parcel"`
	Insurance   Insurance       `json:"insurance"`
	IncludesTax bool            `json:"includes_tax,omitempty"`
	Class       pricing.Class   `json:"class,omitempty"`

	Measure  string           `json:"measure,omitempty"`
	Fallback *decimal.Decimal `json:"fallback,omitempty"`
}

const (
	maxName = 80
	maxText = 500
	maxRows = 100 // zones of one mode
)

// ListModes reads all modes in their order, those of calculators this program does not have
// included.
func ListModes(tx tenant.Tx) ([]Stored, error) { return readModes(tx, "true") }

// FindMode reads one mode. Errors: ErrMode.
func FindMode(tx tenant.Tx, m ModeID) (Stored, error) {
	found, err := readModes(tx, "id = ?", m)
	if err != nil {
		return Stored{}, err
	}
	if len(found) == 0 {
		return Stored{}, ErrMode
	}
	return found[0], nil
}

// Tariffs reads the active modes ready to be asked for their cost, from memory when nothing has
// changed. A mode that cannot be opened, because its calculator is gone or its values are those of
// another currency, is left out: it is shown as such in the office and offered to nobody.
func (c Calculators) Tariffs(tx tenant.Tx, cur money.Currency) ([]*Tariff, error) {
	return tenant.Memo(tx, "shipping."+cur.Code(), func(tx tenant.Tx) ([]*Tariff, error) {
		modes, err := readModes(tx, "active")
		if err != nil {
			return nil, err
		}
		tariffs := make([]*Tariff, 0, len(modes))
		for _, m := range modes {
			if t, err := c.Open(cur, m.Mode); err == nil {
				tariffs = append(tariffs, t)
			}
		}
		return tariffs, nil
	})
}

// Save checks and stores a mode, new (without an ID) or edited with the Rev that was shown.
//
// Errors: Malformed with fields ("name", "values.<field>", "zones.<n>.…" …); ErrUnknownCalculator;
// ErrMode; ErrStale.
func (c Calculators) Save(ctx context.Context, shop *tenant.Shop, who tenant.Actor, m Stored) (Stored, error) {
	var saved Stored
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		saved, err = c.SaveIn(tx, who, m)
		return err
	})
	return saved, err
}

// SaveIn is Save inside a unit of work, for those who set up a shop.
func (c Calculators) SaveIn(tx tenant.Tx, who tenant.Actor, m Stored) (Stored, error) {
	var before any
	if m.ID == "" {
		m.ID = id.New[Mode]().String()
	} else {
		key, err := id.Parse[Mode](m.ID)
		if err != nil {
			return Stored{}, err
		}
		found, err := FindMode(tx, key)
		if err != nil {
			return Stored{}, err
		}
		before = found
	}
	if err := c.check(tx, m); err != nil {
		return Stored{}, err
	}
	if err := write(tx, m); err != nil {
		return Stored{}, err
	}
	m.Rev++
	tx.Touch()
	action := "shipping_mode.saved"
	if before == nil {
		action = "shipping_mode.created"
	}
	return m, tx.Record(who, action, "shipping_mode/"+m.ID, before, m)
}

func (c Calculators) check(tx tenant.Tx, m Stored) error {
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	cur, err := money.ParseCurrency(s.Currencies.Management)
	if err != nil {
		return fmt.Errorf("management currency: %w", err)
	}
	var f form.Checker
	if m.Name.IsZero() {
		f.Refuse("name", form.KeyRequired, nil)
	}
	for l, text := range m.Name {
		f.MaxLen("name."+string(l), text, maxName)
	}
	for l, text := range m.Texts {
		f.MaxLen("texts."+string(l), text, maxText)
	}
	CheckZones(&f, "", m.Zones)
	if _, err := c.Open(cur, m.Mode); err != nil {
		if err := f.Add("", err); err != nil {
			return err
		}
	}
	return f.Err()
}

// Remove deletes a mode; orders keep its name. Errors: ErrMode, ErrStale.
func Remove(ctx context.Context, shop *tenant.Shop, who tenant.Actor, m ModeID, rev int) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		before, err := FindMode(tx, m)
		if err != nil {
			return err
		}
		done := tx.DB().Exec("delete from shipping_modes where id = ? and rev = ?", m, rev)
		if done.Error != nil {
			return fmt.Errorf("remove shipping mode: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return ErrStale
		}
		tx.Touch()
		return tx.Record(who, "shipping_mode.removed", "shipping_mode/"+m.String(), before, nil)
	})
}

// write stores a mode whose revision is still the one it carries.
func write(tx tenant.Tx, m Stored) error {
	rest, err := json.Marshal(scope{m.Zones, m.MaxParcel, m.Insurance, m.IncludesTax, m.Class, m.Measure, m.Fallback})
	if err != nil {
		return fmt.Errorf("write shipping mode: %w", err)
	}
	if m.Values == nil {
		m.Values = form.Values{}
	}
	done := tx.DB().Exec(`
		insert into shipping_modes (id, kind, names, texts, config, scope, active, position, rev, created_at, updated_at)
		values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, 1, ?, ?)
		on conflict (id) do update set kind = excluded.kind, names = excluded.names, texts = excluded.texts,
			config = excluded.config, scope = excluded.scope, active = excluded.active, position = excluded.position,
			rev = shipping_modes.rev + 1, updated_at = excluded.updated_at
		where shipping_modes.rev = ?`,
		m.ID, m.Calculator, m.Name, m.Texts, m.Values, string(rest), m.Active, m.Position, tx.Now(), tx.Now(), m.Rev)
	if done.Error != nil {
		return fmt.Errorf("write shipping mode: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return ErrStale
	}
	return nil
}

func readModes(tx tenant.Tx, where string, args ...any) ([]Stored, error) {
	var rows []struct {
		ID       ModeID
		Kind     string
		Names    i18n.Text
		Texts    i18n.Text
		Config   form.Values
		Scope    []byte
		Active   bool
		Position int
		Rev      int
	}
	err := tx.DB().Raw(`select id, kind, names, texts, config, scope, active, position, rev from shipping_modes
		where `+where+` order by position, id`, args...).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read shipping modes: %w", err)
	}
	modes := make([]Stored, len(rows))
	for i, r := range rows {
		var rest scope
		if err := json.Unmarshal(r.Scope, &rest); err != nil {
			return nil, fmt.Errorf("read shipping mode %s: %w", r.ID, err)
		}
		modes[i] = Stored{
			Mode: Mode{ID: r.ID.String(), Name: r.Names, Calculator: r.Kind, Values: r.Config, Zones: rest.Zones,
				MaxParcel: rest.MaxParcel, Insurance: rest.Insurance, IncludesTax: rest.IncludesTax, Class: rest.Class,
				Measure: rest.Measure, Fallback: rest.Fallback},
			Texts: r.Texts, Active: r.Active, Position: r.Position, Rev: r.Rev,
		}
	}
	return modes, nil
}
