package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"
	"github.com/labstack/echo/v4"
)

// ETag is a strong validator of content.
func ETag(content []byte) string {
	sum := sha256.Sum256(content)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// WeakETag tells versions of one page apart, for a fraction of what ETag costs: the same bytes have
// the same tag in every process, and nobody gains by making two pages of equal tags.
func WeakETag(content []byte) string {
	return `W/"` + strconv.FormatUint(xxhash.Sum64(content), 36) + `"`
}

// NotModified sets the validator on the answer and, when the client already
// has this version, answers 304 and returns true: the handler is then done.
//
//	if done, err := web.NotModified(c, tag); done { return err }
func NotModified(c echo.Context, etag string) (bool, error) {
	c.Response().Header().Set("ETag", etag)
	r := c.Request()
	if r.Method != http.MethodGet && r.Method != http.MethodHead || !matches(r.Header["If-None-Match"], etag) {
		return false, nil
	}
	return true, c.NoContent(http.StatusNotModified)
}

// matches compares weakly, as If-None-Match asks (RFC 9110, 13.1.2): the
// compressed twin of a page has the same content.
func matches(lines []string, etag string) bool {
	want := strings.TrimPrefix(etag, "W/")
	for _, line := range lines {
		for candidate := range strings.SplitSeq(line, ",") {
			candidate = strings.TrimSpace(candidate)
			if candidate == "*" || strings.TrimPrefix(candidate, "W/") == want {
				return true
			}
		}
	}
	return false
}
