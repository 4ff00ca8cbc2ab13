package storefront

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// classShow is the list of one entry of a free classification: a brand, an author (CAT-03).
func (h *Handler) classShow(c echo.Context) error {
	taxonomy, slug := c.Param("taxonomy"), c.Param("slug")
	if taxonomy == catalog.Families {
		taxonomy = "" // families have addresses of their own
	}
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		s, err := h.readShelves(tx, v, taxonomy, slug)
		if err != nil {
			return nil, err
		}
		return func() (string, any, error) {
			site, family, listing, err := v.shelvesPage(s, "classification")
			return "classification", &view.ClassificationPage{Site: site, Family: family, Listing: listing}, err
		}, nil
	})(c)
}

// maxTerms is how many entries the index of a classification names.
const maxTerms = 2000

// classIndex lists the entries of a classification.
func (h *Handler) classIndex(c echo.Context) error {
	code := c.Param("taxonomy")
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		x, ok := v.face.tree.Taxonomy(code)
		if !ok {
			return nil, catalog.ErrTaxonomy
		}
		nodes := v.shown(v.face.tree.Top(x.ID), maxTerms)
		pictures, err := readNodePictures(tx, v, nodes, false)
		if err != nil {
			return nil, err
		}
		return func() (string, any, error) {
			name, url := x.Names.In(v.locale(), v.main()), v.links.class(x.Code)
			s := sheet{
				template: "classification", title: name, crumbs: []*view.Link{{Label: name, URL: url}},
				at: func(l links) string { return l.class(x.Code) },
			}
			return "classification", &view.ClassificationPage{
				Site: v.site(s), Family: &view.Family{Name: name, URL: url, Children: v.tiles(nodes, pictures)},
			}, nil
		}, nil
	})(c)
}
