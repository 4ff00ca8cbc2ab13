package transfer

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/stock"
)

// image is an article as it was before an import, one line of an undo object.
type image struct {
	Line   int                    `json:"line"`
	Code   string                 `json:"code"` // of one that was made: the code it got
	Before *catalog.Product       `json:"before,omitempty"`
	Panels []catalog.Panel        `json:"panels,omitempty"`
	Alts   map[media.ID]i18n.Text `json:"alts,omitempty"`
	Counts map[string]int         `json:"counts,omitempty"` // by id of the variant: pieces added
}

// keepBefore stores what undoing a batch needs, before the batch is written. A batch that is
// written again after an interruption stores the same under the same key.
func (w *worker) keepBefore(ctx context.Context, of *planned) error {
	var images []image
	for _, c := range of.changes {
		if c.writes() {
			images = append(images, of.image(c))
		}
	}
	return w.keep(ctx, of.from, images)
}

// keep stores the images of the batch that begins after so many entries.
func (w *worker) keep(ctx context.Context, from int64, images []image) error {
	if len(images) == 0 {
		return nil
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	out := json.NewEncoder(z)
	for _, one := range images {
		if err := out.Encode(one); err != nil {
			return fmt.Errorf("keep articles for undo: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("keep articles for undo: %w", err)
	}
	key := fmt.Sprintf("%s%012d.jsonl.gz", w.run.undoKey, from)
	err := w.scope(w.shop).Put(ctx, key, &b, blob.Meta{ContentType: "application/gzip", Size: int64(b.Len())})
	if err != nil {
		return fmt.Errorf("keep articles for undo: %w", err)
	}
	return nil
}

func (p *planner) image(c *change) image {
	i := image{Line: c.entry.line, Code: c.entry.code, Before: c.before}
	if c.before == nil {
		return i
	}
	for _, which := range c.before.Panels {
		if panel, ok := p.panels[which]; ok && !panel.Shared {
			i.Panels = append(i.Panels, panel)
		}
	}
	for m := range c.draft.alts {
		if found, ok := p.media[m]; ok {
			if i.Alts == nil {
				i.Alts = map[media.ID]i18n.Text{}
			}
			i.Alts[m] = found.Alt
		}
	}
	for at, n := range c.draft.counts {
		if i.Counts == nil {
			i.Counts = map[string]int{}
		}
		v := c.before.Variants[at]
		i.Counts[v.ID.String()] = n - v.OnHand
	}
	return i
}

// Undo puts back what an import changed and archives what it made, at once. Articles that somebody
// has edited since are left alone and reported. Families and brands it made go where they are empty.
//
// Errors: ErrUnknown; ErrState; ErrBusy; ErrCurrency; ErrUndoLate after UndoFor; ErrUndoNone when it wrote nothing.
func (i *Importer) Undo(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID) (*Run, error) {
	if err := i.startUndo(ctx, shop, who, run, false); err != nil {
		return nil, err
	}
	if err := i.Run(ctx, shop, run); err != nil {
		return nil, err
	}
	return Progress(ctx, shop, run)
}

// UndoLater is Undo by a job.
func (i *Importer) UndoLater(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID) error {
	return i.startUndo(ctx, shop, who, run, true)
}

func (i *Importer) startUndo(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID, later bool) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := i.ordered(tx, run)
		if err != nil {
			return err
		}
		if err := notBusy(tx); err != nil {
			return err
		}
		if s.Report.Counts.Written == 0 {
			return ErrUndoNone
		}
		if err := s.sameMoney(tx); err != nil {
			return err
		}
		if s.Finished != nil && tx.Now().Sub(*s.Finished) > UndoFor {
			return ErrUndoLate
		}
		if err := s.move(evUndo); err != nil {
			return err
		}
		s.Undoing, s.Done, s.Report.Skipped, s.Report.Counts.Kept = true, 0, nil, 0
		s.Total = int64(s.Report.Counts.Written)
		if err := updateRun(tx, s); err != nil {
			return err
		}
		if err := tx.Record(who, s.kind+".undone", "run/"+run.String(), s.what(), nil); err != nil || !later {
			return err
		}
		return enqueue(tx, run)
	})
}

// undo goes through the objects of the run, the newest first. One that is done is deleted, which
// is how an interrupted undo knows where it was.
func (i *Importer) undo(ctx context.Context, shop *tenant.Shop, s *stored) error {
	keys, err := i.undoKeys(ctx, shop, s)
	if err != nil {
		return err
	}
	left := revisions{}
	for _, key := range slices.Backward(keys) {
		if key == s.last {
			continue // done, and only not yet deleted
		}
		images, err := i.images(ctx, shop, key)
		if err != nil {
			return err
		}
		err = shop.Write(ctx, func(tx tenant.Tx) error { return restore(tx, s.ID, key, images, left) })
		if errors.Is(err, errStopped) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := i.scope(shop).Delete(ctx, key); err != nil {
			return fmt.Errorf("forget what is undone: %w", err)
		}
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		now, err := readRun(tx, s.ID, true)
		if err != nil {
			return err
		}
		if now.State != Running {
			return nil
		}
		if err := catalog.PruneNodes(tx, now.made); err != nil {
			return err
		}
		return now.finish(tx, evUndone)
	})
}

func (i *Importer) undoKeys(ctx context.Context, shop *tenant.Shop, s *stored) (keys []string, err error) {
	after := ""
	for {
		page, err := i.scope(shop).List(ctx, s.undoKey, after, blob.MaxPage)
		if err != nil {
			return nil, fmt.Errorf("find what to undo: %w", err)
		}
		for _, o := range page.Objects {
			keys = append(keys, o.Key)
		}
		if after = page.Next; after == "" {
			return keys, nil
		}
	}
}

func (i *Importer) images(ctx context.Context, shop *tenant.Shop, key string) (images []image, err error) {
	r, _, err := i.scope(shop).Get(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("read what to undo: %w", err)
	}
	defer r.Close()
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("read what to undo: %w", err)
	}
	in := json.NewDecoder(z)
	for {
		var one image
		err := in.Decode(&one)
		if errors.Is(err, io.EOF) {
			return images, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read what to undo: %w", err)
		}
		images = append(images, one)
	}
}

// restore undoes one batch. An article has been edited since when its revision is not the one the
// import left it with: one more than before, or the first.
func restore(tx tenant.Tx, run ID, key string, images []image, left revisions) error {
	s, err := readRun(tx, run, true)
	if err != nil {
		return err
	}
	if s.State != Running || !s.Undoing {
		return errStopped
	}
	now, err := current(tx, images)
	if err != nil {
		return err
	}
	var back []*catalog.Product
	for _, one := range images {
		have := now[one.key()]
		switch {
		case have == nil, one.Before != nil && have.Rev == one.Before.Rev:
			continue // never written, or undone by an attempt before
		case one.Before == nil && have.CreatedAt.Before(s.Created):
			continue // made by somebody else under this code
		case one.Before == nil && have.State == catalog.Archived:
			continue
		case have.Rev != one.written() && have.Rev != left[have.ID]:
			s.skip(Line{Row: one.Line, Action: Refused, Code: have.Code, Problem: errEdited})
			continue
		}
		if err := one.besides(tx, run); err != nil {
			return err
		}
		s.Done++
		s.Report.Counts.Undone++
		if one.Before == nil {
			have.State = catalog.Archived
			s.unclass(have)
			back = append(back, have)
			continue
		}
		p := *one.Before
		p.Rev = have.Rev
		back = append(back, &p)
	}
	if err := catalog.SaveAll(tx, back); err != nil {
		return err
	}
	for _, p := range back {
		left[p.ID] = p.Rev
	}
	s.last = key
	return updateRun(tx, s)
}

// skip counts an article that is left alone, and remembers it.
func (s *stored) skip(l Line) {
	s.Done++
	s.Report.Counts.Kept++
	if len(s.Report.Skipped) < keptFailed {
		s.Report.Skipped = append(s.Report.Skipped, l)
	}
}

// unclass takes an article that the import made off the entries it made as well, so that those
// nobody else has used meanwhile are empty at the end, and go.
func (s *stored) unclass(p *catalog.Product) {
	if len(s.made) == 0 {
		return
	}
	p.Nodes = slices.DeleteFunc(p.Nodes, func(n catalog.NodeID) bool { return slices.Contains(s.made, n) })
	if slices.Contains(s.made, p.MainNode) {
		p.MainNode = catalog.NodeID{}
	}
}

// revisions are what this undo itself has left articles with: a file without codes may have
// changed one article in several batches.
type revisions map[catalog.ProductID]int

const errEdited = "transfer.edited_since"

// key names the article of an image among those that are there now.
func (i image) key() string {
	if i.Before != nil {
		return i.Before.ID.String()
	}
	return i.Code
}

// written is the revision the import left the article with.
func (i image) written() int {
	if i.Before != nil {
		return i.Before.Rev + 1
	}
	return 1
}

// current locks and reads the articles of a batch as they are now, by the key of their image.
func current(tx tenant.Tx, images []image) (map[string]*catalog.Product, error) {
	var ids []catalog.ProductID
	var codes []string
	for _, one := range images {
		if one.Before != nil {
			ids = append(ids, one.Before.ID)
		} else {
			codes = append(codes, one.Code)
		}
	}
	made, err := catalog.FindByCodes(tx, codes)
	if err != nil {
		return nil, err
	}
	for _, p := range made {
		ids = append(ids, p)
	}
	found, err := catalog.LockAll(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*catalog.Product, 2*len(found))
	for _, p := range found {
		out[p.ID.String()], out[p.Code] = p, p
	}
	return out, nil
}

// besides puts back what belongs to an article and is kept elsewhere: panels, descriptions, and
// the pieces the import added or took, whatever was sold since.
func (i image) besides(tx tenant.Tx, run ID) error {
	panels := make([]*catalog.Panel, len(i.Panels))
	for n := range i.Panels {
		panels[n] = &i.Panels[n]
	}
	if err := catalog.SavePanelsIn(tx, panels); err != nil {
		return err
	}
	if err := media.DescribeAll(tx, i.Alts); err != nil {
		return err
	}
	if len(i.Counts) == 0 || i.Before == nil {
		return nil
	}
	var ids []catalog.VariantID
	for _, v := range i.Before.Variants {
		if _, ok := i.Counts[v.ID.String()]; ok {
			ids = append(ids, v.ID)
		}
	}
	levels, err := stock.Levels(tx, ids)
	if err != nil {
		return err
	}
	for v, l := range levels {
		if err := stock.Count(tx, v, max(0, l.OnHand-i.Counts[v.String()]), stock.ReasonImport, "undo "+run.String()); err != nil {
			return err
		}
	}
	return nil
}
