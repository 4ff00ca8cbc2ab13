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
// has edited since are left alone and reported. Families and brands it made go where they are empty; those that
// somebody has deleted since stay deleted.
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
