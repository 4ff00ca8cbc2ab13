package tenant

import (
	"context"
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
	if v, ok := kept[T](tx.shop, w.version, key); ok {
		return v, nil
	}
	v, err := read(tx)
	if err == nil {
		tx.shop.memo.put(w.version, key, v)
	}
	return v, err
}

// Recall is Memo for whoever has no unit of work: it opens one only when this process has not read the same at the page
// version it knows of. What it gives may therefore be as old as a page (Versions).
func Recall[T any](ctx context.Context, s *Shop, key string, read func(Tx) (T, error)) (T, error) {
	version, err := s.Version(ctx)
	if err != nil {
		var none T
		return none, err
	}
	v, ok := kept[T](s, version, key)
	if ok {
		return v, nil
	}
	err = s.Read(ctx, func(tx Tx) (err error) {
		v, err = Memo(tx, key, read)
		return err
	})
	return v, err
}

// Kept is what Memo or Recall has kept at the page version this process knows of. It asks nobody, so it may be called in a
// Write, for what may be as old as a page there.
func Kept[T any](s *Shop, key string) (T, bool) {
	version, known := s.versions.known(s.ref.ID)
	if !known {
		var none T
		return none, false
	}
	return kept[T](s, version, key)
}

func kept[T any](s *Shop, version int64, key string) (T, bool) {
	v, ok := s.memo.get(version, key)
	if !ok {
		var none T
		return none, false
	}
	typed, ok := v.(T)
	if !ok {
		panic(fmt.Sprintf("tenant: memo %q holds %T", key, v))
	}
	return typed, true
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
