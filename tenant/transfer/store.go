package transfer

import (
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// What runs of this package are called in the table they share with others.
const (
	kindImport = "import"
	kindEdit   = "bulk"
)

var kinds = []string{kindImport, kindEdit}

// input is what a run was started with.
type input struct {
	Options  Options    `json:"options"`
	FileName string     `json:"file_name"`
	Undoing  bool       `json:"undoing,omitempty"`
	From     *time.Time `json:"from,omitempty"` // when writing began
	Last     string     `json:"last,omitempty"` // the undo object put back last
	// Made are the entries of classifications this import made, for its undoing.
	Made []catalog.NodeID `json:"made,omitempty"`
	Edit *bulk.Operation  `json:"edit,omitempty"`
}

type runRow struct {
	ID                   ID
	Kind                 string
	State                State
	Input, Report, Actor []byte
	Cursor, Total        int64
	FileKey, UndoKey     string
	CreatedAt, UpdatedAt time.Time
	FinishedAt           *time.Time
}

const runColumns = "id, kind, state, input, report, actor, cursor, total, file_key, undo_key, created_at, updated_at, finished_at"

// stored is a run with what only this package needs.
type stored struct {
	Run
	kind    string
	fileKey string
	undoKey string
	from    *time.Time
	last    string
	made    []catalog.NodeID
}

func (r runRow) stored() (*stored, error) {
	var in input
	s := &stored{kind: r.Kind, fileKey: r.FileKey, undoKey: r.UndoKey}
	for _, d := range []struct {
		from []byte
		to   any
	}{{r.Input, &in}, {r.Report, &s.Report}, {r.Actor, &s.Actor}} {
		if err := json.Unmarshal(d.from, d.to); err != nil {
			return nil, fmt.Errorf("read import %s: %w", r.ID, err)
		}
	}
	s.ID, s.State, s.Options, s.FileName, s.Undoing, s.from, s.last, s.made = r.ID, r.State, in.Options, in.FileName, in.Undoing, in.From, in.Last, in.Made
	s.Edit = in.Edit
	s.Done, s.Total, s.Created, s.Updated, s.Finished = r.Cursor, r.Total, r.CreatedAt.UTC(), r.UpdatedAt.UTC(), r.FinishedAt
	return s, nil
}

// readRun reads a run, locked when it is about to be changed. Errors: ErrUnknown.
func readRun(tx tenant.Tx, run ID, lock bool) (*stored, error) {
	sql := "select " + runColumns + " from runs where id = ? and kind in ?"
	if lock {
		sql += " for update"
	}
	var rows []runRow
	if err := tx.DB().Raw(sql, run, kinds).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read import: %w", err)
	}
	if len(rows) == 0 {
		return nil, ErrUnknown
	}
	s, err := rows[0].stored()
	if err != nil || s.from == nil || s.Edit != nil {
		return s, err
	}
	until := s.Updated
	if s.Pictures, err = media.TallyFetched(tx, *s.from, until); err != nil {
		return nil, err
	}
	return s, nil
}

func insertRun(tx tenant.Tx, s *stored) error {
	in, report, actor, err := s.documents()
	if err != nil {
		return err
	}
	s.Created, s.Updated = tx.Now(), tx.Now()
	err = tx.DB().Exec(`insert into runs (id, kind, state, input, report, actor, cursor, total, file_key, undo_key, created_at, updated_at)
		values (?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?)`,
		s.ID, s.kind, s.State, in, report, actor, s.Done, s.Total, s.fileKey, s.undoKey, s.Created, s.Updated).Error
	if err != nil {
		return fmt.Errorf("write import: %w", err)
	}
	return nil
}

func updateRun(tx tenant.Tx, s *stored) error {
	in, report, _, err := s.documents()
	if err != nil {
		return err
	}
	s.Updated = tx.Now()
	err = tx.DB().Exec(`update runs set state = ?, input = ?::jsonb, report = ?::jsonb, cursor = ?, total = ?, undo_key = ?,
		updated_at = ?, finished_at = ? where id = ?`,
		s.State, in, report, s.Done, s.Total, s.undoKey, s.Updated, s.Finished, s.ID).Error
	if err != nil {
		return fmt.Errorf("write import: %w", err)
	}
	return nil
}

func (s *stored) documents() (in, report, actor string, err error) {
	for _, d := range []struct {
		from any
		to   *string
	}{{input{s.Options, s.FileName, s.Undoing, s.from, s.last, s.made, s.Edit}, &in}, {s.Report, &report}, {s.Actor, &actor}} {
		b, err := json.Marshal(d.from)
		if err != nil {
			return "", "", "", fmt.Errorf("write import: %w", err)
		}
		*d.to = string(b)
	}
	return in, report, actor, nil
}

// move takes the run to its next state. Errors: ErrState.
func (s *stored) move(e event) error {
	next, err := table.Next(s.State, e)
	if err != nil {
		return ErrState.Because(err)
	}
	s.State = next
	return nil
}

// finish moves the run to a state it rests in.
func (s *stored) finish(tx tenant.Tx, e event) error {
	if err := s.move(e); err != nil {
		return err
	}
	now := tx.Now()
	s.Finished = &now
	return updateRun(tx, s)
}
