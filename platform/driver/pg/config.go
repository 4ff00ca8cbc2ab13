package pg

import (
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/clock"
)

// Config says how to reach the database as the program's login role.
type Config struct {
	// URL is a libpq connection string or address.
	URL string
	// MaxConns is the number of connections of the whole pool; 16 when zero.
	MaxConns int
	// Groups is the number of groups shops are hashed to; each gets MaxConns/Groups connections.
	// 2 when zero. More groups means fewer schemas per backend and less sharing of idle ones.
	Groups int
	// RecycleAfter retires a connection that has served this many different schemas; 200 when zero.
	RecycleAfter int
	// Roles sets the shop's role in each unit of work. On for plain Postgres, off for Citus.
	Roles bool
	// Pooled says that PgBouncer stands between: statements are then described, not prepared by name.
	Pooled bool
	// AcquireTimeout bounds the wait for a connection; 5 s when zero.
	AcquireTimeout time.Duration
	// Clock gives Tx.Now; the system's when nil.
	Clock clock.Clock
	// Tracer is told of every query; nil for none. Telemetry uses it, and tests that count.
	Tracer pgx.QueryTracer
}

func (c Config) withDefaults() Config {
	if c.MaxConns <= 0 {
		c.MaxConns = 16
	}
	if c.Groups <= 0 {
		c.Groups = 2
	}
	if c.Groups > c.MaxConns {
		c.Groups = c.MaxConns
	}
	if c.RecycleAfter <= 0 {
		c.RecycleAfter = 200
	}
	if c.AcquireTimeout <= 0 {
		c.AcquireTimeout = 5 * time.Second
	}
	if c.Clock == nil {
		c.Clock = clock.System()
	}
	return c
}
