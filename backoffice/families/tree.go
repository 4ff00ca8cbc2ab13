package families

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

type treeQuery struct {
	List   string `query:"list"` // code of the classification; families when empty
	At     string `query:"at"`   // the entry that is opened, with the way to it
	Search string `query:"q"`
}

// tree shows a classification: its tops, and what is opened.
func (d *Desk) tree(c echo.Context) error {
	q, err := web.Query[treeQuery](c)
	if err != nil {
		return err
	}
	m := &treeModel{room: room{visit: desk.Here(c)}, Query: q}
	if err := m.visit.Shop.Read(c.Request().Context(), m.read); err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, treePage(m.visit.View, m))
}

// room is what every page of the desk knows.
type room struct {
	visit    *desk.Visit
	Settings *settings.Settings
	Locales  []i18n.Locale
	Tree     *catalog.Tree
}

func (m *room) read(tx tenant.Tx) (err error) {
	if m.Settings, err = settings.Load(tx); err != nil {
		return err
	}
	m.Locales = []i18n.Locale{m.Settings.Languages.Default}
	for _, l := range m.Settings.Languages.Offered {
		if l != m.Settings.Languages.Default {
			m.Locales = append(m.Locales, l)
		}
	}
	m.Tree, err = catalog.ReadTree(tx)
	return err
}

func (m *room) name(n *catalog.Node) string {
	return n.Text(m.visit.View.Locale, m.Settings.Languages.Default).Name
}

func (m *room) title(t *catalog.Taxonomy) string {
	return t.Names.In(m.visit.View.Locale, m.Settings.Languages.Default)
}

// familiesFirst are the classifications in their order, the families before all others.
func (m *room) familiesFirst() []*catalog.Taxonomy {
	sorted := slices.Clone(m.Tree.Taxonomies)
	slices.SortStableFunc(sorted, func(a, b *catalog.Taxonomy) int {
		switch {
		case a.Code == catalog.Families && b.Code != catalog.Families:
			return -1
		case b.Code == catalog.Families && a.Code != catalog.Families:
			return 1
		}
		return 0
	})
	return sorted
}

// path is an entry with what it lies in: "Kitchen › Cups".
func (m *room) path(n *catalog.Node) string {
	names := make([]string, 0, len(n.Path))
	for _, above := range n.Path {
		if a, ok := m.Tree.Node(above); ok {
			names = append(names, m.name(a))
		}
	}
	return strings.Join(names, " › ")
}

// all visits the entries of a classification, each before what lies below it, until visit says
// false.
func (m *room) all(t *catalog.Taxonomy, visit func(*catalog.Node) bool) {
	var walk func([]*catalog.Node) bool
	walk = func(nodes []*catalog.Node) bool {
		for _, n := range nodes {
			if !visit(n) || !walk(m.Tree.Children(n.ID)) {
				return false
			}
		}
		return true
	}
	walk(m.Tree.Top(t.ID))
}

func (m *room) sisters(n *catalog.Node) []*catalog.Node {
	if n.Parent.IsZero() {
		return m.Tree.Top(n.Taxonomy)
	}
	return m.Tree.Children(n.Parent)
}

// treeModel is what the tree shows.
type treeModel struct {
	room
	Query treeQuery
	List  *catalog.Taxonomy // nil in a shop without families yet
	At    *catalog.Node
	Rows  []treeRow
	More  int // entries of a level that are not shown
}

// treeRow is one visible entry.
type treeRow struct {
	Node     *catalog.Node
	Open     bool
	Children int
	First    bool
	Last     bool
}

const (
	// maxLevel is how many sisters a level shows; more are found by searching.
	maxLevel = 300
	// maxOrdered is how many sisters can be put in order by hand.
	maxOrdered = 500
	maxFound   = 100
)

func (m *treeModel) read(tx tenant.Tx) error {
	if err := m.room.read(tx); err != nil {
		return err
	}
	code := m.Query.List
	if code == "" {
		code = catalog.Families
	}
	list, ok := m.Tree.Taxonomy(code)
	if !ok && code != catalog.Families {
		return catalog.ErrTaxonomy
	}
	if m.List = list; list == nil {
		return nil
	}
	if n, err := id.Parse[catalog.Node](m.Query.At); err == nil {
		if found, ok := m.Tree.Node(n); ok && found.Taxonomy == list.ID {
			m.At = found
		}
	}
	if m.Query.Search != "" {
		m.find()
		return nil
	}
	m.level(m.Tree.Top(list.ID))
	return nil
}

// level adds the entries of one level, and under the opened one what lies in it.
func (m *treeModel) level(nodes []*catalog.Node) {
	shown := nodes
	if len(nodes) > maxLevel {
		shown = nodes[:maxLevel]
		m.More += len(nodes) - maxLevel
		if i := slices.IndexFunc(nodes, m.onTheWay); i >= maxLevel {
			shown = append(slices.Clone(shown), nodes[i])
		}
	}
	for i, n := range shown {
		row := treeRow{Node: n, Open: m.onTheWay(n), Children: len(m.Tree.Children(n.ID)), First: i == 0, Last: i == len(nodes)-1}
		if len(nodes) > maxOrdered {
			row.First, row.Last = true, true
		}
		m.Rows = append(m.Rows, row)
		if row.Open {
			m.level(m.Tree.Children(n.ID))
		}
	}
}

func (m *treeModel) onTheWay(n *catalog.Node) bool {
	return m.At != nil && slices.Contains(m.At.Path, n.ID)
}

// find lists the entries whose name holds the words.
func (m *treeModel) find() {
	words := strings.ToLower(m.Query.Search)
	m.all(m.List, func(n *catalog.Node) bool {
		if strings.Contains(strings.ToLower(m.name(n)), words) {
			if len(m.Rows) == maxFound {
				m.More++
				return true
			}
			m.Rows = append(m.Rows, treeRow{Node: n, Children: len(m.Tree.Children(n.ID)), First: true, Last: true})
		}
		return true
	})
}
