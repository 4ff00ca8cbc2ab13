package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// PoolConfig says how workers and desks reach the queue.
type PoolConfig struct {
	// URL is the address that requests use too, as the program's login role.
	URL string
	// MaxConns bounds the connections; 4 when zero.
	MaxConns int
	// Pooled says that PgBouncer stands between.
	Pooled bool
}

// OpenPool prepares connections for a Runner or a Desk; it does not connect yet,
// so that a worker starts while the database is away and begins when it is back.
// These connections see schema river by qualified names only and no shop at all.
func OpenPool(ctx context.Context, cfg PoolConfig) (*pgxpool.Pool, error) {
	c, err := pgxpool.ParseConfig(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("read database address: %w", err)
	}
	c.MaxConns = 4
	if cfg.MaxConns > 0 {
		c.MaxConns = int32(min(cfg.MaxConns, 1000))
	}
	c.MaxConnIdleTime = 5 * time.Minute
	if cfg.Pooled {
		c.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
	}
	pool, err := pgxpool.NewWithConfig(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("open job connections: %w", err)
	}
	return pool, nil
}

func silent() *slog.Logger { return slog.New(slog.DiscardHandler) }
