package content

import (
	"context"
	"fmt"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// Save stores a page, a new one when its ID is zero, over the revision p.Rev, and returns it as it
// is kept.
//
// Errors: refused fields (see Page.clean); ErrStale; ErrSlug on "slug.<locale>"; ErrCode on "code";
// ErrUnknown.
func Save(ctx context.Context, shop *tenant.Shop, who tenant.Actor, p Page) (*Page, error) {
	var saved *Page
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		saved, err = SaveIn(tx, who, p)
		return err
	})
	return saved, err
}

// SaveIn is Save inside a unit of work, for those who set up a shop.
func SaveIn(tx tenant.Tx, who tenant.Actor, p Page) (*Page, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	fresh := p.ID.IsZero()
	if fresh {
		p.ID = id.New[Page]()
	}
	if p.Code == "" {
		p.Code = p.ID.String()
	}
	if p, err = p.clean(s.Languages.Default); err != nil {
		return nil, err
	}
	p.UpdatedAt = tx.Now()
	if fresh {
		p.Rev, p.CreatedAt = 1, tx.Now()
		if err := insert(tx, &p); err != nil {
			return nil, err
		}
		if err := write(tx, &p); err != nil {
			return nil, err
		}
		tx.Touch()
		return &p, tx.Record(who, "page.created", subject(p.ID), nil, p)
	}
	before, err := Find(tx, p.ID)
	if err != nil {
		return nil, err
	}
	p.Position, p.CreatedAt = before.Position, before.CreatedAt
	if err := update(tx, &p, p.Rev); err != nil {
		return nil, err
	}
	if err := write(tx, &p); err != nil {
		return nil, err
	}
	tx.Touch()
	return &p, tx.Record(who, "page.saved", subject(p.ID), before, p)
}

// Remove deletes a page. Errors: ErrUnknown; ErrInUse for one the buyer must accept.
func Remove(ctx context.Context, shop *tenant.Shop, who tenant.Actor, page ID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		if named := page.String(); named == s.Orders.TermsPageID || named == s.Orders.PrivacyID {
			return ErrInUse
		}
		before, err := Find(tx, page)
		if err != nil {
			return err
		}
		if err := tx.DB().Exec("delete from pages where id = ?", page).Error; err != nil {
			return fmt.Errorf("remove page: %w", err)
		}
		tx.Touch()
		return tx.Record(who, "page.removed", subject(page), before, nil)
	})
}

// Move puts a page one place up or down among the others. Errors: ErrUnknown.
func Move(ctx context.Context, shop *tenant.Shop, who tenant.Actor, page ID, up bool) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if err := tx.DB().Exec("lock table pages in share row exclusive mode").Error; err != nil {
			return fmt.Errorf("lock pages: %w", err)
		}
		pages, err := List(tx)
		if err != nil {
			return err
		}
		at := -1
		for i, p := range pages {
			if p.ID == page {
				at = i
			}
		}
		if at < 0 {
			return ErrUnknown
		}
		other := at + 1
		if up {
			other = at - 1
		}
		if other < 0 || other >= len(pages) {
			return nil
		}
		pages[at], pages[other] = pages[other], pages[at]
		for i, p := range pages {
			if err := tx.DB().Exec("update pages set position = ? where id = ? and position <> ?", i+1, p.ID, i+1).Error; err != nil {
				return fmt.Errorf("order pages: %w", err)
			}
		}
		tx.Touch()
		return tx.Record(who, "page.moved", subject(page), nil, map[string]int{"position": other + 1})
	})
}

func subject(page ID) string { return "page/" + page.String() }
