package transfer

import (
	"context"
	"fmt"
	"io"

	"echoppe.dev/tenant"
)

// Recheck lets a job compare a file that was handed in with the shop once more, read in another way:
// with another separator, decimal sign, encoding or format. What the options leave empty is
// recognised anew. An import that has begun to write goes on as it began.
//
// Errors: ErrUnknown, ErrState, ErrOptions.
func (i *Importer) Recheck(ctx context.Context, shop *tenant.Shop, who tenant.Actor, run ID, o Options) error {
	if err := o.check(); err != nil {
		return err
	}
	s, err := i.present(ctx, shop, run)
	if err != nil {
		return err
	}
	if o.Encoding == "" {
		if o.Encoding, err = i.encodingOf(ctx, shop, s); err != nil {
			return err
		}
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := i.ordered(tx, run)
		if err != nil {
			return err
		}
		if s.from != nil {
			return ErrState
		}
		if err := s.move(evRecheck); err != nil {
			return err
		}
		before := s.Options
		s.Options, s.Report, s.Done, s.Total, s.Finished = o, Report{}, 0, 0, nil
		if err := updateRun(tx, s); err != nil {
			return err
		}
		if err := tx.Record(who, "import.rechecked", "run/"+run.String(), before, o); err != nil {
			return err
		}
		return enqueue(tx, run)
	})
}

// encodingOf looks through the stored file, as take did when it came.
func (i *Importer) encodingOf(ctx context.Context, shop *tenant.Shop, s *stored) (string, error) {
	raw, _, err := i.scope(shop).Get(ctx, s.fileKey)
	if err != nil {
		return "", fmt.Errorf("open file: %w", err)
	}
	defer raw.Close()
	w := &encodingWatch{}
	if _, err := io.Copy(w, raw); err != nil {
		return "", fmt.Errorf("read file: %w", err)
	}
	return w.name(), nil
}
