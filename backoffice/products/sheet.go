package products

import (
	"mime/multipart"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// sheet is the editor's form as it stands: what was typed, not yet what it means.
type sheet struct {
	Rev int    `form:"rev,revision"`
	Do  string `form:"do"` // the button: save, or one of the steps

	State string `form:"state"`
	Kind  string `form:"kind"`
	Code  string `form:"code"`

	Name           map[string]string `form:"name"`
	Summary        map[string]string `form:"summary"`
	Body           map[string]string `form:"body"`
	Slug           map[string]string `form:"slug"`
	SEOTitle       map[string]string `form:"seo_title"`
	SEODescription map[string]string `form:"seo_description"`

	Gross    string `form:"gross"` // "1": prices include VAT
	TaxClass string `form:"tax_class"`

	// The only variant; not sent for an article with options.
	SKU       string `form:"sku"`
	Barcode   string `form:"barcode"`
	Key       string `form:"key"` // of the page of a new article
	Price     string `form:"price"`
	CompareAt string `form:"compare_at"`
	Cost      string `form:"cost"`
	Weight    string `form:"weight"`
	Content   string `form:"content"`
	// Ship are its values for shipping modes, by the mode's id.
	Ship      map[string]string `form:"ship"`
	Stock     string            `form:"stock"`     // empty: not counted
	StockWas  string            `form:"stock_was"` // what the page showed
	StockNote string            `form:"stock_note"`
	Backorder bool              `form:"backorder"`
	LowAt     string            `form:"low_at"`
	Reorder   string            `form:"reorder"`

	Prices []priceRow `form:"prices"`

	Unit        string      `form:"unit"`
	Measure     string      `form:"measure"`
	ShowStock   string      `form:"show_stock"`
	AvailableOn string      `form:"available_on"`
	Flags       []flagField `form:"flag"` // new, discover, forthcoming
	NoDiscount  bool        `form:"no_discount"`

	Nodes      []string `form:"node"`
	MainNode   string   `form:"main_node"`
	NodeSearch string   `form:"node_q"`

	Pictures []pictureField          `form:"picture"`
	Photos   []*multipart.FileHeader `form:"photos"`

	Links      []linkField `form:"link"`
	LinkSearch string      `form:"link_q"`

	Panels    []panelField `form:"panel"`
	UsePanels []string     `form:"use_panel"` // shared ones to show as well
}

type flagField struct {
	On    bool   `form:"on"`
	From  string `form:"from"`
	Until string `form:"until"`
}

// pictureField is one picture; what was not sent (nil) stays as it is.
type pictureField struct {
	ID     string            `form:"id"`
	Option *string           `form:"option"`
	Alt    map[string]string `form:"alt"`
}

type linkField struct {
	Other string `form:"other"`
	Kind  string `form:"kind"` // empty: no link
}

type panelField struct {
	ID     string            `form:"id"`
	Shared bool              `form:"shared"`
	Drop   bool              `form:"drop"`
	Title  map[string]string `form:"title"`
	Body   map[string]string `form:"body"`
}

func (p panelField) empty() bool {
	for _, texts := range []map[string]string{p.Title, p.Body} {
		for _, text := range texts {
			if text != "" {
				return false
			}
		}
	}
	return true
}

// sheetOf is the form of an article as it is stored, written for readers of l.
// zone is the shop's.
func sheetOf(p *catalog.Product, pics map[media.ID]*media.Media, panels []catalog.Panel, l i18n.Locale, zone *time.Location) sheet {
	s := sheet{
		Rev: p.Rev, State: string(p.State), Kind: string(p.Kind), Code: p.Code, TaxClass: p.TaxClass, Unit: p.Unit,
		Measure: string(p.Measure), ShowStock: string(p.ShowStock), Gross: "0",
		Name: map[string]string{}, Summary: map[string]string{}, Body: map[string]string{}, Slug: map[string]string{},
		SEOTitle: map[string]string{}, SEODescription: map[string]string{},
		Flags: []flagField{flagOf(p.Flags.New), flagOf(p.Flags.Discover), flagOf(p.Flags.Forthcoming)}, NoDiscount: p.Flags.NoDiscount,
	}
	if p.PriceGross {
		s.Gross = "1"
	}
	if p.AvailableOn != nil {
		s.AvailableOn = p.AvailableOn.Format(time.DateOnly)
	}
	for locale, t := range p.Texts {
		k := string(locale)
		s.Name[k], s.Summary[k], s.Body[k], s.Slug[k] = t.Name, t.Summary, t.Body, t.Slug
		s.SEOTitle[k], s.SEODescription[k] = t.SEOTitle, t.SEODescription
	}
	if len(p.Options) == 0 && len(p.Variants) > 0 {
		s.takeVariant(p.Variants[0], l)
	}
	s.addPrices(p, l, zone)
	for _, n := range p.Nodes {
		s.Nodes = append(s.Nodes, n.String())
	}
	if !p.MainNode.IsZero() {
		s.MainNode = p.MainNode.String()
	}
	for _, pic := range p.Pictures {
		s.addPicture(pic, pics[pic.Media])
	}
	for _, link := range p.Links {
		s.Links = append(s.Links, linkField{Other: link.Other.String(), Kind: string(link.Kind)})
	}
	for _, panel := range panels {
		s.Panels = append(s.Panels, panelField{ID: panel.ID.String(), Shared: panel.Shared, Title: typed(panel.Titles), Body: typed(panel.Bodies)})
	}
	return s
}

func (s *sheet) takeVariant(v catalog.Variant, l i18n.Locale) {
	s.SKU, s.Barcode = v.SKU, v.Barcode
	s.Price = i18n.FormatInput(l, v.Price, leastDigits)
	s.CompareAt, s.Cost = amount(l, v.CompareAt), amount(l, v.Cost)
	s.Weight, s.LowAt, s.Reorder = whole(v.WeightG), whole(v.LowAt), whole(v.Reorder)
	s.Content = contentOf(l, v.Content)
	s.Ship = typedShip(v.ShipValues, l)
	s.Backorder = v.Backorder
	if v.Tracked {
		s.Stock = strconv.Itoa(v.OnHand)
	}
	s.StockWas = s.Stock
}

func (s *sheet) addPicture(p catalog.Picture, m *media.Media) {
	field := pictureField{ID: p.Media.String(), Option: &p.Option}
	if m != nil {
		field.Alt = typed(m.Alt)
	}
	s.Pictures = append(s.Pictures, field)
}

// leastDigits are the decimals an amount is shown with at least.
const leastDigits = 2

func amount(l i18n.Locale, n *decimal.Decimal) string {
	if n == nil {
		return ""
	}
	return i18n.FormatInput(l, *n, leastDigits)
}

// whole leaves a field empty for nothing.
func whole(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func flagOf(f catalog.Flag) flagField {
	return flagField{On: f.On, From: day(f.From), Until: day(f.Until)}
}

func day(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

func typed(t i18n.Text) map[string]string {
	out := make(map[string]string, len(t))
	for l, text := range t {
		out[string(l)] = text
	}
	return out
}

func textOf(typed map[string]string) i18n.Text {
	out := i18n.Text{}
	for l, text := range typed {
		if text != "" {
			out[i18n.Locale(l)] = text
		}
	}
	return out
}
