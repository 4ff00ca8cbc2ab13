package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/cmd/internal/wire"
)

// shopCost measures what an empty shop costs: in the catalogue, on disk, in the memory of backends
// and of this process once every shop was visited.
func shopCost(ctx context.Context, r *rig) ([]Row, error) {
	f, err := r.filled(ctx)
	if err != nil {
		return nil, err
	}
	if len(f.shops) == 0 {
		return nil, errors.New("a fleet of no shops costs nothing")
	}
	tables, indexes, err := r.relations(ctx, f.shops[0].Schema.String())
	if err != nil {
		return nil, err
	}
	v, err := r.visitAll(ctx, f)
	if err != nil {
		return nil, err
	}
	n := float64(len(f.shops))
	name := fmt.Sprintf("a shop of %d: ", len(f.shops))
	return []Row{
		{Measure: name + "tables", Ours: Value{float64(tables), ""}, Goal: atMost(60)},
		{Measure: name + "indexes", Ours: Value{float64(indexes), ""}, Note: "Those of keys and constraints included."},
		{Measure: name + "disk, empty", Ours: Value{megabytes(f.bytes) / n, "MB"}, Goal: atMost(2),
			Note: "What the database grew by, its catalogue included, over the number of shops."},
		{Measure: name + "time to make", Ours: Value{milliseconds(f.took) / n, "ms"}, Note: fmt.Sprintf("%d made side by side.", makers)},
		{Measure: "largest backend, all visited", Ours: Value{megabytes(v.backend), "MB"}, Goal: atMost(256),
			Note: fmt.Sprintf("Memory of its own, buffers shared by all not counted; seen at most while one page of each of the %d shops was made anew. %d backends at the end with %.0f MB together.",
				len(f.shops), v.backends, megabytes(v.together))},
		{Measure: "this process, all visited", Ours: Value{megabytes(v.process), "MB"},
			Note: "Resident memory of its own, with Redis, mailbox, the pretend bank and the load generator in the same process."},
		{Measure: "this process, heap a shop", Ours: Value{float64(v.heap) / n / 1024, "kB"},
			Note: "Opened shop, settings, menus and one page in memory; after collecting garbage."},
		{Measure: "first visits of shops", Ours: Value{v.rate, "/s"}, Note: fmt.Sprintf("%d clients, each page made anew on a schema the backend may not know yet.", buyers)},
	}, nil
}

// relations counts the tables and indexes of a schema.
func (r *rig) relations(ctx context.Context, schema string) (tables, indexes int, err error) {
	err = r.asOwner(ctx, func(conn *pgx.Conn) error {
		return conn.QueryRow(ctx, `select count(*) filter (where relkind = 'r'), count(*) filter (where relkind = 'i')
			from pg_class where relnamespace = $1::text::regnamespace`, schema).Scan(&tables, &indexes)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("count relations: %w", err)
	}
	return tables, indexes, nil
}

// visits is what visiting every shop left behind.
type visits struct {
	backend  int64 // bytes of the largest backend seen
	backends int   // at the end
	together int64 // bytes, at the end
	process  int64 // bytes of this process, at the end
	heap     int64 // bytes it grew by
	rate     float64
}

// visitAll visits the home page of every shop once.
func (r *rig) visitAll(ctx context.Context, f *fleet) (visits, error) {
	var v visits
	before := heap()
	var largest atomic.Int64
	looking, stop := context.WithCancel(ctx)
	defer stop()
	looked := make(chan error, 1)
	go func() { looked <- r.watchBackends(looking, &largest) }()
	next := atomic.Int64{}
	visit := func(ctx context.Context) error {
		i := int(next.Add(1)) - 1
		if i >= len(f.shops) {
			return errDone
		}
		get, err := r.inside(ctx, r.app, f.shops[i], "/")
		if err != nil {
			return err
		}
		return get()
	}
	seen, err := crowd(ctx, time.Hour, each(func(int) client { return visit }))
	stop()
	if err := errors.Join(err, <-looked); err != nil {
		return v, err
	}
	last, err := r.backends(ctx)
	if err != nil {
		return v, err
	}
	for _, b := range last {
		v.together += b
		largest.Store(max(largest.Load(), b))
	}
	v.backend, v.backends, v.rate = largest.Load(), len(last), seen.rate()
	v.heap = int64(heap()) - int64(before)
	v.process = ownMemory(os.Getpid())
	return v, nil
}

// heap is what is held for good: what is pooled survives one collection and not two.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// watchBackends notes the largest backend until ctx ends.
func (r *rig) watchBackends(ctx context.Context, largest *atomic.Int64) error {
	const often = 200 * time.Millisecond
	tick := time.NewTicker(often)
	defer tick.Stop()
	for {
		sizes, err := r.backends(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		for _, n := range sizes {
			largest.Store(max(largest.Load(), n))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// backends are the sizes of the memory that the backends of the program have to themselves. The
// database is on this machine, so they are processes one can look at.
func (r *rig) backends(ctx context.Context) ([]int64, error) {
	var sizes []int64
	err := r.asOwner(ctx, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, "select pid from pg_stat_activity where usename = $1", wire.AppRole)
		if err != nil {
			return err
		}
		pids, err := pgx.CollectRows(rows, pgx.RowTo[int32])
		for _, pid := range pids {
			if n := ownMemory(int(pid)); n > 0 { // it may have ended meanwhile
				sizes = append(sizes, n)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look at backends: %w", err)
	}
	return sizes, nil
}
