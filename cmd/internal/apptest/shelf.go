package apptest

import (
	"context"
	"io"
	"sync/atomic"
	"time"

	"echoppe.dev/platform/driver/blob"
)

// Shelf is an object store that can be taken away.
type Shelf struct {
	blob.Bucket
	gone atomic.Bool
}

// Cut takes the store away.
func (s *Shelf) Cut() { s.gone.Store(true) }

// Mend gives it back.
func (s *Shelf) Mend() { s.gone.Store(false) }

func (s *Shelf) there() error {
	if s.gone.Load() {
		return blob.ErrUnavailable
	}
	return nil
}

// Put is blob.Bucket's.
func (s *Shelf) Put(ctx context.Context, key string, r io.Reader, m blob.Meta) error {
	if err := s.there(); err != nil {
		return err
	}
	return s.Bucket.Put(ctx, key, r, m)
}

// Get is blob.Bucket's.
func (s *Shelf) Get(ctx context.Context, key string) (io.ReadCloser, blob.Meta, error) {
	if err := s.there(); err != nil {
		return nil, blob.Meta{}, err
	}
	return s.Bucket.Get(ctx, key)
}

// GetRange is blob.Bucket's.
func (s *Shelf) GetRange(ctx context.Context, key string, offset, length int64) (io.ReadCloser, blob.Meta, error) {
	if err := s.there(); err != nil {
		return nil, blob.Meta{}, err
	}
	return s.Bucket.GetRange(ctx, key, offset, length)
}

// Delete is blob.Bucket's.
func (s *Shelf) Delete(ctx context.Context, key string) error {
	if err := s.there(); err != nil {
		return err
	}
	return s.Bucket.Delete(ctx, key)
}

// List is blob.Bucket's.
func (s *Shelf) List(ctx context.Context, prefix, after string, limit int) (blob.Page, error) {
	if err := s.there(); err != nil {
		return blob.Page{}, err
	}
	return s.Bucket.List(ctx, prefix, after, limit)
}

// SignedURL is blob.Bucket's.
func (s *Shelf) SignedURL(ctx context.Context, key string, ttl time.Duration) (string, error) {
	if err := s.there(); err != nil {
		return "", err
	}
	return s.Bucket.SignedURL(ctx, key, ttl)
}

var _ blob.Bucket = (*Shelf)(nil)
