package products

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

type variantsQuery struct {
	Page   int               `query:"page"`
	Tab    string            `query:"tab"` // "goods" for codes and weights
	Values map[string]string `query:"o"`   // narrow: option → value
}

// variantsAPage is how many variants the table shows: an article may have 50,000.
const variantsAPage = 50

// variants shows the options and one page of the variants of an article.
func (d *Desk) variants(c echo.Context) error {
	m, err := openTable(c)
	if err != nil {
		return err
	}
	m.fill()
	return desk.Show(c, http.StatusOK, variantsPage(m.visit.View, m))
}

// openTable reads the article of the address and what its table shows.
func openTable(c echo.Context) (*table, error) {
	q, err := web.Query[variantsQuery](c)
	if err != nil {
		return nil, err
	}
	p, err := id.Parse[catalog.Product](c.Param("id"))
	if err != nil {
		return nil, err
	}
	m := &table{editor: editor{visit: desk.Here(c)}, Query: q}
	err = m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		if m.Product, err = catalog.FindIn(tx, p); err != nil {
			return err
		}
		if err := m.furnish(tx); err != nil {
			return err
		}
		m.Media, err = mediaOf(tx, m.Product.Pictures)
		return err
	})
	m.Rev = 0
	if m.Product != nil {
		m.Rev = m.Product.Rev
	}
	return m, err
}
