package web

import (
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// Media is a stored file on its way to a reader: a picture, a document, a
// download.
type Media struct {
	Content  io.ReadSeeker
	Type     string // content type; "" lets it be downloaded as bytes
	ETag     string // quoted; "" for none
	Modified time.Time
	// KeepFor lets any cache keep it that long, which is right when the
	// address changes with the content; zero keeps the surface's caching.
	KeepFor time.Duration
	// Download is the name under which the browser saves the file; "" shows it.
	Download string
	// Embeddable lets other origins show it: pictures in mails, feeds and on
	// market places.
	Embeddable bool
}

// ServeMedia answers GET and HEAD with ranges and conditions. Whatever the
// file claims to be, it runs no script in our origin: types that can carry
// script are shown in a sandbox, and others are not sniffed.
func ServeMedia(c echo.Context, m Media) error {
	h := c.Response().Header()
	if m.Type == "" {
		m.Type = "application/octet-stream"
	}
	h.Set("Content-Type", m.Type)
	h.Set("Content-Security-Policy", mediaPolicy)
	if m.Embeddable {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	if m.KeepFor > 0 {
		h.Set("Cache-Control", "public, max-age="+seconds(m.KeepFor)+", immutable")
	}
	if m.ETag != "" {
		h.Set("ETag", m.ETag)
	}
	if m.Download != "" {
		h.Set("Content-Disposition", attachment(m.Download))
	}
	http.ServeContent(c.Response(), c.Request(), "", m.Modified, m.Content)
	return nil
}

// mediaPolicy is for files that others made. Style is needed by SVG pictures
// and by the browsers' own viewers.
const mediaPolicy = "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

// attachment keeps only the last element of the name and encodes it as RFC
// 6266 asks.
func attachment(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return -1
		}
		return r
	}, name)
	if value := mime.FormatMediaType("attachment", map[string]string{"filename": name}); value != "" {
		return value
	}
	return "attachment"
}
