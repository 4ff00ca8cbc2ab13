package storefront

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
	"github.com/maypok86/otter/v2"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
)

// pageKey is all that a page for everybody depends on.
type pageKey struct {
	shop         tenant.ID
	version      int64
	base, origin string // how links are written
	locale, path string
	query        string
	display      string
	profile      string
	offer        string // the language that is offered beside this one
}

// String is unique as well: no part may hold a NUL.
func (k pageKey) String() string {
	return strings.Join([]string{k.shop.String(), strconv.FormatInt(k.version, 10), k.base, k.origin,
		k.locale, k.path, k.query, k.display, k.profile, k.offer}, "\x00")
}

// pages is the memory of pages. Safe for concurrent use.
type pages struct {
	cache *otter.Cache[pageKey, *stored]
}

func newPages(budget uint64) *pages {
	if budget == 0 {
		budget = defaultPageBytes
	}
	return &pages{otter.Must(&otter.Options[pageKey, *stored]{
		MaximumWeight: budget,
		Weigher:       func(k pageKey, s *stored) uint32 { return s.weight(k) },
	})}
}

func (p *pages) get(k pageKey, now time.Time) (*stored, bool) {
	s, ok := p.cache.GetIfPresent(k)
	if !ok || !now.Before(s.until) {
		return nil, false
	}
	return s, true
}

func (p *pages) put(k pageKey, s *stored) { p.cache.Set(k, s) }

// stored is a page ready to be sent. The header values are shared by all answers; their capacity is
// their length, so that an Add by somebody else copies.
type stored struct {
	kind                []string
	plain, packed       []byte
	plainLen, packedLen []string
	etag                string
	caching             []string
	until               time.Time
}

const htmlType = "text/html; charset=utf-8"

var (
	gzipCoding = []string{"gzip"}
	varyCoding = []string{"Accept-Encoding"}

	// cachedPrivate is for pages that differ with a cookie, cachedShared for those that do not: an edge
	// may keep them for some seconds, so that a rush reaches us once.
	cachedPrivate = []string{"private, no-cache"}
	cachedShared  = []string{"public, max-age=0, s-maxage=10, must-revalidate"}
	// cachedNever is for pages with private prices (PROF-10).
	cachedNever = []string{"private, no-store"}
)

var packers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, packLevel) // a valid constant
	return w
}}

// packLevel is the best use of a cold page's milliseconds: the standard library's level 5 saves eight
// per cent more bytes for four times the work.
const packLevel = 3

func store(kind string, html []byte, caching []string, until time.Time) *stored {
	var packed bytes.Buffer
	packed.Grow(len(html) / 3)
	w := packers.Get().(*gzip.Writer)
	w.Reset(&packed)
	w.Write(html) //nolint:errcheck // a bytes.Buffer takes everything
	w.Close()     //nolint:errcheck // as above
	packers.Put(w)
	return &stored{
		kind: []string{kind}, plain: html, packed: packed.Bytes(),
		plainLen: []string{strconv.Itoa(len(html))}, packedLen: []string{strconv.Itoa(packed.Len())},
		etag: web.WeakETag(html), caching: caching, until: until,
	}
}

// entryCost is what an entry takes beside its bytes, roughly.
const entryCost = 600

func (s *stored) weight(k pageKey) uint32 {
	return uint32(len(s.plain) + len(s.packed) + len(k.path) + len(k.query) + entryCost)
}

// send answers with the page, or 304 when the reader has it.
func (s *stored) send(c echo.Context, production bool) error {
	r, h := c.Request(), c.Response().Header()
	h["Cache-Control"] = s.caching
	if !production && &s.caching[0] != &cachedNever[0] {
		h["Cache-Control"] = cachedPrivate // an edge must not show it to those who may not come in
	}
	h["Vary"] = varyCoding
	if done, err := web.NotModified(c, s.etag); done {
		return err
	}
	h["Content-Type"] = s.kind
	body := s.plain
	if web.AcceptsGzip(r) {
		h["Content-Encoding"], h["Content-Length"] = gzipCoding, s.packedLen
		body = s.packed
	} else {
		h["Content-Length"] = s.plainLen
	}
	w := c.Response()
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	_, err := w.Write(body)
	return err
}
