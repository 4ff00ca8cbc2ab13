package products

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
)

func (m *table) header() ui.Header {
	v := m.visit.View
	return ui.Header{
		Title: v.T("products.variants.title"), Lead: v.T("products.variants.count", ui.Args{"n": m.All}),
		Crumbs: []ui.Crumb{
			{Label: v.T("office.nav.products"), Href: m.visit.Href("products")}, {Label: m.name(), Href: m.path()},
			{Label: v.T("products.variants.title")},
		},
	}
}

func (m *optionModel) optionHeader() ui.Header {
	h := m.header()
	h.Title, h.Lead = m.text(m.At.Name), ""
	h.Crumbs[2].Href = m.path("variants")
	h.Crumbs = append(h.Crumbs, ui.Crumb{Label: h.Title})
	return h
}

// problem and errors belong to the one form of the page that was refused.
func (m *table) problem(form string) string {
	if m.Refused[form] {
		return m.Answers.Problem
	}
	return ""
}

func (m *table) errors(form string) []ui.FieldError {
	if !m.Refused[form] {
		return nil
	}
	labels := map[string]string{
		"option_name": m.visit.T("products.field.option_name"), "values": m.visit.T("products.field.values"),
		"fill_price": m.visit.T("products.field.price"), "fill_compare_at": m.visit.T("products.field.compare_at"),
	}
	for _, name := range []string{"sku", "price", "compare_at", "stock", "barcode", "weight", "low_at", "cost", "content"} {
		labels["v."+name] = m.visit.T("products.field." + name)
	}
	for _, one := range m.Measures {
		labels["v."+shipCell+one.mode] = one.label()
	}
	return m.Answers.List(labels)
}

func (m *table) optionField(name, value string) ui.Field {
	f := m.field(name, name, value)
	f.Required, f.Width, f.Lang = true, ui.Medium, m.Settings.Languages.Default
	f.Help = m.visit.T("products.field." + name + ".help")
	return f
}

// kindField asks whether an option forms variants or adds to the price.
func (m *table) kindField() ui.Field {
	v := m.visit.View
	return ui.Field{Name: "kind", Label: v.T("products.field.option_kind"), Value: m.Option.Kind, Options: []ui.Option{
		{Label: v.T("products.kind.variants"), Help: v.T("products.kind.variants.hint")},
		{Value: kindExtra, Label: v.T("products.kind.extra"), Help: v.T("products.kind.extra.hint", ui.Args{
			"fixed": i18n.FormatInput(v.Locale, decimal.New(3, 0), leastDigits), "percent": v.Percent(decimal.New(10, 0)),
		})},
	}}
}

func (m *table) requiredField(on bool) ui.Field {
	v := m.visit.View
	return ui.Field{Name: "required", Label: v.T("products.field.extra_required"), Help: v.T("products.field.extra_required.help"), Value: truth(on)}
}

// maxNamed is how many values of an option its row names.
const maxNamed = 12

func (m *table) optionTable() ui.Table {
	v := m.visit.View
	t := ui.Table{
		Caption: v.T("products.options.title"), Bare: true,
		Columns: []ui.Column{
			{Title: v.T("products.field.option_name"), Main: true}, {Title: v.T("products.field.option_kind")},
			{Title: v.T("products.field.values")}, {Title: v.T("products.options.number"), End: true},
		},
	}
	for _, o := range m.Product.Options {
		names := make([]string, len(o.Values))
		for i, value := range o.Values {
			names[i] = m.text(value.Name)
		}
		t.Rows = append(t.Rows, m.optionRow(m.text(o.Name), v.T("products.kind.variants"), m.path("options", o.Code), names))
	}
	for i := range m.Product.Extras {
		e := &m.Product.Extras[i]
		names := make([]string, len(e.Values))
		for n := range e.Values {
			names[n] = m.text(e.Values[n].Name) + m.adds(&e.Values[n])
		}
		t.Rows = append(t.Rows, m.optionRow(m.text(e.Name), v.T("products.kind.extra"), m.path("extras", e.Code), names))
	}
	return t
}

func (m *table) optionRow(name, kind, href string, values []string) ui.Row {
	number := len(values)
	if number > maxNamed {
		values = append(values[:maxNamed:maxNamed], "…")
	}
	return ui.Row{
		Name: name,
		Cells: []templ.Component{
			ui.TitleCell(m.visit.View, ui.Title{Text: name, Href: href}), ui.TextCell(kind),
			ui.TextCell(strings.Join(values, ", ")), ui.TextCell(m.visit.View.Number(number)),
		},
		More: m.optionActions(href),
	}
}

// adds is what a value adds to the price, in brackets; "" for nothing.
func (m *table) adds(value *catalog.ExtraValue) string {
	v := m.visit.View
	var parts []string
	if cur, err := money.ParseCurrency(m.Settings.Currencies.Management); err == nil && value.Fixed.IsPositive() {
		parts = append(parts, "+"+v.Money(money.New(value.Fixed, cur)))
	}
	if value.Percent.IsPositive() {
		parts = append(parts, "+"+v.Percent(value.Percent))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, " ") + ")"
}

func (m *table) optionActions(href string) []ui.Action {
	if !m.visit.Can("articles.edit") {
		return nil
	}
	v := m.visit.View
	return []ui.Action{
		{Label: v.T("products.options.edit"), Href: href, Icon: ui.IconPencil},
		{Label: v.T("products.option.drop_do"), Href: href + "/delete", Icon: ui.IconTrash, Look: ui.Danger},
	}
}

func (m *table) tabs() []ui.Tab {
	v := m.visit.View
	return []ui.Tab{
		{Label: v.T("products.variants.tab.sale"), Href: v.With("tab", ""), Current: !m.goods()},
		{Label: v.T("products.variants.tab.goods"), Href: v.With("tab", tabGoods), Current: m.goods()},
	}
}

// keep is what narrowing the table keeps of its address.
func (m *table) keep() map[string]string {
	if m.goods() {
		return map[string]string{"tab": tabGoods}
	}
	return nil
}

func (m *table) chips() []ui.Chip {
	var chips []ui.Chip
	for _, o := range m.Product.Options {
		for _, value := range o.Values {
			if chosen := m.Query.Values[o.Code]; chosen != "" && value.Code == chosen {
				chips = append(chips, ui.Chip{
					Label: m.text(o.Name) + m.visit.T("ui.colon") + m.text(value.Name), Href: m.visit.View.With("o."+o.Code, "", "page", ""),
				})
			}
		}
	}
	return chips
}

func (m *table) variantTitle(v *catalog.Variant) ui.Title {
	t := ui.Title{Text: m.choice(v)}
	if m.goods() {
		t.Sub = v.SKU
	}
	if v.Picture != nil {
		if pic := m.Media[*v.Picture]; pic != nil {
			t.Image = m.src(pic.Sizes, thumbSide)
		}
	}
	return t
}

func (m *table) fillField(name, label, value string) ui.Field {
	f := m.field(name, label, value)
	f.Suffix = m.Settings.Currencies.Management
	f.Help = m.visit.T("products.fill.keep")
	return f
}

func (m *table) fillActive() ui.Field {
	v := m.visit.View
	return ui.Field{Name: "fill_active", Label: v.T("products.field.active"), Value: m.Fill.Active, Options: []ui.Option{
		{Label: v.T("products.fill.as_is")}, {Value: "1", Label: v.T("ui.yes")}, {Value: "0", Label: v.T("ui.no")},
	}}
}

// rowsTable is the table with a field in every cell.
func (m *table) rowsTable() ui.Table {
	v := m.visit.View
	t := ui.Table{Caption: v.T("products.variants.title"), Empty: ui.Empty{Icon: ui.IconSearch, Title: v.T("products.variants.none")}}
	t.Columns = append(t.Columns, ui.Column{Title: v.T("products.variants.variant"), Main: true})
	for _, name := range m.cellNames() {
		title := m.cellTitle(name)
		if name == "price" {
			title += " (" + m.Settings.Currencies.Management + ")"
		}
		t.Columns = append(t.Columns, ui.Column{Title: title})
	}
	for i, row := range m.Rows {
		at := "v." + strconv.Itoa(i) + "."
		r := ui.Row{Cells: []templ.Component{variantName(v, m, at, row)}}
		if variant := m.find(row.ID); variant != nil {
			r.Name, r.Muted = m.choice(variant), !variant.Active
		}
		for _, name := range m.cellNames() {
			r.Cells = append(r.Cells, m.cell(at, name, r.Name, row))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func (m *table) cellNames() []string {
	if m.goods() {
		names := []string{"barcode", "weight"}
		if m.Product.Measure != catalog.NoMeasure {
			names = append(names, "content")
		}
		for _, one := range m.Measures {
			names = append(names, shipCell+one.mode)
		}
		return append(names, "cost", "low_at")
	}
	return []string{"sku", "price", "compare_at", "stock", "picture", "active"}
}

// shipCell and the id of a mode name the cell of a value for it.
const shipCell = "ship."

// cellTitle is what a column is called.
func (m *table) cellTitle(name string) string {
	for _, one := range m.Measures {
		if name == shipCell+one.mode {
			return one.label()
		}
	}
	title := m.visit.T("products.field." + name)
	if unit := m.unitOf(m.Product.Measure); name == "content" && unit != "" {
		title += " (" + unit + ")"
	}
	return title
}

// input is a field in a cell of a table, whose label is the column and the row.
type input struct {
	Name, ID, Label, Value, Error string
	Note                          string // under it
	Mode                          string // of the keyboard of phones
	Size                          int    // characters
	ReadOnly                      bool
	Options                       []ui.Option
}

const (
	codeSize   = 16
	figureSize = 8
)

// cell is the field of one column in a row.
func (m *table) cell(at, name, of string, row variantRow) templ.Component {
	f := input{
		Name: at + name, ID: "f-" + strings.ReplaceAll(at+name, ".", "-"), Label: m.cellTitle(name) + m.visit.T("ui.colon") + of,
		Error: m.Answers.Errors[at+name], Mode: "decimal", Size: figureSize,
	}
	if mode, ok := strings.CutPrefix(name, shipCell); ok {
		f.Value = row.Ship[mode]
		return cellField(f)
	}
	switch name {
	case "active":
		f.Value = truth(row.Active)
		return cellCheck(f)
	case "picture":
		f.Value, f.Options = said(row.Picture), m.pictureChoices()
		return cellSelect(f)
	case "sku":
		f.Value, f.Mode, f.Size = said(row.SKU), "text", codeSize
	case "barcode":
		f.Value, f.Mode, f.Size = said(row.Barcode), "text", codeSize
	case "price":
		f.Value = said(row.Price)
	case "compare_at":
		f.Value = said(row.CompareAt)
		if v := m.find(row.ID); v != nil {
			f.Note = m.crossedWords(v)
		}
	case "cost":
		f.Value = said(row.Cost)
	case "content":
		f.Value = said(row.Content)
	case "stock":
		f.Value, f.Mode, f.ReadOnly = said(row.Stock), "numeric", !m.visit.Can("stock.edit")
	case "weight":
		f.Value, f.Mode = said(row.Weight), "numeric"
	case "low_at":
		f.Value, f.Mode = said(row.LowAt), "numeric"
	}
	return cellField(f)
}

// said is what a field held, "" when it was not sent.
func said(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
