package storefront

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/content"
)

// maxTreeLinks is how many families the map for people names.
const maxTreeLinks = 1000

// siteMapShow is the map of the shop for people.
func (h *Handler) siteMapShow(c echo.Context) error {
	return h.public(func(_ tenant.Tx, v *visit) (drawing, error) {
		return func() (string, any, error) {
			title := v.say("storefront.site_map", nil)
			s := sheet{template: "site_map", title: title, at: links.siteMap,
				crumbs: []*view.Link{{Label: title, URL: v.links.siteMap()}}}
			return "site_map", &view.SiteMapPage{Site: v.site(s), Groups: v.groups()}, nil
		}, nil
	})(c)
}

func (v *visit) groups() []*view.Link {
	var groups []*view.Link
	left := maxTreeLinks
	for _, x := range v.face.tree.Taxonomies {
		group := &view.Link{Label: x.Names.In(v.locale(), v.main()), Children: v.branch(v.face.tree.Top(x.ID), &left)}
		if len(group.Children) > 0 {
			groups = append(groups, group)
		}
	}
	var pages []*view.Link
	for _, place := range []content.Place{content.Header, content.Footer, content.Nowhere} {
		pages = append(pages, v.pageLinks(place)...)
	}
	pages = append(pages, &view.Link{Label: v.say("storefront.contact", nil), URL: v.links.contact()})
	pages = append(pages, &view.Link{Label: v.say("storefront.secure", nil), URL: v.links.secure()})
	if v.settings().Fraud.Trust {
		pages = append(pages, &view.Link{Label: v.say("storefront.trust", nil), URL: v.links.trust()})
	}
	return append(groups, &view.Link{Label: v.settings().Identity.Name, Children: pages})
}

// branch is nodes with everything below them, as long as left lasts.
func (v *visit) branch(nodes []*catalog.Node, left *int) []*view.Link {
	var list []*view.Link
	for _, n := range nodes {
		if !n.Visible || *left == 0 {
			continue
		}
		*left--
		link := v.nodeLink(n)
		link.Children = v.branch(v.face.tree.Children(n.ID), left)
		list = append(list, link)
	}
	return list
}
