package catalog

import (
	"fmt"
	"slices"
	"time"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// HistoryFor is how far back the versions of an article reach (SEC-03). The journal is kept for ever; what is
// older is not offered, because what an article names is gone by then.
const HistoryFor = 30 * 24 * time.Hour

// VersionID names an entry of an article's history.
type VersionID = id.Of[Version]

// Version is a line of the journal about one article: what somebody did, and the way back to how the article
// was just before.
type Version struct {
	ID     VersionID
	At     time.Time
	By     tenant.Actor
	Action string // "product.saved" and the like
	Parts  []Part // what it changed; none when it only changed what is kept elsewhere
	Back   bool   // the journal has the article as it was before
	Turns  []Turn // the first of what it changed, from what to what
	Turned int    // how many such differences there are
}

// Part is something of an article that a version may have changed.
type Part string

// The parts, in the order they are told.
const (
	PartState    Part = "state"
	PartTexts    Part = "texts"
	PartPrices   Part = "prices"
	PartVariants Part = "variants"
	PartPictures Part = "pictures"
	PartNodes    Part = "nodes"
	PartLinks    Part = "links"
	PartPanels   Part = "panels"
	PartMarks    Part = "marks"
	PartGoods    Part = "goods"
)

var parts = []Part{PartState, PartTexts, PartPrices, PartVariants, PartPictures, PartNodes, PartLinks, PartPanels, PartMarks, PartGoods}

// partOf tells the part of a key of the journal's documents. Those of a variant begin with "v."; a variant that
// is in one document only is "v.". What is not here is of the goods themselves; "" is no part of a version.
var partOf = map[string]Part{
	"ID": "", "Rev": "", "CreatedAt": "", "UpdatedAt": "", "PublishedAt": "", "Shown": "", "Preorder": "", "Terms": "",
	"State": PartState, "Texts": PartTexts, "Prices": PartPrices, "PriceGross": PartPrices, "TaxClass": PartPrices,
	"Options": PartVariants, "Extras": PartVariants, "Variants": PartVariants,
	"Pictures": PartPictures, "Nodes": PartNodes, "MainNode": PartNodes, "Links": PartLinks, "Panels": PartPanels,
	"OwnPanels": PartPanels, "Alts": PartPictures,
	"Flags": PartMarks, "AvailableOn": PartMarks,
	"v.ID": "", "v.Past": "", "v.Since": "", "v.OnHand": "", "v.Reserved": "", "v.Position": "",
	"v.": PartVariants, "v.Options": PartVariants, "v.Active": PartVariants, "v.Picture": PartPictures,
	"v.Price": PartPrices, "v.CompareAt": PartPrices, "v.Cost": PartPrices,
}

// partsOf are the parts that keys belong to, each once.
func partsOf(keys []string) []Part {
	changed := map[Part]bool{}
	for _, k := range keys {
		part, known := partOf[k]
		if !known {
			part = PartGoods
		}
		changed[part] = true
	}
	return slices.DeleteFunc(slices.Clone(parts), func(p Part) bool { return !changed[p] })
}

// detailed is how many variants are compared one by one; of an article that has more it is only told that they
// differ.
const detailed = 500

// filled is a value of a document, NULL for those that all say "nothing": programs before this one left out
// what they did not know.
func filled(value string) string {
	return "case when " + value + ` in ('null', '[]', '{}', '""', 'false', '0') then null else ` + value + " end"
}

// historySQL compares in Postgres, so that an article of 50,000 variants does not travel.
var historySQL = `
	with page as (
		select id, at, actor_kind, actor_id, actor_name, action, nullif(before, 'null') as before, after from audit
		where subject = $1 and action like 'product.%' and at > $2
			and ($3::uuid is null or (at, id) < (select at, id from audit where id = $3::uuid))
		order by at desc, id desc limit $4
	), docs as (
		select page.*, ` + variantsOf("before") + ` as was, ` + variantsOf("after") + ` as now from page
	)
	select id::text, at, actor_kind, actor_id, actor_name, action, before is not null,
		array(select key from jsonb_each(case when jsonb_typeof(before) = 'object' then before end) b
			full join jsonb_each(case when jsonb_typeof(after) = 'object' then after end) a using (key)
			where before is not null and ` + filled("b.value") + ` is distinct from ` + filled("a.value") + `
				and (key <> 'Variants' or not few)) ||
		array(select distinct case when b.doc is null or a.doc is null then 'v.' else 'v.' || key end
			from jsonb_array_elements(case when few then was end) b(doc)
			full join jsonb_array_elements(case when few then now end) a(doc) on b.doc->>'ID' = a.doc->>'ID'
			cross join lateral (
				select key from jsonb_each(b.doc) x full join jsonb_each(a.doc) y using (key)
				where ` + filled("x.value") + ` is distinct from ` + filled("y.value") + `) d
			where before is not null),
		` + turnsSQL + `
	from docs cross join lateral (select coalesce(jsonb_array_length(was), 0) <= ` + fmt.Sprint(detailed) + `
		and coalesce(jsonb_array_length(now), 0) <= ` + fmt.Sprint(detailed) + ` as few) size
	order by at desc, id desc`

// variantsOf are the variants of a document, which is an article or, where only some were saved, those.
func variantsOf(doc string) string {
	return "case when jsonb_typeof(" + doc + ") = 'array' then " + doc +
		" when jsonb_typeof(" + doc + "->'Variants') = 'array' then " + doc + "->'Variants' end"
}

// History lists up to limit versions of an article of the last 30 days that are older than after (zero for the
// first ones), the newest first. Imports and changes of many articles are not among them: they have an undo of
// their own (package transfer).
func History(tx tenant.Tx, p ProductID, after VersionID, limit int) ([]Version, error) {
	var from *string
	if !after.IsZero() {
		text := after.String()
		from = &text
	}
	rows, err := tx.Raw().Query(tx.Context(), historySQL, "product/"+p.String(), tx.Now().Add(-HistoryFor), from, limit)
	if err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	defer rows.Close()
	var found []Version
	for rows.Next() {
		var v Version
		var text, kind string
		var keys []string
		var turns struct {
			N     int
			First []Turn
		}
		if err := rows.Scan(&text, &v.At, &kind, &v.By.ID, &v.By.Name, &v.Action, &v.Back, &keys, &turns); err != nil {
			return nil, fmt.Errorf("read versions: %w", err)
		}
		if v.ID, err = id.Parse[Version](text); err != nil {
			return nil, fmt.Errorf("read versions: %w", err)
		}
		v.At, v.By.Kind, v.Parts = v.At.UTC(), tenant.ActorKind(kind), partsOf(keys)
		v.Turns, v.Turned = turns.First, turns.N
		found = append(found, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	return found, nil
}
