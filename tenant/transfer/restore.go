package transfer

import (
	"fmt"
	"slices"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/stock"
)

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
	if err := dropGone(tx, back); err != nil {
		return err
	}
	if err := catalog.SaveAll(tx, back); err != nil {
		return err
	}
	if err := promise(tx, back, func(p *catalog.Product) *catalog.Product { return now[p.ID.String()] }); err != nil {
		return err
	}
	for _, p := range back {
		left[p.ID] = p.Rev
	}
	s.last = key
	return updateRun(tx, s)
}

// dropGone takes articles out of the families and other entries that somebody has deleted since: an article goes
// back to what it was as far as that is still there.
func dropGone(tx tenant.Tx, back []*catalog.Product) error {
	var wanted []catalog.NodeID
	for _, p := range back {
		wanted = append(wanted, p.Nodes...)
	}
	if len(wanted) == 0 {
		return nil
	}
	var there []catalog.NodeID
	if err := tx.DB().Raw("select id from nodes where id in ? for key share", wanted).Scan(&there).Error; err != nil {
		return fmt.Errorf("find families to put back: %w", err)
	}
	gone := func(n catalog.NodeID) bool { return !slices.Contains(there, n) }
	for _, p := range back {
		p.Nodes = slices.DeleteFunc(slices.Clone(p.Nodes), gone)
		if !slices.Contains(p.Nodes, p.MainNode) && gone(p.MainNode) {
			p.MainNode = catalog.NodeID{}
		}
	}
	return nil
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
