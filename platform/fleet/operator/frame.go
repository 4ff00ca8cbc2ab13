package operator

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/screen"
)

// shell is the frame of a page for who is signed in: only what they may use is offered.
func (s *Surface) shell(c echo.Context, v ui.View, title string) ui.Shell {
	who := me(c)
	var items []ui.NavItem
	add := func(permission, key, href string, icon ui.Icon) {
		if s.may(who, permission) {
			items = append(items, ui.NavItem{Label: v.T(key), Href: href, Icon: icon, Exact: href == "/", Pinned: true})
		}
	}
	add("home.view", "operator.nav.home", "/", ui.IconLayoutDashboard)
	add("shops.view", "operator.nav.shops", "/shops", ui.IconBuildingStore)
	add("jobs.view", "operator.nav.jobs", "/jobs", ui.IconListCheck)
	add("advisory.edit", "operator.nav.advisory", "/advisory", ui.IconShieldCheck)
	add("wanted.view", "operator.nav.wanted", "/banks", ui.IconCreditCard)
	add("audit.view", "operator.nav.journal", "/journal", ui.IconHistory)
	return ui.Shell{
		Meta:    ui.Meta{Title: title, Site: s.Brand},
		Surface: ui.Console,
		Brand:   ui.Brand{Name: s.Brand, Href: "/", Tag: v.T("operator.tag")},
		Nav:     []ui.NavGroup{{Items: items}},
		User: ui.User{
			Name: who.Title(), Detail: v.T("operator.role." + string(who.Operator)),
			Actions: []ui.Action{{Label: v.T("operator.sign_out"), Post: "/sign-out", Icon: ui.IconLogout}},
		},
	}
}

// card is the frame of a page for nobody yet.
func (s *Surface) card(v ui.View, title string) ui.Card {
	return ui.Card{
		Meta: ui.Meta{Title: title, Site: s.Brand}, Surface: ui.Console,
		Brand: ui.Brand{Name: s.Brand, Href: "/", Tag: v.T("operator.tag")}, Title: title,
	}
}

// errorPage shows a problem: inside the frame when somebody is signed in.
func (s *Surface) errorPage(c echo.Context, p web.Problem) error {
	v := s.Screens.View(c)
	text := v.T(p.Key, ui.Args(p.Args))
	if text == p.Key {
		text = v.T("error.internal")
	}
	reference := v.T("operator.error.reference", ui.Args{"reference": p.Reference})
	if _, ok := web.Find[account.Account](c); !ok {
		return screen.Show(c, p.Status, lonelyProblem(v, s.card(v, text), reference))
	}
	return screen.Show(c, p.Status, problemPage(v, s.shell(c, v, text), text, reference))
}
