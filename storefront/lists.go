package storefront

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/maypok86/otter/v2"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// listKey is all that a list depends on. Who reads it is no part of that: profiles and currencies differ
// in what things cost, and that is reckoned from the cards.
type listKey struct {
	shop    tenant.ID
	version int64
	day     string // in the shop's time zone, which can bring an article out
	query   string
}

// lists is the memory of what lists hold, so that readers of another profile or currency do not have
// the same articles found and counted again. Safe for concurrent use.
type lists struct {
	cache *otter.Cache[listKey, catalog.Listing]
}

// listBudget is how many cards are remembered, all shops together: some tens of megabytes.
const listBudget = 20_000

// listsKept is how long a list is remembered.
const listsKept = time.Minute

func newLists() *lists {
	return &lists{otter.Must(&otter.Options[listKey, catalog.Listing]{
		MaximumWeight: listBudget,
		// Shorter than a page is kept: what is left of an article changes without a new version of the shop.
		ExpiryCalculator: otter.ExpiryWriting[listKey, catalog.Listing](listsKept),
		Weigher:          func(_ listKey, l catalog.Listing) uint32 { return uint32(1 + len(l.Cards) + len(l.Facets)) },
	})}
}

// read is catalog.List for a visit. The listing is shared: nobody alters it. What its filters would leave is
// counted for all its pages and orders at once.
func (m *lists) read(tx tenant.Tx, v *visit, q catalog.Query) (catalog.Listing, error) {
	if q.Search != "" || q.New { // words are rarely searched for twice; what is new may end at any minute
		return catalog.List(tx, q)
	}
	page := q
	page.Facets = false
	found, err := m.remember(v, page, func() (catalog.Listing, error) { return catalog.List(tx, page) })
	if err != nil || !q.Facets || found.Total == 0 {
		return found, err
	}
	whole, err := m.remember(v, q.Whole(), func() (l catalog.Listing, err error) {
		l.Facets, err = catalog.Facets(tx, q)
		return l, err
	})
	found.Facets = whole.Facets
	return found, err
}

// remember is what is known of a query, found by find where nothing is.
func (m *lists) remember(v *visit, q catalog.Query, find func() (catalog.Listing, error)) (catalog.Listing, error) {
	text, err := json.Marshal(q)
	if err != nil {
		return catalog.Listing{}, fmt.Errorf("remember list: %w", err)
	}
	k := listKey{v.shop.ID(), v.version, midnight(v.now, v.rules().Zone).String(), string(text)}
	if known, ok := m.cache.GetIfPresent(k); ok {
		return known, nil
	}
	found, err := find()
	if err == nil {
		m.cache.Set(k, found)
	}
	return found, err
}
