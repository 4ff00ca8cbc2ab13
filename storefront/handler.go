package storefront

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/singleflight"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

const yearLong = 365 * 24 * time.Hour

// Handler serves every shop. It stands behind the router, which has put a router.Visit on the
// request. Safe for concurrent use.
type Handler struct {
	conf    Options
	echo    *echo.Echo
	words   *i18n.Catalog
	shops   *shops
	faces   *faces
	pages   *pages
	lists   *lists
	squares squares
	flight  singleflight.Group
}

// New makes the storefront. It panics on missing options, which are fixed when the program is
// written.
func New(o Options) *Handler {
	for name, missing := range map[string]bool{
		"Log": o.Log == nil, "Clock": o.Clock == nil, "Shops": o.Shops == nil, "Theme": o.Theme == nil,
		"Pictures": o.Pictures == nil, "Limiter": o.Limiter == nil, "Messenger": o.Messenger == nil,
		"Carts": o.Carts == nil, "Desk": o.Desk == nil, "Accounts": o.Accounts == nil,
	} {
		if missing {
			panic("storefront: Options." + name + " is missing")
		}
	}
	h := &Handler{
		conf:  o,
		words: mergeWords(o.Words),
		shops: &shops{opener: o.Shops, known: map[registry.ID]opened{}},
		faces: &faces{known: map[tenant.ID]seenFace{}},
		pages: newPages(o.PageBytes),
		lists: newLists(), squares: newSquares(),
	}
	h.echo = web.New(web.Options{
		Log: o.Log, Clock: o.Clock, ErrorPage: h.problem, Sessions: sessions(),
		CrossSite: []string{"POST /pay/return/{payment}/{link}", "POST /pay/cancel/{payment}/{link}"},
	})
	h.routes(h.echo)
	return h
}

// ServeHTTP answers from the memory of pages where it can, before anything else of this surface
// runs.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := h.echo.AcquireContext()
	defer h.echo.ReleaseContext(c)
	c.Reset(r, w)
	if web.PlaceOf(c).Surface == web.Notice {
		h.echo.ServeHTTP(w, r) // banks' addresses have no language, and no page is waiting
		return
	}
	a := h.arrive(c)
	web.Put(c, a)
	if a.failed == nil && read(r) {
		if done, err := h.hit(c, a); done {
			if err != nil {
				h.conf.Log.DebugContext(r.Context(), "send page", "error", err)
			}
			return
		}
	}
	h.echo.ServeHTTP(w, a.without(r))
}

// production tells whether the shop is open to everybody.
func (a *arrival) production() bool { return a.visit.Shop.Mode == registry.Production }

// admit answers for an arrival that failed.
func admit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if a, ok := web.Find[*arrival](c); ok && a.failed != nil {
			return a.failed
		}
		return next(c)
	}
}

var _ http.Handler = (*Handler)(nil)
