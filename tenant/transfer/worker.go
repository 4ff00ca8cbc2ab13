package transfer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// batchSize is how many articles one transaction writes. A batch of 500 takes about a fifth of a
// second, which is how long an editor of one of them may have to wait.
const batchSize = 500

// batchRows ends a batch early where articles have many variants.
const batchRows = 3000

// worker goes through the file of one run.
type worker struct {
	*Importer
	shop *tenant.Shop
	run  *stored
	resolver
	dialect
	gross  bool
	src    source
	seen   *seen
	file   io.Closer
	passed int64 // entries read
}

// Run takes a run through its present stage: checking, writing or undoing. It may be called again
// after any interruption, by any process.
//
// A run whose file is beyond reading becomes Failed and is not an error: its Report says why.
func (i *Importer) Run(ctx context.Context, shop *tenant.Shop, run ID) error {
	s, err := i.present(ctx, shop, run)
	if err != nil {
		return err
	}
	switch {
	case s.State == Checking && s.Edit != nil:
		err = i.checkEdit(ctx, shop, s)
	case s.State == Checking:
		err = i.check(ctx, shop, s)
	case s.State == Running && s.Undoing:
		err = i.undo(ctx, shop, s)
	case s.State == Running && s.Edit != nil:
		err = i.writeEdit(ctx, shop, s)
	case s.State == Running:
		err = i.write(ctx, shop, s)
	}
	if err != nil && fault.KindOf(err) == fault.Malformed {
		return i.giveUp(ctx, shop, run, err)
	}
	return err
}

func (i *Importer) present(ctx context.Context, shop *tenant.Shop, run ID) (s *stored, err error) {
	err = shop.Read(ctx, func(tx tenant.Tx) error { s, err = readRun(tx, run, false); return err })
	return s, err
}

// giveUp ends a run that cannot go on.
func (i *Importer) giveUp(ctx context.Context, shop *tenant.Shop, run ID, why error) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		s, err := readRun(tx, run, true)
		if err != nil {
			return err
		}
		s.Report.Problem = fault.KeyOf(why)
		if args := fault.ArgsOf(why); len(args) > 0 {
			s.Report.Args = args
		}
		if err := s.finish(tx, evFail); err != nil && !errors.Is(err, ErrState) {
			return err
		}
		return nil
	})
}

// open reads the shop's side and the head of the file.
//
// Errors: ErrEmpty, ErrNoKey, ErrTwice.
func (i *Importer) open(ctx context.Context, shop *tenant.Shop, s *stored) (*worker, error) {
	w := &worker{Importer: i, shop: shop, run: s, seen: newSeen()}
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		set, err := settings.Load(tx)
		if err != nil {
			return err
		}
		w.resolver = resolver{fallback: set.Languages.Default, offered: set.Languages.Offered}
		w.gross = set.Tax.EntryGross
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := w.detect(ctx); err != nil {
		return nil, err
	}
	if err := w.rewind(ctx); err != nil {
		return nil, err
	}
	return w, nil
}

// sampleBytes is how much of a file is looked at to tell its separator and decimal sign.
const sampleBytes = 256 << 10

// detect fills what the options leave open.
func (w *worker) detect(ctx context.Context) error {
	o := &w.run.Options
	if o.Separator != "" && o.Decimal != "" && o.Format != "" {
		return nil
	}
	r, err := w.text(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	sample, err := io.ReadAll(io.LimitReader(r, sampleBytes))
	if err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	if o.Separator == "" {
		o.Separator = detectSeparator(string(sample))
	}
	rows, err := openRows(bytes.NewReader(wholeLines(sample)), o.Separator)
	if err != nil {
		return err
	}
	if o.Format == "" {
		o.Format = Own
		if isShopify(rows.header) {
			o.Format = Shopify
		}
	}
	if o.Decimal != "" {
		return nil
	}
	o.Decimal = "."
	if o.Format == Own {
		o.Decimal = detectDecimal(w.amounts(rows), o.Separator)
	}
	return nil
}

// amounts are the cells of the sample in columns of prices.
func (w *worker) amounts(rows *rows) []string {
	var at []int
	for i, name := range rows.header {
		if c, ok := w.column(name); ok && (c.value == amount || c.value == number) {
			at = append(at, i)
		}
	}
	var cells []string
	for {
		r, err := rows.next()
		if err != nil {
			return cells
		}
		for _, i := range at {
			if i < len(r.cells) {
				cells = append(cells, r.cells[i])
			}
		}
	}
}

// text opens the file as UTF-8.
func (w *worker) text(ctx context.Context) (io.ReadCloser, error) {
	raw, _, err := w.scope(w.shop).Get(ctx, w.run.fileKey)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	r, err := decoded(raw, w.run.Options.Encoding)
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	return readCloser{r, raw}, nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

// rewind opens the file at its first entry.
func (w *worker) rewind(ctx context.Context) error {
	w.close()
	file, err := w.text(ctx)
	if err != nil {
		return err
	}
	w.file, w.passed, w.seen = file, 0, newSeen()
	rows, err := openRows(file, w.run.Options.Separator)
	if err != nil {
		return err
	}
	w.dialect = dialect{decimal: w.run.Options.Decimal}
	if w.run.Options.Format == Shopify {
		w.src, w.run.Report.Unknown, w.run.Report.Ignored = newShopifySource(rows, w.resolver)
		return nil
	}
	cols, where, unknown, err := w.parse(rows.header)
	if err != nil {
		return err
	}
	w.src, w.run.Report.Unknown = &ownSource{rows: rows, cols: cols, where: where}, unknown
	return nil
}

func (w *worker) close() {
	if w.file != nil {
		_ = w.file.Close() // only read from
		w.file = nil
	}
}

// batch reads up to n entries; fewer where they are large and at the end of the file, none after it.
func (w *worker) batch(n int) ([]*entry, error) {
	var out []*entry
	for rows := 0; len(out) < n && rows < batchRows; {
		e, err := w.src.next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		w.seen.note(e, w.src.layout())
		e.read = e.problems
		w.passed++
		rows += len(e.variants)
		out = append(out, e)
	}
	return out, nil
}

// skip passes over entries that are done.
func (w *worker) skip(n int64) error {
	for w.passed < n {
		got, err := w.batch(1)
		if err != nil {
			return err
		}
		if len(got) == 0 {
			return nil
		}
	}
	return nil
}

// wholeLines is the sample without the line it was cut in.
func wholeLines(sample []byte) []byte {
	if len(sample) < sampleBytes {
		return sample
	}
	if i := bytes.LastIndexByte(sample, '\n'); i >= 0 {
		return sample[:i+1]
	}
	return sample
}
