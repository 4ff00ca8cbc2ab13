package promotion

import (
	"fmt"

	"echoppe.dev/tenant"
)

// FindArticles looks articles up as people name them, by their key or the SKU of a variant, and gives
// their ids. A word that names none is absent.
func FindArticles(tx tenant.Tx, words []string) (map[string]string, error) {
	return pairs(tx, `select w, coalesce(
			(select p.id::text from products p where p.code = w),
			(select v.product_id::text from variants v where v.sku = w))
		from unnest($1::text[]) w`, words)
}

// ArticleKeys gives the keys of articles by their ids; an article that is gone is absent.
func ArticleKeys(tx tenant.Tx, ids []string) (map[string]string, error) {
	return pairs(tx, "select id::text, code from products where id::text = any($1)", ids)
}

func pairs(tx tenant.Tx, sql string, list []string) (map[string]string, error) {
	found := make(map[string]string, len(list))
	if len(list) == 0 {
		return found, nil
	}
	rows, err := tx.Raw().Query(tx.Context(), sql, list)
	if err != nil {
		return nil, fmt.Errorf("look up articles: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var from string
		var to *string
		if err := rows.Scan(&from, &to); err != nil {
			return nil, fmt.Errorf("look up articles: %w", err)
		}
		if to != nil {
			found[from] = *to
		}
	}
	return found, rows.Err()
}
