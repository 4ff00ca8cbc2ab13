package transfer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strconv"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/stock"
)

// agreed is an article somebody agreed to change as it was shown to him.
type agreed struct {
	article catalog.ProductID
	rev     int
}

// readPlan reads what the dry run left.
func (i *Importer) readPlan(ctx context.Context, shop *tenant.Shop, s *stored) ([]agreed, error) {
	words, err := i.readLines(ctx, shop, s.planKey())
	if err != nil {
		return nil, err
	}
	plan := make([]agreed, len(words)/2)
	for n := range plan {
		p, err := id.Parse[catalog.Product](words[2*n])
		if err != nil {
			return nil, fmt.Errorf("read list of articles: %w", err)
		}
		rev, err := strconv.Atoi(words[2*n+1])
		if err != nil {
			return nil, fmt.Errorf("read list of articles: %w", err)
		}
		plan[n] = agreed{p, rev}
	}
	return plan, nil
}

// writeEdit goes through the list from the cursor on, a batch in each transaction, as an import does.
func (i *Importer) writeEdit(ctx context.Context, shop *tenant.Shop, s *stored) error {
	plan, err := i.readPlan(ctx, shop, s)
	if err != nil {
		return err
	}
	w := &worker{Importer: i, shop: shop, run: s}
	for int(s.Done) < len(plan) {
		if err := ctx.Err(); err != nil {
			return err
		}
		batch := plan[s.Done:min(int(s.Done)+batchSize, len(plan))]
		if err := w.editBatch(ctx, batch); errors.Is(err, errStopped) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return w.finish(ctx)
}

// editBatch changes some articles. Where the shop refuses them, it goes one by one, so that a refusal costs one
// article.
func (w *worker) editBatch(ctx context.Context, batch []agreed) error {
	err := w.editTogether(ctx, batch)
	switch kind := fault.KindOf(err); {
	case err == nil || errors.Is(err, errStopped) || kind == fault.Internal || kind == fault.Upstream:
		return err
	case len(batch) == 1:
		return w.advance(ctx, 1, func(tx tenant.Tx, run *stored) error {
			codes, no := catalog.Codes(tx, []catalog.ProductID{batch[0].article})
			run.fail(Line{Action: Refused, Code: codes[batch[0].article], Problem: fault.KeyOf(err), Args: fault.ArgsOf(err)})
			return no
		})
	}
	for n := range batch {
		if err := w.editBatch(ctx, batch[n:n+1]); err != nil {
			return err
		}
	}
	return nil
}

// editTogether changes some articles in one transaction. Those that are not as they were when somebody agreed
// are refused: he gets no price he has not seen. What changes while this is going on is read again, before
// the images for undo are trusted.
func (w *worker) editTogether(ctx context.Context, batch []agreed) error {
	for range attempts {
		all, err := w.editImages(ctx, batch)
		if err != nil {
			return err
		}
		err = w.advance(ctx, len(batch), func(tx tenant.Tx, run *stored) error { return saveEdit(tx, run, all) })
		if !errors.Is(err, errChanged) {
			return err
		}
	}
	return errChanged
}

// editImages compares the articles as they are now, and keeps those that will be written for undo.
func (w *worker) editImages(ctx context.Context, batch []agreed) ([]edited, error) {
	ids := make([]catalog.ProductID, len(batch))
	for n, one := range batch {
		ids[n] = one.article
	}
	all, err := w.compareEdit(ctx, w.shop, w.run, ids, int(w.run.Done))
	if err != nil {
		return nil, err
	}
	var images []image
	for n := range all {
		e := &all[n]
		if e.before != nil && e.before.Rev != batch[n].rev {
			*e = e.refused(int(w.run.Done)+n+1, e.before.Code, errChanges)
		}
		if e.action == Update {
			images = append(images, e.image(int(w.run.Done)+n+1))
		}
	}
	if w.run.Edit.Shows() {
		if err := w.shop.Read(ctx, func(tx tenant.Tx) error { return describedNow(tx, images) }); err != nil {
			return nil, err
		}
	}
	return all, w.keep(ctx, w.run.Done, images)
}

func (e *edited) image(line int) image {
	i := image{Line: line, Code: e.before.Code, Before: e.before}
	for at, n := range e.Counts {
		if i.Counts == nil {
			i.Counts = map[string]int{}
		}
		v := e.before.Variants[at]
		i.Counts[v.ID.String()] = n - v.OnHand
	}
	return i
}

// describedNow notes the descriptions of pictures that publishing will complete.
func describedNow(tx tenant.Tx, images []image) error {
	var ids []media.ID
	for _, one := range images {
		for _, pic := range one.Before.Pictures {
			ids = append(ids, pic.Media)
		}
	}
	found, err := media.FindAll(tx, ids)
	if err != nil {
		return err
	}
	known := make(map[media.ID]i18n.Text, len(found))
	for _, m := range found {
		known[m.ID] = m.Alt
	}
	for n := range images {
		images[n].Alts = map[media.ID]i18n.Text{}
		for _, pic := range images[n].Before.Pictures {
			images[n].Alts[pic.Media] = known[pic.Media]
		}
	}
	return nil
}

// saveEdit writes a batch. Errors: errChanged when an article, or a stock that was read, is not as it was.
func saveEdit(tx tenant.Tx, run *stored, all []edited) error {
	var changes []catalog.Change
	var products []*catalog.Product
	want := map[catalog.ProductID]int{}
	for n := range all {
		switch e := &all[n]; e.action {
		case Update:
			want[e.before.ID] = e.before.Rev
			after := *e.After // a retried unit of work must start from what was given
			changes = append(changes, catalog.Change{Before: e.before, After: &after})
			products = append(products, &after)
		case Refused:
			run.fail(e.lines...)
		case Create, Same, Warning:
		}
	}
	ids := make([]catalog.ProductID, len(products))
	for n, p := range products {
		ids[n] = p.ID
	}
	revs, err := catalog.LockRevs(tx, ids)
	if err != nil {
		return err
	}
	if !maps.Equal(revs, want) {
		return errChanged
	}
	if run.Edit.Shows() {
		alts := map[media.ID]i18n.Text{}
		if err := catalog.NamePictures(tx, products, alts); err != nil {
			return err
		}
		if err := media.DescribeAll(tx, alts); err != nil {
			return err
		}
	}
	if err := catalog.Apply(tx, changes); err != nil {
		return err
	}
	run.Report.Counts.Written += len(changes)
	return movePieces(tx, run, all)
}

// movePieces lets the ledger move the pieces of a batch. A number that is set is set whatever was sold
// meanwhile; pieces that are added are added to what is there.
func movePieces(tx tenant.Tx, run *stored, all []edited) error {
	if run.Edit.Kind != bulk.Stock {
		return nil
	}
	var variants []catalog.VariantID
	for n := range all {
		for at := range all[n].Counts {
			variants = append(variants, all[n].before.Variants[at].ID)
		}
	}
	levels, err := stock.Levels(tx, variants)
	if err != nil {
		return err
	}
	var posts []stock.Posting
	for n := range all {
		if all[n].action != Update {
			continue
		}
		for at, to := range all[n].Counts {
			v := all[n].before.Variants[at]
			now, more := levels[v.ID].OnHand, to-v.OnHand
			switch {
			case run.Edit.How == bulk.Add && now+more >= 0:
				posts = append(posts, stock.Posting{Variant: v.ID, OnHand: more})
			case now != v.OnHand:
				return errChanged // there are too few, or undoing would take back another number
			default:
				if err := stock.Count(tx, v.ID, to, stock.ReasonCount, run.ID.String()); err != nil {
					return err
				}
			}
		}
	}
	return stock.Post(tx, run.Actor, stock.ReasonCount, "", run.ID.String(), posts)
}
