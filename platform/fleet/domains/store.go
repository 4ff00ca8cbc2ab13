package domains

import (
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/registry"
)

const columns = " host, shop_id, token, target, verified_at, main, created_at, released_at, checked_at, problem "

type domainRow struct {
	Host       string
	ShopID     registry.ID
	Token      string
	Target     string
	VerifiedAt *time.Time
	Main       bool
	CreatedAt  time.Time
	ReleasedAt *time.Time
	CheckedAt  *time.Time
	Problem    string
}

func (r domainRow) domain() Domain {
	return Domain{
		Host: r.Host, Shop: r.ShopID, Token: r.Token, Target: r.Target, Verified: instant(r.VerifiedAt),
		Main: r.Main, Created: r.CreatedAt.UTC(), Checked: instant(r.CheckedAt), Problem: r.Problem,
	}
}

func instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// find returns a shop's domain. Errors: ErrUnknown.
func find(tx pg.Tx, shop registry.ID, host string, lock bool) (domainRow, error) {
	sql := "select" + columns + "from domains where host = ? and shop_id = ? and released_at is null"
	if lock {
		sql += " for update"
	}
	var rows []domainRow
	if err := tx.DB().Raw(sql, host, shop).Scan(&rows).Error; err != nil {
		return domainRow{}, fmt.Errorf("find domain: %w", err)
	}
	if len(rows) == 0 {
		return domainRow{}, ErrUnknown
	}
	return rows[0], nil
}

func list(tx pg.Tx, where string, args ...any) ([]Domain, error) {
	var rows []domainRow
	if err := tx.DB().Raw("select"+columns+"from domains where "+where, args...).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("list domains: %w", err)
	}
	out := make([]Domain, len(rows))
	for i, r := range rows {
		out[i] = r.domain()
	}
	return out, nil
}
