package kv

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Scope is the key space of one shop. Errors of all methods: ErrUnavailable.
type Scope struct {
	rdb    *redis.Client
	prefix string
}

// For returns the key space of a shop, named by its id. The name may not be empty
// and may not hold a colon, which ends it in the stored key; both are bugs and
// panic.
func (c *Client) For(shop string) Scope {
	if shop == "" || strings.ContainsRune(shop, ':') {
		panic(fmt.Sprintf("kv: %q cannot name a key space", shop))
	}
	return Scope{rdb: c.rdb, prefix: "s:" + shop + ":"}
}

// Get returns the value of a key and whether there is one.
func (s Scope) Get(ctx context.Context, key string) (string, bool, error) {
	return found(s.rdb.Get(ctx, s.prefix+key).Result())
}

// Take returns the value of a key and removes it in the same step, so that of
// several callers one gets it.
func (s Scope) Take(ctx context.Context, key string) (string, bool, error) {
	return found(s.rdb.GetDel(ctx, s.prefix+key).Result())
}

// Set stores a value for ttl, which must be positive: nothing stays for ever.
func (s Scope) Set(ctx context.Context, key, value string, ttl time.Duration) error {
	return unavailable(s.rdb.Set(ctx, s.prefix+key, value, positive(ttl)).Err())
}

// SetNew stores a value if there is none and tells whether it did.
func (s Scope) SetNew(ctx context.Context, key, value string, ttl time.Duration) (bool, error) {
	err := s.rdb.SetArgs(ctx, s.prefix+key, value, redis.SetArgs{Mode: "NX", TTL: positive(ttl)}).Err()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return err == nil, unavailable(err)
}

// Add adds n to the number under a key and returns the sum. The time to live is
// counted from the first Add.
func (s Scope) Add(ctx context.Context, key string, n int64, ttl time.Duration) (int64, error) {
	pipe := s.rdb.TxPipeline()
	sum := pipe.IncrBy(ctx, s.prefix+key, n)
	pipe.ExpireNX(ctx, s.prefix+key, positive(ttl))
	if _, err := pipe.Exec(ctx); err != nil {
		return 0, unavailable(err)
	}
	return sum.Val(), nil
}

// Delete removes keys, if they are there.
func (s Scope) Delete(ctx context.Context, keys ...string) error {
	if len(keys) == 0 {
		return nil
	}
	full := make([]string, len(keys))
	for i, key := range keys {
		full[i] = s.prefix + key
	}
	return unavailable(s.rdb.Del(ctx, full...).Err())
}

func found(value string, err error) (string, bool, error) {
	if errors.Is(err, redis.Nil) {
		return "", false, nil
	}
	return value, err == nil, unavailable(err)
}

// positive keeps a zero from meaning "for ever".
func positive(ttl time.Duration) time.Duration { return max(ttl, time.Millisecond) }
