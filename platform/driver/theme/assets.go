package theme

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"echoppe.dev/platform/driver/web"
)

// styleSheet is the asset that carries the settings as custom properties.
const styleSheet = "theme.css"

// asset is one file of a theme's assets folder.
type asset struct {
	name string
	url  string
	kind string
	etag string
	body []byte
	// packed is body in gzip, made once and for the first who asks: a theme of a shop is loaded more
	// often than its assets are served here. nil for what does not shrink.
	packed func() []byte
}

var assetName = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]*$`)

// hashLength is enough of a SHA-256 to tell versions of one file apart.
const hashLength = 12

// loadAssets reads the assets of all layers, the nearest winning. Their address holds
// a hash of the content, so that a browser may keep them for ever.
func (s *set) loadAssets(base string) error {
	s.assets = map[string]*asset{}
	var sheets []*asset
	for _, layer := range s.layers {
		names, err := fs.Glob(layer, "assets/*")
		if err != nil {
			return err
		}
		for _, file := range names {
			name := path.Base(file)
			if s.assets[name] != nil || !assetName.MatchString(name) {
				continue
			}
			body, err := fs.ReadFile(layer, file)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			if path.Ext(name) == ".css" {
				body = squeezeCSS(body)
			}
			if name == styleSheet {
				settings, err := s.stylesheet()
				if err != nil {
					return err
				}
				body = append([]byte(settings), body...)
			}
			a := &asset{name: name, kind: contentType(name), body: body}
			s.assets[name] = a
			if path.Ext(name) == ".css" {
				sheets = append(sheets, a)
			} else {
				a.settle(base, s.name)
			}
		}
	}
	for _, a := range sheets { // they name other assets, whose addresses are known now
		a.body = cssURL.ReplaceAllFunc(a.body, func(call []byte) []byte {
			if other := s.assets[string(cssURL.FindSubmatch(call)[1])]; other != nil && other.url != "" {
				return []byte("url(" + other.url + ")")
			}
			return call
		})
		a.settle(base, s.name)
	}
	return nil
}

// cssURL is a style sheet's mention of another asset by its bare name.
var cssURL = regexp.MustCompile(`url\(([a-z0-9][a-z0-9_.-]*)\)`)

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssBreak   = regexp.MustCompile(`([{};,])\s*\n\s*`)
)

// squeezeCSS leaves out what only an author reads: comments and the line breaks that
// follow a mark of punctuation.
func squeezeCSS(css []byte) []byte {
	return bytes.TrimSpace(cssBreak.ReplaceAll(cssComment.ReplaceAll(css, nil), []byte("$1")))
}

// settle gives the asset its address.
func (a *asset) settle(base, theme string) {
	sum := sha256.Sum256(a.body)
	hash := hex.EncodeToString(sum[:])[:hashLength]
	a.url, a.etag = base+"/"+theme+"/"+hash+"/"+a.name, `"`+hash+`"`
	a.packed = sync.OnceValue(func() []byte { return pack(a.kind, a.body) })
}

// pack is text at gzip's best; nil for what is compressed by its nature, or gains nothing.
func pack(kind string, body []byte) []byte {
	if !strings.HasPrefix(kind, "text/") && kind != "image/svg+xml" {
		return nil
	}
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // a valid constant
	w.Write(body)                                           //nolint:errcheck // a bytes.Buffer takes everything
	w.Close()                                               //nolint:errcheck // as above
	if out.Len() >= len(body) {
		return nil
	}
	return out.Bytes()
}

// contentType does not lean on the machine's table where browsers are strict about it.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// Assets serves the assets of the stock themes. Mount it at Options.AssetBase on every
// host. An address with an old hash is answered with the present file but not kept.
func (e *Engine) Assets() http.Handler {
	return http.StripPrefix(e.opts.AssetBase, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
		if len(parts) != 3 || e.stock[parts[0]] == nil || e.stock[parts[0]].assets[parts[2]] == nil {
			http.NotFound(w, r)
			return
		}
		a := e.stock[parts[0]].assets[parts[2]]
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("X-Content-Type-Options", "nosniff")
		if strings.HasSuffix(a.url, strings.Join(parts[1:], "/")) {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			h.Set("Cache-Control", "no-cache")
		}
		a.serve(w, r)
	}))
}

// serve answers with the bytes as they are kept. A part of a file is a part of its plain form.
func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h, body, etag := w.Header(), a.body, a.etag
	if packed := a.packed(); packed != nil {
		h.Add("Vary", "Accept-Encoding")
		if web.AcceptsGzip(r) && r.Header.Get("Range") == "" {
			h.Set("Content-Encoding", "gzip")
			h.Set("Content-Length", strconv.Itoa(len(packed)))
			body, etag = packed, "W/"+a.etag
		}
	}
	h.Set("ETag", etag)
	http.ServeContent(w, r, a.name, time.Time{}, bytes.NewReader(body))
}

// AssetURL is the address of a stock theme's asset, "" when there is none.
func (e *Engine) AssetURL(theme, name string) string {
	if a := e.setFor(Request{Theme: theme}).assets[name]; a != nil {
		return a.url
	}
	return ""
}
