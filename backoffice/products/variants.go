package products

import (
	"context"
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
	return desk.Show(c, http.StatusOK, variantsPage(m.visit.View, m))
}

// openTable reads the article of the address and one page of its variants, which are all the variants
// its Product has.
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
		if m.Product, err = catalog.FindBare(tx, p); err != nil {
			return err
		}
		if err := m.furnish(tx); err != nil {
			return err
		}
		if m.Media, err = mediaOf(tx, m.Product.Pictures); err != nil {
			return err
		}
		return m.turn(tx, catalog.VariantQuery{Options: q.Values, Page: q.Page, PerPage: variantsAPage})
	})
	if err != nil {
		return nil, err
	}
	m.Rev = m.Product.Rev
	return m, nil
}

// turn reads a page of the variants and puts them into the rows.
func (m *table) turn(tx tenant.Tx, q catalog.VariantQuery) error {
	page, err := catalog.Variants(tx, m.Product.ID, q)
	if err != nil {
		return err
	}
	m.Product.Variants, m.Total, m.All, m.Rows = page.Variants, page.Total, page.All, nil
	for _, v := range page.Variants {
		m.Rows = append(m.Rows, rowOf(v, m.visit.View.Locale))
	}
	return nil
}

// whole reads the article with all its variants, for what changes them together, and gives it the
// revision that the form was made from.
func (m *table) whole(ctx context.Context, rev int) (*catalog.Product, error) {
	p, err := catalog.Find(ctx, m.visit.Shop, m.Product.ID)
	if err != nil {
		return nil, err
	}
	p.Rev = rev
	return p, nil
}
