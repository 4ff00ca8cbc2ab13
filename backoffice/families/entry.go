package families

import (
	"context"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// sheet is the form of an entry as it was typed.
type sheet struct {
	Rev            int                   `form:"rev,revision"`
	Do             string                `form:"do"`
	List           string                `form:"list"`
	Name           map[string]string     `form:"name"`
	Slug           map[string]string     `form:"slug"`
	Body           map[string]string     `form:"body"`
	SEOTitle       map[string]string     `form:"seo_title"`
	SEODescription map[string]string     `form:"seo_description"`
	Parent         string                `form:"parent"`
	ParentSearch   string                `form:"parent_q"`
	Visible        bool                  `form:"visible"`
	ShowStock      string                `form:"show_stock"`
	Picture        string                `form:"picture"`
	NoPicture      bool                  `form:"no_picture"`
	Photo          *multipart.FileHeader `form:"photo"`
}

// entryModel is what the page of an entry shows.
type entryModel struct {
	room
	Node     *catalog.Node // as stored; without id for a new one
	List     *catalog.Taxonomy
	Sheet    sheet
	Answers  ui.Answers
	Clash    []ui.Term
	Picture  *media.Media
	Articles int
}

type newQuery struct {
	List  string `query:"list"`
	Under string `query:"under"`
}

// newEntry shows the form for an entry.
func (d *Desk) newEntry(c echo.Context) error {
	q, err := web.Query[newQuery](c)
	if err != nil {
		return err
	}
	m := &entryModel{room: room{visit: desk.Here(c)}, Node: &catalog.Node{}, Sheet: sheet{List: q.List, Parent: q.Under, Visible: true}}
	return m.show(c, http.StatusOK)
}

// editEntry shows the form of an entry that exists.
func (d *Desk) editEntry(c echo.Context) error {
	m := &entryModel{room: room{visit: desk.Here(c)}}
	if err := m.stored(c); err != nil {
		return err
	}
	m.Sheet = sheetOf(m.Node)
	return m.show(c, http.StatusOK)
}

// stored finds the entry of the address.
func (m *entryModel) stored(c echo.Context) error {
	n, err := id.Parse[catalog.Node](c.Param("id"))
	if err != nil {
		return err
	}
	return m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		if err := m.room.read(tx); err != nil {
			return err
		}
		var ok bool
		if m.Node, ok = m.Tree.Node(n); !ok {
			return catalog.ErrNode
		}
		return nil
	})
}

// show draws the form with what it needs beside it.
func (m *entryModel) show(c echo.Context, status int) error {
	if err := m.visit.Shop.Read(c.Request().Context(), m.furnish); err != nil {
		return err
	}
	return desk.Show(c, status, entryPage(m.visit.View, m))
}

func (m *entryModel) furnish(tx tenant.Tx) error {
	if err := m.room.read(tx); err != nil {
		return err
	}
	code := m.Sheet.List
	if code == "" {
		code = catalog.Families
	}
	if !m.Node.ID.IsZero() {
		code = m.Tree.TaxonomyOf(m.Node).Code
	}
	list, ok := m.Tree.Taxonomy(code)
	if !ok && code != catalog.Families {
		return catalog.ErrTaxonomy
	}
	if m.List = list; !ok {
		m.List = families() // made with the first family
	}
	if which, err := id.Parse[media.Media](m.Sheet.Picture); err == nil {
		found, err := media.FindAll(tx, []media.ID{which})
		if err != nil {
			return err
		}
		if len(found) > 0 {
			m.Picture = found[0]
		}
	}
	if m.Node.ID.IsZero() {
		return nil
	}
	shown, err := catalog.List(tx, catalog.Query{
		Node: m.Node.ID, PerPage: 1, States: []catalog.State{catalog.Draft, catalog.Published},
	})
	m.Articles = shown.Total
	return err
}

// families is the tree of families of a shop that has none yet.
func families() *catalog.Taxonomy {
	return &catalog.Taxonomy{Code: catalog.Families, Tree: true, Names: i18n.Text{
		i18n.French: "Familles", i18n.English: "Families", i18n.Spanish: "Familias", i18n.German: "Warengruppen",
	}}
}

func sheetOf(n *catalog.Node) sheet {
	s := sheet{
		Rev: n.Rev, Visible: n.Visible, ShowStock: string(n.ShowStock), Name: map[string]string{}, Slug: map[string]string{}, Body: map[string]string{},
		SEOTitle: map[string]string{}, SEODescription: map[string]string{},
	}
	if !n.Parent.IsZero() {
		s.Parent = n.Parent.String()
	}
	if n.Media != nil {
		s.Picture = n.Media.String()
	}
	for l, t := range n.Texts {
		k := string(l)
		s.Name[k], s.Slug[k], s.Body[k], s.SEOTitle[k], s.SEODescription[k] = t.Name, t.Slug, t.Body, t.SEOTitle, t.SEODescription
	}
	return s
}

// texts are the words of the sheet; a language no longer offered keeps what it has.
func (m *entryModel) textsOf() map[i18n.Locale]catalog.NodeText {
	texts := make(map[i18n.Locale]catalog.NodeText, len(m.Node.Texts))
	for l, t := range m.Node.Texts {
		texts[l] = t
	}
	s := &m.Sheet
	for _, l := range m.Locales {
		k := string(l)
		t := catalog.NodeText{Name: s.Name[k], Slug: s.Slug[k], Body: s.Body[k], SEOTitle: s.SEOTitle[k], SEODescription: s.SEODescription[k]}
		if t.Name == "" && t.Body == "" && t.SEOTitle == "" && t.SEODescription == "" {
			delete(texts, l)
			continue
		}
		texts[l] = t
	}
	return texts
}

// maxParents is how many places are offered; in a larger tree those a search finds.
const maxParents = 300

// parentChoices are the entries this one can lie in: not itself, nor what lies in it.
func (m *entryModel) parentChoices() []ui.Option {
	choices := []ui.Option{{Label: m.visit.T("families.top")}}
	large, words := m.large(), strings.ToLower(m.Sheet.ParentSearch)
	m.all(m.List, func(n *catalog.Node) bool {
		if !m.Node.ID.IsZero() && slices.Contains(n.Path, m.Node.ID) {
			return true
		}
		label := m.path(n)
		chosen := n.ID.String() == m.Sheet.Parent
		found := !large || words != "" && strings.Contains(strings.ToLower(label), words)
		if chosen || found && len(choices) < maxParents {
			choices = append(choices, ui.Option{Value: n.ID.String(), Label: label})
		}
		return true
	})
	return choices
}

func (m *entryModel) large() bool {
	n := 0
	m.all(m.List, func(*catalog.Node) bool { n++; return n <= maxParents })
	return n > maxParents
}

// list finds or makes the classification a new entry belongs to.
func (m *entryModel) listIn(tx tenant.Tx) (catalog.TaxonomyID, error) {
	if !m.Node.ID.IsZero() {
		return m.Node.Taxonomy, nil
	}
	tree, err := catalog.ReadTree(tx)
	if err != nil {
		return catalog.TaxonomyID{}, err
	}
	code := m.Sheet.List
	if code == "" {
		code = catalog.Families
	}
	if list, ok := tree.Taxonomy(code); ok {
		return list.ID, nil
	}
	if code != catalog.Families {
		return catalog.TaxonomyID{}, catalog.ErrTaxonomy
	}
	made := families()
	err = catalog.SaveTaxonomyIn(tx, m.visit.Actor(), made)
	return made.ID, err
}

// write stores the entry as one unit of work.
func (m *entryModel) write(ctx context.Context, n *catalog.Node) error {
	return m.visit.Shop.Write(ctx, func(tx tenant.Tx) error {
		edited := *n
		var err error
		if edited.Taxonomy, err = m.listIn(tx); err != nil {
			return err
		}
		if err := catalog.SaveNodeIn(tx, m.visit.Actor(), &edited); err != nil {
			return err
		}
		*n = edited
		return nil
	})
}
