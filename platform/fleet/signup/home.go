package signup

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/screen"
)

// home shows what this is, with the form, or says that sign-up is closed.
func (s *Surface) home(c echo.Context) error {
	open, err := s.Toggle.Open(c.Request().Context())
	if err != nil {
		return err
	}
	return s.showHome(c, http.StatusOK, open, func(ui.View) ui.Answers { return ui.Answers{} })
}

// showHome is also how a refused form comes back.
func (s *Surface) showHome(c echo.Context, status int, open bool, answers func(ui.View) ui.Answers) error {
	list, err := s.Plans.List(c.Request().Context())
	if err != nil {
		return err
	}
	v := s.Screens.View(c)
	// The answer of a sign-up redirects to the back office, which is another origin.
	web.Allow(c, web.Sources{Form: []string{s.Sites.Office()}})
	return screen.Show(c, status, homePage(v, homeModel{
		Public: s.public(v, ui.Meta{
			Title: v.T("signup.home.title"), Description: v.T("signup.home.lead"), Index: true,
			Canonical: s.Sites.Platform() + "/",
		}),
		Brand: s.Brand, Open: open, Answers: answers(v), Demo: s.demo(), Prices: prices(v, list, open),
	}))
}

func (s *Surface) demo() string {
	if s.Demo == "" {
		return ""
	}
	return "/" + s.Demo + ".shop/"
}

// homeModel is what the home page shows.
type homeModel struct {
	Public  ui.Public
	Brand   string
	Open    bool
	Answers ui.Answers
	Demo    string
	Prices  []ui.Price
}

// prices shows what each plan holds; the platform does not bill yet, so the figure is the number of
// articles. Nobody chooses one here: every shop begins on the first. Only what is kept to is promised:
// mails have a column in the plan and no limit yet.
func prices(v ui.View, list []plan.Plan, open bool) []ui.Price {
	const mbPerGB = 1024
	out := make([]ui.Price, len(list))
	for i, p := range list {
		out[i] = ui.Price{
			Name: p.Names.In(v.Locale), Amount: v.Number(p.Quotas.Articles),
			Period: v.T("signup.plan.articles", ui.Args{"n": p.Quotas.Articles}),
			Points: []string{
				v.T("signup.plan.staff", ui.Args{"n": p.Quotas.Staff}),
				v.T("signup.plan.disk", ui.Args{"n": p.Quotas.DiskMB / mbPerGB}),
			},
			Featured: p.Code == plan.Free && open,
		}
	}
	return out
}
