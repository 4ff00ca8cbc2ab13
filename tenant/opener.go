package tenant

import (
	"context"
	"fmt"
	"sync"

	"echoppe.dev/platform/driver/pg"
)

// Registry finds shops by id; the fleet's registry implements it.
type Registry interface {
	Ref(ctx context.Context, shop ID) (Ref, error)
}

// Opener turns rows of the registry into shops. It is the only constructor of Shop.
type Opener struct {
	pool     *pg.Pool
	versions *Versions
	registry Registry
	mu       sync.Mutex
	memos    map[ID]*memo
}

// NewOpener binds the opener to the pool. registry may be nil in programs that never open by id.
func NewOpener(pool *pg.Pool, versions *Versions, registry Registry) *Opener {
	return &Opener{pool: pool, versions: versions, registry: registry, memos: map[ID]*memo{}}
}

// Open binds a shop the router has found.
func (o *Opener) Open(r Ref) (*Shop, error) {
	schema, err := pg.ShopSchema(r.Schema)
	if err != nil {
		return nil, fmt.Errorf("open shop %s: %w", r.ID, err)
	}
	return &Shop{ref: r, schema: schema, pool: o.pool, versions: o.versions, memo: o.memoOf(r.ID)}, nil
}

// ByID opens the shop a job was written for. NotFound when the registry does not know it.
func (o *Opener) ByID(ctx context.Context, shop ID) (*Shop, error) {
	r, err := o.registry.Ref(ctx, shop)
	if err != nil {
		return nil, fmt.Errorf("find shop %s: %w", shop, err)
	}
	return o.Open(r)
}

// memoOf keeps one memo a shop; a memo is small and lives as long as the process, like the
// page versions beside it.
func (o *Opener) memoOf(shop ID) *memo {
	o.mu.Lock()
	defer o.mu.Unlock()
	m, ok := o.memos[shop]
	if !ok {
		m = &memo{}
		o.memos[shop] = m
	}
	return m
}
