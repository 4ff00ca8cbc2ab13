package pg

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
)

// Tx is one unit of work in one schema. It is valid only inside the function given to In, and
// must not be used from two goroutines at once.
type Tx struct {
	db    *gorm.DB
	ctx   context.Context
	scope *scope
	now   time.Time
}

// DB is a fresh gorm session on this transaction.
func (t Tx) DB() *gorm.DB { return t.db.Session(&gorm.Session{NewDB: true, Context: t.ctx}) }

// Raw is the pgx transaction underneath, for COPY, batches and the job queue. Not while rows of
// DB are open.
func (t Tx) Raw() pgx.Tx { return t.scope.tx }

// Context is the unit of work's context.
func (t Tx) Context() context.Context { return t.ctx }

// Now is the one instant of the whole unit of work: UTC, whole microseconds as Postgres keeps them.
func (t Tx) Now() time.Time { return t.now }

// Schema is the schema this unit of work sees.
func (t Tx) Schema() Schema { return t.scope.schema }
