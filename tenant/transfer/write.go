package transfer

import (
	"context"
	"errors"
	"maps"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/stock"
)

var (
	// errChanged: an article was edited between planning and writing; the batch is planned anew.
	errChanged = errors.New("articles changed meanwhile")
	// errStopped: the run was cancelled, or another process has gone on with it.
	errStopped = errors.New("run stopped")
)

// attempts is how often a batch is planned anew before the run rests and is tried later.
const attempts = 5

// write goes through the file from the cursor on: first the articles, then their links, since an
// article may name one further down.
func (i *Importer) write(ctx context.Context, shop *tenant.Shop, s *stored) error {
	w, err := i.open(ctx, shop, s)
	if err != nil {
		return err
	}
	defer w.close()
	if err := w.skip(s.Done); err != nil {
		return err
	}
	err = w.writeAll(ctx)
	if err == nil && w.src.layout().fields["links"] {
		entries := w.passed
		if err = w.rewind(ctx); err != nil {
			return err
		}
		if err = w.skip(s.Done - entries); err == nil {
			err = w.batches(ctx, func(e []*entry) error { return w.linkBatch(ctx, e) })
		}
	}
	if errors.Is(err, errStopped) {
		return nil
	}
	if err != nil {
		return err
	}
	return w.finish(ctx)
}

// finish ends a run whose last batch is written.
func (w *worker) finish(ctx context.Context) error {
	return w.shop.Write(ctx, func(tx tenant.Tx) error {
		now, err := readRun(tx, w.run.ID, true)
		if err != nil {
			return err
		}
		if now.State != Running || now.Done != w.run.Done {
			return nil
		}
		return now.finish(tx, evFinish)
	})
}

// batches hands the remaining entries to fn, a batch at a time.
func (w *worker) batches(ctx context.Context, fn func([]*entry) error) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		entries, err := w.batch(batchSize)
		if err != nil || len(entries) == 0 {
			return err
		}
		if err := fn(entries); err != nil {
			return err
		}
	}
}

// writeBatch writes a batch in one transaction. Where the shop refuses it, it writes the entries one
// by one, so that a refusal costs one article.
func (w *worker) writeBatch(ctx context.Context, b *planned) (wake, error) {
	left, err := w.writePlanned(ctx, b)
	switch kind := fault.KindOf(err); {
	case err == nil || errors.Is(err, errStopped) || kind == fault.Internal || kind == fault.Upstream:
		return left, err
	case len(b.entries) == 1:
		return wake{beside: true}, w.pass(ctx, b.entries[0], err)
	}
	for n, e := range b.entries {
		one, err := w.again(ctx, &planned{entries: []*entry{e}, from: b.from + int64(n)})
		if err != nil {
			return wake{}, err
		}
		if _, err := w.writeBatch(ctx, one); err != nil {
			return wake{}, err
		}
	}
	return wake{beside: true}, nil
}

// writePlanned writes a batch, and plans it anew where somebody has changed its articles since.
func (w *worker) writePlanned(ctx context.Context, b *planned) (left wake, err error) {
	for range attempts {
		err = w.advance(ctx, len(b.entries), func(tx tenant.Tx, run *stored) (err error) {
			left, err = b.save(tx, run)
			return err
		})
		if !errors.Is(err, errChanged) {
			return left, err
		}
		if b, err = w.again(ctx, b); err != nil {
			return wake{}, err
		}
	}
	return wake{}, errChanged
}

// advance does what fn does for some entries and moves the cursor past them, in one transaction.
func (w *worker) advance(ctx context.Context, entries int, fn func(tenant.Tx, *stored) error) error {
	n := int64(entries)
	err := w.shop.Write(ctx, func(tx tenant.Tx) error {
		run, err := w.claim(tx)
		if err != nil {
			return err
		}
		if err := fn(tx, run); err != nil {
			return err
		}
		run.Done += n
		return updateRun(tx, run)
	})
	if err == nil {
		w.run.Done += n
	}
	return err
}

// save writes the articles of a batch.
func (b *planned) save(tx tenant.Tx, run *stored) (wake, error) {
	if err := unchanged(tx, b.changes); err != nil {
		return wake{}, err
	}
	t, pictures, err := b.make(tx, run.Actor, b.changes)
	if err != nil {
		return wake{}, err
	}
	nodes := b.nodesMade(t)
	run.made = append(run.made, nodes...)
	left := wake{articles: map[catalog.ProductID]bool{}, beside: pictures+len(nodes) > 0}
	var articles []catalog.Change
	var all []*built
	for _, c := range b.changes {
		if c.action == Refused {
			run.fail(c.lines...)
		}
		if !c.writes() {
			continue
		}
		one, refused := b.build(c, t)
		if refused != nil {
			return wake{}, refused
		}
		all = append(all, one)
		articles = append(articles, catalog.Change{Before: c.before, After: one.product})
	}
	err = saveAround(tx, all, func() error { return b.ground.Apply(tx, articles) }, run.ID.String())
	if err != nil {
		return wake{}, err
	}
	for _, one := range all {
		left.articles[one.product.ID] = true
		left.beside = left.beside || len(one.alts) > 0
	}
	run.Report.Counts.Written += len(all)
	return left, nil
}

// claim locks the run and makes sure that it is still this worker's to go on with.
func (w *worker) claim(tx tenant.Tx) (*stored, error) {
	run, err := readRun(tx, w.run.ID, true)
	if err != nil {
		return nil, err
	}
	if run.State != Running || run.Undoing || run.Done != w.run.Done {
		return nil, errStopped
	}
	return run, nil
}

// fail remembers articles that were not written.
func (s *stored) fail(lines ...Line) {
	for _, l := range lines {
		if len(s.Report.Failed) < keptFailed {
			s.Report.Failed = append(s.Report.Failed, l)
		}
	}
}

// unchanged locks the articles of a batch and makes sure they are as they were planned with.
func unchanged(tx tenant.Tx, changes []*change) error {
	var ids []catalog.ProductID
	want := map[catalog.ProductID]int{}
	for _, c := range changes {
		if c.before != nil && c.action == Update {
			ids = append(ids, c.before.ID)
			want[c.before.ID] = c.before.Rev
		}
	}
	found, err := catalog.LockRevs(tx, ids)
	if err != nil {
		return err
	}
	if !maps.Equal(found, want) {
		return errChanged
	}
	return nil
}

// saveAround stores what articles need before and after they are saved.
func saveAround(tx tenant.Tx, all []*built, save func() error, ref string) error {
	alts := map[media.ID]i18n.Text{}
	var panels []*catalog.Panel
	for _, b := range all {
		panels = append(panels, b.panels...)
		for m, alt := range b.alts {
			alts[m] = alt
		}
	}
	if err := catalog.SavePanelsIn(tx, panels); err != nil {
		return err
	}
	if err := media.DescribeAll(tx, alts); err != nil {
		return err
	}
	if err := save(); err != nil {
		return err
	}
	was, articles := map[*catalog.Product]*catalog.Product{}, make([]*catalog.Product, len(all))
	for i, b := range all {
		was[b.product], articles[i] = b.before, b.product
	}
	if err := promise(tx, articles, func(p *catalog.Product) *catalog.Product { return was[p] }); err != nil {
		return err
	}
	for _, b := range all {
		for at, n := range b.counts {
			if err := stock.Count(tx, b.product.Variants[at].ID, n, stock.ReasonImport, ref); err != nil {
				return err
			}
		}
	}
	return nil
}

// pass goes on without an entry that the shop refused.
func (w *worker) pass(ctx context.Context, e *entry, why error) error {
	return w.advance(ctx, 1, func(_ tenant.Tx, run *stored) error {
		run.fail(Line{Row: e.line, Action: Refused, Code: e.code, Problem: fault.KeyOf(why), Args: fault.ArgsOf(why)})
		return nil
	})
}

// linkBatch ties articles to others, now that all are there.
func (w *worker) linkBatch(ctx context.Context, entries []*entry) error {
	return w.advance(ctx, len(entries), func(tx tenant.Tx, _ *stored) error {
		for _, e := range entries {
			e.forget()
		}
		changes, p, err := w.plan(tx, entries)
		if err != nil {
			return err
		}
		links, err := p.links(tx, changes)
		if err != nil {
			return err
		}
		return catalog.SetLinks(tx, links)
	})
}

// links are the links of the articles whose file says others than they have.
func (p *planner) links(tx tenant.Tx, changes []*change) (map[catalog.ProductID][]catalog.Link, error) {
	var codes []string
	each(p.cols, changes, func(_ *change, _ column, code string) { codes = append(codes, code) })
	known, err := catalog.FindByCodes(tx, codes)
	if err != nil {
		return nil, err
	}
	out := map[catalog.ProductID][]catalog.Link{}
	for _, c := range changes {
		if c.before == nil || c.action == Refused {
			continue
		}
		links, changed := c.before.Links, false
		for i, col := range p.cols.columns {
			if col.field != "links" || !c.changed[i] {
				continue
			}
			changed = true
			links = replaceLinks(links, c.before.ID, catalog.LinkKind(col.arg), splitList(c.article[i]), known)
		}
		if changed {
			out[c.before.ID] = links
		}
	}
	return out, nil
}

// replaceLinks gives the links with those of one kind replaced.
func replaceLinks(links []catalog.Link, of catalog.ProductID, kind catalog.LinkKind, codes []string, known map[string]catalog.ProductID) []catalog.Link {
	var out []catalog.Link
	for _, l := range links {
		if l.Kind != kind {
			out = append(out, l)
		}
	}
	for _, code := range codes {
		if other, ok := known[code]; ok && other != of {
			out = append(out, catalog.Link{Kind: kind, Other: other})
		}
	}
	return out
}
