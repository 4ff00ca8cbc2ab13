package pg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"echoppe.dev/platform/kit/fault"
)

// Mode says whether a unit of work may write.
type Mode int

const (
	// Read is one snapshot; a write inside fails.
	Read Mode = iota
	// Write commits when fn returns nil and is retried once after a deadlock or a serialization failure.
	Write
)

// ErrUnavailable is returned when no connection could be had: the database is away or overloaded.
var ErrUnavailable = fault.New(fault.Closed, "error.database_unavailable")

// Pool holds the connections. It cannot be queried; see In.
type Pool struct {
	groups []*gorm.DB
	dbs    []*sql.DB
	cfg    Config
}

// Open prepares the pool and checks that the database answers.
func Open(ctx context.Context, cfg Config) (*Pool, error) {
	cfg = cfg.withDefaults()
	conf, err := pgx.ParseConfig(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("read database address: %w", err)
	}
	// Not the empty string: that would leave pg_catalog's neighbours as configured for the role.
	conf.RuntimeParams["search_path"] = ""
	conf.RuntimeParams["timezone"] = "UTC"
	if cfg.Pooled {
		delete(conf.RuntimeParams, "search_path")
		delete(conf.RuntimeParams, "timezone")
		conf.DefaultQueryExecMode = pgx.QueryExecModeExec
	}
	conf.Tracer = cfg.Tracer
	if conf.ConnectTimeout == 0 {
		conf.ConnectTimeout = cfg.AcquireTimeout
	}
	p := &Pool{cfg: cfg}
	for range cfg.Groups {
		db := sql.OpenDB(connector{stdlib.GetConnector(*conf), cfg.Roles, cfg.RecycleAfter})
		db.SetMaxOpenConns(max(1, cfg.MaxConns/cfg.Groups))
		db.SetMaxIdleConns(max(1, cfg.MaxConns/cfg.Groups))
		db.SetConnMaxLifetime(time.Hour)
		p.dbs = append(p.dbs, db)
		g, err := gorm.Open(postgres.New(postgres.Config{Conn: db}), gormConfig(cfg))
		if err != nil {
			p.Close()
			return nil, fmt.Errorf("prepare gorm: %w", err)
		}
		p.groups = append(p.groups, g)
	}
	if err := p.Ping(ctx); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

func gormConfig(cfg Config) *gorm.Config {
	return &gorm.Config{
		QueryFields:              true,
		SkipDefaultTransaction:   true,
		DisableNestedTransaction: true,
		DisableAutomaticPing:     true,
		TranslateError:           true,
		Logger:                   logger.Discard,
		NowFunc:                  cfg.Clock.Now,
	}
}

// Ping tells whether the database answers.
func (p *Pool) Ping(ctx context.Context) error {
	if err := p.dbs[0].PingContext(ctx); err != nil {
		return ErrUnavailable.Because(err)
	}
	return nil
}

// Close waits for running units of work and closes every connection.
func (p *Pool) Close() {
	for _, db := range p.dbs {
		_ = db.Close()
	}
}

// Stats adds up the groups, for metrics.
func (p *Pool) Stats() (open, inUse int, waited time.Duration) {
	for _, db := range p.dbs {
		s := db.Stats()
		open, inUse, waited = open+s.OpenConnections, inUse+s.InUse, waited+s.WaitDuration
	}
	return open, inUse, waited
}

// In runs fn in one transaction that sees schema s only. The transaction is committed when fn
// returns nil and rolled back when it returns an error or panics. A Write that lost to a deadlock
// or a serialization failure, or met a plan made before a migration, is run once more, so fn must
// have no effect outside its Tx.
//
// Errors: fn's own; ErrUnavailable when the database cannot be reached.
func (p *Pool) In(ctx context.Context, s Schema, m Mode, fn func(Tx) error) error {
	if s.IsZero() {
		return errors.New("pg: the zero Schema was given to In")
	}
	err := p.once(ctx, s, m, fn)
	if err != nil && retryable(err) && ctx.Err() == nil {
		err = p.once(ctx, s, m, fn)
	}
	return err
}

func (p *Pool) once(ctx context.Context, s Schema, m Mode, fn func(Tx) error) error {
	sc := &scope{schema: s, ctx: ctx}
	db, end, err := p.begin(ctx, sc, m)
	if err != nil {
		return err
	}
	defer end()
	done := false
	defer func() {
		if !done {
			db.Rollback()
		}
	}()
	if err = fn(Tx{db: db, ctx: ctx, scope: sc, now: p.cfg.Clock.Now().UTC().Truncate(time.Microsecond)}); err != nil {
		return err
	}
	if err = ctx.Err(); err != nil {
		return err
	}
	done = true
	if err = db.Commit().Error; err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// begin waits for a connection no longer than AcquireTimeout: a database that is away must answer
// a shopper with "try again in a moment", not with silence. The transaction itself lives until end.
//
// Its context hears of ctx only while it waits. database/sql would roll back from another goroutine the moment
// a transaction's context ends, beside whatever Tx.Raw is doing on the same connection, and pgx panics when two
// use one; so ctx ends statements, each for itself, and once rolls back.
func (p *Pool) begin(ctx context.Context, sc *scope, m Mode) (db *gorm.DB, end context.CancelFunc, err error) {
	whole, end := context.WithCancel(context.WithValue(context.WithoutCancel(ctx), scopeKey{}, sc))
	timer := time.AfterFunc(p.cfg.AcquireTimeout, end)
	hear := context.AfterFunc(ctx, end)
	db = p.group(sc.schema).WithContext(whole).Begin(&sql.TxOptions{ReadOnly: m == Read})
	waiting, heard := timer.Stop(), !hear()
	if db.Error == nil && waiting && !heard {
		return db, end, nil
	}
	defer end()
	if db.Error != nil {
		return nil, nil, ErrUnavailable.Because(db.Error)
	}
	db.Rollback()
	return nil, nil, ErrUnavailable.Because(context.Cause(whole))
}

// group is the shop's group of connections: always the same one, so that few backends learn the
// catalogue of its schema.
func (p *Pool) group(s Schema) *gorm.DB {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.name))
	return p.groups[h.Sum32()%uint32(len(p.groups))]
}
