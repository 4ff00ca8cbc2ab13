package registry

import (
	"context"
	"fmt"
	"strings"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/plan"
)

// Filter chooses shops; its zero value is every shop that ever opened.
type Filter struct {
	Search string // in slug, name, domains, and e-mail addresses of those who work there
	State  State
	Plan   plan.Code
	Mode   Mode
	Behind int // only schemas older than this version
	Page   int // from 1
	Size   int // 50 when zero
}

// List is one page and how many there are in all.
type List struct {
	Shops []*Shop
	Total int
}

const defaultSize = 50

// List returns a page of shops, newest first.
func (r *Registry) List(ctx context.Context, f Filter) (List, error) {
	if f.Size <= 0 {
		f.Size = defaultSize
	}
	where, args := f.conditions()
	var rows []shopRow
	var total int
	err := r.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		if err := tx.DB().Raw("select count(*) from shops s where "+where, args...).Scan(&total).Error; err != nil {
			return err
		}
		return tx.DB().Raw("select"+columns+" from shops s where "+where+" order by s.opened_at desc, s.id desc limit ? offset ?",
			append(args, f.Size, (max(f.Page, 1)-1)*f.Size)...).Scan(&rows).Error
	})
	if err != nil {
		return List{}, fmt.Errorf("list shops: %w", err)
	}
	list := List{Total: total}
	for _, row := range rows {
		shop, err := row.shop()
		if err != nil {
			return List{}, err
		}
		list.Shops = append(list.Shops, shop)
	}
	return list, nil
}

// conditions is fixed SQL with arguments; nothing a person typed becomes part of the text.
func (f Filter) conditions() (string, []any) {
	where, args := []string{"s.state <> 'prepared'"}, []any{}
	add := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	if f.State != "" {
		add("s.state = ?", f.State)
	}
	if f.Plan != "" {
		add("s.plan = ?", f.Plan)
	}
	if f.Mode != "" {
		add("s.mode = ?", f.Mode)
	}
	if f.Behind > 0 {
		add("s.version < ?", f.Behind)
	}
	if text := strings.TrimSpace(f.Search); text != "" {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(text)) + "%"
		add(`(s.slug like ? or lower(s.name) like ?
			or s.id in (select shop_id from shop_aliases where slug like ?)
			or s.id in (select shop_id from domains where host like ?)
			or s.id in (select m.shop_id from memberships m join accounts a on a.id = m.account_id where lower(a.email) like ?))`,
			like, like, like, like, like)
	}
	return strings.Join(where, " and "), args
}

// Totals counts shops for the operators' first page.
type Totals struct {
	ByState map[State]int
	Closed  int // open shops that are not in production
	Behind  int // schemas older than the given version, prepared ones included
	Failed  int // schemas whose last migration failed
}

// Count adds up the whole fleet; latest is the newest version of a shop's schema.
func (r *Registry) Count(ctx context.Context, latest int) (Totals, error) {
	var rows []struct {
		State                      State
		N, NotOpen, Behind, Failed int
	}
	err := r.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw(`
			select state, count(*) as n, count(*) filter (where mode <> 'production') as not_open,
			       count(*) filter (where version < ?) as behind, count(*) filter (where problem <> '') as failed
			from shops group by state`, latest).Scan(&rows).Error
	})
	if err != nil {
		return Totals{}, fmt.Errorf("count shops: %w", err)
	}
	t := Totals{ByState: map[State]int{}}
	for _, row := range rows {
		t.ByState[row.State] = row.N
		if row.State == Open {
			t.Closed = row.NotOpen
		}
		if row.State != Closed {
			t.Behind += row.Behind
			t.Failed += row.Failed
		}
	}
	return t, nil
}
