package blob

import (
	"context"
	"io"
	"time"

	"echoppe.dev/platform/kit/fault"
)

// Meta is what is known of an object beside its bytes.
type Meta struct {
	// ContentType is what the object is served as; application/octet-stream when
	// empty.
	ContentType string
	// CacheControl is sent to browsers that fetch the object by a signed address.
	CacheControl string
	// Size is the length in bytes. For Put it may be zero when it is not known;
	// when it is given, an object of another length is refused.
	Size int64
	// Modified and ETag are set by the store. Two objects with the same ETag have
	// the same bytes.
	Modified time.Time
	ETag     string
}

// DefaultContentType is what objects without a type are.
const DefaultContentType = "application/octet-stream"

// Object is one entry of a list.
type Object struct {
	Key      string
	Size     int64
	Modified time.Time
}

// Page is part of a list, in the byte order of the keys.
type Page struct {
	Objects []Object
	// Next continues the list; empty on the last page.
	Next string
}

// Bucket stores objects. It is safe for concurrent use.
//
// Errors: ErrKey for a key that CheckKey refuses, ErrUnavailable when the store
// is away, and the context's error when it ends first.
type Bucket interface {
	// Put stores what r yields, replacing an object of the same key. When r or
	// ctx fails, the key is as it was. Errors also: ErrSize.
	Put(ctx context.Context, key string, r io.Reader, m Meta) error
	// Get opens an object; the caller closes it. Errors also: ErrNotFound.
	Get(ctx context.Context, key string) (io.ReadCloser, Meta, error)
	// GetRange opens length bytes from offset on, fewer at the end of the object,
	// all that follow when length is negative. Meta.Size is the size of the whole.
	// Errors also: ErrNotFound, ErrRange when offset is not inside the object.
	GetRange(ctx context.Context, key string, offset, length int64) (io.ReadCloser, Meta, error)
	// Delete removes an object, if there is one.
	Delete(ctx context.Context, key string) error
	// List returns up to limit objects (1000 at most, and when zero) whose keys
	// begin with prefix and follow after, the Next of the page before.
	List(ctx context.Context, prefix, after string, limit int) (Page, error)
	// SignedURL returns an address from which anybody can fetch the object until
	// ttl has passed. It does not look whether there is one.
	SignedURL(ctx context.Context, key string, ttl time.Duration) (string, error)
}

// MaxPage is the most objects in one page.
const MaxPage = 1000

var (
	// ErrNotFound is returned for a key without an object.
	ErrNotFound = fault.New(fault.NotFound, "blob.not_found")
	// ErrKey is returned for a key that no bucket accepts.
	ErrKey = fault.New(fault.Malformed, "blob.key")
	// ErrRange is returned for an offset outside the object.
	ErrRange = fault.New(fault.Malformed, "blob.range")
	// ErrSize is returned when an object has another length than announced.
	ErrSize = fault.New(fault.Malformed, "blob.size")
	// ErrUnavailable is returned when the store does not answer or fails.
	ErrUnavailable = fault.New(fault.Upstream, "blob.unavailable")
)
