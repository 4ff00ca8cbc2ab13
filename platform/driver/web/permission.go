package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/fault"
)

// ErrNoGuard is what a route with a permission answers in a stack without
// Options.Guard: refused, never open.
var ErrNoGuard = fault.New(fault.Denied, "error.denied")

// Permission stands beside a route and says who may use it.
type Permission struct{ name string }

// Anyone marks a route that needs no permission: the sign-in page, a style
// sheet. It is written out so that nobody has to wonder.
var Anyone = Permission{"*"}

// Can names the permission a route needs, such as "orders.ship".
func Can(permission string) Permission { return Permission{permission} }

// String is the name, "*" for Anyone.
func (p Permission) String() string { return p.name }

// check is the last step before the handler.
func (p Permission) check(next echo.HandlerFunc) echo.HandlerFunc {
	if p == Anyone {
		return next
	}
	return func(c echo.Context) error {
		guard := exchangeOf(c).guard
		if guard == nil {
			return ErrNoGuard
		}
		if err := guard(c, p.name); err != nil {
			return err
		}
		return next(c)
	}
}

func setGuard(g Guard) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			exchangeOf(c).guard = g
			return next(c)
		}
	}
}

// Route is one line of a guarded surface's table of contents.
type Route struct{ Method, Path, Permission string }

// Routes registers the routes of a guarded surface. The permission is an
// argument, so it cannot be forgotten; what is registered on the echo directly
// is found by Unguarded.
type Routes struct {
	echo   *echo.Echo
	prefix string
	before []echo.MiddlewareFunc
	around []echo.MiddlewareFunc
	table  *[]Route
}

// Guarded starts the table of contents of e.
func Guarded(e *echo.Echo) *Routes { return &Routes{echo: e, table: new([]Route)} }

// Group is a part of the table under a path, with middleware of its own that
// runs before the permission.
func (r *Routes) Group(prefix string, before ...echo.MiddlewareFunc) *Routes {
	return &Routes{r.echo, r.prefix + prefix, append(r.before[:len(r.before):len(r.before)], before...), r.around, r.table}
}

// Around is the same part of the table, with middleware around its handlers: it runs last, when the
// permission is checked and the cap of the body known.
func (r *Routes) Around(around ...echo.MiddlewareFunc) *Routes {
	inner := *r
	inner.around = append(r.around[:len(r.around):len(r.around)], around...)
	return &inner
}

// Add registers a route. The middleware in then runs after the permission.
func (r *Routes) Add(method, path string, h echo.HandlerFunc, can Permission, then ...echo.MiddlewareFunc) *echo.Route {
	if can.name == "" {
		panic("web: " + method + " " + r.prefix + path + " has an empty permission")
	}
	m := append(append(r.before[:len(r.before):len(r.before)], can.check), then...)
	m = append(m, r.around...)
	*r.table = append(*r.table, Route{method, r.prefix + path, can.name})
	return r.echo.Add(method, r.prefix+path, h, m...)
}

// GET registers a page.
func (r *Routes) GET(path string, h echo.HandlerFunc, can Permission, then ...echo.MiddlewareFunc) *echo.Route {
	return r.Add(http.MethodGet, path, h, can, then...)
}

// POST registers an action.
func (r *Routes) POST(path string, h echo.HandlerFunc, can Permission, then ...echo.MiddlewareFunc) *echo.Route {
	return r.Add(http.MethodPost, path, h, can, then...)
}

// PUT registers the replacement of a resource.
func (r *Routes) PUT(path string, h echo.HandlerFunc, can Permission, then ...echo.MiddlewareFunc) *echo.Route {
	return r.Add(http.MethodPut, path, h, can, then...)
}

// DELETE registers the removal of a resource.
func (r *Routes) DELETE(path string, h echo.HandlerFunc, can Permission, then ...echo.MiddlewareFunc) *echo.Route {
	return r.Add(http.MethodDelete, path, h, can, then...)
}

// Table lists the routes registered with a permission.
func (r *Routes) Table() []Route { return append([]Route(nil), *r.table...) }

// Unguarded lists the routes that were registered around the table.
func (r *Routes) Unguarded() []Route {
	guarded := make(map[[2]string]bool, len(*r.table))
	for _, route := range *r.table {
		guarded[[2]string{route.Method, route.Path}] = true
		if route.Method == http.MethodGet {
			guarded[[2]string{http.MethodHead, route.Path}] = true
		}
	}
	var open []Route
	for _, route := range r.echo.Routes() {
		if !guarded[[2]string{route.Method, route.Path}] && route.Method != echo.RouteNotFound {
			open = append(open, Route{Method: route.Method, Path: route.Path})
		}
	}
	return open
}
