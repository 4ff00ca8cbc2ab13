package catalog

import (
	"context"
	"fmt"
	"slices"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
)

// Save stores one article, new (zero ID) or edited. The article gets its ids, addresses and next
// revision.
//
// Errors: Invalid with fields; ErrStale when it was saved by somebody else since it was read;
// ErrCodeTaken, ErrSKUTaken, ErrSlugTaken; ErrNode, ErrProduct for things it names that do not exist.
func Save(ctx context.Context, shop *tenant.Shop, who tenant.Actor, p *Product) error {
	if err := p.Check(); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		var before *Product
		action := "product.created"
		if !p.ID.IsZero() {
			have, err := find(tx, p.ID)
			if err != nil {
				return err
			}
			if have.Rev != p.Rev {
				return ErrStale
			}
			before, action = have, "product.saved"
		}
		was, err := Journaled(tx, before)
		if err != nil {
			return err
		}
		edited := *p // a retried unit of work must start from what was given
		if err := Apply(tx, []Change{{Before: before, After: &edited}}); err != nil {
			return err
		}
		now, err := Journaled(tx, &edited)
		if err != nil {
			return err
		}
		if err := tx.Record(who, action, "product/"+edited.ID.String(), was, now); err != nil {
			return err
		}
		*p = edited
		return nil
	})
}

// SaveAll is Apply for callers that do not hold the articles as they were: it reads them. The caller
// has locked those that exist (Lock).
//
// Errors as for Save, except Invalid and ErrStale.
func SaveAll(tx tenant.Tx, products []*Product) error {
	var ids []ProductID
	for _, p := range products {
		if !p.ID.IsZero() {
			ids = append(ids, p.ID)
		}
	}
	found, err := FindAll(tx, ids)
	if err != nil {
		return err
	}
	before := make(map[ProductID]*Product, len(found))
	for _, p := range found {
		before[p.ID] = p
	}
	changes := make([]Change, len(products))
	for i, p := range products {
		changes[i] = Change{Before: before[p.ID], After: p}
	}
	return Apply(tx, changes)
}

// InsertAll stores articles that are new, without looking for any: the way in of a fleet that is
// filled by the thousand.
//
// Errors as for SaveAll.
func InsertAll(tx tenant.Tx, products []*Product) error {
	changes := make([]Change, len(products))
	for i, p := range products {
		if !p.ID.IsZero() {
			panic("catalog: InsertAll of an article that exists")
		}
		changes[i] = Change{After: p}
	}
	return Apply(tx, changes)
}

// Lock reads and locks articles by code, for an import that will save them. Those that do not
// exist are absent from the answer.
func Lock(tx tenant.Tx, codes []string) (map[string]*Product, error) {
	var ids []ProductID
	err := tx.DB().Raw("select id from products where code in ? order by id for update", codes).Scan(&ids).Error
	if err != nil {
		return nil, fmt.Errorf("lock articles: %w", err)
	}
	found, err := FindAll(tx, ids)
	if err != nil {
		return nil, err
	}
	byCode := make(map[string]*Product, len(found))
	for _, p := range found {
		byCode[p.Code] = p
	}
	return byCode, nil
}

// SetState publishes, withdraws or archives articles.
func SetState(ctx context.Context, shop *tenant.Shop, who tenant.Actor, products []ProductID, to State) error {
	if !slices.Contains([]State{Draft, Published, Archived}, to) {
		return fault.Invalid(fault.Field{Name: "state", Key: "form.choice"})
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		var rows []struct {
			ID    ProductID
			State State
		}
		if err := tx.DB().Raw("select id, state from products where id in ? order by id for update", products).Scan(&rows).Error; err != nil {
			return fmt.Errorf("lock articles: %w", err)
		}
		err := tx.DB().Exec(`update products set state = ?, rev = rev + 1, updated_at = ?,
			published_at = case when ? = 'published' then coalesce(published_at, ?) else published_at end
			where id in ?`, to, tx.Now(), to, tx.Now(), products).Error
		if err != nil {
			return fmt.Errorf("set state of articles: %w", err)
		}
		tx.Touch()
		for _, p := range rows {
			if err := tx.Record(who, "product."+string(to), "product/"+p.ID.String(), stateOnly{p.State}, stateOnly{to}); err != nil {
				return err
			}
		}
		return nil
	})
}

// stateOnly is the document of a change that touched nothing else, see stepBack.
type stateOnly struct{ State State }
