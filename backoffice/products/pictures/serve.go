package pictures

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
)

// Shelf opens the public copies of a shop's pictures; media.Library does.
type Shelf interface {
	Open(ctx context.Context, shop tenant.ID, key string) (io.ReadCloser, blob.Meta, error)
}

const (
	// folder is where the library keeps public copies.
	folder = "media/"
	// keepFor is a year: the address of a copy changes with its bytes.
	keepFor = 365 * 24 * time.Hour
	// maxCopy bounds what is read into memory; the largest copy is 1920 wide and below 2 MB.
	maxCopy = 8 << 20
)

// Handler serves copies; register it at "<desk>/" + Route.
func Handler(s Shelf) echo.HandlerFunc {
	return func(c echo.Context) error {
		v := desk.Here(c)
		content, meta, err := s.Open(c.Request().Context(), v.Shop.ID(), folder+c.Param("*"))
		if err != nil {
			return err
		}
		defer content.Close()
		data, err := io.ReadAll(io.LimitReader(content, maxCopy))
		if err != nil {
			return err
		}
		return web.ServeMedia(c, web.Media{
			Content: bytes.NewReader(data), Type: meta.ContentType, ETag: web.ETag(data), KeepFor: keepFor,
		})
	}
}

// Route is the pattern of Handler below a desk's path.
const Route = folder + "*"

// Src is the address of the smallest copy that is at least width wide; "" when there is none. base
// is the address of the desk that serves it.
func Src(base string, sizes []media.Size, width int) string {
	var best media.Size
	for _, s := range sizes {
		enough, better := s.Width >= width, s.Width < best.Width
		if best.Key == "" || enough && (better || best.Width < width) || !enough && best.Width < width && s.Width > best.Width {
			best = s
		}
	}
	if best.Key == "" {
		return ""
	}
	return base + "/" + best.Key
}

// Box is the width and height that a picture takes when it is drawn no larger than side, as
// attributes of an image.
func Box(m *media.Media, side int) (width, height string) {
	w, h := max(1, m.Width), max(1, m.Height)
	if w >= h {
		return strconv.Itoa(side), strconv.Itoa(max(1, h*side/w))
	}
	return strconv.Itoa(max(1, w*side/h)), strconv.Itoa(side)
}
