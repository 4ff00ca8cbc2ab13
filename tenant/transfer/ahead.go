package transfer

import (
	"context"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// planned is a batch of entries that has been compared with the shop, and whose articles as they
// are have been kept for undo.
type planned struct {
	entries []*entry
	from    int64 // entries of the file before it
	changes []*change
	ground  *catalog.Groundwork
	*planner
}

// wake is what writing a batch left behind.
type wake struct {
	articles map[catalog.ProductID]bool
	beside   bool // families, pictures or their descriptions; or nobody knows
}

// upcoming is a batch on its way.
type upcoming struct {
	batch *planned
	err   error
}

// ahead reads, compares and keeps the next batch while its caller writes the one before: one
// connection to Postgres writes rows while the other makes what they are searched by. Until the
// answer is there nobody else may read from the file.
func (w *worker) ahead(ctx context.Context) <-chan upcoming {
	answer := make(chan upcoming, 1)
	go func() {
		b, err := w.upcoming(ctx)
		answer <- upcoming{b, err}
	}()
	return answer
}

// upcoming is nil after the end of the file.
func (w *worker) upcoming(ctx context.Context) (*planned, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	from := w.passed
	entries, err := w.batch(batchSize)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	return w.prepare(ctx, entries, from)
}

// prepare compares entries with the shop as it is now.
func (w *worker) prepare(ctx context.Context, entries []*entry, from int64) (*planned, error) {
	b := &planned{entries: entries, from: from}
	err := w.shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if b.changes, b.planner, err = w.plan(tx, entries); err != nil {
			return err
		}
		for _, c := range b.changes {
			b.try(c)
		}
		b.ground, err = catalog.Lay(tx, b.drafts())
		return err
	})
	if err != nil {
		return nil, err
	}
	return b, w.keepBefore(ctx, b)
}

// drafts are the articles that will be written, as far as they are known before families and
// pictures are made: their texts are.
func (b *planned) drafts() []catalog.Change {
	var out []catalog.Change
	for _, c := range b.changes {
		if c.writes() {
			out = append(out, catalog.Change{Before: c.before, After: c.draft.product})
		}
	}
	return out
}

// again compares the entries of a batch anew.
func (w *worker) again(ctx context.Context, b *planned) (*planned, error) {
	for _, e := range b.entries {
		e.forget()
	}
	return w.prepare(ctx, b.entries, b.from)
}

// outdated tells whether the batch written meanwhile could have made the comparison come out
// differently: it wrote one of the articles compared, or made something that they may name. What is
// refused is looked at again in any case, since the reason may be gone.
func (b *planned) outdated(last wake) bool {
	if last.beside {
		return true
	}
	for _, c := range b.changes {
		if c.action == Refused || c.before != nil && last.articles[c.before.ID] {
			return true
		}
	}
	return false
}

// writeAll writes the remaining entries, batch by batch, and plans each while the one before is
// being written.
func (w *worker) writeAll(ctx context.Context) error {
	next := w.ahead(ctx)
	var last wake
	for {
		up := <-next
		if up.err != nil || up.batch == nil {
			return up.err
		}
		b, err := up.batch, error(nil)
		if b.outdated(last) {
			if b, err = w.again(ctx, b); err != nil {
				return err
			}
		}
		next = w.ahead(ctx)
		if last, err = w.writeBatch(ctx, b); err != nil {
			<-next // it reads from the file, which is about to be closed
			return err
		}
	}
}
