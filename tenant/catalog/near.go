package catalog

import (
	"encoding/json"
	"fmt"

	"echoppe.dev/tenant"
)

// nearSQL reads the variants of an article ($1) with these option keys ($2): probes of an index,
// however many variants there are.
var (
	nearSQL = `select coalesce(jsonb_agg(` + variantDoc + ` order by v.position, v.id), '[]')
		from variants v where v.product_id = $1 and v.option_key = any($2::text[])`
	bestSQL = `select options from variants v where product_id = $1 and active and ($2::jsonb = '{}' or options @> $2::jsonb)
		order by (not tracked or backorder or on_hand > reserved) desc, position, id limit 1`
)

// FindNear gives an article that was read without its variants those around a choice: the chosen one
// and all that differ from it in one option (CAT-06). What was not asked for is taken from the first
// variant that fits and can be bought; asked is completed with it. Where nothing fits what was asked,
// the first variant of all stands for it.
func FindNear(tx tenant.Tx, p *Product, asked map[string]string) error {
	if len(asked) < len(p.Options) {
		best, err := findBest(tx, p, asked)
		if err == nil && best == nil {
			best, err = findBest(tx, p, nil)
		}
		if err != nil {
			return err
		}
		for code, value := range best {
			asked[code] = value
		}
	}
	var doc []byte
	if err := tx.Raw().QueryRow(tx.Context(), nearSQL, p.ID.String(), p.around(asked)).Scan(&doc); err != nil {
		return fmt.Errorf("read variants near a choice: %w", err)
	}
	var rows []variantRow
	if err := json.Unmarshal(doc, &rows); err != nil {
		return fmt.Errorf("read variants near a choice: %w", err)
	}
	p.Near, p.Variants = true, make([]Variant, len(rows))
	for i, r := range rows {
		p.Variants[i] = r.variant(p.PublishedAt)
	}
	return nil
}

// findBest is the choice of the first active variant that has the values asked for, nil for none.
func findBest(tx tenant.Tx, p *Product, asked map[string]string) (map[string]string, error) {
	wanted := []byte("{}")
	if len(asked) > 0 {
		var err error
		if wanted, err = json.Marshal(asked); err != nil {
			return nil, err
		}
	}
	rows, err := tx.Raw().Query(tx.Context(), bestSQL, p.ID.String(), string(wanted))
	if err != nil {
		return nil, fmt.Errorf("look for a variant: %w", err)
	}
	defer rows.Close()
	var best map[string]string
	for rows.Next() {
		var doc []byte
		if err := rows.Scan(&doc); err != nil {
			return nil, fmt.Errorf("look for a variant: %w", err)
		}
		if err := json.Unmarshal(doc, &best); err != nil {
			return nil, fmt.Errorf("look for a variant: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("look for a variant: %w", err)
	}
	return best, nil
}

// around are the keys of a choice and of all that differ from it in one option.
func (p *Product) around(chosen map[string]string) []string {
	keys := []string{OptionKey(chosen)}
	other := make(map[string]string, len(chosen))
	for code, value := range chosen {
		other[code] = value
	}
	for _, o := range p.Options {
		for _, value := range o.Values {
			if value.Code != chosen[o.Code] {
				other[o.Code] = value.Code
				keys = append(keys, OptionKey(other))
			}
		}
		other[o.Code] = chosen[o.Code]
	}
	return keys
}
