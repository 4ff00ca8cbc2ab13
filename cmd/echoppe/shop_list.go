package main

import (
	"context"
	"strings"

	"echoppe.dev/platform/fleet/registry"
)

// shopList lists shops, a page at a time.
type shopList struct {
	Search string `help:"Part of a name or address."`
	State  string `help:"open, suspended or closed."`
	Page   int    `default:"1" help:"From 1."`
	JSON   bool   `help:"Print JSON."`
	outsideFlags
}

// Run prints one line a shop.
func (s *shopList) Run(ctx context.Context) error {
	app, done, err := s.join(ctx)
	if err != nil {
		return err
	}
	defer done()
	found, err := app.Registry.List(ctx, registry.Filter{Search: s.Search, State: registry.State(s.State), Page: s.Page})
	if err != nil {
		return err
	}
	rows := make([]shopRow, len(found.Shops))
	for i, shop := range found.Shops {
		rows[i] = rowOf(app, shop)
	}
	return report(s.JSON, rows, func() string {
		lines := make([]string, len(rows))
		for i, r := range rows {
			lines[i] = r.String()
		}
		return strings.Join(lines, "\n")
	})
}
