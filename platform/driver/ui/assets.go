package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// AssetPrefix is where every host serves its asset set. A reserved name: no shop
// and no page starts with it.
const AssetPrefix = "/_ui/"

//go:embed assets
var embedded embed.FS

// AssetSet is a group of files under one address that changes when any of them
// does, "/_ui/3f9ab2c41d07/ui.css": relative addresses inside style sheets hold,
// and answers may be kept for ever. It is an http.Handler; it is read-only.
//
// A request with another hash (a page of the previous release, during a deploy)
// gets the file of today, not to be kept.
type AssetSet struct {
	hash  string
	files map[string]assetFile
}

type assetFile struct {
	kind   string
	plain  []byte
	packed []byte // gzip; nil when it would not be smaller
}

// Assets is the set with the design system alone.
var Assets = sync.OnceValue(func() *AssetSet {
	set, err := NewAssetSet()
	if err != nil {
		panic(err) // the files are part of the program
	}
	return set
})

// NewAssetSet gathers the design system's files and those of further folders, whose
// files are named by their path inside the source. A name taken twice is an error.
func NewAssetSet(sources ...fs.FS) (*AssetSet, error) {
	base, err := fs.Sub(embedded, "assets")
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	set := &AssetSet{files: map[string]assetFile{}}
	for _, source := range append([]fs.FS{base}, sources...) {
		if err := set.add(source); err != nil {
			return nil, fmt.Errorf("assets: %w", err)
		}
	}
	if err := set.addStyles(base); err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	set.seal()
	return set, nil
}

// styleFolder holds the parts of ui.css; they are served as one file in the order
// of their names.
const styleFolder = "css"

func (s *AssetSet) addStyles(base fs.FS) error {
	parts, err := fs.Glob(base, styleFolder+"/*.css")
	if err != nil {
		return err
	}
	var style bytes.Buffer
	for _, name := range parts {
		part, err := fs.ReadFile(base, name)
		if err != nil {
			return err
		}
		style.Write(part)
	}
	return s.put("ui.css", style.Bytes())
}

func (s *AssetSet) add(source fs.FS) error {
	return fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if path.Dir(name) == styleFolder {
			return nil
		}
		content, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		return s.put(name, content)
	})
}

func (s *AssetSet) put(name string, content []byte) error {
	if _, taken := s.files[name]; taken {
		return fmt.Errorf("%s: name taken twice", name)
	}
	kind, ok := contentTypes[path.Ext(name)]
	if !ok {
		return fmt.Errorf("%s: unknown kind of file", name)
	}
	file := assetFile{kind: kind, plain: content}
	if packed := pack(content); len(packed) < len(content) {
		file.packed = packed
	}
	s.files[name] = file
	return nil
}

// contentTypes is a closed list: the system's own table differs between machines.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".webp":  "image/webp",
	".woff2": "font/woff2",
	".txt":   "text/plain; charset=utf-8",
	".json":  "application/json",
}

func pack(content []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	// A bytes.Buffer takes every write.
	_, _ = w.Write(content)
	_ = w.Close()
	return out.Bytes()
}

// hashLength keeps addresses short; 12 digits of SHA-256 never meet by accident.
const hashLength = 12

func (s *AssetSet) seal() {
	sum := sha256.New()
	names := make([]string, 0, len(s.files))
	for name := range s.files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(sum, "%s %d\n", name, len(s.files[name].plain))
		sum.Write(s.files[name].plain)
	}
	s.hash = hex.EncodeToString(sum.Sum(nil))[:hashLength]
}

// URL is the address of a file of the set. A name that is not in it is a bug of the
// caller and panics.
func (s *AssetSet) URL(name string) string {
	if _, ok := s.files[name]; !ok {
		panic("ui: no asset named " + name)
	}
	return AssetPrefix + s.hash + "/" + name
}

// ServeHTTP answers GET and HEAD below [AssetPrefix].
func (s *AssetSet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	hash, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, AssetPrefix), "/")
	file, ok := s.files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	header := w.Header()
	header.Set("Content-Type", file.kind)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-cache")
	if hash == s.hash {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body := file.plain
	if file.packed != nil {
		header.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			header.Set("Content-Encoding", "gzip")
			body = file.packed
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // a reader that left is no error of ours
	}
}

var _ http.Handler = (*AssetSet)(nil)
