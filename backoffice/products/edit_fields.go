package products

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"echoppe.dev/backoffice/products/pictures"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
)

// maxDescribed is how many pictures bring fields of their own: a browser's form has at most a
// thousand parts, and an article may have 250 pictures.
const maxDescribed = 60

const (
	thumbSide = 96  // of a picture in a list, in real pixels of a sharp screen
	photoSide = 160 // of a picture in the editor
)

// goodsNames are the fields of the part about the goods themselves.
var goodsNames = []string{"sku", "compare_at", "cost", "weight", "barcode", "low_at", "reorder", "code", "tax_class", "kind", "unit", "measure", "content", "show_stock"}

func photoBox(m *media.Media) (width, height string) { return pictures.Box(m, photoSide) }

// helped is a field with a line of help.
func (m *editor) helped(name, value string) ui.Field {
	f := m.field(name, name, value)
	f.Help = m.visit.T("products.field." + name + ".help")
	return f
}

func (m *editor) money(name, value string) ui.Field {
	f := m.helped(name, value)
	f.Suffix = m.Settings.Currencies.Management
	return f
}

func (m *editor) priceField() ui.Field {
	f := m.field("price", "price", m.Sheet.Price)
	f.Required, f.Suffix, f.Help = true, m.Settings.Currencies.Management, priceHelp(m.visit.View)
	f.Attrs = templ.Attributes{
		"hx-get": m.visit.Href("products/price"), "hx-trigger": "input changed delay:300ms",
		"hx-include": "#article [name=price], #article [name=gross]:checked, #article [name=tax_class]",
		"hx-target":  "#other-price", "hx-swap": "outerHTML",
	}
	return f
}

func (m *editor) otherWords() string {
	return otherWords(m.visit.View, m.Settings, m.Sheet.Price, m.Sheet.Gross, m.Sheet.TaxClass, m.Now)
}

func (m *editor) grossField() ui.Field {
	f := m.field("gross", "gross", m.Sheet.Gross)
	f.Options = []ui.Option{{Value: "1", Label: m.visit.T("products.gross.with")}, {Value: "0", Label: m.visit.T("products.gross.without")}}
	return f
}

func (m *editor) stockField() ui.Field {
	f := m.helped("stock", m.Sheet.Stock)
	f.InputMode = "numeric"
	f.ReadOnly = !m.visit.Can("stock.edit")
	return f
}

func (m *editor) noteField() ui.Field {
	f := m.helped("stock_note", m.Sheet.StockNote)
	f.MaxLen, f.Width = maxNote, ui.Medium
	return f
}

func (m *editor) weightField() ui.Field {
	f := m.field("weight", "weight", m.Sheet.Weight)
	f.Suffix, f.InputMode = "g", "numeric"
	return f
}

func (m *editor) backorderField() ui.Field {
	f := m.helped("backorder", truth(m.Sheet.Backorder))
	return f
}

func (m *editor) bodyField() ui.Texts {
	t := m.texts("body", "body", m.Sheet.Body)
	t.Help = m.visit.T("products.field.body.help")
	return t
}

func (m *editor) slugField() ui.Texts {
	t := m.texts("slug", "slug", m.Sheet.Slug)
	t.Help = m.visit.T("products.field.slug.help")
	return t
}

func (m *editor) taxField() ui.Field {
	f := m.field("tax_class", "tax_class", m.Sheet.TaxClass)
	f.Options = classChoices(m.visit.View, m.Settings)
	if !slices.ContainsFunc(f.Options, func(o ui.Option) bool { return o.Value == m.Sheet.TaxClass }) {
		f.Options = append(f.Options, ui.Option{Value: m.Sheet.TaxClass, Label: m.Sheet.TaxClass}) // a class of the merchant's own
	}
	return f
}

func (m *editor) kindField() ui.Field {
	f := m.field("kind", "kind", m.Sheet.Kind)
	for _, k := range []catalog.Kind{catalog.Physical, catalog.Digital, catalog.Service} {
		f.Options = append(f.Options, ui.Option{Value: string(k), Label: m.visit.T("products.kind." + string(k))})
	}
	return f
}

func (m *editor) showStockField() ui.Field {
	f := m.field("show_stock", "show_stock", m.Sheet.ShowStock)
	f.Options = []ui.Option{{Label: m.visit.T("products.show_stock.shop")}}
	for _, s := range []settings.Show{settings.ShowExact, settings.ShowLevel, settings.ShowHidden} {
		f.Options = append(f.Options, ui.Option{Value: string(s), Label: m.visit.T("products.show_stock." + string(s))})
	}
	return f
}

func (m *editor) nodeField(g nodeGroup) ui.Field {
	return ui.Field{
		Name: "node", ID: "f-node-" + g.Taxonomy.Code, Label: m.text(g.Taxonomy.Names), Options: g.Options,
		Values: m.Sheet.Nodes, Error: m.Answers.Errors["node"],
	}
}

func (m *editor) largeTree() bool {
	return slices.ContainsFunc(m.nodeGroups(), func(g nodeGroup) bool { return g.Large })
}

func (m *editor) mainNodeField() ui.Field {
	f := m.helped("main_node", m.Sheet.MainNode)
	f.Options = m.mainChoices()
	return f
}

func (m *editor) photosField() ui.Field {
	return ui.Field{Name: "photos", Label: m.visit.T("products.photos.choose"), Multiple: true, Error: m.Answers.Errors["photos"]}
}

func (m *editor) photo(text string) *media.Media {
	which, err := id.Parse[media.Media](text)
	if err != nil {
		return nil
	}
	return m.Media[which]
}

func (m *editor) photoName(i int) string {
	if i == 0 {
		return m.visit.T("products.picture.cover")
	}
	return m.visit.T("products.picture.n", ui.Args{"n": i + 1})
}

func (m *editor) photoBadges(i int, p pictureField) []ui.Badge {
	v := m.visit.View
	pic := m.photo(p.ID)
	var badges []ui.Badge
	if pic != nil && pic.State == media.Pending {
		badges = append(badges, ui.Badge{Label: v.T("products.picture.pending"), Tone: ui.Info})
	}
	if pic != nil && pic.State == media.Failed {
		badges = append(badges, ui.Badge{Label: v.T("products.picture.failed"), Tone: ui.Bad})
	}
	if i < maxDescribed && textOf(p.Alt).IsZero() {
		badges = append(badges, ui.Badge{Label: v.T("products.picture.no_alt"), Tone: ui.Warn})
	}
	return badges
}

func (m *editor) photoActions(i int) []ui.Action {
	name := m.photoName(i)
	return append(m.orderActions("picture", i, len(m.Sheet.Pictures), name), ui.Action{
		Label: m.visit.T("products.picture.drop", ui.Args{"name": name}), Icon: ui.IconTrash, IconOnly: true, Look: ui.Plain,
		Name: "do", Value: "picture.drop." + strconv.Itoa(i),
	})
}

func (m *editor) altField(name string, p pictureField) ui.Texts {
	t := m.texts(name, "alt", p.Alt)
	t.Help = m.visit.T("products.field.alt.help")
	return t
}

func (m *editor) tieField(name string, p pictureField) ui.Field {
	f := m.field(name, "picture_option", "")
	if p.Option != nil {
		f.Value = *p.Option
	}
	f.Options = m.optionChoices()
	f.Width = ui.Medium
	return f
}
