package storefront

import (
	"io"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
)

// mediaShow serves the copy of a picture. Its address changes with its bytes, so any cache may keep
// it for ever.
func (h *Handler) mediaShow(c echo.Context) error {
	a := web.Get[*arrival](c)
	body, meta, err := h.conf.Pictures.Open(c.Request().Context(), a.shop.ID(), "media/"+c.Param("*"))
	if fault.Is(err, fault.Malformed) {
		return errNoPage.Because(err) // no key of ours
	}
	if err != nil {
		return err
	}
	defer body.Close() //nolint:errcheck // only read
	return sendPicture(c, body, meta)
}

// sendPicture streams it; a store that can seek gets ranges and conditions as well.
func sendPicture(c echo.Context, body io.Reader, meta blob.Meta) error {
	if seeker, ok := body.(io.ReadSeeker); ok {
		return web.ServeMedia(c, web.Media{Content: seeker, Type: meta.ContentType, ETag: quoted(meta.ETag), Modified: meta.Modified,
			KeepFor: yearLong, Embeddable: true})
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	if done, err := web.NotModified(c, quoted(meta.ETag)); done {
		return err
	}
	if meta.Size > 0 {
		h.Set("Content-Length", strconv.FormatInt(meta.Size, 10))
	}
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	return c.Stream(http.StatusOK, meta.ContentType, body)
}

func quoted(tag string) string {
	if tag == "" || tag[0] == '"' {
		return tag
	}
	return `"` + tag + `"`
}
