package catalog

import "fmt"

// Turn is one difference that a version made and that is short enough to be told: a price, an SKU, a state. Was and
// Now are as the journal has them, "" for nothing.
type Turn struct {
	// Key is the name of the field of the article or, after "v.", of a variant; "v." alone is a variant that was
	// added (Was is "") or removed (Now is ""), told by its SKU.
	Key      string
	Options  map[string]string // of the variant, as they were chosen
	SKU      string            // of the variant
	Was, Now string
}

// maxTurns is how many differences of a version are told; of the others it is told how many they are.
const maxTurns = 3

// turnsSQL are the first differences of a line of the journal and the number of all, for historySQL.
var turnsSQL = `(
	select jsonb_build_object('N', count(*), 'First', coalesce(jsonb_agg(one order by n) filter (where n <= ` + fmt.Sprint(maxTurns) + `), '[]'))
	from (select row_number() over (order by nth, key) as n,
			jsonb_build_object('Key', key, 'Options', options, 'SKU', sku, 'Was', coalesce(x, ''), 'Now', coalesce(y, '')) as one
		from (
			select 0::bigint as nth, key, null::jsonb as options, null::text as sku, b.value #>> '{}' as x, a.value #>> '{}' as y
			from jsonb_each(case when jsonb_typeof(before) = 'object' then before end) b
			full join jsonb_each(case when jsonb_typeof(after) = 'object' then after end) a using (key)
			where key in ('State', 'Code') and ` + filled("b.value") + ` is distinct from ` + filled("a.value") + `
			union all
			select coalesce(a.nth, b.nth), 'v.' || d.key, coalesce(a.doc, b.doc)->'Options', coalesce(a.doc, b.doc)->>'SKU', d.x, d.y
			from jsonb_array_elements(case when few then was end) with ordinality b(doc, nth)
			full join jsonb_array_elements(case when few then now end) with ordinality a(doc, nth) on b.doc->>'ID' = a.doc->>'ID'
			cross join lateral (
				select key, p.value #>> '{}' as x, q.value #>> '{}' as y from jsonb_each(b.doc) p full join jsonb_each(a.doc) q using (key)
				where b.doc is not null and a.doc is not null
					and key in ('SKU', 'Barcode', 'Price', 'CompareAt', 'Cost', 'WeightG', 'LowAt', 'Active')
					and ` + filled("p.value") + ` is distinct from ` + filled("q.value") + `
				union all
				select '', b.doc->>'SKU', a.doc->>'SKU' where b.doc is null or a.doc is null) d
		) told
		where before is not null) counted)`
