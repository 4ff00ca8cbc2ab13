package transfer

import (
	"context"
	"fmt"
	"io"
	"strings"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bulk"
	"echoppe.dev/tenant/catalog"
)

const (
	// MaxEdit is how many articles one change may be for.
	MaxEdit = 100_000
	// atOnce is how many articles are compared while somebody waits; more are left to the job.
	atOnce = 300
)

// Editor changes many articles at once (ART-06): a run like an import's, whose file is a list of articles.
// Safe for concurrent use. The job that goes on with its runs is the importer's.
type Editor struct{ importer Importer }

// Editor makes an editor that keeps its things where the importer does, and to the same limits.
func (i *Importer) Editor() *Editor {
	return &Editor{Importer{kind: kindEdit, bucket: i.bucket, quota: i.quota}}
}

// Edit is a change of many articles.
type Edit struct {
	Operation bulk.Operation
	Articles  []catalog.ProductID
}

// Submit compares the articles with what they would become: the dry run, at once where they are few. Nothing is
// written but the run and its report.
//
// Errors: Malformed of the operation; ErrNobody; ErrTooMany.
func (e *Editor) Submit(ctx context.Context, shop *tenant.Shop, who tenant.Actor, edit Edit) (*Run, error) {
	if err := edit.check(); err != nil {
		return nil, err
	}
	i := &e.importer
	s := &stored{kind: kindEdit, Run: Run{ID: id.New[Run](), State: Checking, Edit: &edit.Operation, Actor: who, Total: int64(len(edit.Articles))}}
	s.fileKey, s.undoKey = "runs/"+s.ID.String()+"/articles.txt", "runs/"+s.ID.String()+"/undo/"
	var list strings.Builder
	for _, p := range edit.Articles {
		list.WriteString(p.String() + "\n")
	}
	if err := i.putText(ctx, shop, s.fileKey, list.String()); err != nil {
		return nil, err
	}
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		if err := insertRun(tx, s); err != nil {
			return err
		}
		return enqueue(tx, s.ID)
	})
	if err != nil || len(edit.Articles) > atOnce {
		return &s.Run, err
	}
	if err := i.Run(ctx, shop, s.ID); err != nil { // the job would find it done
		return nil, err
	}
	return e.Progress(ctx, shop, s.ID)
}

func (e Edit) check() error {
	if err := e.Operation.Check(); err != nil {
		return err
	}
	switch {
	case len(e.Articles) == 0:
		return ErrNobody
	case len(e.Articles) > MaxEdit:
		return ErrTooMany.With(fault.Args{"max": MaxEdit})
	}
	return nil
}

// Confirm lets a job write what was compared.
//
// Errors: ErrUnknown, ErrState, ErrBusy, ErrCurrency; a fault of kind Quota when more articles would leave the archive than
// the shop may have.
func (e *Editor) Confirm(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID) error {
	return e.importer.Confirm(ctx, shop, who, run)
}

// Cancel stops a change; what it has written stays, and can be undone. Errors: ErrUnknown, ErrState.
func (e *Editor) Cancel(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID) error {
	return e.importer.Cancel(ctx, shop, who, run)
}

// Undo lets a job put back what the change wrote. Articles that somebody has edited since are left alone and
// reported.
//
// Errors: ErrUnknown; ErrState; ErrBusy; ErrCurrency; ErrUndoLate after UndoFor; ErrUndoNone when it wrote nothing.
func (e *Editor) Undo(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID) error {
	return e.importer.UndoLater(ctx, shop, who, run)
}

// Progress reads how far a change is and what it reports. Errors: ErrUnknown.
func (e *Editor) Progress(ctx context.Context, shop *tenant.Shop, run ID) (*Run, error) {
	return progress(ctx, shop, run, kindEdit)
}

// OpenReport opens the whole report of a change, a delimited text in UTF-8. Errors: ErrUnknown.
func (e *Editor) OpenReport(ctx context.Context, shop *tenant.Shop, run ID) (io.ReadCloser, error) {
	return e.importer.OpenReport(ctx, shop, run)
}

// ListEdits reads the newest changes of many articles.
func ListEdits(tx tenant.Tx, limit int) ([]*Run, error) { return listRuns(tx, kindEdit, limit) }

// putText stores a small text of a run.
func (i *Importer) putText(ctx context.Context, shop *tenant.Shop, key, text string) error {
	err := i.scope(shop).Put(ctx, key, strings.NewReader(text), blob.Meta{ContentType: "text/plain; charset=utf-8", Size: int64(len(text))})
	if err != nil {
		return fmt.Errorf("store list of articles: %w", err)
	}
	return nil
}

// readLines reads such a text.
func (i *Importer) readLines(ctx context.Context, shop *tenant.Shop, key string) ([]string, error) {
	r, _, err := i.scope(shop).Get(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("open list of articles: %w", err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read list of articles: %w", err)
	}
	return strings.Fields(string(text)), nil
}
