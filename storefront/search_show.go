package storefront

import (
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

const (
	// maxWords is the length of a search in runes; more is no search.
	maxWords = 120
	// maxPopular is how many articles console one who found nothing.
	maxPopular = 8
	// maxMatches is how many families and brands a search names.
	maxMatches = 12
)

// searchShow is what a search finds: articles, families and brands (ORD-05).
func (h *Handler) searchShow(c echo.Context) error {
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		words := []rune(strings.TrimSpace(v.query.Get("q")))
		q := v.listQuery()
		q.Search = string(words[:min(len(words), maxWords)])
		if q.Search != "" && v.query.Get("sort") == "" {
			q.Sort = catalog.Best // by relevance, whatever order the shop's lists have
		}
		var found, popular catalog.Listing
		var err error
		if q.Search != "" {
			if found, err = catalog.List(tx, q); err != nil {
				return nil, err
			}
		}
		if len(found.Cards) == 0 {
			if popular, err = readPopular(tx, v); err != nil {
				return nil, err
			}
		}
		return func() (string, any, error) {
			page, err := v.searchPage(q, found, popular.Cards)
			return "search", page, err
		}, nil
	})(c)
}

// readPopular reads articles for a reader who found nothing.
func readPopular(tx tenant.Tx, v *visit) (catalog.Listing, error) {
	q := v.cardQuery()
	q.PerPage = maxPopular
	return catalog.List(tx, q)
}

func (v *visit) searchPage(q catalog.Query, found catalog.Listing, popular []catalog.Card) (*view.SearchPage, error) {
	s := sheet{template: "search", title: v.say("storefront.search", nil), hidden: true, keep: v.search, at: links.search}
	page := &view.SearchPage{Site: v.site(s)}
	page.Search.Query = q.Search
	cards, err := v.cards(popular)
	if err != nil {
		return nil, err
	}
	page.Popular = cards[0]
	if q.Search == "" {
		return page, nil
	}
	page.Families = v.matches(q.Search)
	if found.Loose {
		page.DidYouMean = v.nearest(found)
	}
	page.Listing, err = v.listing(v.links.search(), q, found, []view.Hidden{{Name: "q", Value: q.Search}})
	if err == nil && len(found.Cards) == 0 && len(page.Listing.Active) == 0 {
		page.Listing = nil // nothing to sort, to filter or to count
	}
	return page, err
}

// nearest are the names the search may have meant.
func (v *visit) nearest(found catalog.Listing) []*view.Link {
	var list []*view.Link
	for _, c := range found.Cards[:min(len(found.Cards), 3)] {
		list = append(list, &view.Link{Label: c.Name, URL: withQuery(v.links.search(), map[string][]string{"q": {c.Name}})})
	}
	return list
}

// matches are the families and brands whose name has the words in it.
func (v *visit) matches(words string) []*view.Link {
	words = strings.ToLower(words)
	var list []*view.Link
	for _, x := range v.face.tree.Taxonomies {
		v.walk(v.face.tree.Top(x.ID), func(n *catalog.Node) bool {
			if strings.Contains(strings.ToLower(v.nodeText(n).Name), words) {
				list = append(list, v.nodeLink(n))
			}
			return len(list) < maxMatches
		})
	}
	return list
}

// walk visits shown nodes with everything below them, until visit says that it is enough.
func (v *visit) walk(nodes []*catalog.Node, visit func(*catalog.Node) bool) bool {
	for _, n := range nodes {
		if !n.Visible {
			continue
		}
		if !visit(n) || !v.walk(v.face.tree.Children(n.ID), visit) {
			return false
		}
	}
	return true
}
