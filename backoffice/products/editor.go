package products

import (
	"slices"
	"strings"
	"time"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/products/pictures"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
)

// editor is what the page of an article shows: the sheet, and what is needed to draw it.
type editor struct {
	visit   *desk.Visit
	Product *catalog.Product // as stored
	Sheet   sheet
	Answers ui.Answers
	Clash   []difference  // what somebody else saved meanwhile
	Saved   catalog.Saved // who it was

	Settings *settings.Settings
	Locales  []i18n.Locale // of the shop, the default first
	Media    map[media.ID]*media.Media
	Tree     *catalog.Tree
	Linked   map[catalog.ProductID]catalog.Card
	Found    []catalog.Card // by the search for articles to link
	Shared   []catalog.Panel
	Measures []measure // of the shipping modes that count in something else than weight
	Now      time.Time
}

// furnish reads what the sheet names.
func (m *editor) furnish(tx tenant.Tx) (err error) {
	if m.Settings, err = settings.Load(tx); err != nil {
		return err
	}
	m.Locales, m.Now = localesOf(m.Settings), tx.Now()
	if m.Tree, err = catalog.ReadTree(tx); err != nil {
		return err
	}
	var named []catalog.Picture
	for _, f := range m.Sheet.Pictures {
		if pic, err := id.Parse[media.Media](f.ID); err == nil {
			named = append(named, catalog.Picture{Media: pic})
		}
	}
	if m.Media, err = mediaOf(tx, named); err != nil {
		return err
	}
	if err := m.readLinks(tx); err != nil {
		return err
	}
	if err := m.readMeasures(tx); err != nil {
		return err
	}
	m.Shared, err = catalog.SharedPanels(tx)
	return err
}

// maxFound is how many articles a search for one to link shows.
const maxFound = 8

func (m *editor) readLinks(tx tenant.Tx) error {
	m.Linked = map[catalog.ProductID]catalog.Card{}
	q := catalog.Query{
		Locale: m.visit.View.Locale, Fallback: m.Settings.Languages.Default, Sort: catalog.ByName, PerPage: 200,
		States: []catalog.State{catalog.Draft, catalog.Published, catalog.Archived}, IDs: []catalog.ProductID{},
	}
	for _, f := range m.Sheet.Links {
		if other, err := id.Parse[catalog.Product](f.Other); err == nil {
			q.IDs = append(q.IDs, other)
		}
	}
	if len(q.IDs) > 0 {
		list, err := catalog.List(tx, q)
		if err != nil {
			return err
		}
		for _, card := range list.Cards {
			m.Linked[card.ID] = card
		}
	}
	if m.Sheet.LinkSearch == "" {
		return nil
	}
	q.IDs, q.Search, q.Sort, q.PerPage = nil, m.Sheet.LinkSearch, catalog.Best, maxFound+1
	q.States = q.States[:2]
	list, err := catalog.List(tx, q)
	for _, card := range list.Cards {
		if _, linked := m.Linked[card.ID]; !linked && card.ID != m.Product.ID && len(m.Found) < maxFound {
			m.Found = append(m.Found, card)
		}
	}
	return err
}

func localesOf(s *settings.Settings) []i18n.Locale {
	all := []i18n.Locale{s.Languages.Default}
	for _, l := range s.Languages.Offered {
		if l != s.Languages.Default {
			all = append(all, l)
		}
	}
	return all
}

func mediaOf(tx tenant.Tx, pics []catalog.Picture) (map[media.ID]*media.Media, error) {
	ids := make([]media.ID, len(pics))
	for i, p := range pics {
		ids[i] = p.Media
	}
	found, err := media.FindAll(tx, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[media.ID]*media.Media, len(found))
	for _, m := range found {
		byID[m.ID] = m
	}
	return byID, nil
}

// many tells whether the article has options, and so its prices and pieces per variant.
func (m *editor) many() bool { return len(m.Product.Options) > 0 }

// name is what the article is called on its page.
func (m *editor) name() string {
	return m.Product.Text(m.visit.View.Locale, m.Settings.Languages.Default).Name
}

// path is the address of the article's page, or of a page below it.
func (m *editor) path(below ...string) string {
	return m.visit.Href("products/" + strings.Join(append([]string{m.Product.ID.String()}, below...), "/"))
}

// src is the address of a picture's copy in the office.
func (m *editor) src(sizes []media.Size, width int) string {
	return pictures.Src(m.visit.Href("products"), sizes, width)
}

// field is a field of the form with its label and what is wrong with it.
func (m *editor) field(name, label, value string) ui.Field {
	return ui.Field{Name: name, Label: m.visit.T("products.field." + label), Value: value, Error: m.Answers.Errors[name]}
}

// texts is a field in every language of the shop.
func (m *editor) texts(name, label string, values map[string]string) ui.Texts {
	t := ui.Texts{
		Field:   ui.Field{Name: name, Label: m.visit.T("products.field." + label)},
		Locales: m.Locales, Text: i18n.Text{}, Errors: map[i18n.Locale]string{},
	}
	for _, l := range m.Locales {
		t.Text[l] = values[string(l)]
		if text := m.Answers.Errors[name+"."+string(l)]; text != "" {
			t.Errors[l] = text
		}
	}
	return t
}

// wrong tells whether a field with one of these names is wrong, or was the aim of the last step:
// the part of the page it stands in is then unfolded.
func (m *editor) wrong(names ...string) bool {
	for _, name := range names {
		for field := range m.Answers.Errors {
			if field == name || strings.HasPrefix(field, name+".") {
				return true
			}
		}
		if step, _, _ := strings.Cut(m.Sheet.Do, "."); step == name {
			return true
		}
	}
	return false
}

// optionChoices are the values a picture can be tied to (ART-11).
func (m *editor) optionChoices() []ui.Option {
	choices := []ui.Option{{Label: m.visit.T("products.picture.any")}}
	for _, o := range m.Product.Options {
		name := m.text(o.Name)
		for _, value := range o.Values {
			choices = append(choices, ui.Option{Value: o.Code + "=" + value.Code, Label: m.text(value.Name), Group: name})
		}
	}
	return choices
}

// choice says what a variant is: "Red, M".
func (m *editor) choice(v *catalog.Variant) string {
	var names []string
	for _, o := range m.Product.Options {
		for _, value := range o.Values {
			if value.Code == v.Options[o.Code] {
				names = append(names, m.text(value.Name))
			}
		}
	}
	if len(names) == 0 {
		return m.name()
	}
	return strings.Join(names, ", ")
}

func (m *editor) text(t i18n.Text) string {
	return t.In(m.visit.View.Locale, m.Settings.Languages.Default)
}

// shareable are the shared views the article does not show yet.
func (m *editor) shareable() []ui.Option {
	var choices []ui.Option
	for _, panel := range m.Shared {
		shown := slices.ContainsFunc(m.Sheet.Panels, func(f panelField) bool { return f.ID == panel.ID.String() })
		if !shown {
			choices = append(choices, ui.Option{Value: panel.ID.String(), Label: m.text(panel.Titles)})
		}
	}
	return choices
}
