package promotion

import (
	"context"
	"encoding/json"
	"fmt"

	"echoppe.dev/tenant"
)

// Archive puts a discount away: nobody gets it, its codes are free for others, and what orders say of
// it stays. Errors: ErrUnknown, ErrStale.
func Archive(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, rev int) error {
	return retire(ctx, shop, who, which, rev, "discount.archived", func(tx tenant.Tx, s *Stored) (any, error) {
		past, err := json.Marshal(s.past(tx.Now()))
		if err != nil {
			return nil, fmt.Errorf("archive discount: %w", err)
		}
		done := tx.DB().Exec("update discounts set archived_at = ?, active = false, past = ?::jsonb, rev = rev + 1, updated_at = ? where id = ? and rev = ?",
			tx.Now(), string(past), tx.Now(), which, rev)
		if done.Error != nil {
			return nil, fmt.Errorf("archive discount: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return nil, ErrStale
		}
		s.Active, s.Archived = false, true
		return journal(*s), claim(tx, s.ID, nil)
	})
}

// Remove deletes a discount nobody used, and that stood on no article while its prices still matter (LAW-03).
// Errors: ErrUnknown, ErrStale, ErrUsed, ErrShown.
func Remove(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, rev int) error {
	return retire(ctx, shop, who, which, rev, "discount.removed", func(tx tenant.Tx, s *Stored) (any, error) {
		if s.Uses > 0 {
			return nil, ErrUsed
		}
		if s.Shown(tx.Now()) {
			return nil, ErrShown
		}
		if err := tx.DB().Exec("delete from discounts where id = ?", which).Error; err != nil {
			return nil, fmt.Errorf("remove discount: %w", err)
		}
		return nil, nil
	})
}

func retire(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which ID, rev int, action string,
	do func(tenant.Tx, *Stored) (after any, err error),
) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		// An order being placed holds the row by its foreign key, so its use is counted below.
		if err := tx.DB().Exec("select from discounts where id = ? for update", which).Error; err != nil {
			return fmt.Errorf("lock discount: %w", err)
		}
		s, err := Find(tx, which)
		if err != nil {
			return err
		}
		if s.Rev != rev {
			return ErrStale
		}
		before := journal(*s)
		after, err := do(tx, s)
		if err != nil {
			return err
		}
		tx.Touch()
		return tx.Record(who, action, "discount/"+s.ID, before, after)
	})
}
