package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

const (
	immutable = "public, max-age=31536000, immutable"
	// hashLength is enough of the hash to tell the versions of one file apart.
	hashLength = 10
)

// Assets serves files whose address contains their hash, so that browsers and
// proxies keep them for ever and a deploy needs no purge. Only files that were
// there at the start exist: no path of a request ever reaches a file system.
type Assets struct {
	prefix string
	byName map[string]string // app.css → /assets/app.4f1c….css
	files  map[string]*asset // app.4f1c….css
}

type asset struct {
	kind, etag   string
	plain, small []byte // small is gzipped, nil when that saves nothing
}

// NewAssets reads every file of fsys. The files are served under prefix, which
// begins and does not end with a slash.
func NewAssets(fsys fs.FS, prefix string) (*Assets, error) {
	a := &Assets{prefix: prefix, byName: make(map[string]string), files: make(map[string]*asset)}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		a.add(name, content)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read assets: %w", err)
	}
	return a, nil
}

func (a *Assets) add(name string, content []byte) {
	file := &asset{kind: contentType(name), etag: ETag(content), plain: content}
	if textual(file.kind) && len(content) >= compressFrom {
		var packed bytes.Buffer
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // a valid constant
		w.Write(content)                                           //nolint:errcheck // a bytes.Buffer takes everything
		w.Close()                                                  //nolint:errcheck // as above
		if packed.Len() < len(content) {
			file.small = packed.Bytes()
		}
	}
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + strings.Trim(file.etag, `"`)[:hashLength] + ext
	a.byName[name] = a.prefix + "/" + hashed
	a.files[hashed] = file
}

// URL is the address of a file under the root of the host. It panics on a name
// that is not there, which a test of the page finds.
func (a *Assets) URL(name string) string {
	address, known := a.byName[name]
	if !known {
		panic("web: no asset " + name)
	}
	return address
}

// Serve answers GET and HEAD of prefix+"/*".
func (a *Assets) Serve(c echo.Context) error {
	file, known := a.files[c.Param("*")]
	if !known {
		return echo.ErrNotFound
	}
	r, h := c.Request(), c.Response().Header()
	h.Set("Content-Type", file.kind)
	h.Set("Cache-Control", immutable)
	content, etag := file.plain, file.etag
	if file.small != nil {
		h.Set("Vary", "Accept-Encoding")
		if AcceptsGzip(r) && r.Header.Get("Range") == "" {
			h.Set("Content-Encoding", "gzip")
			content, etag = file.small, "W/"+file.etag
		}
	}
	h.Set("ETag", etag)
	http.ServeContent(c.Response(), r, "", time.Time{}, bytes.NewReader(content))
	return nil
}

// contentType does not ask the machine's mime tables, which differ.
func contentType(name string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	case ".webp":
		return "image/webp"
	case ".ico":
		return "image/x-icon"
	case ".png", ".jpg", ".jpeg", ".gif", ".pdf":
		return mime.TypeByExtension(ext) // built into package mime
	}
	return "application/octet-stream"
}
