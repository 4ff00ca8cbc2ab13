package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// maxFacetValues is how many choices a filter offers; the rest have the fewest articles.
const maxFacetValues = 60

// Facets counts what List would have counted, for a reader who has the cards already. A search by likeness
// has no facets here.
func Facets(tx tenant.Tx, q Query) ([]Facet, error) { return q.countFacets(tx, false) }

// Whole is the query of the list that q is one page of, whatever its order and its reader's language: lists
// with the same have the same facets.
func (q Query) Whole() Query {
	q.Locale, q.Fallback, q.Sort, q.Page, q.PerPage = "", "", "", 0, 0
	return q
}

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
	parts := []string{q.optionFacet(c, tx, loose, "")}
	for _, code := range sortedKeys(q.Options) {
		parts = append(parts, q.optionFacet(c, tx, loose, code))
	}
	for _, x := range tree.Taxonomies {
		if x.Facet && x.Code != Families {
			parts = append(parts, q.nodeFacet(c, tx, loose, x))
		}
	}
	rows, err := tx.Raw().Query(tx.Context(), strings.Join(parts, " union all "), c.args...)
	if err != nil {
		return nil, fmt.Errorf("count facets: %w", err)
	}
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
func (q Query) optionFacet(c *conditions, tx tenant.Tx, loose bool, used string) string {
	w := &conditions{args: c.args}
	q.scope(w, tx.Now(), loose)
	except, which := "", "true"
	if used != "" {
		except, which = "option:"+used, "o.key = "+w.arg(used)
	} else if len(q.Options) > 0 {
		which = "not o.key = any(" + w.arg(sortedKeys(q.Options)) + ")"
	}
	q.narrow(w, except)
	texts := q.textsIf(w, q.Search != "")
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
			from products p %s
			join variants v on v.product_id = p.id and %s
			cross join lateral jsonb_each_text(v.options) o
			where %s and %s
			group by o.key, o.value
		) f order by f.code, f.n desc, f.value)`,
		texts, strings.Join(same, " and "), which, w.sql())
}

// nodeFacet counts the entries of a flat classification.
func (q Query) nodeFacet(c *conditions, tx tenant.Tx, loose bool, x *Taxonomy) string {
	w := &conditions{args: c.args}
	q.scope(w, tx.Now(), loose)
	q.narrow(w, "node:"+x.ID.String())
	texts := q.textsIf(w, q.Search != "")
	taxonomy := w.arg(x.ID.String())
	c.args = w.args
	return fmt.Sprintf(`(
		select 'node', %[2]s::text, null::jsonb, n.id::text, null::jsonb, count(distinct p.id)::int
		from products p %[1]s
		join product_nodes pn on pn.product_id = p.id
		join nodes n on n.id = pn.node_id and n.visible and n.taxonomy_id = %[2]s::uuid
		where %[3]s and p.available
		group by n.id order by count(distinct p.id) desc, n.id)`,
		texts, taxonomy, w.sql())
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
