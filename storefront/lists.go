package storefront

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/maypok86/otter/v2"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// listKey is all that a list depends on. Who reads it is no part of that: profiles and currencies differ
// in what things cost, and that is reckoned from the cards.
type listKey struct {
	shop    tenant.ID
	version int64
	day     string // in the shop's time zone, which can bring an article out
	query   string // of the list as a whole
	part    part   // of it; none is the list as a whole
}

// part is one page of a list, and in whose words.
type part struct {
	page, perPage    int
	locale, fallback i18n.Locale
}

// lists is the memory of what lists hold, so that readers of another profile or currency, and of the next page,
// do not have the same articles found and counted again. Safe for concurrent use.
type lists struct {
	surveys *otter.Cache[listKey, catalog.Survey]
	pages   *otter.Cache[listKey, []catalog.Card]
}

// listsKept is how long a list is remembered: shorter than a page, since what is left of an article changes
// without a new version of the shop.
const listsKept = time.Minute

// What is remembered, all shops together: some tens of megabytes of each.
const (
	cardsKept = 20_000
	namesKept = 1_000_000 // articles of surveys
)

func newLists() *lists {
	return &lists{
		surveys: otter.Must(&otter.Options[listKey, catalog.Survey]{
			MaximumWeight:    namesKept,
			ExpiryCalculator: otter.ExpiryWriting[listKey, catalog.Survey](listsKept),
			Weigher:          func(_ listKey, s catalog.Survey) uint32 { return uint32(100 + len(s.IDs)) },
		}),
		pages: otter.Must(&otter.Options[listKey, []catalog.Card]{
			MaximumWeight:    cardsKept,
			ExpiryCalculator: otter.ExpiryWriting[listKey, []catalog.Card](listsKept),
			Weigher:          func(_ listKey, cards []catalog.Card) uint32 { return uint32(1 + len(cards)) },
		}),
	}
}

// read is catalog.List for a visit. The listing is shared: nobody alters it.
func (m *lists) read(tx tenant.Tx, v *visit, q catalog.Query) (catalog.Listing, error) {
	if q.Search != "" || q.New { // words are rarely searched for twice; what is new may end at any minute
		return catalog.List(tx, q)
	}
	whole, err := v.listKey(q)
	if err != nil {
		return catalog.Listing{}, err
	}
	survey, err := remember(m.surveys, whole, func() (catalog.Survey, error) { return catalog.ReadSurvey(tx, q) })
	if err != nil {
		return catalog.Listing{}, err
	}
	found := catalog.Listing{Total: survey.Total, Facets: survey.Facets}
	from := (max(q.Page, 1) - 1) * q.PerPage
	if from >= survey.Total {
		return found, nil
	}
	one := whole
	one.part = part{q.Page, q.PerPage, q.Locale, q.Fallback}
	found.Cards, err = remember(m.pages, one, func() ([]catalog.Card, error) {
		page := q
		if until := min(from+q.PerPage, survey.Total); until <= len(survey.IDs) {
			page = catalog.Query{Locale: q.Locale, Fallback: q.Fallback, IDs: survey.IDs[from:until], Page: 1, PerPage: q.PerPage}
		}
		page.Facets = false
		listing, err := catalog.List(tx, page)
		return listing.Cards, err
	})
	return found, err
}

// listKey is the list that q is one page of, for the readers of a visit.
func (v *visit) listKey(q catalog.Query) (listKey, error) {
	text, err := json.Marshal(q.Whole())
	if err != nil {
		return listKey{}, fmt.Errorf("remember list: %w", err)
	}
	return listKey{shop: v.shop.ID(), version: v.version, day: midnight(v.now, v.rules().Zone).String(), query: string(text)}, nil
}

// remember is what is known under a key, found by find where nothing is.
func remember[T any](known *otter.Cache[listKey, T], k listKey, find func() (T, error)) (T, error) {
	if kept, ok := known.GetIfPresent(k); ok {
		return kept, nil
	}
	found, err := find()
	if err == nil {
		known.Set(k, found)
	}
	return found, err
}
