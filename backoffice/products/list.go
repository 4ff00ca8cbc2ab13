package products

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

type listQuery struct {
	Search string `query:"q"`
	State  string `query:"state"`
	Family string `query:"family"`
	Stock  string `query:"stock"` // "low", "out"
	Sort   string `query:"sort"`
	Page   int    `query:"page"`
}

// articlesAPage is how many articles a page of the list shows.
const articlesAPage = 50

// list shows and searches the articles.
func (d *Desk) list(c echo.Context) error {
	q, err := web.Query[listQuery](c)
	if err != nil {
		return err
	}
	m := &listing{visit: desk.Here(c), Query: q}
	if err := m.visit.Shop.Read(c.Request().Context(), m.read); err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, listPage(m.visit.View, m))
}

// listing is what the list shows.
type listing struct {
	visit    *desk.Visit
	Query    listQuery
	Settings *settings.Settings
	Tree     *catalog.Tree
	Family   *catalog.Node // the one chosen
	Found    catalog.Listing
	Empty    bool // the shop has no article at all
}

func (m *listing) read(tx tenant.Tx) (err error) {
	q, err := m.query(tx)
	if err != nil {
		return err
	}
	if m.Found, err = catalog.List(tx, q); err != nil {
		return err
	}
	m.Empty, err = m.nothing(tx)
	return err
}

// query is what the list asks the catalogue for.
func (m *listing) query(tx tenant.Tx) (q catalog.Query, err error) {
	if m.Settings, err = settings.Load(tx); err != nil {
		return q, err
	}
	if m.Tree, err = catalog.ReadTree(tx); err != nil {
		return q, err
	}
	q = catalog.Query{
		Locale: m.visit.View.Locale, Fallback: m.Settings.Languages.Default, Search: m.Query.Search,
		States: m.states(), Sort: m.sort(), Page: m.Query.Page, PerPage: articlesAPage,
	}
	if n, err := id.Parse[catalog.Node](m.Query.Family); err == nil {
		m.Family, _ = m.Tree.Node(n)
		q.Node = n
	}
	if m.Query.Stock != "" {
		q.Short, q.LowAt = m.short(), m.Settings.Stock.LowAt
	}
	return q, nil
}

// nothing tells, when the list is empty without a filter, whether the shop has no article at all.
func (m *listing) nothing(tx tenant.Tx) (bool, error) {
	if m.Found.Total > 0 || m.Query != (listQuery{Sort: m.Query.Sort, Page: m.Query.Page}) {
		return false, nil
	}
	archived, err := catalog.List(tx, catalog.Query{States: []catalog.State{catalog.Archived}, PerPage: 1})
	return archived.Total == 0, err
}

// states are those the list shows: without a wish all but the archive.
func (m *listing) states() []catalog.State {
	switch s := catalog.State(m.Query.State); s {
	case catalog.Draft, catalog.Published, catalog.Archived:
		return []catalog.State{s}
	default:
		return []catalog.State{catalog.Draft, catalog.Published}
	}
}

func (m *listing) sort() catalog.Sort {
	switch m.Query.Sort {
	case "name":
		return catalog.ByName
	case "price":
		return catalog.PriceUp
	case "-price":
		return catalog.PriceDown
	default:
		if m.Query.Search != "" {
			return catalog.Best
		}
		return catalog.Newest
	}
}
