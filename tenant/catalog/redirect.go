package catalog

import (
	"fmt"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// redirect keeps an old address leading to its thing.
func redirect(tx tenant.Tx, noun string, l i18n.Locale, slug, id string) error {
	err := tx.DB().Exec(`insert into redirects (path, noun, noun_id, locale, created_at) values (?, ?, ?, ?, ?)
		on conflict (path) do update set noun_id = excluded.noun_id`,
		noun+"/"+string(l)+"/"+slug, noun, id, l, tx.Now()).Error
	if err != nil {
		return fmt.Errorf("keep old address: %w", err)
	}
	return nil
}

// NodeAt is the node of an address. moved is true when the address is an old one, or one of another
// language, and the reader should be sent to the present one. Errors: ErrNode.
func NodeAt(tx tenant.Tx, t *Tree, l i18n.Locale, slug string) (n *Node, moved bool, err error) {
	if n, ok := t.BySlug(l, slug); ok {
		return n, false, nil
	}
	for a, n := range t.slugs {
		if a.slug == slug {
			return n, true, nil
		}
	}
	var ids []NodeID
	err = tx.DB().Raw("select noun_id from redirects where path = ?", "node/"+string(l)+"/"+slug).Scan(&ids).Error
	if err != nil {
		return nil, false, fmt.Errorf("find node by address: %w", err)
	}
	if len(ids) > 0 {
		if n, ok := t.Node(ids[0]); ok {
			return n, true, nil
		}
	}
	return nil, false, ErrNode
}
