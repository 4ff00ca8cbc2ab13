// Package officeui is the shell of the back office: the side navigation, the shop
// switcher, the frame every desk's page stands in.
//
// The folder is backoffice/ui; the package has another name because a desk's page
// uses it beside platform/driver/ui, which owns the components, and neither should
// need an alias in use.
//
// Invariants. An entry of the navigation is shown only to those who may open it;
// the permission that guards the route stands in [Entries] too, and a test of the
// routes compares them. The shell never shows markup a merchant wrote, only text.
//
// Words. The navigation's words are in locales/ here under "office."; each desk
// keeps its own in <desk>/locales under "<desk>." and exports them as an fs.FS.
// backoffice/routes.go joins them with ui.Words(officeui.Locales, products.Locales, …).
//
// It does not know how a page is reached, who may do what, or what a desk shows.
// The next slice adds a desk by one line in [Entries] and its words here.
package officeui

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
