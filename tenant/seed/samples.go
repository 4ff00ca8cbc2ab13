package seed

import (
	"context"
	"errors"
	"fmt"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
	"echoppe.dev/tenant/transfer"
)

// sampleMark begins the code of every sample. A sample that nobody has edited has, besides, its first
// revision: one that was edited has become the merchant's own.
const sampleMark = "sample-"

const whichSamples = "code like '" + sampleMark + "%' and rev = 1 and state <> 'archived'"

// samplesFile is the name of the samples' data, and of their import in the list of imports.
const samplesFile = "samples.csv"

// Pictured is the library samples put their pictures in and take them out of; media.Library is one.
type Pictured interface {
	Uploader
	Delete(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which media.ID) error
}

// Samples fills an empty shop with a few articles to look at, and takes them out again.
type Samples struct {
	library  Pictured
	importer *transfer.Importer
}

// NewSamples makes them.
func NewSamples(library Pictured, importer *transfer.Importer) *Samples {
	return &Samples{library, importer}
}

// Count is how many are left.
func (s *Samples) Count(tx tenant.Tx) (int, error) {
	var n int
	if err := tx.DB().Raw("select count(*) from products where " + whichSamples).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count samples: %w", err)
	}
	return n, nil
}

// Add draws the pictures and imports the articles of the trade the merchant has named, in the shop's
// languages and currency: about a second. Those that are there already stay as they are.
//
// Errors: those of the library (a fault of kind Quota) and of the import.
func (s *Samples) Add(ctx context.Context, shop *tenant.Shop, who tenant.Actor) error {
	var set sampleSet
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		steps, err := start.Read(tx)
		if err != nil {
			return err
		}
		now, err := settings.Load(tx)
		if err != nil {
			return err
		}
		if set, err = readSamples(steps.Answers.Trade, now); err != nil {
			return err
		}
		return set.drop(tx)
	})
	if err != nil || len(set.articles) == 0 {
		return err
	}
	if err := hang(ctx, s.library, shop, set.scenes()); err != nil {
		return err
	}
	content, err := set.content()
	if err != nil {
		return err
	}
	d := delivery{importer: s.importer, shop: shop, who: who, file: samplesFile, content: content}
	return d.complete(ctx, nil)
}

// Remove takes the samples out without a trace: articles, their pictures, the family that is empty
// then. What somebody has edited stays; so do orders, which carry copies of what they show.
func (s *Samples) Remove(ctx context.Context, shop *tenant.Shop, who tenant.Actor) error {
	var pictures []media.ID
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		var codes []string
		var nodes []catalog.NodeID
		for _, read := range []struct {
			sql  string
			into any
		}{
			{"select code from products where " + whichSamples + " order by code for update", &codes},
			{"select distinct node_id from product_nodes where product_id in (select id from products where " + whichSamples + ")", &nodes},
			{"select distinct m.id from media m join product_media u on u.media_id = m.id where m.file_name like '" + sampleMark +
				"%' and u.product_id in (select id from products where " + whichSamples + ")", &pictures},
		} {
			if err := tx.DB().Raw(read.sql).Scan(read.into).Error; err != nil {
				return fmt.Errorf("find samples: %w", err)
			}
		}
		if len(codes) == 0 {
			return nil
		}
		if err := tx.DB().Exec("delete from products where " + whichSamples).Error; err != nil {
			return fmt.Errorf("remove samples: %w", err)
		}
		tx.Touch()
		if err := catalog.PruneNodes(tx, nodes); err != nil {
			return err
		}
		return tx.Record(who, "samples.removed", "products", map[string]any{"codes": codes}, nil)
	})
	if err != nil {
		return err
	}
	for _, m := range pictures {
		err := s.library.Delete(ctx, shop, who, m)
		if errors.Is(err, media.ErrInUse) || errors.Is(err, media.ErrUnknown) {
			continue // it shows something else now, or somebody was faster
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var _ Pictured = (*media.Library)(nil)
