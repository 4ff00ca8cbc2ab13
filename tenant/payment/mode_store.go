package payment

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

const modeColumns = `id, kind, names, texts, config, secrets, scope, active, test, position, rev, created_at, updated_at`

// ownColumns are kept apart from what a merchant saves: they are written while he may be editing.
const ownColumns = `, outage, trial`

type modeRow struct {
	ID        ModeID
	Kind      string
	Names     i18n.Text
	Texts     i18n.Text
	Config    form.Values
	Secrets   sealed
	Scope     Scope
	Active    bool
	Test      bool
	Position  int
	Rev       int
	CreatedAt time.Time
	UpdatedAt time.Time
	Outage    *string
	Trial     *string
}

// mode leaves the secrets out and keeps their names.
func (r modeRow) mode() Mode {
	return Mode{ID: r.ID, Kind: r.Kind, Names: r.Names, Texts: r.Texts, Config: r.Config,
		Secrets: slices.Sorted(maps.Keys(r.Secrets)), Scope: r.Scope, Active: r.Active, Test: r.Test,
		Position: r.Position, Rev: r.Rev, Created: r.CreatedAt, Updated: r.UpdatedAt, Outage: readOutage(r.Outage), Trial: readTrial(r.Trial)}
}

func readMode(tx tenant.Tx, mode ModeID, lock bool) (modeRow, error) {
	query := "select " + modeColumns + ownColumns + " from payment_modes where id = ?"
	if lock {
		query += " for update"
	}
	var rows []modeRow
	if err := tx.DB().Raw(query, mode).Scan(&rows).Error; err != nil {
		return modeRow{}, fmt.Errorf("read payment mode %s: %w", mode, err)
	}
	if len(rows) == 0 {
		return modeRow{}, ErrMode
	}
	return rows[0], nil
}

func readModes(tx tenant.Tx) ([]modeRow, error) {
	var rows []modeRow
	err := tx.DB().Raw("select " + modeColumns + ownColumns + " from payment_modes order by position, id").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read payment modes: %w", err)
	}
	return rows, nil
}

// modesKept is the name readModesByID goes by in memory (tenant.Recall).
const modesKept = "payment/modes"

func readModesByID(tx tenant.Tx) (map[ModeID]modeRow, error) {
	rows, err := readModes(tx)
	if err != nil {
		return nil, err
	}
	byID := make(map[ModeID]modeRow, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	return byID, nil
}

// store writes a mode with its sealed secrets and gives it back with its new revision.
func store(tx tenant.Tx, m Mode, secrets sealed) (Mode, error) {
	m.Rev++
	m.Updated = tx.Now()
	if m.Created.IsZero() {
		m.Created = m.Updated
	}
	err := tx.DB().Exec(`
		insert into payment_modes (`+modeColumns+`)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (id) do update set names = excluded.names, texts = excluded.texts,
			config = excluded.config, secrets = excluded.secrets, scope = excluded.scope,
			active = excluded.active, test = excluded.test, position = excluded.position,
			rev = excluded.rev, updated_at = excluded.updated_at`,
		m.ID, m.Kind, m.Names, m.Texts, m.Config, secrets, m.Scope, m.Active, m.Test,
		m.Position, m.Rev, m.Created, m.Updated).Error
	if err != nil {
		return Mode{}, fmt.Errorf("write payment mode: %w", err)
	}
	return m, nil
}

func removeMode(tx tenant.Tx, mode ModeID) error {
	done := tx.DB().Exec(`delete from payment_modes
		where id = ? and not exists (select from payments where mode_id = ?)`, mode, mode)
	if done.Error != nil {
		return fmt.Errorf("remove payment mode %s: %w", mode, done.Error)
	}
	if done.RowsAffected == 0 {
		return ErrInUse
	}
	return nil
}
