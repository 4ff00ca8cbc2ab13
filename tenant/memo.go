package tenant

import (
	"fmt"
	"sync"
)

// memo keeps what was read at one page version of one shop: settings, menus, the family tree. It
// holds few keys, so it is a small map replaced when the version moves.
type memo struct {
	mu      sync.Mutex
	version int64
	values  map[string]any
}

// Memo reads something that only changes together with the page version, from memory when this
// process has read it before. In a Write it always reads anew, since the unit of work may be the
// one that changes it. The value is shared: never alter it. key is the caller's package name.
func Memo[T any](tx Tx, key string, read func(Tx) (T, error)) (T, error) {
	w := tx.work
	if !w.keep {
		return read(tx)
	}
	if v, ok := tx.shop.memo.get(w.version, key); ok {
		typed, ok := v.(T)
		if !ok {
			panic(fmt.Sprintf("tenant: memo %q holds %T", key, v))
		}
		return typed, nil
	}
	v, err := read(tx)
	if err == nil {
		tx.shop.memo.put(w.version, key, v)
	}
	return v, err
}

func (m *memo) get(version int64, key string) (any, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.version != version {
		return nil, false
	}
	v, ok := m.values[key]
	return v, ok
}

func (m *memo) put(version int64, key string, v any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.version > version {
		return
	}
	if m.version < version || m.values == nil {
		m.version, m.values = version, map[string]any{}
	}
	m.values[key] = v
}
