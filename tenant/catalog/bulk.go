package catalog

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/tenant"
)

// What imports and exports need beyond SaveAll and Lock: many articles looked up at once, by what
// files call them.

// LockRevs locks articles, in the order of ids, and reads their revisions: enough to know whether
// what was read before still holds. Those that do not exist are absent.
func LockRevs(tx tenant.Tx, ids []ProductID) (map[ProductID]int, error) {
	revs := make(map[ProductID]int, len(ids))
	if len(ids) == 0 {
		return revs, nil
	}
	var rows []struct {
		ID  ProductID
		Rev int
	}
	if err := tx.DB().Raw("select id, rev from products where id in ? order by id for update", ids).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("lock articles: %w", err)
	}
	for _, r := range rows {
		revs[r.ID] = r.Rev
	}
	return revs, nil
}

// LockAll reads and locks articles by id, in the order of ids; those that do not exist are absent.
func LockAll(tx tenant.Tx, ids []ProductID) ([]*Product, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var locked []ProductID
	err := tx.DB().Raw("select id from products where id in ? order by id for update", ids).Scan(&locked).Error
	if err != nil {
		return nil, fmt.Errorf("lock articles: %w", err)
	}
	return FindAll(tx, locked)
}

// FindByCodes gives the ids of the articles that have these codes.
func FindByCodes(tx tenant.Tx, codes []string) (map[string]ProductID, error) {
	return idsBy(tx, "select code, id::text from products where code = any($1)", codes)
}

// FindBySKUs gives the ids of the articles whose variants have these numbers.
func FindBySKUs(tx tenant.Tx, skus []string) (map[string]ProductID, error) {
	return idsBy(tx, "select sku, product_id::text from variants where sku = any($1)", skus)
}

func idsBy(tx tenant.Tx, sql string, keys []string) (map[string]ProductID, error) {
	found := make(map[string]ProductID, len(keys))
	if len(keys) == 0 {
		return found, nil
	}
	rows, err := tx.Raw().Query(tx.Context(), sql, keys)
	if err != nil {
		return nil, fmt.Errorf("look articles up: %w", err)
	}
	var key, text string
	_, err = pgx.ForEachRow(rows, []any{&key, &text}, func() error {
		p, err := idOf[Product](text)
		found[key] = p
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look articles up: %w", err)
	}
	return found, nil
}

// Codes gives the codes of articles.
func Codes(tx tenant.Tx, ids []ProductID) (map[ProductID]string, error) {
	found := make(map[ProductID]string, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var rows []struct {
		ID   ProductID
		Code string
	}
	if err := tx.DB().Raw("select id, code from products where id in ?", ids).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read codes: %w", err)
	}
	for _, r := range rows {
		found[r.ID] = r.Code
	}
	return found, nil
}

// ListAfter reads up to limit articles whole, in the order of their codes, that follow the code
// after ("" for the first): a walk through the whole catalogue whatever is changed meanwhile.
func ListAfter(tx tenant.Tx, after string, limit int) ([]*Product, error) {
	var ids []ProductID
	err := tx.DB().Raw("select id from products where code > ? order by code limit ?", after, limit).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("list articles: %w", err)
	}
	return FindAll(tx, ids)
}

// Extent is how much of what repeats the articles of a shop use.
type Extent struct {
	Options int // most options of one article
	Panels  int // most secondary views of one article
}

// Measure reads the extent.
func Measure(tx tenant.Tx) (Extent, error) {
	var e Extent
	err := tx.DB().Raw(`select coalesce(max(jsonb_array_length(options)), 0) as options,
		coalesce(max(cardinality(panel_ids)), 0) as panels from products`).Scan(&e).Error
	if err != nil {
		return Extent{}, fmt.Errorf("measure articles: %w", err)
	}
	return e, nil
}

// SetLinks replaces the links of articles and nothing else: an import that names articles further
// down in its file does it last. Revisions stay as they are.
//
// Errors: ErrProduct.
func SetLinks(tx tenant.Tx, links map[ProductID][]Link) error {
	if len(links) == 0 {
		return nil
	}
	var t ties
	for p, list := range links {
		t.clear = append(t.clear, p.String())
		for i, l := range list {
			t.add(p.String(), l.Other.String(), i, string(l.Kind))
		}
	}
	batch := &pgx.Batch{}
	t.queue(batch, "product_links", insertLinks)
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return translate(fmt.Errorf("write links: %w", err))
	}
	tx.Touch()
	return nil
}

// PruneNodes deletes those of the nodes that hold no article and have no child: what an import made
// and its undoing leaves empty.
func PruneNodes(tx tenant.Tx, which []NodeID) error {
	for range which { // a parent becomes childless once its children are gone
		done := tx.DB().Exec(`delete from nodes n where n.id in ?
			and not exists (select from product_nodes p where p.node_id = n.id)
			and not exists (select from nodes c where c.parent_id = n.id)`, which)
		if done.Error != nil {
			return fmt.Errorf("prune nodes: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return nil
		}
		tx.Touch()
	}
	return nil
}
