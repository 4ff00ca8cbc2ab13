package backoffice

import (
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
)

// The entrance's own addresses.
const (
	signInPath = "/sign-in"
	shopPrefix = "/shops/:shop"
)

// routes is the table of contents of the entrance; each desk adds its own below /shops/{slug}.
func (o *Office) routes(r *web.Routes) {
	r.GET("/", o.workplaces, web.Anyone)
	r.GET(signInPath, o.signInForm, web.Anyone)
	r.POST(signInPath, o.signIn, web.Anyone)
	r.POST(signInPath+"/letter", o.sendLink, web.Anyone)
	r.GET(signInPath+"/link/:token", o.followLink, web.Anyone)
	r.POST("/sign-out", o.signOut, web.Anyone)
	r.GET("/account", o.accountForm, web.Anyone)
	r.POST("/account", o.saveAccount, web.Anyone)
	r.POST("/account/password", o.savePassword, web.Anyone)

	shop := r.Group(shopPrefix).Around(desk.Once(o.Once))
	for _, d := range o.Desks {
		d.Routes(shop)
	}
}
