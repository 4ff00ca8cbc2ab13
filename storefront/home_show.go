package storefront

import (
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// What the home page shows at most.
const (
	maxHomeCards    = 8
	maxHomeFamilies = 8
	maxHomeBrands   = 18
)

// homeShow is the first page of the shop.
func (h *Handler) homeShow(c echo.Context) error {
	show := h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		first, err := readFirst(tx, v)
		if err != nil {
			return nil, err
		}
		return func() (string, any, error) {
			page, err := v.homePage(first)
			return "home", page, err
		}, nil
	})
	if a := web.Get[*arrival](c); a.language != "" {
		return h.rootIn(c, a, show)
	}
	return show(c)
}

// first is what the home page shows of the catalogue.
type first struct {
	families []*catalog.Node
	pictures nodePictures
	fresh    []catalog.Card
	best     []catalog.Card
	soon     []catalog.Card
}

func readFirst(tx tenant.Tx, v *visit) (*first, error) {
	f := &first{}
	if x, ok := v.face.tree.Taxonomy(catalog.Families); ok {
		f.families = v.shown(v.face.tree.Top(x.ID), maxHomeFamilies)
	}
	var err error
	if f.pictures, err = readNodePictures(tx, v, f.families, true); err != nil {
		return nil, err
	}
	if f.soon, err = readSoon(tx, v); err != nil {
		return nil, err
	}
	q := v.cardQuery()
	q.PerPage, q.New, q.Sort = maxHomeCards, true, catalog.Newest
	fresh, err := catalog.List(tx, q)
	if err != nil {
		return nil, err
	}
	q = v.cardQuery()
	q.PerPage = 2 * maxHomeCards
	best, err := catalog.List(tx, q)
	if err != nil {
		return nil, err
	}
	f.fresh = without(fresh.Cards, f.soon)
	f.best = without(without(best.Cards, f.soon), f.fresh)
	f.best = f.best[:min(len(f.best), maxHomeCards)]
	return f, nil
}

// without are the cards that no other list of the page shows.
func without(cards, others []catalog.Card) []catalog.Card {
	return slices.DeleteFunc(cards, func(c catalog.Card) bool {
		return slices.ContainsFunc(others, func(x catalog.Card) bool { return x.ID == c.ID })
	})
}

func (v *visit) homePage(f *first) (*view.HomePage, error) {
	me := v.settings().Identity
	s := sheet{template: "home", title: me.Name, description: me.Slogan.In(v.locale(), v.main()), at: links.home}
	s.structured = []any{v.organisation()}
	cards, err := v.cards(f.fresh, f.best, f.soon)
	if err != nil {
		return nil, err
	}
	page := &view.HomePage{Site: v.site(s), Families: v.tiles(f.families, f.pictures), New: cards[0], Discover: cards[1], Soon: cards[2],
		Hero: &view.Hero{Title: nameOr(s.description, me.Name)}}
	if x, ok := v.face.tree.Taxonomy(brandCode); ok {
		for _, n := range v.shown(v.face.tree.Top(x.ID), maxHomeBrands) {
			page.Brands = append(page.Brands, v.nodeLink(n))
		}
	}
	return page, nil
}

// organisation is the shop for search engines.
func (v *visit) organisation() map[string]any {
	me := v.settings().Identity
	doc := map[string]any{"@context": "https://schema.org", "@type": "Organization", "name": me.Name, "url": v.links.absolute(v.links.home())}
	if me.Email != "" {
		doc["email"] = me.Email
	}
	if logo := v.settings().Logo(); logo != nil {
		if img := v.picture(logo.Sizes, logo.Alt, me.Name); img != nil {
			doc["logo"] = v.links.absolute(img.URL)
		}
	}
	return doc
}
