package catalog

import (
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/settings"
)

// productHead is the article's own row as it comes from Postgres, in JSON.
type productHead struct {
	ID          ProductID        `json:"id"`
	Code        string           `json:"code"`
	State       State            `json:"state"`
	Kind        Kind             `json:"kind"`
	TaxClass    string           `json:"tax_class"`
	PriceGross  bool             `json:"price_gross"`
	Choices     choices          `json:"options"`
	Flags       Flags            `json:"flags"`
	PanelIDs    []PanelID        `json:"panel_ids"`
	MainNode    *NodeID          `json:"main_node_id"`
	AvailableOn *string          `json:"available_on"`
	Rating      *decimal.Decimal `json:"rating"`
	Unit        string           `json:"unit"`
	ShowStock   settings.Show    `json:"show_stock"`
	Shown       settings.Show    `json:"shown"`
	Preorder    int              `json:"preorder_limit"`
	Terms       deposit.Terms    `json:"preorder_terms"`
	Cover       *media.ID        `json:"cover_id"`
	Position    int              `json:"position"`
	Prices      []pricelist.Rule `json:"prices"`
	Measure     BaseMeasure      `json:"measure"`
	Rev         int              `json:"rev"`
	CreatedAt   time.Time        `json:"created_at"`
	UpdatedAt   time.Time        `json:"updated_at"`
	PublishedAt *time.Time       `json:"published_at"`
}

// productRow is an article whole, as findSQL reads it.
type productRow struct {
	productHead
	Texts    []textRow    `json:"texts"`
	Variants []variantRow `json:"variants"`
	Nodes    []nodeRow    `json:"nodes"`
	Pictures []pictureRow `json:"pictures"`
	Links    []linkRow    `json:"links"`
}

type textRow struct {
	Locale         i18n.Locale `json:"locale"`
	Name           string      `json:"name"`
	Slug           string      `json:"slug"`
	Summary        string      `json:"summary"`
	Body           string      `json:"body"`
	SEOTitle       string      `json:"seo_title"`
	SEODescription string      `json:"seo_description"`
}

type variantRow struct {
	ID        VariantID         `json:"id"`
	SKU       string            `json:"sku"`
	Barcode   string            `json:"barcode"`
	Options   map[string]string `json:"options"`
	Price     decimal.Decimal   `json:"price"`
	CompareAt *decimal.Decimal  `json:"compare_at"`
	Cost      *decimal.Decimal  `json:"cost"`
	WeightG   int               `json:"weight_g"`
	Content   *decimal.Decimal  `json:"content"`
	Past      []pricelist.Past  `json:"past_prices"`
	Since     time.Time         `json:"created_at"`
	Ship      shipValues        `json:"ship_values"`
	Picture   *media.ID         `json:"media_id"`
	Position  int               `json:"position"`
	Active    bool              `json:"active"`
	Tracked   bool              `json:"tracked"`
	Backorder bool              `json:"backorder"`
	OnHand    int               `json:"on_hand"`
	Reserved  int               `json:"reserved"`
	LowAt     int               `json:"low_at"`
	Reorder   int               `json:"reorder_qty"`
}

type nodeRow struct {
	Node NodeID `json:"node_id"`
}

type pictureRow struct {
	Media  media.ID `json:"media_id"`
	Option string   `json:"option_ref"`
}

type linkRow struct {
	Kind  LinkKind  `json:"kind"`
	Other ProductID `json:"other_id"`
}
