package storefront

import (
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// maxInstead is how many articles are offered in place of one that cannot be had.
const maxInstead = 4

// readInstead reads what a reader can take in place of an article that is sold out or no longer for sale, where
// the merchant has linked nothing that he could (STK-06): articles of its own family that can be bought now, the
// nearest price first. It is one query, and only pages of such articles ask it.
func readInstead(tx tenant.Tx, v *visit, p *catalog.Product, linked []catalog.Card) ([]catalog.Card, error) {
	if p.MainNode.IsZero() || suggested(p, linked) {
		return nil, nil
	}
	q := v.cardQuery()
	q.Node, q.PerPage = p.MainNode, maxInstead
	q.Instead = &catalog.Instead{Of: p.ID, Price: cheapest(p)}
	found, err := catalog.List(tx, q)
	return found.Cards, err
}

// suggested tells whether the merchant has linked something like an article that readers see.
func suggested(p *catalog.Product, linked []catalog.Card) bool {
	for _, l := range p.Links {
		if l.Kind == catalog.Complementary {
			continue // it goes with the article, not in its place
		}
		for i := range linked {
			if linked[i].ID == l.Other {
				return true
			}
		}
	}
	return false
}

// cheapest is the price of its cheapest variant.
func cheapest(p *catalog.Product) decimal.Decimal {
	var least decimal.Decimal
	for i, one := range p.Variants {
		if i == 0 || one.Price.LessThan(least) {
			least = one.Price
		}
	}
	return least
}

// withdrawn is an article that readers could see once: its address keeps a page (STK-06). Whoever wants the
// article itself is told that there is none.
type withdrawn struct{ product *catalog.Product }

func (w *withdrawn) Error() string { return fmt.Sprintf("article %s is withdrawn", w.product.Code) }

func (w *withdrawn) Unwrap() error { return catalog.ErrProduct }

// readWithdrawn reads the page of an article that is no longer for sale: what it was called, and what there is
// instead.
func (h *Handler) readWithdrawn(tx tenant.Tx, v *visit, p *catalog.Product) (drawing, error) {
	linked, err := readLinked(tx, v, p)
	if err != nil {
		return nil, err
	}
	var offered []catalog.Card
	for _, l := range p.Links {
		for i := range linked {
			if linked[i].ID == l.Other && l.Kind != catalog.Complementary && len(offered) < maxInstead {
				offered = append(offered, linked[i])
			}
		}
	}
	if len(offered) == 0 {
		if offered, err = readInstead(tx, v, p, linked); err != nil {
			return nil, err
		}
	}
	return func() (string, any, error) {
		page, err := v.withdrawnPage(p, offered)
		return "withdrawn", page, err
	}, nil
}

func (v *visit) withdrawnPage(p *catalog.Product, offered []catalog.Card) (*view.WithdrawnPage, error) {
	text := p.Text(v.locale(), v.main())
	page := &view.WithdrawnPage{Name: text.Name, Site: v.site(sheet{template: "withdrawn", kind: "product", title: text.Name,
		hidden: true, crumbs: v.productWay(p, text), at: func(l links) string { return l.product(p.Text(l.locale, l.main).Slug) }})}
	if n, ok := v.face.tree.Node(p.MainNode); ok && v.face.tree.Shown(n) {
		page.Family = &view.Link{Label: v.nodeText(n).Name, URL: v.nodeURL(v.links, n)}
	}
	cards, err := v.cards(offered)
	if err != nil {
		return nil, err
	}
	page.Alternatives = cards[0]
	return page, nil
}
