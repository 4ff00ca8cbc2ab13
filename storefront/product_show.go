package storefront

import (
	"errors"
	"maps"
	"net/url"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/shipping"
)

// productShow is the page of an article; the options chosen are fields of its query (ART-07).
func (h *Handler) productShow(c echo.Context) error {
	slug := c.Param("slug")
	return h.public(func(tx tenant.Tx, v *visit) (drawing, error) {
		found, err := h.readProduct(tx, v, slug)
		if gone := (*withdrawn)(nil); errors.As(err, &gone) {
			return h.readWithdrawn(tx, v, gone.product)
		}
		if err != nil {
			return nil, err
		}
		return func() (string, any, error) {
			page, err := v.productPage(found, addition{})
			return "product", page, err
		}, nil
	})(c)
}

// goods is an article with all that its page shows.
type goods struct {
	product  *catalog.Product
	choice   choice
	grid     *catalog.Grid // ordered several variants at once; nil for one at a time
	album    album
	panels   []catalog.Panel
	linked   []catalog.Card
	instead  []catalog.Card // what there is where it is sold out and nothing is linked
	tariffs  []*shipping.Tariff
	families []string      // with everything above them
	ask      pricelist.Ask // for its prices
}

// maxLinked is how many linked articles a page shows.
const maxLinked = 16

// readProduct reads what the address of an article names. Errors: catalog.ErrProduct, also for an
// article that is not published, *withdrawn among them where it once was; *moved for an old address.
func (h *Handler) readProduct(tx tenant.Tx, v *visit, slug string) (*goods, error) {
	p, err := catalog.FindAt(tx, v.locale(), slug)
	if err != nil {
		return nil, err
	}
	if p.State != catalog.Published && p.PublishedAt == nil {
		return nil, catalog.ErrProduct
	}
	if now := p.Text(v.locale(), v.main()).Slug; now != slug {
		return nil, &moved{v.links.product(now) + v.search}
	}
	if p.State != catalog.Published {
		return nil, &withdrawn{p}
	}
	return h.readGoods(tx, v, p)
}

func (h *Handler) readGoods(tx tenant.Tx, v *visit, p *catalog.Product) (*goods, error) {
	fields, err := near(tx, p, v.query)
	if err != nil {
		return nil, err
	}
	g := &goods{product: p, choice: choose(p, fields), grid: gridOf(p), families: v.face.tree.Lineage(p.Nodes), ask: v.ask()}
	v.changesAt(pricelist.NextChange(p.Prices, v.now))
	if p.Kind == catalog.Physical {
		if g.tariffs, err = h.conf.Calculators.Tariffs(tx, v.rules().Currency); err != nil {
			return nil, err
		}
	}
	pictures, err := media.FindAll(tx, picturesOf(p))
	if err != nil {
		return nil, err
	}
	g.album = newAlbum(pictures)
	if g.panels, err = catalog.Panels(tx, p.Panels); err != nil {
		return nil, err
	}
	if g.linked, err = readLinked(tx, v, p); err != nil {
		return nil, err
	}
	if v.anyStock(p).State == "out" {
		g.instead, err = readInstead(tx, v, p, g.linked)
	}
	return g, err
}

// readLinked reads the articles the merchant shows beside one.
func readLinked(tx tenant.Tx, v *visit, p *catalog.Product) ([]catalog.Card, error) {
	if len(p.Links) == 0 {
		return nil, nil
	}
	q := v.cardQuery()
	q.IDs, q.PerPage = make([]catalog.ProductID, 0, len(p.Links)), maxLinked
	for _, l := range p.Links {
		q.IDs = append(q.IDs, l.Other)
	}
	found, err := catalog.List(tx, q)
	return found.Cards, err
}

func picturesOf(p *catalog.Product) []media.ID {
	var list []media.ID
	add := func(m *media.ID) {
		if m != nil {
			list = append(list, *m)
		}
	}
	for i := range p.Pictures {
		add(&p.Pictures[i].Media)
	}
	for i := range p.Variants {
		add(p.Variants[i].Picture)
	}
	for _, o := range p.Options {
		for _, value := range o.Values {
			add(value.Media)
		}
	}
	for _, e := range p.Extras {
		for _, value := range e.Values {
			add(value.Media)
		}
	}
	return list
}

// addition is how the form "into the cart" comes back when it was refused.
type addition struct {
	quantity, quantityError, formError string
	cells, cellErrors                  map[string]string // of a grid, by variant
}

// near reads the variants around what was asked for of an article that came without: one with more
// than a page carries. It gives the question back, completed.
func near(tx tenant.Tx, p *catalog.Product, fields url.Values) (url.Values, error) {
	if len(p.Variants) > 0 {
		return fields, nil
	}
	said := asked(p, fields)
	if err := catalog.FindNear(tx, p, said); err != nil {
		return nil, err
	}
	full := maps.Clone(fields)
	if full == nil {
		full = url.Values{}
	}
	for code, value := range said {
		full.Set(optionField(code), value)
	}
	return full, nil
}

func (v *visit) productPage(g *goods, a addition) (*view.ProductPage, error) {
	p := g.product
	text := p.Text(v.locale(), v.main())
	product, err := v.productView(g, text, a)
	if err != nil {
		return nil, err
	}
	s := sheet{
		template: "product", kind: "product", title: text.SEOTitle, description: text.SEODescription,
		at: func(l links) string { return l.product(p.Text(l.locale, l.main).Slug) },
		in: v.written(func(l i18n.Locale) bool { return p.Texts[l].Name != "" }), keep: v.search,
	}
	if s.title == "" {
		s.title = text.Name
	}
	if s.description == "" {
		s.description = text.Summary
	}
	s.image = product.Image
	s.crumbs = v.productWay(p, text)
	base, err := v.basePrice(g)
	if err != nil {
		return nil, err
	}
	if s.structured, err = v.productData(g, product, base, s.crumbs); err != nil {
		return nil, err
	}
	return &view.ProductPage{Site: v.site(s), Product: product}, nil
}

// written are the languages of the shop in which something exists, never nil.
func (v *visit) written(exists func(i18n.Locale) bool) []i18n.Locale {
	list := []i18n.Locale{}
	for _, l := range v.locales() {
		if exists(l) {
			list = append(list, l)
		}
	}
	return list
}

// productWay is the breadcrumbs to an article, by its main family: the same whichever list it was
// reached from (CAT-04).
func (v *visit) productWay(p *catalog.Product, text catalog.Text) []*view.Link {
	var crumbs []*view.Link
	if n, ok := v.face.tree.Node(p.MainNode); ok && v.face.tree.Shown(n) {
		crumbs = v.way(n)
	}
	return append(crumbs, &view.Link{Label: text.Name, URL: v.links.product(text.Slug)})
}
