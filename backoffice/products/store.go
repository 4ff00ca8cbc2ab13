package products

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/stock"
)

// errStockMoved refuses a count that was typed over a number that has changed since.
var errStockMoved = fault.New(fault.Conflict, "products.stock_moved")

// store writes a change as one unit of work.
//
// Errors: Malformed; catalog.ErrStale, ErrCodeTaken, ErrSKUTaken, ErrSlugTaken, ErrNode, ErrProduct;
// errStockMoved.
func store(ctx context.Context, shop *tenant.Shop, who tenant.Actor, ch *change) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		edited := *ch.product // a retried unit of work must start from what was given
		before, err := lock(tx, &edited)
		if err != nil {
			return err
		}
		was, err := catalog.Journaled(tx, before)
		if err != nil {
			return err
		}
		if err := catalog.SavePanelsIn(tx, ch.panels); err != nil {
			return err
		}
		if err := describe(tx, &edited, ch); err != nil {
			return err
		}
		if err := catalog.SaveAll(tx, []*catalog.Product{&edited}); err != nil {
			return err
		}
		if before != nil {
			if err := catalog.PrunePanels(tx, before.Panels); err != nil {
				return err
			}
		}
		if err := recount(tx, ch.counts); err != nil {
			return err
		}
		action := "product.saved"
		if before == nil {
			action = "product.created"
		}
		now, err := catalog.Journaled(tx, &edited)
		if err != nil {
			return err
		}
		if err := tx.Record(who, action, "product/"+edited.ID.String(), was, now); err != nil {
			return err
		}
		*ch.product = edited
		return nil
	})
}

// storeRows writes some variants of an article, and nothing else of it.
//
// Errors: catalog.ErrStale, ErrProduct, ErrVariant, ErrSKUTaken; errStockMoved.
func storeRows(ctx context.Context, shop *tenant.Shop, who tenant.Actor, ch *change) error {
	p := ch.product
	return shop.Write(ctx, func(tx tenant.Tx) error {
		ids := make([]catalog.VariantID, len(p.Variants))
		for i, v := range p.Variants {
			ids[i] = v.ID
		}
		before, err := catalog.Variants(tx, p.ID, catalog.VariantQuery{IDs: ids, PerPage: len(ids)})
		if err != nil {
			return err
		}
		if err := catalog.SaveVariants(tx, p.ID, p.Rev, p.Variants); err != nil {
			return err
		}
		if err := recount(tx, ch.counts); err != nil {
			return err
		}
		return tx.Record(who, "product.saved", "product/"+p.ID.String(), before.Variants, p.Variants)
	})
}

// lock reads the article as it is stored, nil for a new one, and refuses an older revision. A new one may
// have an id, and no revision.
func lock(tx tenant.Tx, p *catalog.Product) (*catalog.Product, error) {
	if p.ID.IsZero() {
		return nil, nil
	}
	found, err := catalog.FindIn(tx, p.ID)
	if errors.Is(err, catalog.ErrProduct) && p.Rev == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	locked, err := catalog.Lock(tx, []string{found.Code})
	if err != nil {
		return nil, err
	}
	before, ok := locked[found.Code]
	if !ok || before.Rev != p.Rev {
		return nil, catalog.ErrStale
	}
	return before, nil
}

// describe writes the words of the pictures; those that have none get the article's name when it
// is published.
func describe(tx tenant.Tx, p *catalog.Product, ch *change) error {
	alts := make(map[media.ID]i18n.Text, len(ch.alts))
	for m, alt := range ch.alts {
		alts[m] = alt
	}
	if ch.publish {
		if err := catalog.NamePictures(tx, []*catalog.Product{p}, alts); err != nil {
			return err
		}
	}
	if len(alts) == 0 {
		return nil
	}
	return media.DescribeAll(tx, alts)
}

// recount sets counted stocks, unless they have moved since they were shown.
func recount(tx tenant.Tx, counts []count) error {
	if len(counts) == 0 {
		return nil
	}
	variants := make([]stock.VariantID, len(counts))
	for i, c := range counts {
		variants[i] = c.variant
	}
	levels, err := stock.Levels(tx, variants)
	if err != nil {
		return err
	}
	for _, c := range counts {
		if now := levels[c.variant].OnHand; now != c.was && now != c.onHand {
			return errStockMoved.With(fault.Args{"now": now, "was": c.was}).On(c.field)
		}
		if err := stock.Count(tx, c.variant, c.onHand, stock.ReasonCount, c.note); err != nil {
			return fmt.Errorf("count stock: %w", err)
		}
	}
	tx.Touch()
	return nil
}
