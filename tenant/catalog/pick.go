package catalog

import (
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/tenant"
)

// Pick gives the ids of all articles List would find, whatever the page, by name: what a person means by "all of
// these". Of more than limit it gives limit and one.
func Pick(tx tenant.Tx, q Query, limit int) ([]ProductID, error) {
	q.Search = strings.TrimSpace(q.Search)
	found, err := q.pick(tx, false, limit)
	if err != nil || len(found) > 0 || q.Search == "" {
		return found, err
	}
	if err := tx.DB().Exec(fmt.Sprintf("set local pg_trgm.word_similarity_threshold = %v", likeness)).Error; err != nil {
		return nil, fmt.Errorf("set likeness: %w", err)
	}
	return q.pick(tx, true, limit)
}

func (q Query) pick(tx tenant.Tx, loose bool, limit int) ([]ProductID, error) {
	c := &conditions{}
	locale, fallback := c.arg(string(q.Locale)), c.arg(string(q.Fallback))
	q.scope(c, tx.Now(), loose)
	q.narrow(c, "")
	rows, err := tx.Raw().Query(tx.Context(), fmt.Sprintf(`
		select p.id::text from products p join lateral (
			select * from product_texts t where t.product_id = p.id
			order by t.locale = %s desc, t.locale = %s desc, t.locale limit 1) t on true
		where %s order by t.folded, p.id limit %s`, locale, fallback, c.sql(), c.arg(limit+1)), c.args...)
	if err != nil {
		return nil, fmt.Errorf("pick articles: %w", err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (ProductID, error) {
		var text string
		if err := row.Scan(&text); err != nil {
			return ProductID{}, err
		}
		return idOf[Product](text)
	})
	if err != nil {
		return nil, fmt.Errorf("pick articles: %w", err)
	}
	return found, nil
}
