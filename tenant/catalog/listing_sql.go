package catalog

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"echoppe.dev/tenant/stock"
)

// conditions collect the WHERE of a list with its arguments. Text is written by this package only;
// what comes from outside travels as an argument.
type conditions struct {
	parts []string
	args  []any
}

// arg adds an argument and gives its placeholder.
func (c *conditions) arg(v any) string {
	c.args = append(c.args, v)
	return fmt.Sprintf("$%d", len(c.args))
}

func (c *conditions) add(format string, values ...any) {
	holders := make([]any, len(values))
	for i, v := range values {
		holders[i] = c.arg(v)
	}
	c.parts = append(c.parts, fmt.Sprintf(format, holders...))
}

func (c *conditions) sql() string {
	if len(c.parts) == 0 {
		return "true"
	}
	return strings.Join(c.parts, " and ")
}

// buyable is what facets count and "available" means: pain 16, a size that is sold out must not
// be offered because another one is not.
const buyable = "v.active and (not v.tracked or v.backorder or v.on_hand > v.reserved)"

// counted are the variants of an article that can be short.
const counted = "v.product_id = p.id and v.active and v.tracked"

// scope adds what every part of a list has in common: the place, the words, the price.
func (q Query) scope(c *conditions, now time.Time, loose bool) {
	if len(q.States) == 0 {
		c.add("p.state = 'published'")
	} else {
		c.add("p.state = any(%s)", words(q.States))
	}
	if q.IDs != nil {
		c.add("p.id = any(%s::uuid[])", texts(q.IDs))
	}
	if !q.Node.IsZero() {
		c.add(`exists (select from product_nodes pn join nodes n on n.id = pn.node_id
			where pn.product_id = p.id and n.path @> array[%s::uuid])`, q.Node.String())
	}
	if q.Search != "" {
		q.match(c, loose)
	}
	if q.Available {
		// What is announced is not sold out (STK-07).
		c.add("(p.available or p.available_on > "+stock.Today("%s")+")", now)
	}
	if q.Instead != nil {
		c.add("p.available and p.id <> %s::uuid", q.Instead.Of.String())
	}
	switch q.Short {
	case ShortLow:
		c.add("exists (select from variants v where "+counted+" and v.on_hand - v.reserved between 1 and case when v.low_at > 0 then v.low_at else %s::int end)", q.LowAt)
	case ShortOut:
		c.parts = append(c.parts, "exists (select from variants v where "+counted+" and v.on_hand <= v.reserved)")
	}
	if q.New {
		c.add(`(p.flags->'new'->>'on')::boolean
			and coalesce((p.flags->'new'->>'from')::timestamptz <= %[1]s, true)
			and coalesce((p.flags->'new'->>'until')::timestamptz > %[1]s, true)`, now)
	}
	if q.PriceMin != nil {
		c.add("p.price_max >= %s::numeric", q.PriceMin.String())
	}
	if q.PriceMax != nil {
		c.add("p.price_min <= %s::numeric", q.PriceMax.String())
	}
}

// narrow adds the filters a shopper has set, but for the one of key except: a facet's own counts
// are of what choosing differently there would give.
func (q Query) narrow(c *conditions, except string) {
	var same []string
	for _, code := range sortedKeys(q.Options) {
		if "option:"+code != except && len(q.Options[code]) > 0 {
			same = append(same, fmt.Sprintf("v.options->>%s::text = any(%s)", c.arg(code), c.arg(q.Options[code])))
		}
	}
	if len(same) > 0 {
		c.parts = append(c.parts, "exists (select from variants v where v.product_id = p.id and "+
			buyable+" and "+strings.Join(same, " and ")+")")
	}
	taxonomies := make([]TaxonomyID, 0, len(q.Nodes))
	for x := range q.Nodes {
		taxonomies = append(taxonomies, x)
	}
	slices.SortFunc(taxonomies, TaxonomyID.Compare)
	for _, x := range taxonomies {
		if "node:"+x.String() != except && len(q.Nodes[x]) > 0 {
			c.add(`exists (select from product_nodes pn join nodes n on n.id = pn.node_id
				where pn.product_id = p.id and n.path && %s::uuid[])`, texts(q.Nodes[x]))
		}
	}
}

// compoundFrom is how long a word must be to be looked for inside other words.
const compoundFrom = 4

// match adds the words of a search: all of them by the dictionary of the language, or as parts of
// longer words ("Kleid" in "Wickelkleid", which no dictionary takes apart); or, loosely, a likeness of
// spelling.
func (q Query) match(c *conditions, loose bool) {
	if loose {
		c.add("ext.fold(%s) OPERATOR(ext.<%%) t.folded", q.Search)
		return
	}
	c.add("(t.search @@ websearch_to_tsquery(%s::regconfig, ext.fold(%[2]s)) or t.search @@ websearch_to_tsquery('simple', ext.fold(%[2]s)) or lower(p.code) = lower(%[2]s) or exists (select from variants v where v.product_id = p.id and lower(v.sku) = lower(%[2]s))"+q.inside(c)+")",
		searchConfig(q.Locale), q.Search)
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// inside is the condition that every word of the search is a part of some word of the article's; ""
// when one of them is too short to say anything.
func (q Query) inside(c *conditions) string {
	words := strings.Fields(q.Search)
	if slices.ContainsFunc(words, func(w string) bool { return utf8.RuneCountInString(w) < compoundFrom }) {
		return ""
	}
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = "t.folded like ext.fold(" + c.arg("%"+likeEscaper.Replace(w)+"%") + ")"
	}
	return " or " + strings.Join(parts, " and ")
}

// order is the ORDER BY of a list. Ties end with the id, so that pages never overlap.
func (q Query) order(c *conditions, loose bool) string {
	if q.Instead != nil {
		return fmt.Sprintf("abs(p.price_min - %s::numeric), p.id", c.arg(q.Instead.Price.String()))
	}
	switch q.Sort {
	case Newest:
		return "p.published_at desc nulls last, p.id"
	case PriceUp:
		return "p.price_min, p.id"
	case PriceDown:
		return "p.price_min desc, p.id"
	case ByName:
		return "t.folded, p.id"
	}
	if q.IDs != nil {
		return fmt.Sprintf("array_position(%s::uuid[], p.id)", c.arg(texts(q.IDs)))
	}
	if q.Search == "" {
		return "p.available desc, p.position, p.published_at desc nulls last, p.id"
	}
	if loose {
		return fmt.Sprintf("ext.word_similarity(ext.fold(%s), t.folded) desc, p.id", c.arg(q.Search))
	}
	return fmt.Sprintf("ts_rank(t.search, websearch_to_tsquery(%s::regconfig, ext.fold(%s))) desc, p.available desc, p.id",
		c.arg(searchConfig(q.Locale)), c.arg(q.Search))
}

func texts[T fmt.Stringer](ids []T) []string {
	out := make([]string, len(ids))
	for i, x := range ids {
		out[i] = x.String()
	}
	return out
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
