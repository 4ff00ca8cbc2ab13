package media

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

const columns = `id, kind, state, key, file_name, content_type, bytes, width, height, sizes, alt, source_url, problem, created_at`

type row struct {
	ID                         ID
	Kind                       Kind
	State                      State
	Key, FileName, ContentType string
	Bytes                      int64
	Width, Height              int
	Sizes                      []byte
	Alt                        i18n.Text
	SourceURL, Problem         string
	CreatedAt                  time.Time
}

func (r row) media() (*Media, error) {
	m := &Media{ID: r.ID, Kind: r.Kind, State: r.State, Key: r.Key, FileName: r.FileName, ContentType: r.ContentType,
		Bytes: r.Bytes, Width: r.Width, Height: r.Height, Alt: r.Alt, SourceURL: r.SourceURL, Problem: r.Problem,
		CreatedAt: r.CreatedAt.UTC()}
	if err := json.Unmarshal(r.Sizes, &m.Sizes); err != nil {
		return nil, fmt.Errorf("read sizes of %s: %w", r.ID, err)
	}
	return m, nil
}

// read runs a query that selects columns.
func read(tx tenant.Tx, sql string, args ...any) ([]*Media, error) {
	var rows []row
	if err := tx.DB().Raw(sql, args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read pictures: %w", err)
	}
	out := make([]*Media, len(rows))
	for i, r := range rows {
		m, err := r.media()
		if err != nil {
			return nil, err
		}
		out[i] = m
	}
	return out, nil
}

// Find reads one picture. Errors: ErrUnknown.
func Find(ctx context.Context, shop *tenant.Shop, which ID) (*Media, error) {
	var m *Media
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		found, err := FindAll(tx, []ID{which})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ErrUnknown
		}
		m = found[0]
		return nil
	})
	return m, err
}

// FindAll reads pictures; those that do not exist are absent.
func FindAll(tx tenant.Tx, which []ID) ([]*Media, error) {
	if len(which) == 0 {
		return nil, nil
	}
	return read(tx, "select "+columns+" from media where id in ?", which)
}

// Kept is how many bytes the pictures of the shop take, their copies included.
func Kept(tx tenant.Tx) (int64, error) {
	var n int64
	if err := tx.DB().Raw("select coalesce(sum(bytes), 0) from media").Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("measure pictures: %w", err)
	}
	return n, nil
}

// findSame looks for the bytes among the pictures of the shop, and gives the one found the texts
// that the newcomer brings and it lacks.
func findSame(ctx context.Context, shop *tenant.Shop, m *Media, digest []byte) (have *Media, err error) {
	err = shop.Read(ctx, func(tx tenant.Tx) error {
		found, err := read(tx, "select "+columns+" from media where digest = ? and state = 'ready' order by created_at limit 1", digest)
		if err == nil && len(found) > 0 {
			have = found[0]
		}
		return err
	})
	if err != nil || have == nil {
		return nil, err
	}
	missing := i18n.Text{}
	for l, text := range m.Alt {
		if have.Alt[l] == "" && text != "" {
			missing[l] = text
		}
	}
	if len(missing) == 0 {
		return have, nil
	}
	return have, shop.Write(ctx, func(tx tenant.Tx) error {
		for l, text := range missing {
			have.Alt[l] = text
		}
		return writeAlt(tx, have.ID, have.Alt)
	})
}

func insert(tx tenant.Tx, m *Media, digest []byte) error {
	sizes, err := json.Marshal(sizesOf(m))
	if err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	m.CreatedAt = tx.Now()
	err = tx.DB().Exec("insert into media ("+columns+", digest) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)",
		m.ID, m.Kind, m.State, m.Key, m.FileName, m.ContentType, m.Bytes, m.Width, m.Height, string(sizes), m.Alt,
		m.SourceURL, m.Problem, m.CreatedAt, digest).Error
	if err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	return nil
}

// update writes what became of a picture; digest nil leaves the one it has.
func update(tx tenant.Tx, m *Media, digest []byte) error {
	sizes, err := json.Marshal(sizesOf(m))
	if err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	err = tx.DB().Exec(`update media set state = ?, key = ?, file_name = ?, content_type = ?, bytes = ?, width = ?, height = ?,
		sizes = ?::jsonb, problem = ?, digest = coalesce(decode(nullif(?, ''), 'hex'), digest) where id = ?`,
		m.State, m.Key, m.FileName, m.ContentType, m.Bytes, m.Width, m.Height, string(sizes), m.Problem, hex.EncodeToString(digest), m.ID).Error
	if err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	tx.Touch()
	return nil
}

func sizesOf(m *Media) []Size {
	if m.Sizes == nil {
		return []Size{}
	}
	return m.Sizes
}

func writeAlt(tx tenant.Tx, which ID, alt i18n.Text) error {
	done := tx.DB().Exec("update media set alt = ? where id = ?", alt, which)
	if done.Error != nil {
		return fmt.Errorf("describe picture: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return ErrUnknown
	}
	tx.Touch()
	return nil
}
