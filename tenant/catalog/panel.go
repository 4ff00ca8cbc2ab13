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
