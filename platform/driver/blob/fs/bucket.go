package fs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	iofs "io/fs"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
)

const (
	mark      = "~"
	newFolder = "~new"
	// staleAfter is how old a half-written object must be to be taken for dead.
	staleAfter = 24 * time.Hour
)

// Signer signs addresses; secret.Ring is one.
type Signer interface {
	Sign(purpose, subject string, expires time.Time) string
	Verify(purpose, signed string, now time.Time) (string, error)
}

// Config says where objects are kept and how they are reached.
type Config struct {
	// Dir is the folder; created when missing.
	Dir string
	// BaseURL is where Handler is mounted, without a slash at the end.
	BaseURL string
	// Signer signs the addresses that SignedURL returns.
	Signer Signer
	// Clock dates objects and addresses; the system's when nil.
	Clock clock.Clock
}

// Bucket is a folder of objects.
type Bucket struct {
	cfg  Config
	root *os.Root
}

// Open prepares the folder and clears what earlier processes left half-written.
func Open(cfg Config) (*Bucket, error) {
	if cfg.Clock == nil {
		cfg.Clock = clock.System()
	}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("object folder: %w", err)
	}
	root, err := os.OpenRoot(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("object folder: %w", err)
	}
	b := &Bucket{cfg: cfg, root: root}
	if err := b.clearStale(); err != nil {
		return nil, errors.Join(fmt.Errorf("object folder: %w", err), root.Close())
	}
	return b, nil
}

// Close gives the folder back; the objects stay.
func (b *Bucket) Close() error { return b.root.Close() }

func (b *Bucket) clearStale() error {
	if err := b.root.MkdirAll(newFolder, 0o700); err != nil {
		return err
	}
	entries, err := iofs.ReadDir(b.root.FS(), newFolder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && b.cfg.Clock.Now().Sub(info.ModTime()) > staleAfter {
			_ = b.root.Remove(path.Join(newFolder, e.Name()))
		}
	}
	return nil
}

// Put implements blob.Bucket.
func (b *Bucket) Put(ctx context.Context, key string, r io.Reader, m blob.Meta) error {
	if err := blob.CheckKey(key); err != nil {
		return err
	}
	name := path.Join(newFolder, secret.Token())
	f, err := b.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return unavailable("store", key, err)
	}
	err = b.fill(ctx, f, r, m)
	if closed := f.Close(); err == nil && closed != nil {
		err = unavailable("store", key, closed)
	}
	if err == nil {
		err = b.place(name, key)
	}
	if err != nil {
		_ = b.root.Remove(name)
	}
	return err
}

// fill writes bytes and trailer. An error of the reader is passed on as it is:
// it is the caller's own.
func (b *Bucket) fill(ctx context.Context, f *os.File, r io.Reader, m blob.Meta) error {
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, sum), contextReader{ctx, r})
	if err != nil {
		return err
	}
	if m.Size > 0 && m.Size != size {
		return blob.ErrSize.Because(fmt.Errorf("got %d bytes, %d were announced", size, m.Size))
	}
	if m.ContentType == "" {
		m.ContentType = blob.DefaultContentType
	}
	m.Size, m.Modified, m.ETag = size, b.cfg.Clock.Now(), hex.EncodeToString(sum.Sum(nil)[:16])
	return writeTrailer(f, m)
}

// place moves a finished file to its key. Neighbours make and remove folders of
// the same path meanwhile, so that making one may find it already there or its
// parent gone, and the move may find it gone: then both steps are repeated.
func (b *Bucket) place(name, key string) error {
	var err error
	for range 10 {
		if err = b.moveTo(name, key); !errors.Is(err, iofs.ErrNotExist) && !errors.Is(err, iofs.ErrExist) {
			break
		}
	}
	if err != nil {
		return unavailable("store", key, err)
	}
	return nil
}

func (b *Bucket) moveTo(name, key string) error {
	if dir := path.Dir(key); dir != "." {
		if err := b.root.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	return b.root.Rename(name, key+mark)
}

// Get implements blob.Bucket.
func (b *Bucket) Get(ctx context.Context, key string) (io.ReadCloser, blob.Meta, error) {
	return b.open(ctx, key, 0, -1, false)
}

// GetRange implements blob.Bucket.
func (b *Bucket) GetRange(ctx context.Context, key string, offset, length int64) (io.ReadCloser, blob.Meta, error) {
	return b.open(ctx, key, offset, length, true)
}

func (b *Bucket) open(ctx context.Context, key string, offset, length int64, ranged bool) (io.ReadCloser, blob.Meta, error) {
	f, m, err := b.file(ctx, key)
	if err != nil {
		return nil, blob.Meta{}, err
	}
	if offset < 0 || ranged && offset >= m.Size || length == 0 {
		_ = f.Close()
		return nil, blob.Meta{}, blob.ErrRange
	}
	left := m.Size - offset
	if length > 0 {
		left = min(left, length)
	}
	section := io.NewSectionReader(f, offset, left)
	return reader{contextReader{ctx, section}, f}, m, nil
}

// file opens an object and reads its trailer.
func (b *Bucket) file(ctx context.Context, key string) (*os.File, blob.Meta, error) {
	if err := blob.CheckKey(key); err != nil {
		return nil, blob.Meta{}, err
	}
	if err := ctx.Err(); err != nil {
		return nil, blob.Meta{}, err
	}
	f, err := b.root.Open(key + mark)
	if errors.Is(err, iofs.ErrNotExist) {
		return nil, blob.Meta{}, blob.ErrNotFound
	}
	if err != nil {
		return nil, blob.Meta{}, unavailable("read", key, err)
	}
	m, err := readTrailer(f)
	if err != nil {
		_ = f.Close()
		return nil, blob.Meta{}, unavailable("read", key, err)
	}
	return f, m, nil
}

// Delete implements blob.Bucket. Folders that become empty are removed.
func (b *Bucket) Delete(ctx context.Context, key string) error {
	if err := blob.CheckKey(key); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := b.root.Remove(key + mark); err != nil && !errors.Is(err, iofs.ErrNotExist) {
		return unavailable("delete", key, err)
	}
	for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
		if b.root.Remove(dir) != nil { // not empty, or gone already
			break
		}
	}
	return nil
}

// List implements blob.Bucket.
func (b *Bucket) List(ctx context.Context, prefix, after string, limit int) (blob.Page, error) {
	if err := blob.CheckPrefix(prefix); err != nil {
		return blob.Page{}, err
	}
	if limit <= 0 || limit > blob.MaxPage {
		limit = blob.MaxPage
	}
	keys, err := b.keys(ctx, prefix, after)
	if err != nil {
		return blob.Page{}, err
	}
	var page blob.Page
	for _, key := range keys {
		if len(page.Objects) == limit {
			page.Next = page.Objects[limit-1].Key
			break
		}
		f, m, err := b.file(ctx, key)
		if errors.Is(err, blob.ErrNotFound) {
			continue // deleted meanwhile
		}
		if err != nil {
			return blob.Page{}, err
		}
		_ = f.Close()
		page.Objects = append(page.Objects, blob.Object{Key: key, Size: m.Size, Modified: m.Modified})
	}
	return page, nil
}

// keys lists what begins with prefix and follows after, sorted as S3 sorts:
// by the bytes of the whole key, not folder by folder.
func (b *Bucket) keys(ctx context.Context, prefix, after string) ([]string, error) {
	top := path.Dir(prefix + "x") // the deepest folder that holds them all
	var keys []string
	err := iofs.WalkDir(b.root.FS(), top, func(name string, d iofs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		switch {
		case errors.Is(err, iofs.ErrNotExist):
			return nil // removed while we walk, or no such folder
		case err != nil:
			return err
		case d.IsDir() && name == newFolder:
			return iofs.SkipDir
		}
		key, ours := strings.CutSuffix(name, mark)
		if ours && !d.IsDir() && strings.HasPrefix(key, prefix) && key > after {
			keys = append(keys, key)
		}
		return nil
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, unavailable("list", prefix, err)
	}
	slices.Sort(keys)
	return keys, nil
}

// SignedURL implements blob.Bucket; Handler honours the address.
func (b *Bucket) SignedURL(_ context.Context, key string, ttl time.Duration) (string, error) {
	if err := blob.CheckKey(key); err != nil {
		return "", err
	}
	token := b.cfg.Signer.Sign(purpose, key, b.cfg.Clock.Now().Add(ttl))
	return b.cfg.BaseURL + "/" + (&url.URL{Path: key}).EscapedPath() + "?" + url.Values{"token": {token}}.Encode(), nil
}

func unavailable(what, key string, err error) error {
	return blob.ErrUnavailable.Because(fmt.Errorf("%s %s: %w", what, key, err))
}

// contextReader fails as soon as the context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

type reader struct {
	io.Reader
	io.Closer
}

var _ blob.Bucket = (*Bucket)(nil)
