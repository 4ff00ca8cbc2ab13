package transfer

import (
	"context"
	"fmt"
	"io"
	"time"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// Importer runs imports. Safe for concurrent use.
type Importer struct {
	kind   string // of the runs it takes orders for; any are gone on with
	bucket blob.Bucket
	quota  Quota // nil allows everything
}

// New makes an importer that keeps files, reports and what undo needs in the fleet's bucket, each
// shop's below a scope of its own.
//
// It keeps to no limit: see Within.
func New(bucket blob.Bucket) *Importer { return &Importer{kind: kindImport, bucket: bucket} }

// Opener opens the shop a job was written for; tenant.Opener does.
type Opener interface {
	ByID(ctx context.Context, shop tenant.ID) (*tenant.Shop, error)
}

// Work is the job that takes an import through its present stage.
type Work struct {
	Shop tenant.ID `json:"shop"`
	Run  ID        `json:"run"`
}

// Kind is "transfer.run".
func (Work) Kind() string { return "transfer.run" }

// Policy lets one attempt take half an hour; the next goes on where it was.
func (Work) Policy() jobs.Policy {
	return jobs.Policy{Queue: jobs.SlowQueue, Attempts: 20, Timeout: 30 * time.Minute, FirstRetry: 5 * time.Second, MaxRetry: 5 * time.Minute}
}

// Handle registers the importer's job.
func (i *Importer) Handle(r *jobs.Registry, shops Opener) {
	jobs.HandleJob(r, func(ctx context.Context, j jobs.Job[Work]) error {
		shop, err := shops.ByID(ctx, j.Args.Shop)
		if err != nil {
			return err
		}
		err = i.Run(ctx, shop, j.Args.Run)
		if err != nil && j.Last {
			return i.giveUp(ctx, shop, j.Args.Run, err)
		}
		return err
	})
}

// Upload is a file handed in.
type Upload struct {
	Name    string
	Content io.Reader
	Options Options
}

// Submit takes a file in and lets a job check it.
//
// Errors: ErrTooLarge, ErrBinary, ErrSheet, ErrOptions, ErrEmpty.
func (i *Importer) Submit(ctx context.Context, shop *tenant.Shop, who tenant.Actor, u Upload) (*Run, error) {
	return i.submit(ctx, shop, who, u, true)
}

// Check takes a file in and compares it with the shop at once: the dry run. Nothing is written but
// the run and its report.
//
// Errors: as Submit, and ErrNoKey, ErrTwice for the header.
func (i *Importer) Check(ctx context.Context, shop *tenant.Shop, who tenant.Actor, u Upload) (*Run, error) {
	r, err := i.submit(ctx, shop, who, u, false)
	if err != nil {
		return nil, err
	}
	if err := i.Run(ctx, shop, r.ID); err != nil {
		return nil, err
	}
	return Progress(ctx, shop, r.ID)
}

func (i *Importer) submit(ctx context.Context, shop *tenant.Shop, who tenant.Actor, u Upload, later bool) (*Run, error) {
	if err := u.Options.check(); err != nil {
		return nil, err
	}
	s := &stored{kind: i.kind, Run: Run{ID: id.New[Run](), State: Checking, Options: u.Options, FileName: u.Name, Actor: who}}
	s.fileKey = "runs/" + s.ID.String() + "/file.csv"
	s.undoKey = "runs/" + s.ID.String() + "/undo/"
	encoding, err := i.take(ctx, shop, s.fileKey, u.Content)
	if err != nil {
		return nil, err
	}
	if s.Options.Encoding == "" {
		s.Options.Encoding = encoding
	}
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		if err := insertRun(tx, s); err != nil || !later {
			return err
		}
		return enqueue(tx, s.ID)
	})
	if err != nil {
		return nil, err
	}
	return &s.Run, nil
}

func enqueue(tx tenant.Tx, run ID) error {
	return jobs.Enqueue(tx, Work{Shop: tx.Shop().ID(), Run: run})
}

// Confirm lets a job write what was checked.
//
// Errors: ErrUnknown, ErrState, ErrCurrency, ErrBusy when another import of the shop is being written; a fault of
// kind Quota when it would bring more articles than the shop may have.
func (i *Importer) Confirm(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID) error {
	return i.confirm(ctx, shop, who, run, true)
}

// Apply is Confirm that does the work at once.
func (i *Importer) Apply(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID) (*Run, error) {
	if err := i.confirm(ctx, shop, who, run, false); err != nil {
		return nil, err
	}
	if err := i.Run(ctx, shop, run); err != nil {
		return nil, err
	}
	return Progress(ctx, shop, run)
}

func (i *Importer) confirm(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID, later bool) error {
	if err := i.mayBegin(ctx, shop, run); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := i.ordered(tx, run)
		if err != nil {
			return err
		}
		if s.State == Failed && s.from == nil {
			return ErrState // its checking failed: nobody knows what it would write
		}
		if err := notBusy(tx); err != nil {
			return err
		}
		if err := s.sameMoney(tx); err != nil {
			return err
		}
		if err := s.move(evConfirm); err != nil {
			return err
		}
		if s.from == nil {
			now := tx.Now()
			s.from, s.Done = &now, 0
		}
		s.Finished, s.Report.Problem, s.Report.Args = nil, "", nil
		if err := updateRun(tx, s); err != nil {
			return err
		}
		if err := tx.Record(who, s.kind+".confirmed", "run/"+run.String(), s.what(), s.Report.Counts); err != nil || !later {
			return err
		}
		return enqueue(tx, run)
	})
}

// ordered reads and locks a run that somebody gives an order for: one of this importer's kind. Errors: ErrUnknown.
func (i *Importer) ordered(tx tenant.Tx, run ID) (*stored, error) {
	s, err := readRun(tx, run, true)
	if err == nil && s.kind != i.kind {
		return nil, ErrUnknown
	}
	return s, err
}

// what is what the journal says of a run before it began.
func (s *stored) what() any {
	if s.Edit == nil {
		return nil
	}
	return s.Edit
}

// Idle refuses while an import or a change of many articles is being written. Errors: ErrBusy.
func Idle(tx tenant.Tx) error { return notBusy(tx) }

// sameMoney refuses a run from before the management currency became another: the prices in its file, or those it
// would put back, are of the old one. Errors: ErrCurrency.
func (s *stored) sameMoney(tx tenant.Tx) error {
	set, err := settings.Load(tx)
	if err != nil {
		return err
	}
	if s.Created.Before(set.Currencies.Since) {
		return ErrCurrency
	}
	return nil
}

// notBusy refuses a second import or change beside one that is being written: each would report what the
// other did.
func notBusy(tx tenant.Tx) error {
	var busy bool
	err := tx.DB().Raw("select exists (select from runs where kind in ? and state = ?)", kinds, Running).Scan(&busy).Error
	if err != nil {
		return fmt.Errorf("look for imports: %w", err)
	}
	if busy {
		return ErrBusy
	}
	return nil
}

// Cancel stops an import; what it has written stays, and can be undone.
//
// Errors: ErrUnknown, ErrState.
func (i *Importer) Cancel(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := i.ordered(tx, run)
		if err != nil {
			return err
		}
		if s.Undoing && s.State == Running {
			return ErrState // half undone is nothing anybody wants
		}
		if err := s.finish(tx, evCancel); err != nil {
			return err
		}
		return tx.Record(who, s.kind+".cancelled", "run/"+run.String(), nil, nil)
	})
}

// Progress reads how far an import is and what it reports. Errors: ErrUnknown.
func Progress(ctx context.Context, shop *tenant.Shop, run ID) (*Run, error) {
	return progress(ctx, shop, run, kindImport)
}

func progress(ctx context.Context, shop *tenant.Shop, run ID, kind string) (*Run, error) {
	var s *stored
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) { s, err = readRun(tx, run, false); return err })
	if err != nil {
		return nil, err
	}
	if s.kind != kind {
		return nil, ErrUnknown
	}
	return &s.Run, nil
}

// List reads the newest imports of a shop.
func List(tx tenant.Tx, limit int) ([]*Run, error) { return listRuns(tx, kindImport, limit) }

func listRuns(tx tenant.Tx, kind string, limit int) ([]*Run, error) {
	var rows []runRow
	err := tx.DB().Raw("select "+runColumns+" from runs where kind = ? order by created_at desc limit ?", kind, limit).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	out := make([]*Run, len(rows))
	for i, r := range rows {
		s, err := r.stored()
		if err != nil {
			return nil, err
		}
		out[i] = &s.Run
	}
	return out, nil
}

// OpenReport opens the whole report of a run, a delimited text in UTF-8. Errors: ErrUnknown.
func (i *Importer) OpenReport(ctx context.Context, shop *tenant.Shop, run ID) (io.ReadCloser, error) {
	r, err := progress(ctx, shop, run, i.kind)
	if err != nil {
		return nil, err
	}
	if r.Report.File == "" {
		return nil, ErrUnknown
	}
	content, _, err := i.scope(shop).Get(ctx, r.Report.File)
	if err != nil {
		return nil, fmt.Errorf("open report: %w", err)
	}
	return content, nil
}

func (i *Importer) scope(shop *tenant.Shop) blob.Bucket {
	return blob.Scoped(i.bucket, "shops/"+shop.ID().String()+"/")
}

var (
	_ jobs.Policied = Work{}
	_ Opener        = (*tenant.Opener)(nil)
)
