package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// maxFacetValues is how many choices a filter offers; the rest have the fewest articles.
const maxFacetValues = 60

// countFacets counts, in one statement, what each choice would leave (CAT-07, ORD-05). Only variants
// that can be bought count: "red + M" matches when that very variant is there.
//
// A filter the shopper has already used counts without itself, because choosing there means
// choosing instead or in addition; all others count with everything he has set.
func (q Query) countFacets(tx tenant.Tx, loose bool) ([]Facet, error) {
	tree, err := ReadTree(tx)
	if err != nil {
		return nil, err
	}
	c := &conditions{}
	base := q.base(c, tx.Now(), loose, "")
	rows, err := tx.Raw().Query(tx.Context(), base+strings.Join(q.facetParts(c, tree), " union all "), c.args...)
	if err != nil {
		return nil, fmt.Errorf("count facets: %w", err)
	}
	return q.collectFacets(rows, tree, nil)
}

// base is the beginning of a statement that looks at all articles of a list more than once: they stand in the
// table base, before any filter, with column more.
func (q Query) base(c *conditions, now time.Time, loose bool, more string) string {
	q.scope(c, now, loose)
	where := c.sql()
	c.parts = nil
	return fmt.Sprintf("with base as materialized (select p.id, p.available%s from products p %s where %s) ",
		more, q.textsIf(c, q.Search != "" || q.Sort == ByName), where)
}

// facetParts are the selections that count: one for the filters of options that were not used, one for each that
// was, one for each flat classification.
func (q Query) facetParts(c *conditions, tree *Tree) []string {
	parts := []string{q.optionFacet(c, "")}
	for _, code := range sortedKeys(q.Options) {
		parts = append(parts, q.optionFacet(c, code))
	}
	for _, x := range tree.Taxonomies {
		if x.Facet && x.Code != Families {
			parts = append(parts, q.nodeFacet(c, x))
		}
	}
	return parts
}

// collectFacets reads what facetParts selected; other gets the rows of another kind.
func (q Query) collectFacets(rows pgx.Rows, tree *Tree, other func(value string, n int) error) ([]Facet, error) {
	defer rows.Close()
	var order []*Facet
	byKey := map[string]*Facet{}
	for rows.Next() {
		var kind, code, value string
		var name, valueName []byte
		var n int
		if err := rows.Scan(&kind, &code, &name, &value, &valueName, &n); err != nil {
			return nil, fmt.Errorf("count facets: %w", err)
		}
		if kind == "list" {
			if err := other(value, n); err != nil {
				return nil, err
			}
			continue
		}
		key := kind + ":" + code
		f, ok := byKey[key]
		if !ok {
			f = &Facet{Kind: kind, Code: code}
			if err := q.label(f, tree, name); err != nil {
				return nil, err
			}
			byKey[key], order = f, append(order, f)
		}
		v := FacetValue{Code: value, Count: n, On: q.chosen(kind, code, value, tree)}
		if err := labelValue(&v, kind, tree, valueName); err != nil {
			return nil, err
		}
		if len(f.Values) < maxFacetValues || v.On {
			f.Values = append(f.Values, v)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("count facets: %w", err)
	}
	out := make([]Facet, len(order))
	for i, f := range order {
		out[i] = *f
	}
	return out, nil
}

// optionFacet counts the values of one option the shopper has used, or of all the others when
// used is "".
func (q Query) optionFacet(c *conditions, used string) string {
	w := &conditions{args: c.args}
	except, which := "", "true"
	if used != "" {
		except, which = "option:"+used, "o.key = "+w.arg(used)
	} else if len(q.Options) > 0 {
		which = "not o.key = any(" + w.arg(sortedKeys(q.Options)) + ")"
	}
	q.narrow(w, except)
	// The variant that is counted must itself have what else was chosen among options.
	var same []string
	for _, code := range sortedKeys(q.Options) {
		if code != used && len(q.Options[code]) > 0 {
			same = append(same, fmt.Sprintf("v.options->>%s::text = any(%s)", w.arg(code), w.arg(q.Options[code])))
		}
	}
	same = append(same, buyable)
	c.args = w.args
	return fmt.Sprintf(`(
		select 'option', f.code, f.def->'name', f.value,
			(select x->'name' from jsonb_array_elements(f.def->'values') x where x->>'code' = f.value limit 1), f.n
		from (
			select o.key as code, o.value as value, count(distinct p.id)::int as n,
				(select d from products one, jsonb_array_elements(one.options) d
					where one.id = (array_agg(p.id))[1] and d->>'code' = o.key limit 1) as def
			from base p
			join variants v on v.product_id = p.id and %s
			cross join lateral jsonb_each_text(v.options) o
			where %s and %s
			group by o.key, o.value
		) f order by f.code, f.n desc, f.value)`,
		strings.Join(same, " and "), which, w.sql())
}

// nodeFacet counts the entries of a flat classification.
func (q Query) nodeFacet(c *conditions, x *Taxonomy) string {
	w := &conditions{args: c.args}
	q.narrow(w, "node:"+x.ID.String())
	taxonomy := w.arg(x.ID.String())
	c.args = w.args
	return fmt.Sprintf(`(
		select 'node', %[1]s::text, null::jsonb, n.id::text, null::jsonb, count(distinct p.id)::int
		from base p
		join product_nodes pn on pn.product_id = p.id
		join nodes n on n.id = pn.node_id and n.visible and n.taxonomy_id = %[1]s::uuid
		where %[2]s and p.available
		group by n.id order by count(distinct p.id) desc, n.id)`,
		taxonomy, w.sql())
}

func (q Query) label(f *Facet, tree *Tree, name []byte) error {
	if f.Kind == "node" {
		for _, x := range tree.Taxonomies {
			if x.ID.String() == f.Code {
				f.Code, f.Name = x.Code, x.Names
			}
		}
		return nil
	}
	return decodeText(name, &f.Name)
}

func labelValue(v *FacetValue, kind string, tree *Tree, name []byte) error {
	if kind == "node" {
		n, err := idOf[Node](v.Code)
		if err != nil {
			return err
		}
		if node, ok := tree.Node(n); ok {
			v.Name = i18n.Text{}
			for l, t := range node.Texts {
				v.Name[l] = t.Name
			}
		}
		return nil
	}
	return decodeText(name, &v.Name)
}

// chosen tells whether the shopper has set this value.
func (q Query) chosen(kind, code, value string, tree *Tree) bool {
	if kind == "option" {
		return slices.Contains(q.Options[code], value)
	}
	for x, nodes := range q.Nodes {
		if x.String() == code || taxonomyCode(tree, x) == code {
			return slices.ContainsFunc(nodes, func(n NodeID) bool { return n.String() == value })
		}
	}
	return false
}

func taxonomyCode(tree *Tree, x TaxonomyID) string {
	for _, t := range tree.Taxonomies {
		if t.ID == x {
			return t.Code
		}
	}
	return ""
}

func decodeText(doc []byte, to *i18n.Text) error {
	if len(doc) == 0 {
		return nil
	}
	if err := json.Unmarshal(doc, to); err != nil {
		return fmt.Errorf("read label: %w", err)
	}
	return nil
}
