package webtest

import (
	"slices"
	"testing"

	"echoppe.dev/platform/driver/web"
)

// WantGuarded walks the routes of a guarded surface and fails for each one
// without a permission, for each permission that known does not declare, and
// for a table that is empty.
func WantGuarded(t testing.TB, routes *web.Routes, known []string) {
	t.Helper()
	for _, route := range routes.Unguarded() {
		t.Errorf("%s %s has no permission: register it through web.Routes", route.Method, route.Path)
	}
	table := routes.Table()
	if len(table) == 0 {
		t.Error("the surface has no routes")
	}
	for _, route := range table {
		if route.Permission != web.Anyone.String() && !slices.Contains(known, route.Permission) {
			t.Errorf("%s %s asks for %q, which the policy does not declare", route.Method, route.Path, route.Permission)
		}
	}
}
