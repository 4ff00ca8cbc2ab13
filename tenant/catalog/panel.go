package catalog

import (
	"context"
	"fmt"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/markup"
	"echoppe.dev/tenant"
)

// Panels reads secondary views in the order asked for; those that do not exist are absent.
func Panels(tx tenant.Tx, ids []PanelID) ([]Panel, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []Panel
	err := tx.DB().Raw("select id, shared, titles, bodies from panels where id in ?", ids).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read panels: %w", err)
	}
	byID := make(map[PanelID]Panel, len(rows))
	for _, p := range rows {
		byID[p.ID] = p
	}
	ordered := make([]Panel, 0, len(rows))
	for _, want := range ids {
		if p, ok := byID[want]; ok {
			ordered = append(ordered, p)
		}
	}
	return ordered, nil
}

// SharedPanels lists the panels that several articles can show (ART-04).
func SharedPanels(tx tenant.Tx) ([]Panel, error) {
	var rows []Panel
	err := tx.DB().Raw("select id, shared, titles, bodies from panels where shared order by created_at").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read shared panels: %w", err)
	}
	return rows, nil
}

// SavePanel stores a secondary view, new (zero ID) or edited.
//
// Errors: Invalid.
func SavePanel(ctx context.Context, shop *tenant.Shop, who tenant.Actor, p *Panel) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if err := SavePanelsIn(tx, []*Panel{p}); err != nil {
			return err
		}
		return tx.Record(who, "panel.saved", "panel/"+p.ID.String(), nil, p)
	})
}

// SavePanelsIn stores many inside a unit of work.
func SavePanelsIn(tx tenant.Tx, panels []*Panel) error {
	for _, p := range panels {
		var c form.Checker
		if p.Titles.IsZero() {
			c.Refuse("title", "form.required", nil)
		}
		if err := c.Err(); err != nil {
			return err
		}
		if p.ID.IsZero() {
			p.ID = id.New[Panel]()
		}
		bodies := make(i18n.Text, len(p.Bodies))
		for l, text := range p.Bodies {
			bodies[l] = markup.Sanitise(text)
		}
		p.Bodies = bodies
		err := tx.DB().Exec(`
			insert into panels (id, shared, titles, bodies, created_at, updated_at) values (?, ?, ?, ?, ?, ?)
			on conflict (id) do update set shared = excluded.shared, titles = excluded.titles, bodies = excluded.bodies,
				updated_at = excluded.updated_at`, p.ID, p.Shared, p.Titles, p.Bodies, tx.Now(), tx.Now()).Error
		if err != nil {
			return fmt.Errorf("write panel: %w", err)
		}
	}
	tx.Touch()
	return nil
}

// PanelUse counts the articles that show each shared panel.
func PanelUse(tx tenant.Tx) (map[PanelID]int, error) {
	var rows []struct {
		ID PanelID
		N  int
	}
	err := tx.DB().Raw(`select x.id, x.n from (select unnest(panel_ids) as id, count(*) as n from products group by 1) x
		join panels p on p.id = x.id and p.shared`).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count use of panels: %w", err)
	}
	use := make(map[PanelID]int, len(rows))
	for _, r := range rows {
		use[r.ID] = r.N
	}
	return use, nil
}

// DeletePanel removes a secondary view, from the articles that show it as well.
//
// Errors: ErrPanel.
func DeletePanel(ctx context.Context, shop *tenant.Shop, who tenant.Actor, p PanelID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		// The articles first, in the order everybody locks them in.
		err := tx.DB().Exec(`update products set panel_ids = array_remove(panel_ids, ?::uuid), rev = rev + 1, updated_at = ?
			where id in (select id from products where ?::uuid = any(panel_ids) order by id for update)`, p, tx.Now(), p).Error
		if err != nil {
			return fmt.Errorf("take panel off articles: %w", err)
		}
		var gone []Panel
		if err := tx.DB().Raw("delete from panels where id = ? returning id, shared, titles, bodies", p).Scan(&gone).Error; err != nil {
			return fmt.Errorf("delete panel: %w", err)
		}
		if len(gone) == 0 {
			return ErrPanel
		}
		tx.Touch()
		return tx.Record(who, "panel.deleted", "panel/"+p.String(), gone[0], nil)
	})
}

// PrunePanels deletes those of the panels that are nobody's: not shared, and shown by no article.
func PrunePanels(tx tenant.Tx, which []PanelID) error {
	if len(which) == 0 {
		return nil
	}
	err := tx.DB().Exec(`delete from panels p where p.id in ? and not p.shared
		and not exists (select from products a where p.id = any(a.panel_ids))`, which).Error
	if err != nil {
		return fmt.Errorf("prune panels: %w", err)
	}
	return nil
}
