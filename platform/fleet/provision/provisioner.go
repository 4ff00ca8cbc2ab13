package provision

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgmigrate"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// ErrNoneReady is answered when no prepared shop is left and this process may not build one.
var ErrNoneReady = fault.New(fault.Closed, "provision.none_ready")

// Seed is what a new shop begins with. Stored as JSON until the Seeder is done.
type Seed struct {
	Locale i18n.Locale `json:"locale"`
	Name   string      `json:"name"`
	Email  string      `json:"email"` // of the owner, for the shop's own sender address
}

// Seeder writes the default settings of a new shop.
type Seeder interface {
	// Seed may be called again for the same shop after a failure, and must then complete what is
	// missing without undoing what a merchant has changed.
	Seed(ctx context.Context, shop *registry.Shop, s Seed) error
}

// Config says how shops are made.
type Config struct {
	// OwnerURL reaches the database as the role that owns the schemas, not through a pooler.
	OwnerURL string
	// AppRole is the login role of the program, which is to be let in.
	AppRole string
	Series  pgmigrate.Series
	// Ready is how many prepared shops to keep; 0 keeps none.
	Ready int
	Log   *slog.Logger
}

// Provisioner makes and migrates shops. Safe for concurrent use.
type Provisioner struct {
	conf     Config
	pool     *pg.Pool
	registry *registry.Registry
	seeder   Seeder
	wake     chan struct{}
	inline   chan struct{}
}

// maxInline is how many schemas one process builds at a time while people wait: more would only
// queue for the same catalogue.
const maxInline = 4

// New makes a provisioner. seeder may be nil in programs that only migrate.
func New(conf Config, pool *pg.Pool, r *registry.Registry, seeder Seeder) *Provisioner {
	if conf.Log == nil {
		conf.Log = slog.New(slog.DiscardHandler)
	}
	return &Provisioner{
		conf: conf, pool: pool, registry: r, seeder: seeder,
		wake: make(chan struct{}, 1), inline: make(chan struct{}, maxInline),
	}
}

// Run keeps prepared shops ready and mends what was interrupted, until ctx ends.
func (p *Provisioner) Run(ctx context.Context) {
	const rest = 30 * time.Second
	tick := time.NewTicker(rest)
	defer tick.Stop()
	for {
		if err := p.Tend(ctx); err != nil && ctx.Err() == nil {
			p.conf.Log.Error("prepare shops", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-p.wake:
		}
	}
}

// nudge makes Run look now.
func (p *Provisioner) nudge() {
	select {
	case p.wake <- struct{}{}:
	default: // it has been told already
	}
}

func (p *Provisioner) owner(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, p.conf.OwnerURL)
	if err != nil {
		return nil, fmt.Errorf("connect as owner: %w", err)
	}
	return conn, nil
}

func hangUp(ctx context.Context, conn *pgx.Conn) { _ = conn.Close(context.WithoutCancel(ctx)) }
