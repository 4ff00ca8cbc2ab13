package blob

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"
)

// Scoped is the part of b below prefix, as if it were a bucket of its own. The
// prefix ends with a slash and comes from the program, never from input; a wrong
// one is a bug and panics.
func Scoped(b Bucket, prefix string) Bucket {
	if !strings.HasSuffix(prefix, "/") || CheckPrefix(prefix) != nil {
		panic(fmt.Sprintf("blob: %q is not a scope", prefix))
	}
	return scope{b, prefix}
}

type scope struct {
	inner  Bucket
	prefix string
}

func (s scope) Put(ctx context.Context, key string, r io.Reader, m Meta) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	return s.inner.Put(ctx, s.prefix+key, r, m)
}

func (s scope) Get(ctx context.Context, key string) (io.ReadCloser, Meta, error) {
	if err := CheckKey(key); err != nil {
		return nil, Meta{}, err
	}
	return s.inner.Get(ctx, s.prefix+key)
}

func (s scope) GetRange(ctx context.Context, key string, offset, length int64) (io.ReadCloser, Meta, error) {
	if err := CheckKey(key); err != nil {
		return nil, Meta{}, err
	}
	return s.inner.GetRange(ctx, s.prefix+key, offset, length)
}

func (s scope) Delete(ctx context.Context, key string) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	return s.inner.Delete(ctx, s.prefix+key)
}

func (s scope) List(ctx context.Context, prefix, after string, limit int) (Page, error) {
	if err := CheckPrefix(prefix); err != nil {
		return Page{}, err
	}
	if after != "" {
		if err := CheckKey(after); err != nil {
			return Page{}, err
		}
		after = s.prefix + after
	}
	page, err := s.inner.List(ctx, s.prefix+prefix, after, limit)
	if err != nil {
		return Page{}, err
	}
	for i := range page.Objects {
		page.Objects[i].Key = strings.TrimPrefix(page.Objects[i].Key, s.prefix)
	}
	page.Next = strings.TrimPrefix(page.Next, s.prefix)
	return page, nil
}

func (s scope) SignedURL(ctx context.Context, key string, ttl time.Duration) (string, error) {
	if err := CheckKey(key); err != nil {
		return "", err
	}
	return s.inner.SignedURL(ctx, s.prefix+key, ttl)
}

var _ Bucket = scope{}
