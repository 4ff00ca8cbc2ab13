// Package blobtest is the contract of blob.Bucket as a test suite.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"echoppe.dev/platform/driver/blob"
)

// Run tests one bucket, which must be empty and may be left full.
func Run(t *testing.T, b blob.Bucket) {
	t.Helper()
	s := suite{b}
	t.Run("object comes back as it went", s.roundTrip)
	t.Run("missing object", s.missing)
	t.Run("hostile keys", s.hostileKeys)
	t.Run("same key in two scopes", s.scopes)
	t.Run("range", s.ranges)
	t.Run("12 MB stream", s.largeStream)
	t.Run("overwritten key", s.overwrite)
	t.Run("failed upload changes nothing", s.failedUpload)
	t.Run("list", s.list)
	t.Run("signed address", s.signedURL)
	t.Run("concurrent writers", s.concurrent)
	t.Run("cancelled context", s.cancelled)
}

type suite struct{ b blob.Bucket }

func (s suite) put(t *testing.T, key, content string, m blob.Meta) {
	t.Helper()
	if err := s.b.Put(t.Context(), key, strings.NewReader(content), m); err != nil {
		t.Fatalf("Put(%q) = %v", key, err)
	}
}

func (s suite) get(t *testing.T, key string) (string, blob.Meta) {
	t.Helper()
	r, m, err := s.b.Get(t.Context(), key)
	if err != nil {
		t.Fatalf("Get(%q) = %v", key, err)
	}
	return read(t, r), m
}

func read(t *testing.T, r io.ReadCloser) string {
	t.Helper()
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func (s suite) roundTrip(t *testing.T) {
	for _, key := range []string{"round/plain.txt", "round/été à Paris (1)+&=#%20.jpg", "round/日本.png", "r"} {
		s.put(t, key, "content of "+key, blob.Meta{ContentType: "image/webp", CacheControl: "public, max-age=60"})
		got, m := s.get(t, key)
		if got != "content of "+key || m.Size != int64(len(got)) || m.ContentType != "image/webp" || m.CacheControl != "public, max-age=60" {
			t.Errorf("%q came back as %q with %+v", key, got, m)
		}
		if m.ETag == "" || m.Modified.IsZero() {
			t.Errorf("%q has no ETag or date: %+v", key, m)
		}
	}
	s.put(t, "round/empty", "", blob.Meta{})
	if got, m := s.get(t, "round/empty"); got != "" || m.Size != 0 || m.ContentType != blob.DefaultContentType {
		t.Errorf("the empty object is %q with %+v", got, m)
	}
}

func (s suite) missing(t *testing.T) {
	if _, _, err := s.b.Get(t.Context(), "no/such"); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("Get = %v, want ErrNotFound", err)
	}
	if _, _, err := s.b.GetRange(t.Context(), "no/such", 0, 1); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("GetRange = %v, want ErrNotFound", err)
	}
	s.put(t, "gone/soon", "x", blob.Meta{})
	for range 2 {
		if err := s.b.Delete(t.Context(), "gone/soon"); err != nil {
			t.Errorf("Delete = %v", err)
		}
	}
	if _, _, err := s.b.Get(t.Context(), "gone/soon"); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("Get after Delete = %v, want ErrNotFound", err)
	}
}

func (s suite) hostileKeys(t *testing.T) {
	for _, key := range []string{
		"", ".", "..", "../x", "a/../../x", "a/..", "/etc/passwd", "a//b", "a/", `..\x`, `c:\x`, "a\x00b", "a\nb",
		"~new/x", "x~", "\xff", strings.Repeat("x", 201), strings.Repeat("x/", 500) + "x",
	} {
		for name, b := range map[string]blob.Bucket{"bucket": s.b, "scope": blob.Scoped(s.b, "hostile/")} {
			_, _, got := b.Get(t.Context(), key)
			_, _, ranged := b.GetRange(t.Context(), key, 0, 1)
			_, signed := b.SignedURL(t.Context(), key, time.Minute)
			put := b.Put(t.Context(), key, strings.NewReader("x"), blob.Meta{})
			for call, err := range map[string]error{"Get": got, "GetRange": ranged, "SignedURL": signed, "Put": put, "Delete": b.Delete(t.Context(), key)} {
				if !errors.Is(err, blob.ErrKey) {
					t.Errorf("%s: %s(%q) = %v, want ErrKey", name, call, key, err)
				}
			}
		}
	}
	if _, err := s.b.List(t.Context(), "../", "", 0); !errors.Is(err, blob.ErrKey) {
		t.Errorf("List(../) = %v, want ErrKey", err)
	}
}

func (s suite) scopes(t *testing.T) {
	one, two := suite{blob.Scoped(s.b, "shops/1/")}, suite{blob.Scoped(s.b, "shops/12/")}
	one.put(t, "logo.png", "one", blob.Meta{})
	two.put(t, "logo.png", "twelve", blob.Meta{})
	two.put(t, "secret.png", "twelve", blob.Meta{})
	if got, _ := one.get(t, "logo.png"); got != "one" {
		t.Errorf("shop 1 reads %q", got)
	}
	page, err := one.b.List(t.Context(), "", "", 0)
	if err != nil || len(page.Objects) != 1 || page.Objects[0].Key != "logo.png" {
		t.Errorf("shop 1 lists %+v, %v", page, err)
	}
	if err := one.b.Delete(t.Context(), "logo.png"); err != nil {
		t.Fatal(err)
	}
	if got, _ := two.get(t, "logo.png"); got != "twelve" {
		t.Errorf("after shop 1's Delete shop 12 reads %q", got)
	}
	if _, _, err := one.b.Get(t.Context(), "secret.png"); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("shop 1 asks for shop 12's object: %v", err)
	}
}

func (s suite) ranges(t *testing.T) {
	const content = "0123456789"
	s.put(t, "range", content, blob.Meta{ContentType: "text/plain"})
	for _, tt := range []struct {
		offset, length int64
		want           string
	}{{0, 4, "0123"}, {3, 3, "345"}, {8, 100, "89"}, {4, -1, "456789"}, {0, -1, content}} {
		r, m, err := s.b.GetRange(t.Context(), "range", tt.offset, tt.length)
		if err != nil {
			t.Errorf("GetRange(%d, %d) = %v", tt.offset, tt.length, err)
			continue
		}
		if got := read(t, r); got != tt.want || m.Size != 10 || m.ContentType != "text/plain" {
			t.Errorf("GetRange(%d, %d) = %q with %+v, want %q", tt.offset, tt.length, got, m, tt.want)
		}
	}
	for _, bad := range [][2]int64{{10, 1}, {99, -1}, {-1, 2}, {0, 0}} {
		if _, _, err := s.b.GetRange(t.Context(), "range", bad[0], bad[1]); !errors.Is(err, blob.ErrRange) {
			t.Errorf("GetRange%v = %v, want ErrRange", bad, err)
		}
	}
}

// pattern yields n bytes without holding them.
type pattern struct{ n, at int64 }

func (p *pattern) Read(b []byte) (int, error) {
	if p.at >= p.n {
		return 0, io.EOF
	}
	size := min(int64(len(b)), p.n-p.at)
	for i := range b[:size] {
		b[i] = byte((p.at + int64(i)) * 31 >> 3)
	}
	p.at += size
	return int(size), nil
}

func (s suite) largeStream(t *testing.T) {
	const size = 12_000_001
	if err := s.b.Put(t.Context(), "large", &pattern{n: size}, blob.Meta{ContentType: "application/zip", Size: size}); err != nil {
		t.Fatal(err)
	}
	r, m, err := s.b.Get(t.Context(), "large")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	got, want := sha256.New(), sha256.New()
	n, err := io.Copy(got, r)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(want, &pattern{n: size})
	if n != size || m.Size != size || m.ContentType != "application/zip" || !bytes.Equal(got.Sum(nil), want.Sum(nil)) {
		t.Errorf("%d bytes with %+v came back, or others than went", n, m)
	}
}

func (s suite) overwrite(t *testing.T) {
	s.put(t, "over", "a longer first content", blob.Meta{ContentType: "text/plain", CacheControl: "no-store"})
	_, before := s.get(t, "over")
	s.put(t, "over", "second", blob.Meta{ContentType: "text/css"})
	got, m := s.get(t, "over")
	if got != "second" || m.ContentType != "text/css" || m.CacheControl != "" || m.ETag == before.ETag {
		t.Errorf("after the overwrite: %q with %+v", got, m)
	}
}

var errBroken = errors.New("the sender went away")

func (s suite) failedUpload(t *testing.T) {
	s.put(t, "kept", "first", blob.Meta{})
	for name, size := range map[string]int64{"early": 10, "after a part": 9 << 20} {
		broken := io.MultiReader(&pattern{n: size}, iotestErr{})
		if err := s.b.Put(t.Context(), "kept", broken, blob.Meta{}); !errors.Is(err, errBroken) {
			t.Errorf("%s: Put = %v, want the reader's error", name, err)
		}
		if err := s.b.Put(t.Context(), "kept", &pattern{n: size}, blob.Meta{Size: size + 1}); !errors.Is(err, blob.ErrSize) {
			t.Errorf("%s: short Put = %v, want ErrSize", name, err)
		}
	}
	if got, _ := s.get(t, "kept"); got != "first" {
		t.Errorf("a failed upload left %.20q", got)
	}
	page, err := s.b.List(t.Context(), "kept", "", 0)
	if err != nil || len(page.Objects) != 1 {
		t.Errorf("a failed upload left %+v, %v", page, err)
	}
}

type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, errBroken }

func (s suite) list(t *testing.T) {
	keys := []string{"list/a/1", "list/a-b", "list/a.b", "list/a/2", "list/ab", "list/b/c/d", "list/é"}
	for i, key := range keys {
		s.put(t, key, strings.Repeat("x", i), blob.Meta{})
	}
	slices.Sort(keys)
	var got []string
	for after, pages := "", 0; ; pages++ {
		page, err := s.b.List(t.Context(), "list/", after, 3)
		if err != nil || pages > len(keys) || len(page.Objects) > 3 {
			t.Fatalf("page %d: %+v, %v", pages, page, err)
		}
		for _, o := range page.Objects {
			got = append(got, o.Key)
			if o.Modified.IsZero() {
				t.Errorf("%q has no date", o.Key)
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if !slices.Equal(got, keys) {
		t.Errorf("pages of three give %q, want %q", got, keys)
	}
	for prefix, want := range map[string]int{"list/a": 5, "list/a/": 2, "list/b/c/d": 1, "list/zz": 0, "nothing/": 0} {
		page, err := s.b.List(t.Context(), prefix, "", 0)
		if err != nil || len(page.Objects) != want || page.Next != "" {
			t.Errorf("List(%q) = %+v, %v, want %d objects", prefix, page, err, want)
		}
	}
}

func (s suite) signedURL(t *testing.T) {
	const key = "signed/été & co.txt"
	s.put(t, key, "for you", blob.Meta{ContentType: "text/plain"})
	address, err := s.b.SignedURL(t.Context(), key, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	res, body := fetch(t, address)
	if res.StatusCode != http.StatusOK || body != "for you" || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("%s answers %d %q", address, res.StatusCode, body)
	}
	s.put(t, "signed/other", "not for you", blob.Meta{})
	stolen := strings.Replace(address, "signed/%C3%A9t%C3%A9%20&%20co.txt", "signed/other", 1)
	if stolen == address {
		stolen = strings.Replace(address, "signed/%C3%A9t%C3%A9%20%26%20co.txt", "signed/other", 1)
	}
	if stolen == address {
		t.Fatalf("cannot find the key in %s", address)
	}
	for name, bad := range map[string]string{"without signature": address[:strings.IndexByte(address, '?')], "for another object": stolen} {
		if res, body := fetch(t, bad); res.StatusCode < 400 || strings.Contains(body, "for you") {
			t.Errorf("%s: %d %q", name, res.StatusCode, body)
		}
	}
}

func fetch(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return res, read(t, res.Body)
}

func (s suite) concurrent(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 8 {
		content := strings.Repeat(fmt.Sprint(i), 50_000+i)
		wg.Go(func() {
			if err := s.b.Put(t.Context(), "race/same", strings.NewReader(content), blob.Meta{ContentType: fmt.Sprintf("text/x-%d", i)}); err != nil {
				t.Errorf("writer %d: %v", i, err)
			}
			own := fmt.Sprintf("race/own/%d", i)
			if err := errors.Join(s.b.Put(t.Context(), own, strings.NewReader("x"), blob.Meta{}), s.b.Delete(t.Context(), own)); err != nil {
				t.Errorf("writer %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	got, m := s.get(t, "race/same")
	winner := got[:1]
	if got != strings.Repeat(winner, len(got)) || m.Size != int64(len(got)) || m.ContentType != "text/x-"+winner {
		t.Errorf("a mixture of writers: %d bytes beginning with %s, %+v", len(got), winner, m)
	}
}

func (s suite) cancelled(t *testing.T) {
	s.put(t, "cancel", "first", blob.Meta{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, get := s.b.Get(ctx, "cancel")
	_, list := s.b.List(ctx, "cancel", "", 0)
	put := s.b.Put(ctx, "cancel", strings.NewReader("second"), blob.Meta{})
	for call, err := range map[string]error{"Get": get, "List": list, "Put": put, "Delete": s.b.Delete(ctx, "cancel")} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s = %v, want context.Canceled", call, err)
		}
	}
	if got, _ := s.get(t, "cancel"); got != "first" {
		t.Errorf("a cancelled call left %q", got)
	}
}
