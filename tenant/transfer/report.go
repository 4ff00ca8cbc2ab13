package transfer

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/blob"
)

const (
	// KeptLines is how many lines of a report are kept to be shown at once; the file has all.
	KeptLines = 300
	// keptFailed is how many articles that could not be written are remembered.
	keptFailed = 300
)

// reporter counts changes and writes the whole report to a temporary file.
type reporter struct {
	*Report
	file *os.File
	out  *csv.Writer
}

func newReporter(r *Report) (*reporter, error) {
	f, err := os.CreateTemp("", "echoppe-report-")
	if err != nil {
		return nil, fmt.Errorf("prepare report: %w", err)
	}
	w := &reporter{Report: r, file: f, out: csv.NewWriter(f)}
	r.Counts, r.Rows = Counts{}, nil
	return w, w.out.Write([]string{"row", "action", "code", "sku", "column", "before", "after", "problem", "details"})
}

// note takes in what becomes of one article.
func (r *reporter) note(c *change) error {
	r.Counts.Rows += len(c.entry.variants)
	if c.writes() {
		r.Counts.Added += c.added
	}
	return r.tally(c.action, c.lines)
}

// tally counts what becomes of one article and writes its lines.
func (r *reporter) tally(a Action, lines []Line) error {
	switch a {
	case Create:
		r.Counts.Create++
	case Update:
		r.Counts.Update++
		if slices.ContainsFunc(lines, Line.frees) {
			r.Counts.Free++
		}
	case Same:
		r.Counts.Same++
	case Refused, Warning:
		r.Counts.Error++
	}
	for _, l := range lines {
		if err := r.line(l); err != nil {
			return err
		}
	}
	return nil
}

// frees tells whether the line is a price that becomes zero.
func (l Line) frees() bool {
	if l.Column != "price" {
		return false
	}
	after, err := decimal.NewFromString(l.After)
	return err == nil && after.IsZero()
}

func (r *reporter) line(l Line) error {
	if l.Action == Warning {
		r.Counts.Warnings++
	}
	if len(r.Rows) < KeptLines {
		r.Rows = append(r.Rows, l)
	}
	details := ""
	if len(l.Args) > 0 {
		b, err := json.Marshal(l.Args)
		if err != nil {
			return fmt.Errorf("write report: %w", err)
		}
		details = string(b)
	}
	cells := []string{strconv.Itoa(l.Row), string(l.Action), l.Code, l.SKU, l.Column, l.Before, l.After, l.Problem, details}
	for i := range cells {
		cells[i] = armour(cells[i])
	}
	return r.out.Write(cells)
}

// store puts the report into the bucket.
func (r *reporter) store(ctx context.Context, to blob.Bucket, key string) error {
	r.out.Flush()
	if err := r.out.Error(); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if _, err := r.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if err := to.Put(ctx, key, r.file, blob.Meta{ContentType: "text/csv; charset=utf-8"}); err != nil {
		return fmt.Errorf("store report: %w", err)
	}
	r.File = key
	return nil
}

// discard removes the temporary file.
func (r *reporter) discard() {
	_ = r.file.Close()
	_ = os.Remove(r.file.Name()) // what stays behind is cleared by the system
}
