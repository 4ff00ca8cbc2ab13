package plan

import (
	"context"
	"fmt"
	"sync"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
)

// freshFor is how long a process believes the plans it has read. They change a few times a year,
// and a limit that arrives a minute late harms nobody.
const freshFor = time.Minute

// Plans reads the plans. Safe for concurrent use.
type Plans struct {
	pool  *pg.Pool
	clock clock.Clock
	mu    sync.Mutex
	all   []Plan
	read  time.Time
}

// NewPlans reads through pool.
func NewPlans(pool *pg.Pool, c clock.Clock) *Plans { return &Plans{pool: pool, clock: c} }

// List returns every plan, smallest first. The slice is shared: do not alter it.
func (p *Plans) List(ctx context.Context) ([]Plan, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all != nil && p.clock.Now().Sub(p.read) < freshFor {
		return p.all, nil
	}
	var all []Plan
	err := p.pool.In(ctx, pg.Platform, pg.Read, func(tx pg.Tx) error {
		return tx.DB().Raw("select code, names, quotas from plans order by position, code").Scan(&all).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list plans: %w", err)
	}
	p.all, p.read = all, p.clock.Now()
	return all, nil
}

// Find returns one plan. Errors: ErrUnknown.
func (p *Plans) Find(ctx context.Context, c Code) (Plan, error) {
	all, err := p.List(ctx)
	if err != nil {
		return Plan{}, err
	}
	for _, candidate := range all {
		if candidate.Code == c {
			return candidate, nil
		}
	}
	return Plan{}, ErrUnknown.With(fault.Args{"plan": string(c)})
}
