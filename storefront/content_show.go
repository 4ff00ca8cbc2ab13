package storefront

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/content"
)

// contentShow is an information page written by the merchant.
func (h *Handler) contentShow(c echo.Context) error {
	slug := c.Param("slug")
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		listed, err := v.findPage(slug)
		if err != nil {
			return nil, err
		}
		p, err := content.Find(tx, listed.ID)
		if err != nil {
			return nil, err
		}
		return func() (string, any, error) { return "content", v.contentPage(p), nil }, nil
	})(c)
}

// findPage is the page of an address. Errors: errNoPage; *moved for the address of another language.
func (v *visit) findPage(slug string) (*content.Page, error) {
	for _, p := range v.face.pages {
		if v.pageText(p, v.links).Slug == slug {
			return p, nil
		}
	}
	for _, p := range v.face.pages {
		for _, text := range p.Texts {
			if text.Slug == slug {
				return nil, &moved{v.links.content(v.pageText(p, v.links).Slug)}
			}
		}
	}
	return nil, errNoPage
}

func (v *visit) contentPage(p *content.Page) *view.ContentPage {
	text := v.pageText(p, v.links)
	s := sheet{
		template: "content", title: text.Title, description: text.Description,
		crumbs: []*view.Link{{Label: text.Title, URL: v.links.content(text.Slug)}},
		at:     func(l links) string { return l.content(v.pageText(p, l).Slug) },
		in:     v.written(func(l i18n.Locale) bool { return p.Texts[l].Title != "" }),
	}
	day := p.UpdatedAt.In(v.rules().Zone)
	return &view.ContentPage{Site: v.site(s), Content: &view.Content{Title: text.Title, Body: view.HTML(text.Body), Updated: &day,
		Contact: p.Kind == content.Contact}}
}
