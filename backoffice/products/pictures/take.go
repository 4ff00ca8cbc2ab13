package pictures

import (
	"context"
	"fmt"
	"mime/multipart"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/media"
)

// Taker stores pictures; media.Library does.
type Taker interface {
	Upload(ctx context.Context, shop *tenant.Shop, who tenant.Actor, f media.Incoming) (*media.Media, error)
}

// Refused is a file that was not taken, and why.
type Refused struct {
	Name string
	Err  error
}

// Limits of one form with pictures.
const (
	// maxFiles is how many pictures one form may bring; a browser sends them one after the other.
	maxFiles = 50
	within   = 10 * time.Minute
)

// Upload is the allowance of a route that takes pictures; it stands beside the route.
func Upload() echo.MiddlewareFunc { return web.Upload(maxFiles*media.MaxBytes, within) }

// Take stores the pictures of a form. What one file is refused for does not touch the others; the
// error is for what goes wrong with all.
func Take(ctx context.Context, v *desk.Visit, t Taker, files []*multipart.FileHeader) (taken []*media.Media, refused []Refused, err error) {
	for _, f := range files {
		m, err := take(ctx, v, t, f)
		switch {
		case err == nil:
			taken = append(taken, m)
		case desk.Repairable(err), fault.Is(err, fault.Upstream): // the store of objects may be away
			refused = append(refused, Refused{Name: f.Filename, Err: err})
		default:
			return taken, refused, fmt.Errorf("take picture %q: %w", f.Filename, err)
		}
	}
	return taken, refused, nil
}

func take(ctx context.Context, v *desk.Visit, t Taker, f *multipart.FileHeader) (*media.Media, error) {
	content, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open upload: %w", err)
	}
	defer content.Close()
	return t.Upload(ctx, v.Shop, v.Actor(), media.Incoming{Name: f.Filename, Content: content})
}

// Explain is one line per refused file, in the reader's words.
func Explain(v *desk.Visit, refused []Refused) []string {
	lines := make([]string, len(refused))
	for i, r := range refused {
		lines[i] = r.Name + v.T("ui.colon") + v.View.Explain(r.Err)
	}
	return lines
}
