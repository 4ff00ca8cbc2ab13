package pg

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// scope travels from In to the driver's BeginTx and brings the pgx transaction back. It is the
// one value this package puts in a context, because database/sql offers no other way through.
type scope struct {
	schema Schema
	ctx    context.Context // of the unit of work
	tx     pgx.Tx
}

type scopeKey struct{}

var errNoScope = errors.New("pg: a transaction was begun outside Pool.In")

// connector makes connections whose BEGIN sets path and role in the same round trip.
type connector struct {
	driver.Connector
	roles        bool
	recycleAfter int
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	std, ok := inner.(*stdlib.Conn)
	if !ok {
		return nil, fmt.Errorf("pg: unexpected driver connection %T", inner)
	}
	return &conn{Conn: std, roles: c.roles, recycleAfter: c.recycleAfter, seen: map[string]struct{}{}}, nil
}

// conn is a connection that remembers which schemas it has touched.
type conn struct {
	*stdlib.Conn
	roles        bool
	recycleAfter int
	seen         map[string]struct{}
}

// BeginTx opens the transaction of the scope in ctx and refuses any other.
func (c *conn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	s, ok := ctx.Value(scopeKey{}).(*scope)
	if !ok || s.schema.IsZero() {
		return nil, errNoScope
	}
	c.seen[s.schema.name] = struct{}{}
	tx, err := c.Conn.Conn().BeginTx(ctx, pgx.TxOptions{BeginQuery: beginQuery(s.schema, o.ReadOnly, c.roles)})
	if err != nil && c.Conn.Conn().IsClosed() && ctx.Err() == nil {
		// The database went away and came back while the connection was idle. Nothing was begun: the pool
		// may try another, or a new one, and its caller need not know.
		return nil, driver.ErrBadConn
	}
	if err != nil {
		return nil, err
	}
	s.tx = tx
	return scopedTx{ctx: s.ctx, tx: tx}, nil
}

// beginQuery is three statements in one message. Both identifiers come from a checked Schema.
func beginQuery(s Schema, readOnly, roles bool) string {
	q := "begin"
	if readOnly {
		q += " read only"
	}
	q += "; set local search_path to " + pgx.Identifier{s.name}.Sanitize() + ", ext"
	if roles {
		q += "; set local role " + pgx.Identifier{s.role}.Sanitize()
	}
	return q
}

// IsValid is asked when the connection goes back to the pool: one that has seen too many schemas
// is closed there, and its backend's memory with it.
func (c *conn) IsValid() bool {
	return len(c.seen) < c.recycleAfter && !c.Conn.Conn().IsClosed()
}

type scopedTx struct {
	ctx context.Context
	tx  pgx.Tx
}

func (t scopedTx) Commit() error { return t.tx.Commit(t.ctx) }

// Rollback does not use the context: a request that was cancelled must still be rolled back.
func (t scopedTx) Rollback() error { return t.tx.Rollback(context.WithoutCancel(t.ctx)) }

var (
	_ driver.Connector   = connector{}
	_ driver.ConnBeginTx = (*conn)(nil)
	_ driver.Validator   = (*conn)(nil)
)
