package seed

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/transfer"
)

// delivery brings a data file into a shop through the import every merchant uses.
type delivery struct {
	importer *transfer.Importer
	shop     *tenant.Shop
	who      tenant.Actor
	file     string // name of the file in data/
	content  []byte // of the file, when it is not the one in data/
}

// recent is how far back an import is looked for: a demo shop has had a few in its first minutes.
const recent = 20

// lost are the states of imports that came to nothing.
var lost = []transfer.State{transfer.Failed, transfer.Undone, transfer.Cancelled}

// begun finds the newest import of the file that has not come to nothing; nil when there is none.
func (d delivery) begun(ctx context.Context) (*transfer.Run, error) {
	var runs []*transfer.Run
	err := d.shop.Read(ctx, func(tx tenant.Tx) (err error) { runs, err = transfer.List(tx, recent); return err })
	if err != nil {
		return nil, fmt.Errorf("look for the import of %s: %w", d.file, err)
	}
	for _, r := range runs {
		if r.FileName == d.file && !slices.Contains(lost, r.State) {
			return r, nil
		}
	}
	return nil, nil
}

// complete takes the import from wherever it stands to its end; run is nil when it has to begin.
func (d delivery) complete(ctx context.Context, run *transfer.Run) (err error) {
	for run == nil || run.State != transfer.Done {
		if run, err = d.advance(ctx, run); err != nil {
			return fmt.Errorf("stock from %s: %w", d.file, err)
		}
		c := run.Report.Counts
		if c.Error+c.Warnings > 0 || len(run.Report.Unknown)+len(run.Report.Failed) > 0 || slices.Contains(lost, run.State) {
			return fmt.Errorf("stock from %s: %w: %s, %+v %v", d.file, ErrProblems, run.State, c, run.Report.Unknown)
		}
	}
	return nil
}

// advance takes the import one stage further.
func (d delivery) advance(ctx context.Context, run *transfer.Run) (*transfer.Run, error) {
	switch {
	case run == nil:
		content := d.content
		if content == nil {
			var err error
			if content, err = data.ReadFile("data/" + d.file); err != nil {
				return nil, err
			}
		}
		return d.importer.Check(ctx, d.shop, d.who, transfer.Upload{Name: d.file, Content: bytes.NewReader(content)})
	case run.State == transfer.Checked:
		return d.importer.Apply(ctx, d.shop, d.who, run.ID)
	default: // checking or running, by a process that is gone
		if err := d.importer.Run(ctx, d.shop, run.ID); err != nil {
			return nil, err
		}
		return transfer.Progress(ctx, d.shop, run.ID)
	}
}
