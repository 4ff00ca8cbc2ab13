package registry

import (
	"sync"
	"time"
)

// maxUnknown bounds what is remembered of addresses that lead nowhere: anybody can invent more.
const maxUnknown = 10_000

// cache is what this process knows, by key ("slug:demo", "host:www.lune.fr", "id:…"). A shop is
// held under every key it was asked for.
type cache struct {
	mu      sync.RWMutex
	found   map[string]entry
	unknown map[string]time.Time
	keys    map[ID][]string
	// turn rises with every Forget: an answer that was on its way from Postgres meanwhile may be
	// older than the change and is not kept.
	turn uint64
}

type entry struct {
	shop *Shop
	at   time.Time
}

func newCache() *cache {
	c := &cache{}
	c.clear()
	return c
}

func (c *cache) clear() {
	c.found, c.unknown, c.keys = map[string]entry{}, map[string]time.Time{}, map[ID][]string{}
}

// get returns what is known under key and when it was read. A nil shop with known true is an
// address that leads nowhere.
func (c *cache) get(key string) (shop *Shop, at time.Time, known bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if e, ok := c.found[key]; ok {
		return e.shop, e.at, true
	}
	at, known = c.unknown[key]
	return nil, at, known
}

// begin is taken before a read; put needs it.
func (c *cache) begin() uint64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.turn
}

// put keeps an answer unless something changed since begin. A nil shop keeps the lack of one.
func (c *cache) put(key string, shop *Shop, at time.Time, turn uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if turn != c.turn {
		return
	}
	if shop == nil {
		delete(c.found, key)
		if len(c.unknown) >= maxUnknown {
			clear(c.unknown)
		}
		c.unknown[key] = at
		return
	}
	delete(c.unknown, key)
	if _, held := c.found[key]; !held {
		c.keys[shop.ID] = append(c.keys[shop.ID], key)
	}
	c.found[key] = entry{shop, at}
}

// forget drops a shop, and every address that led nowhere: it may lead to this shop now.
func (c *cache) forget(shop ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn++
	for _, key := range c.keys[shop] {
		delete(c.found, key)
	}
	delete(c.keys, shop)
	clear(c.unknown)
}

func (c *cache) forgetAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn++
	c.clear()
}
