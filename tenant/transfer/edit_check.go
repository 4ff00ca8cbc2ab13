package transfer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
)

var (
	errGone    = fault.New(fault.Malformed, "transfer.gone")
	errChanges = fault.New(fault.Malformed, "transfer.changed_since")
)

// edited is an article as a change makes it.
type edited struct {
	before *catalog.Product
	bulk.Result
	action Action
	lines  []Line
}

// editOf compares an article with what it would become. n is its place in the list.
func editOf(op *bulk.Operation, n int, p *catalog.Product) edited {
	e := edited{before: p, action: Same}
	if p == nil {
		return e.refused(n, "", errGone)
	}
	var err error
	if e.Result, err = op.Apply(p); err != nil {
		return e.refused(n, p.Code, err)
	}
	for _, f := range e.Fields {
		e.action = Update
		e.lines = append(e.lines, Line{Row: n, Action: Update, Code: p.Code, SKU: f.SKU, Column: f.Name, Before: f.Before, After: f.After})
	}
	return e
}

// refused is an article that is left alone, for the first reason there is.
func (e edited) refused(n int, code string, why error) edited {
	l := Line{Row: n, Action: Refused, Code: code, Problem: fault.KeyOf(why), Args: fault.ArgsOf(why)}
	if fields := fault.FieldsOf(why); len(fields) > 0 {
		l.Column, l.Problem, l.Args = fields[0].Name, fields[0].Key, fields[0].Args
		parts := strings.Split(l.Column, ".")
		if at, err := strconv.Atoi(parts[min(1, len(parts)-1)]); err == nil && len(parts) == 3 && parts[0] == "variants" {
			l.Column, l.SKU = parts[2], e.After.Variants[at].SKU
		}
	}
	e.action, e.lines = Refused, []Line{l}
	return e
}

// compareEdit reads articles and compares them. after is how many of the list come before them.
func (i *Importer) compareEdit(ctx context.Context, shop *tenant.Shop, s *stored, ids []catalog.ProductID, after int) ([]edited, error) {
	found := map[catalog.ProductID]*catalog.Product{}
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		all, err := catalog.FindAll(tx, ids)
		for _, p := range all {
			found[p.ID] = p
		}
		return err
	})
	out := make([]edited, len(ids))
	for n, p := range ids {
		out[n] = editOf(s.Edit, after+n+1, found[p])
	}
	return out, err
}

// planKey is where the articles that would be changed are kept, with the revision they were compared at.
func (s *stored) planKey() string { return "runs/" + s.ID.String() + "/plan.txt" }

// checkEdit is the dry run of a change. It leaves the list of what confirming would write, and nothing else.
func (i *Importer) checkEdit(ctx context.Context, shop *tenant.Shop, s *stored) error {
	lines, err := i.readLines(ctx, shop, s.fileKey)
	if err != nil {
		return err
	}
	ids := make([]catalog.ProductID, len(lines))
	for n, text := range lines {
		if ids[n], err = id.Parse[catalog.Product](text); err != nil {
			return fmt.Errorf("read list of articles: %w", err)
		}
	}
	w := &worker{Importer: i, shop: shop, run: s}
	report, err := newReporter(&s.Report)
	if err != nil {
		return err
	}
	defer report.discard()
	var plan strings.Builder
	for chunk := range slices.Chunk(ids, batchSize) {
		all, err := i.compareEdit(ctx, shop, s, chunk, int(w.passed))
		if err != nil {
			return err
		}
		for _, e := range all {
			if err := report.tally(e.action, e.lines); err != nil {
				return err
			}
			if e.action == Update {
				s.Report.Counts.Added += weight(e.After) - weight(e.before)
				fmt.Fprintln(&plan, e.before.ID, e.before.Rev)
			}
		}
		w.passed += int64(len(chunk))
		if err := w.progress(ctx); err != nil {
			return err
		}
	}
	s.Report.Counts.Rows = len(ids)
	if err := w.measure(ctx, &s.Report); err != nil {
		return err
	}
	if err := i.putText(ctx, shop, s.planKey(), plan.String()); err != nil {
		return err
	}
	if err := report.store(ctx, i.scope(shop), "runs/"+s.ID.String()+"/report.csv"); err != nil {
		return err
	}
	return w.checked(ctx)
}

// checked ends the dry run of a change.
func (w *worker) checked(ctx context.Context) error {
	return w.shop.Write(ctx, func(tx tenant.Tx) error {
		now, err := readRun(tx, w.run.ID, true)
		if err != nil {
			return err
		}
		now.Report, now.Done, now.Total = w.run.Report, 0, int64(w.run.Report.Counts.Update)
		if err := now.move(evChecked); errors.Is(err, ErrState) {
			return nil // cancelled meanwhile, or compared by another process
		}
		return updateRun(tx, now)
	})
}
