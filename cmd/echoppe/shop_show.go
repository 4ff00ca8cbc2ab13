package main

import (
	"context"
	"fmt"
	"time"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/fleet/registry"
)

// shopShow shows one shop.
type shopShow struct {
	Name string `arg:"" help:"Name in addresses."`
	JSON bool   `help:"Print JSON."`
	outsideFlags
}

// Run prints the shop's row.
func (s *shopShow) Run(ctx context.Context) error {
	app, done, err := s.join(ctx)
	if err != nil {
		return err
	}
	defer done()
	shop, err := app.Registry.BySlug(ctx, s.Name)
	if err != nil {
		return err
	}
	row := rowOf(app, shop)
	return report(s.JSON, row, row.String)
}

// shopRow is a shop as commands print it. The names of its JSON fields are stable.
type shopRow struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Slug    string    `json:"slug"`
	URL     string    `json:"url"`
	Plan    string    `json:"plan"`
	State   string    `json:"state"`
	Mode    string    `json:"mode"`
	Schema  string    `json:"schema"`
	Version int       `json:"version"`
	Opened  time.Time `json:"opened_at"`
	Problem string    `json:"problem,omitempty"`
}

func rowOf(app *wire.App, s *registry.Shop) shopRow {
	return shopRow{
		ID: s.ID.String(), Name: s.Title(), Slug: s.Slug, URL: app.Out.Sites.Shop(s) + "/", Plan: string(s.Plan),
		State: string(s.State), Mode: string(s.Mode), Schema: s.Schema.String(), Version: s.Version,
		Opened: s.OpenedAt, Problem: s.Problem,
	}
}

func (r shopRow) String() string {
	line := fmt.Sprintf("%-24s %-10s %-13s %-9s v%d  %s", r.Slug, r.State, r.Mode, r.Plan, r.Version, r.URL)
	if r.Problem != "" {
		line += "  ! " + r.Problem
	}
	return line
}
