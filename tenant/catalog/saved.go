package catalog

import (
	"fmt"
	"time"

	"echoppe.dev/tenant"
)

// Saved is when an article was saved last, and by whom.
type Saved struct {
	By tenant.Actor // zero for an import, which is one line of the journal for all its articles
	At time.Time
}

// LastSaved tells who has changed an article last. Errors: ErrProduct.
func LastSaved(tx tenant.Tx, p ProductID) (Saved, error) {
	var rows []struct {
		ActorKind          tenant.ActorKind
		ActorID, ActorName string
		At                 time.Time
	}
	// What changes an article writes its row and the journal in one unit of work, at one instant.
	err := tx.DB().Raw(`
		select p.updated_at as at, coalesce(a.actor_kind, '') as actor_kind, coalesce(a.actor_id, '') as actor_id,
			coalesce(a.actor_name, '') as actor_name
		from products p left join audit a on a.subject = ? and a.at = p.updated_at
		where p.id = ? limit 1`, "product/"+p.String(), p).Scan(&rows).Error
	if err != nil {
		return Saved{}, fmt.Errorf("read who saved the article: %w", err)
	}
	if len(rows) == 0 {
		return Saved{}, ErrProduct
	}
	r := rows[0]
	return Saved{By: tenant.Actor{Kind: r.ActorKind, ID: r.ActorID, Name: r.ActorName}, At: r.At.UTC()}, nil
}
