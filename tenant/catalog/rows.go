package catalog

import (
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/markup"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
)

// productRow is an article as the statements of saveStatements read it: one JSON document for the
// whole batch, whose parts jsonb_to_recordset turns into each table's rows.
type productRow struct {
	ID          ProductID        `json:"id"`
	Code        string           `json:"code"`
	State       State            `json:"state"`
	Kind        Kind             `json:"kind"`
	TaxClass    string           `json:"tax_class"`
	PriceGross  bool             `json:"price_gross"`
	Options     []Option         `json:"options"`
	Flags       Flags            `json:"flags"`
	PanelIDs    []PanelID        `json:"panel_ids"`
	MainNode    *NodeID          `json:"main_node_id"`
	AvailableOn *string          `json:"available_on"`
	Rating      *decimal.Decimal `json:"rating"`
	Unit        string           `json:"unit"`
	ShowStock   settings.Show    `json:"show_stock"`
	Cover       *media.ID        `json:"cover_id"`
	Position    int              `json:"position"`
	Rev         int              `json:"rev"`
	CreatedAt   time.Time        `json:"created_at"`
	UpdatedAt   time.Time        `json:"updated_at"`
	PublishedAt *time.Time       `json:"published_at"`
	Texts       []textRow        `json:"texts"`
	Variants    []variantRow     `json:"variants"`
	Nodes       []nodeRow        `json:"nodes"`
	Pictures    []pictureRow     `json:"pictures"`
	Links       []linkRow        `json:"links"`
}

type textRow struct {
	Locale         i18n.Locale `json:"locale"`
	Name           string      `json:"name"`
	Slug           string      `json:"slug"`
	Summary        string      `json:"summary"`
	Body           string      `json:"body"`
	SEOTitle       string      `json:"seo_title"`
	SEODescription string      `json:"seo_description"`
	Plain          string      `json:"plain"` // body without markup, for the search index
	Config         string      `json:"config"`
}

type variantRow struct {
	ID        VariantID         `json:"id"`
	SKU       string            `json:"sku"`
	Barcode   string            `json:"barcode"`
	Options   map[string]string `json:"options"`
	OptionKey string            `json:"option_key"`
	Price     decimal.Decimal   `json:"price"`
	CompareAt *decimal.Decimal  `json:"compare_at"`
	Cost      *decimal.Decimal  `json:"cost"`
	WeightG   int               `json:"weight_g"`
	Picture   *media.ID         `json:"media_id"`
	Position  int               `json:"position"`
	Active    bool              `json:"active"`
	Tracked   bool              `json:"tracked"`
	Backorder bool              `json:"backorder"`
	OnHand    int               `json:"on_hand"`
	LowAt     int               `json:"low_at"`
	Reorder   int               `json:"reorder_qty"`
}

type nodeRow struct {
	Node     NodeID `json:"node_id"`
	Position int    `json:"position"`
}

type pictureRow struct {
	Media    media.ID `json:"media_id"`
	Position int      `json:"position"`
	Option   string   `json:"option_ref"`
}

type linkRow struct {
	Kind     LinkKind  `json:"kind"`
	Other    ProductID `json:"other_id"`
	Position int       `json:"position"`
}

func rowsOf(products []*Product) []productRow {
	rows := make([]productRow, len(products))
	for i, p := range products {
		rows[i] = p.row()
	}
	return rows
}

func (p *Product) row() productRow {
	r := productRow{
		ID: p.ID, Code: p.Code, State: p.State, Kind: p.Kind, TaxClass: p.TaxClass, PriceGross: p.PriceGross,
		Options: p.Options, Flags: p.Flags, PanelIDs: p.Panels, Rating: p.Rating, Unit: p.Unit,
		ShowStock: p.ShowStock, Position: p.Position, Rev: p.Rev,
		CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt, PublishedAt: p.PublishedAt,
	}
	if !p.MainNode.IsZero() {
		r.MainNode = &p.MainNode
	}
	if p.AvailableOn != nil {
		day := p.AvailableOn.Format(time.DateOnly)
		r.AvailableOn = &day
	}
	if len(p.Pictures) > 0 {
		r.Cover = &p.Pictures[0].Media
	}
	for l, t := range p.Texts {
		r.Texts = append(r.Texts, textRow{Locale: l, Name: t.Name, Slug: t.Slug, Summary: t.Summary, Body: t.Body,
			SEOTitle: t.SEOTitle, SEODescription: t.SEODescription, Plain: markup.Plain(t.Body), Config: searchConfig(l)})
	}
	for i, v := range p.Variants {
		r.Variants = append(r.Variants, variantRow{ID: v.ID, SKU: v.SKU, Barcode: v.Barcode, Options: v.Options,
			OptionKey: OptionKey(v.Options), Price: v.Price, CompareAt: v.CompareAt, Cost: v.Cost, WeightG: v.WeightG,
			Picture: v.Picture, Position: i, Active: v.Active, Tracked: v.Tracked, Backorder: v.Backorder,
			OnHand: v.OnHand, LowAt: v.LowAt, Reorder: v.Reorder})
	}
	for i, n := range p.Nodes {
		r.Nodes = append(r.Nodes, nodeRow{Node: n, Position: i})
	}
	for i, m := range p.Pictures {
		r.Pictures = append(r.Pictures, pictureRow{Media: m.Media, Position: i, Option: m.Option})
	}
	for i, l := range p.Links {
		r.Links = append(r.Links, linkRow{Kind: l.Kind, Other: l.Other, Position: i})
	}
	return r
}
