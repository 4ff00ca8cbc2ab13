package catalog

import (
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
)

// Reckoned is what a conversion does to one kind of amount that variants have.
type Reckoned struct {
	Kind          string // "price", "compare_at", "cost", "past"
	N             int
	Before, After decimal.Decimal // their sums
	Zeros         int             // are something before and nothing after
	Coarse        int             // lose more than a hundredth by rounding
	TooLarge      int             // are more than a price can be
}

// Repriced is a variant before and after a conversion.
type Repriced struct {
	SKU, Name     string
	Before, After decimal.Decimal
}

// weighings are the amounts of variants and how each is converted.
func weighings(x currency.Exchange) []struct{ kind, from, before, after string } {
	return []struct{ kind, from, before, after string }{
		{"price", "variants", "price", x.PriceSQL("price")},
		{"compare_at", "variants", "compare_at", x.PriceSQL("compare_at")},
		{"cost", "variants", "cost", x.SumSQL("cost")},
		{"past", "variants cross join jsonb_array_elements(past_prices) past", "(past->>'price')::numeric", x.PriceSQL("(past->>'price')::numeric")},
	}
}

// Weigh tells what Convert would do to the amounts of variants, one statement for all.
func Weigh(tx tenant.Tx, x currency.Exchange) ([]Reckoned, error) {
	var parts []string
	for _, w := range weighings(x) {
		parts = append(parts, fmt.Sprintf(`select '%s' as kind, count(*) as n, coalesce(sum(before), 0)::text, coalesce(sum(after), 0)::text,
			count(*) filter (where before > 0 and after = 0), count(*) filter (where after > 0 and %s), count(*) filter (where after > %s)
			from (select %s as before, %s as after from %s) a where before is not null`,
			w.kind, x.LosesSQL("before", "after"), maxPrice, w.before, w.after, w.from))
	}
	rows, err := tx.Raw().Query(tx.Context(), strings.Join(parts, " union all "))
	if err != nil {
		return nil, fmt.Errorf("weigh prices of articles: %w", err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (w Reckoned, err error) {
		var before, after string
		if err = row.Scan(&w.Kind, &w.N, &before, &after, &w.Zeros, &w.Coarse, &w.TooLarge); err != nil {
			return w, err
		}
		if w.Before, err = decimal.NewFromString(before); err != nil {
			return w, err
		}
		w.After, err = decimal.NewFromString(after)
		return w, err
	})
	if err != nil {
		return nil, fmt.Errorf("weigh prices of articles: %w", err)
	}
	return list, nil
}

// Sample shows variants before and after: some, or only those whose price would become nothing or lose by rounding.
func Sample(tx tenant.Tx, x currency.Exchange, l i18n.Locale, odd bool, limit int) ([]Repriced, error) {
	where, order := "true", "p.created_at desc, p.id, v.position"
	if odd {
		where, order = "v.price > 0 and "+x.LosesSQL("v.price", x.PriceSQL("v.price")), "v.price, v.id"
	}
	rows, err := tx.Raw().Query(tx.Context(), `
		select v.sku, coalesce((select name from product_texts t where t.product_id = p.id order by t.locale = $1 desc, t.locale limit 1), ''),
			v.price::text, (`+x.PriceSQL("v.price")+`)::text
		from variants v join products p on p.id = v.product_id where `+where+` order by `+order+` limit $2`, string(l), limit)
	if err != nil {
		return nil, fmt.Errorf("show prices of articles: %w", err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r Repriced, err error) {
		var before, after string
		if err = row.Scan(&r.SKU, &r.Name, &before, &after); err != nil {
			return r, err
		}
		if r.Before, err = decimal.NewFromString(before); err != nil {
			return r, err
		}
		r.After, err = decimal.NewFromString(after)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("show prices of articles: %w", err)
	}
	return list, nil
}
