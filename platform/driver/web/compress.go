package web

import (
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
)

const (
	// compressFrom is where gzip begins to save a packet.
	compressFrom = 1400
	// compressLevel trades a few per cent of size for a fraction of the time of the
	// default; pages that are served often are stored compressed anyway.
	compressLevel = 3
)

var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, compressLevel) // the level is a valid constant
	return w
}}

// compress gzips text. It passes on untouched what is already encoded (pages
// and files stored compressed), small, partial or not text, and adds Vary
// where the answer could have differed.
func compress(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		x := exchangeOf(c)
		if x.steps.packed {
			return next(c)
		}
		x.steps.packed = true
		response := c.Response()
		packer := &packer{ResponseWriter: response.Writer, request: c.Request()}
		response.Writer = packer
		defer func() { response.Writer = packer.ResponseWriter }()
		err := next(c)
		if err == nil || response.Committed {
			packer.close()
		}
		return err
	}
}

// AcceptsGzip reports whether the client takes gzip.
func AcceptsGzip(r *http.Request) bool {
	for _, line := range r.Header["Accept-Encoding"] {
		for offer := range strings.SplitSeq(line, ",") {
			name, params, _ := strings.Cut(strings.TrimSpace(offer), ";")
			if name = strings.TrimSpace(name); name != "gzip" && name != "*" {
				continue
			}
			q := strings.TrimSpace(params)
			return !strings.HasPrefix(q, "q=0") || strings.Trim(q[3:], ".0") != ""
		}
	}
	return false
}

// packer decides at the first write and then either passes on or compresses.
type packer struct {
	http.ResponseWriter
	request *http.Request
	status  int // held back until the first write, 0 when sent
	decided bool
	gz      *gzip.Writer
}

func (p *packer) WriteHeader(status int) {
	if p.decided || status < 200 { // informational answers pass at once
		p.ResponseWriter.WriteHeader(status)
		return
	}
	p.status = status
}

func (p *packer) Write(b []byte) (int, error) {
	if !p.decided {
		p.decide(b)
	}
	if p.gz != nil {
		return p.gz.Write(b)
	}
	return p.ResponseWriter.Write(b)
}

func (p *packer) decide(first []byte) {
	p.decided = true
	h := p.Header()
	if p.compressible(h, len(first)) {
		h.Add("Vary", "Accept-Encoding")
		if AcceptsGzip(p.request) {
			h.Set("Content-Encoding", "gzip")
			h.Del("Content-Length")
			// The compressed bytes are another representation of the same page.
			if tag := h.Get("ETag"); strings.HasPrefix(tag, `"`) {
				h.Set("ETag", "W/"+tag)
			}
			p.gz = gzipWriters.Get().(*gzip.Writer)
			p.gz.Reset(p.ResponseWriter)
		}
	}
	p.sendStatus()
}

func (p *packer) compressible(h http.Header, first int) bool {
	if h.Get("Content-Encoding") != "" || h.Get("Content-Range") != "" || p.status == http.StatusNoContent || p.status == http.StatusNotModified {
		return false
	}
	size := first
	if n, err := strconv.Atoi(h.Get("Content-Length")); err == nil {
		size = n
	}
	return size >= compressFrom && textual(h.Get("Content-Type")) && !strings.Contains(h.Get("Cache-Control"), "no-transform")
}

func (p *packer) sendStatus() {
	if p.status != 0 {
		status := p.status
		p.status = 0
		p.ResponseWriter.WriteHeader(status)
	}
}

// Flush sends what is there; it is how a long page shows its head early.
func (p *packer) Flush() {
	if !p.decided {
		p.decided = true // a stream is not compressed unless it began with a full buffer
		p.sendStatus()
	}
	if p.gz != nil {
		p.gz.Flush() //nolint:errcheck // the next write reports it
	}
	http.NewResponseController(p.ResponseWriter).Flush() //nolint:errcheck // a recorder cannot flush
}

// Unwrap lets http.ResponseController reach the connection.
func (p *packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }

func (p *packer) close() {
	p.decided = true
	p.sendStatus()
	if p.gz != nil {
		p.gz.Close() //nolint:errcheck // the connection is gone, and so is the reader
		p.gz.Reset(nil)
		gzipWriters.Put(p.gz)
		p.gz = nil
	}
}

// textual reports whether gzip helps this type.
func textual(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	switch kind = strings.TrimSpace(kind); kind {
	case "application/json", "application/javascript", "application/xml", "application/manifest+json",
		"application/ld+json", "application/rss+xml", "application/atom+xml", "image/svg+xml":
		return true
	}
	return strings.HasPrefix(kind, "text/") && kind != "text/event-stream"
}
