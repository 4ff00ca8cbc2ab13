package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
)

// minKind is the shortest kind that river accepts.
const minKind = 2

// Tx is what Enqueue needs of a unit of work. pg.Tx and everything that embeds it
// have it.
type Tx interface {
	Context() context.Context
	Raw() pgx.Tx
	Schema() pg.Schema
}

// row is one job as river.enqueue reads it.
type row struct {
	Kind     string          `json:"kind"`
	Args     json.RawMessage `json:"args"`
	Queue    string          `json:"queue"`
	Attempts int             `json:"attempts"`
	At       *time.Time      `json:"at,omitempty"`
	Unique   string          `json:"unique_key,omitempty"`
}

// New is one job of several for EnqueueMany.
type New struct {
	Args Args
	Opts []Opt
}

// Enqueue adds a job that exists when, and only when, the unit of work is
// committed. It must not be called while rows of the same transaction are open.
func Enqueue(tx Tx, args Args, opts ...Opt) error {
	return EnqueueMany(tx, New{Args: args, Opts: opts})
}

// EnqueueMany adds several jobs in one round trip.
func EnqueueMany(tx Tx, list ...New) error {
	if len(list) == 0 {
		return nil
	}
	batch := &pgx.Batch{}
	if err := EnqueueWith(batch, tx, list...); err != nil {
		return err
	}
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return fmt.Errorf("enqueue %s: %w", list[0].Args.Kind(), err)
	}
	return nil
}

// EnqueueWith is EnqueueMany as a part of a batch, which its caller sends in tx.
func EnqueueWith(batch *pgx.Batch, tx Tx, list ...New) error {
	rows := make([]row, len(list))
	for i, n := range list {
		r, err := newRow(n.Args, n.Opts)
		if err != nil {
			return err
		}
		rows[i] = r
	}
	encoded, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("enqueue: %w", err)
	}
	batch.Queue("select river.enqueue($1::text::jsonb, $2::text)", string(encoded), tx.Schema().String())
	return nil
}

func newRow(args Args, opts []Opt) (row, error) {
	if len(args.Kind()) < minKind {
		return row{}, fmt.Errorf("enqueue: %T has the kind %q, want at least %d characters", args, args.Kind(), minKind)
	}
	encoded, err := json.Marshal(args)
	if err != nil {
		return row{}, fmt.Errorf("enqueue %s: %w", args.Kind(), err)
	}
	p := PolicyOf(args)
	r := row{Kind: args.Kind(), Args: encoded, Queue: p.Queue, Attempts: p.Attempts}
	for _, opt := range opts {
		opt(&r)
	}
	return r, nil
}

var _ Tx = pg.Tx{}
