package operator

import (
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/screen"
)

// routes is the table of contents: what there is, and who may use it.
func (s *Surface) routes(r *web.Routes) {
	r.GET(ui.AssetPrefix+"*", screen.Assets(), web.Anyone)
	r.GET(signInPath, s.signInForm, web.Anyone)
	r.POST(signInPath, s.signIn, web.Anyone)
	r.POST("/sign-in/letter", s.sendLink, web.Anyone)
	r.GET(account.LinkPath+":token", s.followLink, web.Anyone)
	r.POST("/sign-out", s.signOut, web.Can("account.self"))

	r.GET("/", s.home, web.Can("home.view"))
	r.POST("/signup", s.turnSignup, web.Can("signup.edit"))

	r.GET("/shops", s.shops, web.Can("shops.view"))
	r.GET("/shops/:id", s.shop, web.Can("shops.view"))
	r.GET("/shops/:id/state", s.askState, web.Can("shops.suspend"))
	r.POST("/shops/:id/state", s.moveState, web.Can("shops.suspend"))
	r.POST("/shops/:id/plan", s.setPlan, web.Can("shops.plan"))
	r.POST("/shops/:id/terminal", s.setTerminal, web.Can("shops.terminal"))

	r.GET("/jobs", s.jobs, web.Can("jobs.view"))
	r.POST("/jobs/:id/retry", s.retryJob, web.Can("jobs.retry"))
	r.GET("/advisory", s.advisory, web.Can("advisory.edit"))
	r.POST("/advisory", s.writeAdvisory, web.Can("advisory.edit"))
	r.GET("/banks", s.wantedBanks, web.Can("wanted.view"))
	r.GET("/banks/:request", s.wantedBank, web.Can("wanted.view"))
	r.POST("/banks/:request", s.answerWanted, web.Can("wanted.answer"))
	r.GET("/journal", s.journal, web.Can("audit.view"))
}
