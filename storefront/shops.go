package storefront

import (
	"fmt"
	"sync"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// shops keeps opened what the router finds, so that a page from memory costs no opening. There is
// one small entry a shop.
type shops struct {
	opener Opener
	mu     sync.RWMutex
	known  map[registry.ID]opened
}

// opened is a shop with the facts of the registry it was opened by.
type opened struct {
	rev       int
	canonical string
	shop      *tenant.Shop
}

// open is the shop of a visit. Errors: of a row that names no schema.
func (s *shops) open(v router.Visit) (*tenant.Shop, error) {
	s.mu.RLock()
	have, ok := s.known[v.Shop.ID]
	s.mu.RUnlock()
	if ok && have.rev == v.Shop.Rev && have.canonical == v.Canonical {
		return have.shop, nil
	}
	shop, err := s.opener.Open(tenant.Ref{
		ID:      id.As[tenant.Shop](v.Shop.ID),
		Slug:    v.Shop.Slug,
		Schema:  v.Shop.Schema.String(),
		BaseURL: v.Canonical,
		Plan:    string(v.Shop.Plan),

		Terminal: v.Shop.Terminal,
	})
	if err != nil {
		return nil, fmt.Errorf("enter shop: %w", err)
	}
	s.mu.Lock()
	s.known[v.Shop.ID] = opened{v.Shop.Rev, v.Canonical, shop}
	s.mu.Unlock()
	return shop, nil
}

// canonical is the canonical address a shop was opened with last, "" before the first time.
func (s *shops) canonical(shop registry.ID) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.known[shop].canonical
}
