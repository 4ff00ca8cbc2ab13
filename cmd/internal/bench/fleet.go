package bench

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/fleet/registry"
)

// fleet are the empty shops, and what making them changed.
type fleet struct {
	shops []*registry.Shop
	took  time.Duration
	bytes int64 // that the database grew by
}

// makers is how many shops are made side by side: two a core, for each waits for the disk.
const makers = 4

// filled is the fleet, made the first time.
func (r *rig) filled(ctx context.Context) (*fleet, error) {
	if r.fleet != nil {
		return r.fleet, nil
	}
	r.say("opening %d shops", r.o.Shops)
	before, err := r.databaseBytes(ctx)
	if err != nil {
		return nil, err
	}
	f := &fleet{shops: make([]*registry.Shop, r.o.Shops)}
	var next atomic.Int64
	open := func(ctx context.Context) error {
		i := int(next.Add(1)) - 1
		if i >= len(f.shops) {
			return errDone
		}
		var err error
		f.shops[i], _, err = r.openShop(ctx, fmt.Sprintf("shop-%05d", i))
		return err
	}
	clients := make([]client, makers)
	for i := range clients {
		clients[i] = open
	}
	const asLongAsItTakes = 24 * time.Hour
	v, err := crowd(ctx, asLongAsItTakes, clients)
	if err != nil {
		return nil, err
	}
	after, err := r.databaseBytes(ctx)
	if err != nil {
		return nil, err
	}
	f.took, f.bytes = v.took, after-before
	r.fleet = f
	return f, nil
}

func (r *rig) databaseBytes(ctx context.Context) (n int64, err error) {
	err = r.asOwner(ctx, func(conn *pgx.Conn) error {
		return conn.QueryRow(ctx, "select pg_database_size(current_database())").Scan(&n)
	})
	if err != nil {
		return 0, fmt.Errorf("measure the database: %w", err)
	}
	return n, nil
}
