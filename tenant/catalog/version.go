package catalog

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/tenant"
)

// before is the article as it was just before an entry of its journal, and when that entry was written. Most
// entries have it whole. Those of a page of variants, of options and of a state have only what they changed:
// then what came after is taken back step by step, from the next entry that has all of it, or from the article
// as it is (have).
func before(tx tenant.Tx, have *Product, v VersionID) (*Product, time.Time, error) {
	var at time.Time
	var steps [][]byte
	rows, err := tx.Raw().Query(tx.Context(), `
		with since as (
			select at, id, before, `+wholeDoc+` as whole from audit
			where subject = $1 and action like 'product.%' and jsonb_typeof(before) in ('object', 'array')
				and (at, id) >= (select at, id from audit where id = $2 and subject = $1 and action like 'product.%' and jsonb_typeof(before) in ('object', 'array') and at > $3)
		), stop as (select at, id from since where whole order by at, id limit 1)
		select min(at) over (), before from since
		where not exists (select from stop) or (at, id) <= (select at, id from stop)
		order by at desc, id desc`, "product/"+have.ID.String(), v.String(), tx.Now().Add(-HistoryFor))
	if err != nil {
		return nil, at, fmt.Errorf("read version: %w", err)
	}
	var doc []byte
	_, err = pgx.ForEachRow(rows, []any{&at, &doc}, func() error { steps = append(steps, slices.Clone(doc)); return nil })
	if err != nil {
		return nil, at, fmt.Errorf("read version: %w", err)
	}
	if len(steps) == 0 {
		return nil, at, ErrVersion
	}
	was := have
	for _, step := range steps {
		if was, err = stepBack(was, step); err != nil {
			return nil, at, fmt.Errorf("read version of article %s: %w", have.Code, err)
		}
	}
	return was, at.UTC(), nil
}

const wholeDoc = `coalesce(jsonb_typeof(before) = 'object' and before ? 'Code' and jsonb_typeof(before->'Variants') = 'array', false)`

// stepBack is an article before a change whose document this is, given how it was after.
func stepBack(after *Product, doc []byte) (*Product, error) {
	was := *after
	if doc[0] == '[' {
		some, err := variantsIn(doc, after.Variants)
		if err != nil {
			return nil, err
		}
		was.Variants = slices.Clone(after.Variants)
		for _, v := range some {
			if i := slices.IndexFunc(was.Variants, func(w Variant) bool { return w.ID == v.ID }); i >= 0 {
				v.Options = was.Variants[i].Options // a page of variants changes no options
				was.Variants[i] = v
			}
		}
		return &was, nil
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(doc, &keys); err != nil {
		return nil, err
	}
	list := keys["Variants"]
	delete(keys, "Variants")
	var read Product
	if err := json.Unmarshal(doc, &read); err != nil {
		return nil, err
	}
	switch _, coded := keys["Code"]; {
	case !coded:
		was.State = read.State
	case len(read.Variants) == 0:
		was.Extras, was.Options = read.Extras, slices.Clone(after.Options)
		for i := range was.Options {
			if n := slices.IndexFunc(read.Options, func(o Option) bool { return o.Code == was.Options[i].Code }); n >= 0 {
				was.Options[i].Place = read.Options[n].Place
			}
		}
	default:
		told(keys, &was, &read)
		var err error
		if was.Variants, err = variantsIn(list, after.Variants); err != nil {
			return nil, err
		}
	}
	return &was, nil
}

// variantsIn reads variants. What a program before this one did not tell of a variant is as it is in now.
func variantsIn(doc []byte, now []Variant) ([]Variant, error) {
	var raw []map[string]json.RawMessage
	if err := json.Unmarshal(doc, &raw); err != nil {
		return nil, err
	}
	var read []Variant
	if err := json.Unmarshal(doc, &read); err != nil {
		return nil, err
	}
	known := make(map[VariantID]Variant, len(now))
	for _, v := range now {
		known[v.ID] = v
	}
	for i := range read {
		v := known[read[i].ID]
		told(raw[i], &v, &read[i])
		read[i] = v
	}
	return read, nil
}

// told copies the fields that a document names.
func told[T any](keys map[string]json.RawMessage, into, from *T) {
	to, of := reflect.ValueOf(into).Elem(), reflect.ValueOf(from).Elem()
	for i := range to.NumField() {
		if _, named := keys[to.Type().Field(i).Name]; named {
			to.Field(i).Set(of.Field(i))
		}
	}
}
