package transfer

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

// progressEvery is after how many batches the number of articles gone through is noted.
const progressEvery = 10

// check is the dry run: it goes through the file and writes nothing but the report.
func (i *Importer) check(ctx context.Context, shop *tenant.Shop, s *stored) error {
	w, err := i.open(ctx, shop, s)
	if err != nil {
		return err
	}
	defer w.close()
	report, err := newReporter(&s.Report)
	if err != nil {
		return err
	}
	defer report.discard()
	links := newLinkCheck()
	for n := 1; ; n++ {
		entries, err := w.batch(batchSize)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			break
		}
		if err := w.checkBatch(ctx, entries, report, links); err != nil {
			return err
		}
		if n%progressEvery == 0 {
			if err := w.progress(ctx); err != nil {
				return err
			}
		}
	}
	for _, l := range links.unknown(w.seen) {
		if err := report.line(l); err != nil {
			return err
		}
	}
	if w.passed == 0 {
		return ErrEmpty
	}
	if err := w.measure(ctx, &s.Report); err != nil {
		return err
	}
	if err := report.store(ctx, i.scope(shop), "runs/"+s.ID.String()+"/report.csv"); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		now, err := readRun(tx, s.ID, true)
		if err != nil {
			return err
		}
		now.Options, now.Report, now.Done, now.Total = s.Options, s.Report, 0, w.steps()
		if err := now.move(evChecked); err != nil {
			return nil // cancelled meanwhile
		}
		return updateRun(tx, now)
	})
}

// steps is how many entries running will go through: all of them, and again for their links.
func (w *worker) steps() int64 {
	if w.src.layout().fields["links"] {
		return 2 * w.passed
	}
	return w.passed
}

func (w *worker) progress(ctx context.Context) error {
	return w.shop.Write(ctx, func(tx tenant.Tx) error {
		return tx.DB().Exec("update runs set cursor = ?, updated_at = ? where id = ? and state = ?", w.passed, tx.Now(), w.run.ID, Checking).Error
	})
}

func (w *worker) checkBatch(ctx context.Context, entries []*entry, report *reporter, links *linkCheck) error {
	var changes []*change
	err := w.shop.Read(ctx, func(tx tenant.Tx) error {
		planned, p, err := w.plan(tx, entries)
		if err != nil {
			return err
		}
		for _, c := range planned {
			p.try(c)
		}
		changes = planned
		return links.note(tx, p, changes)
	})
	if err != nil {
		return err
	}
	for _, c := range changes {
		if err := report.note(c); err != nil {
			return err
		}
	}
	return nil
}

// try builds the article of a change with invented ids for what would be made, to learn whether
// the catalogue would take it.
func (p *planner) try(c *change) {
	if !c.writes() {
		return
	}
	if p.invented.nodes == nil {
		p.invented = targets{nodes: maps.Clone(p.nodes), media: maps.Clone(p.byRef)}
	}
	t := p.invented
	for key := range p.wantedNodes(c) {
		if _, ok := t.nodes[key]; !ok {
			t.nodes[key] = id.New[catalog.Node]()
		}
	}
	for _, ref := range p.wantedPictures(c) {
		if _, ok := t.media[ref]; !ok {
			t.media[ref] = id.New[media.Media]()
		}
	}
	b, refused := p.build(c, t)
	if refused == nil {
		c.draft = b
		c.examine(b)
		c.added = weight(b.product) - weight(c.before)
		return
	}
	row, _ := refused.Args()["row"].(int)
	c.entry.refuse(max(row, c.entry.line), "price", errRequired)
	c.action, c.lines = Refused, c.entry.problems
}

// examine turns what the catalogue refuses into problems of rows.
func (c *change) examine(b *built) {
	for _, f := range fault.FieldsOf(b.product.Check()) {
		l := Line{Row: c.entry.line, Action: Refused, Code: c.entry.code, Column: f.Name, Problem: f.Key, Args: f.Args}
		parts := strings.Split(f.Name, ".")
		switch {
		case len(parts) == 3 && parts[0] == "variants":
			l.Column = parts[2]
			if n, err := strconv.Atoi(parts[1]); err == nil && n < len(b.lines) && b.lines[n] > 0 {
				l.Row, l.SKU = b.lines[n], b.product.Variants[n].SKU
			}
		case len(parts) == 3 && parts[0] == "texts":
			l.Column = parts[2] + "." + parts[1]
		case parts[0] == "prices":
			l.Column = b.priceColumn(parts)
		}
		c.entry.problems = append(c.entry.problems, l)
	}
	if len(c.entry.problems) > 0 {
		c.action, c.lines = Refused, c.entry.problems
	}
}

// wantedNodes are the families and other entries a change names, by key.
func (p *planner) wantedNodes(c *change) map[string]column {
	out := map[string]column{}
	for i, col := range p.cols.columns {
		if c.changed[i] && col.value == paths {
			for _, path := range splitPaths(c.article[i]) {
				out[nodeKey(col.taxonomy(), path)] = col
			}
		}
	}
	return out
}

// wantedPictures are the pictures a change names, by ref.
func (p *planner) wantedPictures(c *change) []string {
	var out []string
	for i, col := range p.cols.columns {
		if col.value != pictures {
			continue
		}
		if c.changed[i] {
			out = append(out, splitList(c.article[i])...)
		}
		for _, r := range c.rows {
			if r.changed[i] && r.cells[i] != "" {
				out = append(out, r.cells[i])
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
