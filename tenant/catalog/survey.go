package catalog

import (
	"fmt"
	"strings"

	"echoppe.dev/tenant"
)

// Survey is what a list holds, all its pages together.
type Survey struct {
	IDs    []ProductID // in the order of the list, the first SurveyMax of them
	Total  int
	Facets []Facet // none for an empty list
}

// SurveyMax bounds the articles a survey names.
const SurveyMax = 10_000

// Whole is the query of the list that q is one page of: lists with the same have the same Survey.
func (q Query) Whole() Query {
	q.Page, q.PerPage = 0, 0
	if q.Sort != ByName && q.Search == "" {
		q.Locale, q.Fallback = "", ""
	}
	return q
}

// ReadSurvey looks at a list as a whole, in one statement. Of a search it sees what matches exactly.
func ReadSurvey(tx tenant.Tx, q Query) (Survey, error) {
	tree, err := ReadTree(tx)
	if err != nil {
		return Survey{}, err
	}
	c := &conditions{}
	order := q.order(c, false)
	base := q.base(c, tx.Now(), false, ", row_number() over (order by "+order+") as place")
	parts := []string{q.listPart(c)}
	if q.Facets {
		parts = append(parts, q.facetParts(c, tree)...)
	}
	rows, err := tx.Raw().Query(tx.Context(), base+strings.Join(parts, " union all "), c.args...)
	if err != nil {
		return Survey{}, fmt.Errorf("survey list: %w", err)
	}
	var s Survey
	s.Facets, err = q.collectFacets(rows, tree, func(ids string, total int) error {
		s.Total = total
		for text := range strings.SplitSeq(ids, ",") {
			if text == "" {
				continue
			}
			p, err := idOf[Product](text)
			if err != nil {
				return err
			}
			s.IDs = append(s.IDs, p)
		}
		return nil
	})
	if s.Total == 0 {
		s.Facets = nil
	}
	return s, err
}

// listPart selects the articles that are left by the filters, in the form of facetParts.
func (q Query) listPart(c *conditions) string {
	w := &conditions{args: c.args}
	q.narrow(w, "")
	limit := w.arg(SurveyMax)
	c.args = w.args
	return fmt.Sprintf(`(
		select 'list', '', null::jsonb, coalesce(string_agg(l.id::text, ',' order by l.place) filter (where l.n <= %s), ''),
			null::jsonb, count(*)::int
		from (select p.id, p.place, row_number() over (order by p.place) as n from base p where %s) l)`, limit, w.sql())
}
