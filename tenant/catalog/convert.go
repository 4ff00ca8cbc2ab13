package catalog

import (
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/pricelist"
)

// Put is how the amounts of one article that stand in documents are put into another currency: what it is sold
// at, and what an extra adds.
type Put struct {
	Price, Extra func(decimal.Decimal) decimal.Decimal
}

// Convert puts everything articles cost into another management currency (CUR-01): what variants are sold at and
// were, what they cost the shop, the rules of prices, the extras and what is
// paid in advance for each piece. Past prices go the same way as the present
// one, so that the lowest of 30 days is still told. Every article has a new revision afterwards: whoever has
// one open in the office cannot write an old price back.
func Convert(tx tenant.Tx, x currency.Exchange) error {
	_, err := tx.Raw().Exec(tx.Context(), `
		update variants set price = `+x.PriceSQL("price")+`, compare_at = `+x.PriceSQL("compare_at")+`,
			cost = `+x.SumSQL("cost")+`, updated_at = $1,
			past_prices = case when past_prices = '[]' then past_prices else (
				select jsonb_agg(jsonb_set(past, '{price}', to_jsonb((`+x.PriceSQL("(past->>'price')::numeric")+`)::text)) order by n)
				from jsonb_array_elements(past_prices) with ordinality as e(past, n)) end`, tx.Now())
	if err != nil {
		return fmt.Errorf("convert prices of articles: %w", err)
	}
	if err := convertDocuments(tx, x.To, func(string) Put { return Put{x.Price, x.Sum} }, true); err != nil {
		return err
	}
	_, err = tx.Raw().Exec(tx.Context(), `update products set rev = rev + 1, updated_at = $1, preorder_terms = case
		when preorder_terms->>'kind' = $2
		then jsonb_set(preorder_terms, '{value}', to_jsonb((`+x.SumSQL("(preorder_terms->>'value')::numeric")+`)::text))
		else preorder_terms end`, tx.Now(), string(deposit.Each))
	if err != nil {
		return fmt.Errorf("convert articles: %w", err)
	}
	if _, err := tx.Raw().Exec(tx.Context(), refreshAll); err != nil {
		return fmt.Errorf("refresh articles: %w", err)
	}
	tx.Touch()
	return nil
}

// Rehearse is Convert of what stands in documents without writing anything: put is asked for each article, by its
// code.
func Rehearse(tx tenant.Tx, to money.Currency, put func(code string) Put) error {
	return convertDocuments(tx, to, put, false)
}

// aBatch is how many articles' documents are in memory at once.
const aBatch = 1000

type pricedRow struct{ id, code, options, prices string }

func convertDocuments(tx tenant.Tx, to money.Currency, put func(code string) Put, write bool) error {
	for last := "00000000-0000-0000-0000-000000000000"; ; {
		rows, err := pricedRows(tx, last)
		if err != nil {
			return err
		}
		var ids, options, prices []string
		for _, r := range rows {
			if err := r.convert(to, put(r.code), tx); err != nil {
				return fmt.Errorf("convert article %s: %w", r.code, err)
			}
			ids, options, prices = append(ids, r.id), append(options, r.options), append(prices, r.prices)
		}
		if write && len(rows) > 0 {
			_, err := tx.Raw().Exec(tx.Context(), `update products p set options = d.options::jsonb, prices = d.prices::jsonb
				from unnest($1::uuid[], $2::text[], $3::text[]) as d(id, options, prices) where p.id = d.id`, ids, options, prices)
			if err != nil {
				return fmt.Errorf("convert articles: %w", err)
			}
		}
		if len(rows) < aBatch {
			return nil
		}
		last = ids[len(ids)-1]
	}
}

// pricedRows are the articles after one that have prices in documents.
func pricedRows(tx tenant.Tx, after string) ([]*pricedRow, error) {
	rows, err := tx.Raw().Query(tx.Context(), `select id::text, code, options::text, prices::text from products
		where id > $1::uuid and (prices <> '[]' or options @> '[{"kind": "extra"}]') order by id limit $2`, after, aBatch)
	if err != nil {
		return nil, fmt.Errorf("read prices of articles: %w", err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*pricedRow, error) {
		var r pricedRow
		return &r, row.Scan(&r.id, &r.code, &r.options, &r.prices)
	})
	if err != nil {
		return nil, fmt.Errorf("read prices of articles: %w", err)
	}
	return list, nil
}

func (r *pricedRow) convert(to money.Currency, put Put, tx tenant.Tx) error {
	var c choices
	if err := json.Unmarshal([]byte(r.options), &c); err != nil {
		return err
	}
	for i := range c.extras {
		for j := range c.extras[i].Values {
			if v := &c.extras[i].Values[j]; !v.Fixed.IsZero() {
				v.Fixed = put.Extra(v.Fixed)
			}
		}
	}
	var rules []pricelist.Rule
	if err := json.Unmarshal([]byte(r.prices), &rules); err != nil {
		return err
	}
	after := pricelist.Convert(rules, to, put.Price, tx.Now())
	for _, doc := range []struct {
		at   *string
		from any
	}{{&r.options, c}, {&r.prices, after}} {
		text, err := json.Marshal(doc.from)
		if err != nil {
			return err
		}
		*doc.at = string(text)
	}
	return nil
}
