package fs_test

import (
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/blob/blobtest"
	"echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
)

func ring(t *testing.T) *secret.Ring {
	t.Helper()
	r, err := secret.ParseKeys("k1:" + base64.StdEncoding.EncodeToString([]byte("0123456789abcdefghijklmnopqrstuv")))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// open serves a bucket under /files, as the product does.
func open(t *testing.T, dir string, c clock.Clock) *fs.Bucket {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	b, err := fs.Open(fs.Config{Dir: dir, BaseURL: server.URL + "/files", Signer: ring(t), Clock: c})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	mux.Handle("/files/", http.StripPrefix("/files", b.Handler()))
	return b
}

func TestBucket_contract(t *testing.T) { blobtest.Run(t, open(t, t.TempDir(), nil)) }

func put(t *testing.T, b blob.Bucket, key, content string) {
	t.Helper()
	if err := b.Put(t.Context(), key, strings.NewReader(content), blob.Meta{ContentType: "text/html", CacheControl: "private"}); err != nil {
		t.Fatal(err)
	}
}

func TestBucket_keyMayContinueAnother(t *testing.T) {
	b := open(t, t.TempDir(), nil)
	put(t, b, "a/b", "inner")
	put(t, b, "a", "outer")
	page, err := b.List(t.Context(), "", "", 0)
	if err != nil || len(page.Objects) != 2 {
		t.Errorf("list %+v, %v", page, err)
	}
}

func TestBucket_linkLeadsNowhere(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret~"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	b := open(t, dir, nil)
	if _, _, err := b.Get(t.Context(), "link/secret"); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("Get through a link = %v", err)
	}
	if err := b.Put(t.Context(), "link/new", strings.NewReader("x"), blob.Meta{}); err == nil {
		t.Error("Put through a link succeeded")
	}
	if left, _ := os.ReadDir(outside); len(left) != 1 {
		t.Errorf("something was written outside: %v", left)
	}
}

func TestBucket_foreignAndBrokenFiles(t *testing.T) {
	dir := t.TempDir()
	b := open(t, dir, nil)
	put(t, b, "good", "content")
	whole, err := os.ReadFile(filepath.Join(dir, "good~"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"notes.txt": "not ours", "empty~": "", "cut~": string(whole[:len(whole)-3]), "short~": "ECHOBLB1",
		"headless~": string(whole[1:]), "lying~": "\xff\xff\xff\xffECHOBLB1",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		key, ours := strings.CutSuffix(name, "~")
		if _, _, err := b.Get(t.Context(), key); ours && !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("Get(%q) = %v, want ErrUnavailable", key, err)
		}
	}
}

func TestOpen_clearsHalfWritten(t *testing.T) {
	dir := t.TempDir()
	now := clock.New(time.Now())
	b := open(t, dir, now)
	put(t, b, "a", "x")
	half := filepath.Join(dir, "~new", "HALF")
	if err := os.WriteFile(half, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir, now)
	if _, err := os.Stat(half); err != nil {
		t.Errorf("a fresh upload of another process was removed: %v", err)
	}
	now.Advance(25 * time.Hour)
	again := open(t, dir, now)
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a dead upload is still there: %v", err)
	}
	if _, _, err := again.Get(t.Context(), "a"); err != nil {
		t.Errorf("an object was lost over a restart: %v", err)
	}
}

func TestHandler(t *testing.T) {
	now := clock.New(time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC))
	b := open(t, t.TempDir(), now)
	put(t, b, "page", "<script>alert(1)</script>")
	address, err := b.SignedURL(t.Context(), "page", time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	req.Header.Set("Range", "bytes=0-6")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if res.StatusCode != http.StatusPartialContent || string(body) != "<script" || res.Header.Get("Cache-Control") != "private" {
		t.Errorf("range answers %d %q %v", res.StatusCode, body, res.Header)
	}
	if !strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("an uploaded page could script: %v", res.Header)
	}
	now.Advance(time.Minute)
	res, err = http.Get(address) //nolint:noctx // the test's own server
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("an address past its time answers %d", res.StatusCode)
	}
}
