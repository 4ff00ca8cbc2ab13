package registry

import (
	"context"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/plan"
)

// Change says which shop is changed, on which state of it, and by whom.
type Change struct {
	Shop ID
	Rev  int // the Rev the person saw; 0 changes whatever is there
	By   audit.Actor
}

// Move changes the state of a shop. Errors: ErrUnknown, ErrChanged, fsm.ErrRefused.
func (r *Registry) Move(ctx context.Context, c Change, e Event) (*Shop, error) {
	return r.change(ctx, c, "shop."+string(e), func(tx pg.Tx, s *Shop) error {
		next, err := Lifecycle.Next(s.State, e)
		if err != nil {
			return err
		}
		s.State = next
		return nil
	})
}

// SetPlan gives a shop another plan. What it already has beyond the new quotas stays.
// Errors: ErrUnknown, ErrChanged, plan.ErrUnknown.
func (r *Registry) SetPlan(ctx context.Context, c Change, code plan.Code) (*Shop, error) {
	shop, err := r.change(ctx, c, "shop.plan", func(_ pg.Tx, s *Shop) error {
		s.Plan = code
		return nil
	})
	if pg.Constraint(err) == "shops_plan_fkey" {
		return nil, plan.ErrUnknown.On("plan").Because(err)
	}
	return shop, err
}

// SetTerminal allows a shop to take cards for the merchant's own payment terminal, or forbids it (PAY-03): no further card is
// taken then, those that wait can still be keyed. Errors: ErrUnknown, ErrChanged.
func (r *Registry) SetTerminal(ctx context.Context, c Change, allowed bool) (*Shop, error) {
	return r.change(ctx, c, "shop.terminal", func(_ pg.Tx, s *Shop) error {
		s.Terminal = allowed
		return nil
	})
}

// SetMode opens or closes the shop to visitors. Who was inside before it left production may stay
// while it drains; changing the words later does not move that instant.
// Errors: ErrUnknown, ErrChanged.
func (r *Registry) SetMode(ctx context.Context, c Change, m Mode, terms Maintenance) (*Shop, error) {
	return r.change(ctx, c, "shop.mode", func(tx pg.Tx, s *Shop) error {
		switch {
		case m == Production:
			s.ModeSince = time.Time{}
		case s.Mode == Production:
			s.ModeSince = tx.Now()
		}
		s.Mode, s.Maintenance = m, terms
		return nil
	})
}

// SetName changes what the shop calls itself. Errors: ErrUnknown, ErrChanged.
func (r *Registry) SetName(ctx context.Context, c Change, name string) (*Shop, error) {
	return r.change(ctx, c, "shop.name", func(_ pg.Tx, s *Shop) error {
		s.Name = name
		return nil
	})
}

// SetCanonical chooses the address that the others redirect to.
// Errors: ErrUnknown, ErrChanged, ErrNoDomain.
func (r *Registry) SetCanonical(ctx context.Context, c Change, form Canonical) (*Shop, error) {
	return r.change(ctx, c, "shop.canonical", func(_ pg.Tx, s *Shop) error {
		if form == ByDomain && s.Domain == "" {
			return ErrNoDomain.On("canonical")
		}
		s.Canonical = form
		return nil
	})
}

// Rename gives the shop another slug; the old one goes on leading to it.
// Errors: ErrUnknown, ErrChanged, ErrSlugTaken, and those of CleanSlug.
func (r *Registry) Rename(ctx context.Context, c Change, text string) (*Shop, error) {
	slug, err := CleanSlug(text)
	if err != nil {
		return nil, err
	}
	return r.change(ctx, c, "shop.renamed", func(tx pg.Tx, s *Shop) error {
		if s.Slug == slug {
			return nil
		}
		if taken, err := slugTaken(tx, slug, s.ID); err != nil {
			return err
		} else if taken {
			return ErrSlugTaken.On("slug")
		}
		err := tx.DB().Exec(`delete from shop_aliases where slug = ?`, slug).Error
		if err == nil {
			err = tx.DB().Exec(`insert into shop_aliases (slug, shop_id, created_at) values (?, ?, ?)`,
				s.Slug, s.ID, tx.Now()).Error
		}
		s.Slug = slug
		return err
	})
}

// change runs edit on the locked row, stores the result with its journal row, and tells every
// process once it is committed.
func (r *Registry) change(ctx context.Context, c Change, action string, edit func(pg.Tx, *Shop) error) (*Shop, error) {
	var after *Shop
	err := r.pool.In(ctx, pg.Platform, pg.Write, func(tx pg.Tx) error {
		before, err := lock(tx, c.Shop)
		if err != nil {
			return err
		}
		if c.Rev != 0 && c.Rev != before.Rev {
			return ErrChanged
		}
		edited := *before
		if err := edit(tx, &edited); err != nil {
			return err
		}
		edited.Rev++
		after = &edited
		if err := store(tx, after); err != nil {
			return err
		}
		return audit.Write(tx, audit.Deed{
			Actor: c.By, Action: action, Shop: c.Shop.String(), Subject: before.Slug,
			Before: facts(before), After: facts(after),
		})
	})
	if err != nil {
		return nil, fmt.Errorf("change shop %s: %w", c.Shop, err)
	}
	r.Announce(ctx, c.Shop)
	return after, nil
}

func store(tx pg.Tx, s *Shop) error {
	var since any
	if !s.ModeSince.IsZero() {
		since = s.ModeSince
	}
	return tx.DB().Exec(`
		update shops set slug = ?, name = ?, plan = ?, state = ?, mode = ?, mode_since = ?, mode_doc = ?::jsonb,
		       canonical = ?, rev = ?, terminal = ?
		where id = ?`,
		s.Slug, s.Name, s.Plan, s.State, s.Mode, since, s.Maintenance, s.Canonical, s.Rev, s.Terminal, s.ID).Error
}

// facts is what the journal keeps of a shop; the preview secret is not among it.
func facts(s *Shop) map[string]any {
	kept := map[string]any{
		"slug": s.Slug, "name": s.Name, "plan": s.Plan, "state": s.State, "mode": s.Mode, "canonical": s.Canonical, "terminal": "off",
	}
	if !s.Maintenance.Reopens.IsZero() {
		kept["reopens"] = s.Maintenance.Reopens
	}
	if s.Terminal {
		kept["terminal"] = "on"
	}
	if len(s.Maintenance.Allow) > 0 {
		kept["allow"] = s.Maintenance.Allow
	}
	return kept
}
