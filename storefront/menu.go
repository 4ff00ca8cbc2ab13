package storefront

import (
	"strings"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/content"
)

// What a menu holds at most; the rest is a click further. A shop may have 10,000 families.
const (
	maxMenu    = 9
	maxSubmenu = 24
)

// menu is the families with their children, then the other classifications, then the pages the
// merchant puts in the header.
func (v *visit) menu() []*view.Link {
	var menu []*view.Link
	tree := v.face.tree
	if families, ok := tree.Taxonomy(catalog.Families); ok {
		for _, n := range v.shown(tree.Top(families.ID), maxMenu) {
			link := v.nodeLink(n)
			for _, child := range v.shown(tree.Children(n.ID), maxSubmenu) {
				link.Children = append(link.Children, v.nodeLink(child))
				link.Current = link.Current || v.onNode(link.Children[len(link.Children)-1])
			}
			menu = append(menu, link)
		}
	}
	for _, x := range tree.Taxonomies {
		if x.Code != catalog.Families && len(v.shown(tree.Top(x.ID), 1)) > 0 {
			menu = append(menu, v.mark(&view.Link{Label: x.Names.In(v.locale(), v.main()), URL: v.links.class(x.Code)}))
		}
	}
	return append(menu, v.pageLinks(content.Header)...)
}

// footer is one group: the pages the merchant puts there.
func (v *visit) footer() []*view.Link {
	links := v.pageLinks(content.Footer)
	if len(links) == 0 {
		return nil
	}
	return []*view.Link{{Label: v.settings().Identity.Name, Children: links}}
}

func (v *visit) pageLinks(place content.Place) []*view.Link {
	var list []*view.Link
	for _, p := range v.face.pages {
		if p.Place == place {
			text := v.pageText(p, v.links)
			list = append(list, v.mark(&view.Link{Label: text.Title, URL: v.links.content(text.Slug)}))
		}
	}
	return list
}

// pageText is an information page in the language of l.
func (v *visit) pageText(p *content.Page, l links) content.Text { return p.In(l.locale, l.main) }

// shown are the first visible nodes.
func (v *visit) shown(nodes []*catalog.Node, most int) []*catalog.Node {
	list := make([]*catalog.Node, 0, min(len(nodes), most))
	for _, n := range nodes {
		if len(list) == most {
			break
		}
		if n.Visible && v.face.tree.Shown(n) {
			list = append(list, n)
		}
	}
	return list
}

func (v *visit) nodeLink(n *catalog.Node) *view.Link {
	return v.mark(&view.Link{Label: v.nodeText(n).Name, URL: v.nodeURL(v.links, n)})
}

func (v *visit) nodeText(n *catalog.Node) catalog.NodeText { return n.Text(v.locale(), v.main()) }

// nodeURL is the address of a family or of an entry of another classification.
func (v *visit) nodeURL(l links, n *catalog.Node) string {
	slug := n.Text(l.locale, l.main).Slug
	if x := v.face.tree.TaxonomyOf(n); x.Code != catalog.Families {
		return l.term(x.Code, slug)
	}
	return l.family(slug)
}

// mark says whether the link is the page we are on.
func (v *visit) mark(link *view.Link) *view.Link {
	link.Current = v.onNode(link)
	return link
}

func (v *visit) onNode(link *view.Link) bool {
	return strings.TrimSuffix(v.links.to(orRoot(v.path)), "/") == link.URL
}

// way is the breadcrumbs to a node, itself included.
func (v *visit) way(n *catalog.Node) []*view.Link {
	var crumbs []*view.Link
	if x := v.face.tree.TaxonomyOf(n); x.Code != catalog.Families {
		crumbs = append(crumbs, &view.Link{Label: x.Names.In(v.locale(), v.main()), URL: v.links.class(x.Code)})
	}
	for _, id := range n.Path {
		if above, ok := v.face.tree.Node(id); ok {
			crumbs = append(crumbs, &view.Link{Label: v.nodeText(above).Name, URL: v.nodeURL(v.links, above)})
		}
	}
	return crumbs
}
