package storefront

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// familyShow is the list of a family's articles, everything below it included.
func (h *Handler) familyShow(c echo.Context) error {
	slug := c.Param("slug")
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		s, err := h.readShelves(tx, v, catalog.Families, slug)
		if err != nil {
			return nil, err
		}
		return func() (string, any, error) {
			site, family, listing, err := v.shelvesPage(s, "family")
			return "family", &view.FamilyPage{Site: site, Family: family, Listing: listing}, err
		}, nil
	})(c)
}

// shelves is a node with a page of its articles.
type shelves struct {
	node  *catalog.Node
	query catalog.Query
	found catalog.Listing
	// pictures are those of the families below, and the node's own.
	pictures nodePictures
}

// readShelves reads what the address of a node names. Errors: catalog.ErrNode, also for a hidden node;
// errNoPage beyond the last page; *moved for an old address or one of another classification.
func (h *Handler) readShelves(tx tenant.Tx, v *visit, taxonomy, slug string) (*shelves, error) {
	n, _, err := catalog.NodeAt(tx, v.face.tree, v.locale(), slug)
	if err != nil {
		return nil, err
	}
	if !v.face.tree.Shown(n) {
		return nil, catalog.ErrNode
	}
	if v.nodeText(n).Slug != slug || v.face.tree.TaxonomyOf(n).Code != taxonomy {
		return nil, &moved{v.nodeURL(v.links, n) + v.search}
	}
	s := &shelves{node: n, query: v.listQuery()}
	s.query.Node = n.ID
	if s.found, err = h.lists.read(tx, v, s.query); err != nil {
		return nil, err
	}
	if s.query.Page > 1 && len(s.found.Cards) == 0 {
		return nil, errNoPage
	}
	s.pictures, err = readNodePictures(tx, v, append(v.shown(v.face.tree.Children(n.ID), maxTiles), n), true)
	return s, err
}

// maxTiles is how many families below another a page shows as tiles.
const maxTiles = 60

func (v *visit) shelvesPage(s *shelves, template string) (view.Site, *view.Family, *view.Listing, error) {
	n, text := s.node, v.nodeText(s.node)
	base := v.nodeURL(v.links, n)
	listing, err := v.listing(base, s.query, s.found, nil)
	if err != nil {
		return view.Site{}, nil, nil, err
	}
	family := &view.Family{
		Name: text.Name, URL: base, Intro: view.HTML(text.Body), Image: s.pictures.own(v, n),
		Children: v.tiles(v.shown(v.face.tree.Children(n.ID), maxTiles), s.pictures),
	}
	if x := v.face.tree.TaxonomyOf(n); x.Code != catalog.Families {
		family.Class = x.Names.In(v.locale(), v.main())
	}
	if s.query.Page > 1 {
		family.Intro = "" // said on the first page
	}
	about := sheet{
		template: template, title: nameOr(text.SEOTitle, text.Name), description: text.SEODescription, image: family.Image,
		crumbs: v.way(n), keep: v.search, hidden: v.narrowed(),
		at: v.paged(func(l links) string { return v.nodeURL(l, n) }, s.query.Page),
		in: v.written(func(l i18n.Locale) bool { return n.Texts[l].Name != "" }),
	}
	about.structured = []any{v.breadcrumbData(about.crumbs)}
	if s.query.Page > 1 {
		about.keep = "" // the number is part of the address already
	}
	return v.site(about), family, listing, nil
}

// paged is the address of one page of a list: each page is its own canonical address.
func (v *visit) paged(at func(links) string, page int) func(links) string {
	if page < 2 {
		return at
	}
	return func(l links) string { return at(l) + "?page=" + strconv.Itoa(page) }
}

// tiles are nodes as cards.
func (v *visit) tiles(nodes []*catalog.Node, pictures nodePictures) []*view.FamilyCard {
	list := make([]*view.FamilyCard, len(nodes))
	for i, n := range nodes {
		list[i] = &view.FamilyCard{Name: v.nodeText(n).Name, URL: v.nodeURL(v.links, n), Image: pictures.tile(v, n)}
	}
	return list
}

// node is a node by the text of its id.
func (v *visit) node(text string) (*catalog.Node, bool) {
	which, err := nodeID(text)
	if err != nil {
		return nil, false
	}
	return v.face.tree.Node(which)
}
