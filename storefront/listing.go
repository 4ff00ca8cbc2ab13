package storefront

import (
	"net/url"
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
)

// cardQuery is a query for cards as this shop shows them: in the reader's language, without what is
// sold out where the merchant hides that (STK-06).
func (v *visit) cardQuery() catalog.Query {
	return catalog.Query{
		Locale: v.locale(), Fallback: v.main(), Page: 1, Available: v.settings().Stock.HideSoldOut,
	}
}

// The orders a shopper may choose, by the words of the address.
var sorts = []struct {
	word string
	sort catalog.Sort
}{
	{"position", catalog.Best}, {"newest", catalog.Newest}, {"price_asc", catalog.PriceUp},
	{"price_desc", catalog.PriceDown}, {"name", catalog.ByName},
}

// listQuery is the list an address asks for: page, order and filters, all fields beyond what the shop
// offers ignored.
func (v *visit) listQuery() catalog.Query {
	q := v.cardQuery()
	q.PerPage, q.Facets = v.settings().Catalogue.PerPage, true
	q.Sort = catalog.Sort(v.settings().Catalogue.Sort)
	if n := v.listPage(); n > 0 {
		q.Page = n
	}
	for _, s := range sorts {
		if s.word == v.query.Get("sort") {
			q.Sort = s.sort
		}
	}
	if v.query.Get("sort") == "relevance" {
		q.Sort = catalog.Best
	}
	if !v.profile.undecided { // a range would tell prices by and by
		q.PriceMin, _ = v.bound("price_min")
		q.PriceMax, _ = v.bound("price_max")
	}
	for name, values := range v.query {
		v.narrow(&q, name, values)
	}
	return q
}

// maxChoices bounds the values of one filter that an address may name.
const maxChoices = 30

// narrow adds one filter: o_<option> or f_<classification>.
func (v *visit) narrow(q *catalog.Query, name string, values []string) {
	values = values[:min(len(values), maxChoices)]
	if code, ok := cutField(name, "o_"); ok {
		if q.Options == nil {
			q.Options = map[string][]string{}
		}
		q.Options[code] = values
		return
	}
	code, ok := cutField(name, "f_")
	x, known := v.face.tree.Taxonomy(code)
	if !ok || !known {
		return
	}
	var nodes []catalog.NodeID
	for _, value := range values {
		if n, ok := v.face.tree.ByCode(x.ID, value); ok {
			nodes = append(nodes, n.ID)
		}
	}
	if len(nodes) == 0 {
		return
	}
	if q.Nodes == nil {
		q.Nodes = map[catalog.TaxonomyID][]catalog.NodeID{}
	}
	q.Nodes[x.ID] = nodes
}

func cutField(name, prefix string) (code string, ok bool) {
	if len(name) <= len(prefix) || name[:len(prefix)] != prefix {
		return "", false
	}
	return name[len(prefix):], true
}

// maxPrice is above any price column.
var maxPrice = decimal.New(1, 14)

// bound is a limit of the price range, in the management currency; typed tells whether something was
// typed that is none.
func (v *visit) bound(name string) (n *decimal.Decimal, typed bool) {
	text := v.query.Get(name)
	if text == "" {
		return nil, false
	}
	typedNumber, err := i18n.ParseDecimal(v.locale(), text)
	if err != nil || typedNumber.IsNegative() || typedNumber.GreaterThan(maxPrice) {
		return nil, true
	}
	in := v.entered(typedNumber)
	return &in, true
}

// listing is a page of articles with its filters. base is the address of the list without any query;
// hidden is what every link of it keeps, such as the words of a search.
func (v *visit) listing(base string, q catalog.Query, found catalog.Listing, hidden []view.Hidden) (*view.Listing, error) {
	cards, err := v.cards(found.Cards)
	if err != nil {
		return nil, err
	}
	kept := url.Values{}
	for _, f := range hidden {
		kept.Set(f.Name, f.Value)
	}
	out := &view.Listing{
		URL: base, Hidden: hidden, ClearURL: withQuery(base, kept), Cards: cards[0],
		Sort: v.sortView(q), Pages: v.pagination(base, q, found.Total),
	}
	out.Facets = v.facets(found.Facets)
	out.Active = v.active(base, out.Facets)
	return out, nil
}

func (v *visit) sortView(q catalog.Query) *view.Sort {
	s := &view.Sort{Field: "sort"}
	for _, one := range sorts {
		word := one.word
		if one.sort == catalog.Best && q.Search != "" {
			word = "relevance"
		}
		s.Choices = append(s.Choices, view.Choice{Value: word, Selected: one.sort == q.Sort})
	}
	return s
}

// narrowed tells whether filters or another order are set: such a page is not for search engines.
func (v *visit) narrowed() bool {
	for name := range v.query {
		if name != "page" && name != "q" {
			return true
		}
	}
	return false
}

// withQuery is base with a query, "" values left out.
func withQuery(base string, q url.Values) string {
	if text := q.Encode(); text != "" {
		return base + "?" + text
	}
	return base
}

// but is the query of this page with one field changed; page numbers start anew.
func (v *visit) but(name string, values ...string) url.Values {
	q := url.Values{}
	for field, list := range v.query {
		if field != "page" {
			q[field] = slices.Clone(list)
		}
	}
	if len(values) == 0 {
		q.Del(name)
		return q
	}
	q[name] = values
	return q
}
