package registry

import (
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/plan"
)

// columns is what a Shop is read from; "s" is the row in shops.
const columns = `
	s.id, s.schema_name, s.version, coalesce(s.slug, '') as slug, s.name, s.plan, s.state, s.mode,
	s.mode_since, s.mode_doc, s.canonical, s.rev, s.created_at, s.opened_at, s.problem, s.terminal,
	coalesce((select d.host from domains d where d.shop_id = s.id and d.main and d.verified_at is not null limit 1), '') as domain`

type shopRow struct {
	ID         ID
	SchemaName string
	Version    int
	Slug       string
	Name       string
	Plan       plan.Code
	State      State
	Mode       Mode
	ModeSince  *time.Time
	ModeDoc    Maintenance
	Canonical  Canonical
	Rev        int
	CreatedAt  time.Time
	OpenedAt   *time.Time
	Problem    string
	Terminal   bool
	Domain     string
}

func (r shopRow) shop() (*Shop, error) {
	schema, err := pg.ShopSchema(r.SchemaName)
	if err != nil {
		return nil, fmt.Errorf("shop %s: %w", r.ID, err)
	}
	return &Shop{
		ID: r.ID, Schema: schema, Version: r.Version, Slug: r.Slug, Name: r.Name, Plan: r.Plan,
		State: r.State, Mode: r.Mode, ModeSince: instant(r.ModeSince), Maintenance: r.ModeDoc,
		Canonical: r.Canonical, Domain: r.Domain, Rev: r.Rev, CreatedAt: r.CreatedAt.UTC(),
		OpenedAt: instant(r.OpenedAt), Problem: r.Problem, Terminal: r.Terminal,
	}, nil
}

func instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

func findBySlug(tx pg.Tx, slug string) (*Shop, error) {
	return one(tx, `select`+columns+` from shops s
		where s.slug = ? or s.id = (select shop_id from shop_aliases where slug = ?)
		order by s.slug = ? desc limit 1`, slug, slug, slug)
}

func findByHost(tx pg.Tx, host string) (*Shop, error) {
	return one(tx, `select`+columns+` from domains h join shops s on s.id = h.shop_id
		where h.host = ? and h.verified_at is not null`, host)
}

func findByID(tx pg.Tx, shop ID) (*Shop, error) {
	return one(tx, `select`+columns+` from shops s where s.id = ?`, shop)
}

func one(tx pg.Tx, sql string, args ...any) (*Shop, error) {
	var rows []shopRow
	if err := tx.DB().Raw(sql, args...).Scan(&rows).Error; err != nil {
		return nil, err
	}
	if len(rows) == 0 || rows[0].State == Prepared {
		return nil, ErrUnknown
	}
	return rows[0].shop()
}

// lock finds a shop and keeps its row until the unit of work ends.
func lock(tx pg.Tx, shop ID) (*Shop, error) {
	return one(tx, `select`+columns+` from shops s where s.id = ? for update of s`, shop)
}

// slugTaken tells whether slug is or was the name of a shop other than this one. It first waits
// for anybody who is about to take the same name: aliases and slugs are two tables, and no
// constraint spans both.
func slugTaken(tx pg.Tx, slug string, except ID) (bool, error) {
	if err := tx.DB().Exec("select pg_advisory_xact_lock(hashtextextended('slug:' || ?, 0))", slug).Error; err != nil {
		return false, fmt.Errorf("reserve slug: %w", err)
	}
	var taken bool
	err := tx.DB().Raw(`select exists (select from shops where slug = ? and id is distinct from ?)
		or exists (select from shop_aliases where slug = ? and shop_id is distinct from ?)`,
		slug, except, slug, except).Scan(&taken).Error
	if err != nil {
		return false, fmt.Errorf("look for slug: %w", err)
	}
	return taken, nil
}

// ReserveSlug keeps slug for the caller's unit of work, which is about to give it to a new shop.
// Errors: ErrSlugTaken.
func ReserveSlug(tx pg.Tx, slug string) error {
	taken, err := slugTaken(tx, slug, ID{})
	if err == nil && taken {
		err = ErrSlugTaken.On("slug")
	}
	return err
}
