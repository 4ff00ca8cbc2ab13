package products

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	answers "echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
)

// change is what saving a sheet does.
type change struct {
	product *catalog.Product
	alts    map[media.ID]i18n.Text
	panels  []*catalog.Panel // written before the article, which names them
	counts  []count
	publish bool // it was not to be seen before
}

// count is a stock that somebody typed.
type count struct {
	variant catalog.VariantID
	was     int // what he saw
	onHand  int
	note    string
	field   string
}

const (
	maxNote = 200
	places  = 4 // of the columns prices are kept in
)

// reader turns a sheet into a change.
type reader struct {
	form.Checker
	sheet  *sheet
	set    *settings.Settings
	locale i18n.Locale // in which numbers were typed
	change
	priceRows []int // of the form, by their place among the article's prices
}

// read applies a sheet to a copy of the article it belongs to. Errors: Malformed with the names of
// the form's fields.
func (s *sheet) read(stored *catalog.Product, set *settings.Settings, l i18n.Locale) (change, error) {
	p := *stored
	r := &reader{sheet: s, set: set, locale: l, change: change{product: &p, alts: map[media.ID]i18n.Text{}}}
	p.Rev = s.Rev
	p.State, p.Kind, p.Code = catalog.State(s.State), catalog.Kind(s.Kind), s.Code
	p.TaxClass, p.PriceGross, p.Unit, p.Measure = s.TaxClass, s.Gross != "0", s.Unit, catalog.BaseMeasure(s.Measure)
	r.OneOf("show_stock", s.ShowStock, "", string(settings.ShowExact), string(settings.ShowLevel), string(settings.ShowHidden))
	p.ShowStock, p.Flags.NoDiscount = settings.Show(s.ShowStock), s.NoDiscount
	r.texts(&p)
	r.dates(&p)
	r.pictures(&p, stored.Pictures)
	r.nodes(&p)
	r.links(&p)
	r.views(&p)
	if len(p.Options) == 0 {
		r.variant(&p)
	}
	r.prices(&p, stored.Prices)
	r.publish = p.State == catalog.Published && stored.State != catalog.Published
	if err := r.Err(); err != nil {
		return r.change, err
	}
	return r.change, formNames(r.priceNames(p.Check()), set.Languages.Default)
}

func (r *reader) texts(p *catalog.Product) {
	texts := make(map[i18n.Locale]catalog.Text, len(p.Texts))
	for l, t := range p.Texts {
		texts[l] = t // a language no longer offered keeps what it has
	}
	for _, l := range r.set.Languages.Offered {
		k := string(l)
		t := catalog.Text{
			Name: r.sheet.Name[k], Slug: r.sheet.Slug[k], Summary: r.sheet.Summary[k], Body: r.sheet.Body[k],
			SEOTitle: r.sheet.SEOTitle[k], SEODescription: r.sheet.SEODescription[k],
		}
		if t.Name == "" && t.Summary == "" && t.Body == "" && t.SEOTitle == "" && t.SEODescription == "" {
			delete(texts, l)
			continue
		}
		texts[l] = t
	}
	p.Texts = texts
	if len(texts) == 0 {
		r.Refuse("name."+string(r.set.Languages.Default), form.KeyRequired, nil)
	}
}

func (r *reader) dates(p *catalog.Product) {
	p.AvailableOn = nil
	if d := r.Date("available_on", r.sheet.AvailableOn); !d.IsZero() {
		p.AvailableOn = &d
	}
	for i, flag := range []*catalog.Flag{&p.Flags.New, &p.Flags.Discover, &p.Flags.Forthcoming} {
		if i >= len(r.sheet.Flags) {
			return
		}
		f, at := r.sheet.Flags[i], "flag."+strconv.Itoa(i)+"."
		*flag = catalog.Flag{On: f.On, From: r.midnight(at+"from", f.From), Until: r.midnight(at+"until", f.Until)}
		if flag.From != nil && flag.Until != nil && !flag.From.Before(*flag.Until) {
			r.Refuse(at+"until", "products.period", nil)
		}
	}
}

// midnight is the beginning of a day where the shop is.
func (r *reader) midnight(name, text string) *time.Time {
	d := r.Date(name, text)
	if d.IsZero() {
		return nil
	}
	at := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, r.set.Rules().Zone)
	return &at
}

func (r *reader) pictures(p *catalog.Product, stored []catalog.Picture) {
	p.Pictures = nil
	for _, f := range r.sheet.Pictures {
		m, err := id.Parse[media.Media](f.ID)
		if err != nil {
			continue
		}
		pic := catalog.Picture{Media: m}
		if f.Option != nil {
			pic.Option = *f.Option
		} else if i := slices.IndexFunc(stored, func(s catalog.Picture) bool { return s.Media == m }); i >= 0 {
			pic.Option = stored[i].Option
		}
		p.Pictures = append(p.Pictures, pic)
		if f.Alt != nil {
			r.alts[m] = textOf(f.Alt)
		}
	}
}

func (r *reader) nodes(p *catalog.Product) {
	p.Nodes, p.MainNode = nil, catalog.NodeID{}
	for _, text := range r.sheet.Nodes {
		if n, err := id.Parse[catalog.Node](text); err == nil && !slices.Contains(p.Nodes, n) {
			p.Nodes = append(p.Nodes, n)
			if text == r.sheet.MainNode {
				p.MainNode = n
			}
		}
	}
}

func (r *reader) links(p *catalog.Product) {
	p.Links = nil
	for _, f := range r.sheet.Links {
		other, err := id.Parse[catalog.Product](f.Other)
		if err != nil || f.Kind == "" || other == p.ID {
			continue
		}
		if !slices.Contains(linkKinds, catalog.LinkKind(f.Kind)) {
			continue
		}
		p.Links = append(p.Links, catalog.Link{Kind: catalog.LinkKind(f.Kind), Other: other})
	}
}

// linkKinds in the order they are offered.
var linkKinds = []catalog.LinkKind{catalog.Similar, catalog.Complementary, catalog.Upsell, catalog.Replacement}

// views reads the secondary views: those of the article and those it shares.
func (r *reader) views(p *catalog.Product) {
	p.Panels = nil
	for i, f := range r.sheet.Panels {
		if f.Drop || f.ID == "" && f.empty() {
			continue
		}
		panel := &catalog.Panel{Shared: f.Shared, Titles: textOf(f.Title), Bodies: textOf(f.Body)}
		if panel.Titles.IsZero() {
			r.Refuse("panel."+strconv.Itoa(i)+".title."+string(r.set.Languages.Default), form.KeyRequired, nil)
			continue
		}
		var err error
		if panel.ID, err = id.Parse[catalog.Panel](f.ID); err != nil {
			panel.ID = id.New[catalog.Panel]()
		}
		r.panels = append(r.panels, panel)
		p.Panels = append(p.Panels, panel.ID)
	}
	for _, text := range r.sheet.UsePanels {
		if panel, err := id.Parse[catalog.Panel](text); err == nil && !slices.Contains(p.Panels, panel) {
			p.Panels = append(p.Panels, panel)
		}
	}
}

// variant reads the only variant of an article without options.
func (r *reader) variant(p *catalog.Product) {
	s := r.sheet
	v := catalog.Variant{Active: true}
	if len(p.Variants) > 0 {
		v = p.Variants[0]
	}
	v.SKU, v.Barcode, v.Backorder = s.SKU, s.Barcode, s.Backorder
	r.Required("price", s.Price)
	v.Price = r.Decimal("price", r.locale, s.Price, places)
	v.CompareAt, v.Cost = r.optional("compare_at", s.CompareAt), r.optional("cost", s.Cost)
	v.Content = r.content("content", s.Content)
	v.WeightG = r.whole("weight", s.Weight)
	v.ShipValues = r.ship("ship.", v.ShipValues, s.Ship)
	v.LowAt = r.whole("low_at", s.LowAt)
	v.Reorder = r.whole("reorder", s.Reorder)
	v.Tracked = s.Stock != ""
	if n := r.whole("stock", s.Stock); v.Tracked && s.Stock != s.StockWas {
		if v.ID.IsZero() {
			v.OnHand = n
		} else {
			was, _ := strconv.Atoi(s.StockWas) // empty: it was not counted before
			r.MaxLen("stock_note", s.StockNote, maxNote)
			r.counts = append(r.counts, count{variant: v.ID, was: was, onHand: n, note: s.StockNote, field: "stock"})
		}
	}
	p.Variants = []catalog.Variant{v}
}

func (r *reader) optional(name, text string) *decimal.Decimal {
	if text == "" {
		return nil
	}
	n := r.Decimal(name, r.locale, text, places)
	return &n
}

// whole reads a count as the reader types it.
func (r *reader) whole(name, text string) int {
	return answers.ReadWhole(&r.Checker, name, r.locale, text, 0, form.MaxInt)
}

// content reads how much of the article's measure a variant holds; empty for not told.
func (r *reader) content(name, text string) *decimal.Decimal {
	if text == "" {
		return nil
	}
	n := r.Decimal(name, r.locale, text, places)
	return &n
}

// formNames gives what the catalogue refuses the names of the form's fields.
func formNames(err error, main i18n.Locale) error {
	fields := fault.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	named := make([]fault.Field, len(fields))
	for i, f := range fields {
		f.Name = formName(f.Name, main)
		named[i] = f
	}
	var one *fault.Error
	if !fault.Is(err, fault.Malformed) && errors.As(err, &one) {
		return one.On(named[0].Name)
	}
	return fault.Invalid(named...)
}

func formName(name string, main i18n.Locale) string {
	parts := strings.Split(name, ".")
	switch {
	case name == "name" || name == "slug" || name == "title":
		return name + "." + string(main)
	case len(parts) == 3 && parts[0] == "texts":
		return parts[2] + "." + parts[1]
	case len(parts) == 3 && parts[0] == "variants" && parts[1] == "0":
		if parts[2] == "on_hand" {
			return "stock"
		}
		return parts[2]
	case len(parts) == 4 && parts[0] == "variants" && parts[1] == "0" && parts[2] == "ship":
		return "ship." + parts[3]
	default:
		return name
	}
}
