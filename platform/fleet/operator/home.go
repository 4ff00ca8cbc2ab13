package operator

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
)

// homeModel is what the first page shows.
type homeModel struct {
	Shell      ui.Shell
	Stats      []ui.Stat
	SignupOpen bool
	MayTurn    bool
	Health     []ui.Step
}

// home shows the state of the fleet at a glance.
func (s *Surface) home(c echo.Context) error {
	ctx := c.Request().Context()
	totals, err := s.Registry.Count(ctx, s.Latest)
	if err != nil {
		return err
	}
	open, err := s.Toggle.Open(ctx)
	if err != nil {
		return err
	}
	counts, err := s.Jobs.Counts(ctx)
	if err != nil {
		return err
	}
	v := s.Screens.View(c)
	return screen.Show(c, http.StatusOK, homePage(v, homeModel{
		Shell: s.shell(c, v, v.T("operator.home.title")), Stats: append(stats(v, totals, counts), s.stopped(ctx, v)...),
		SignupOpen: open, MayTurn: s.may(me(c), "signup.edit"), Health: health(ctx, v, s.Checks),
	}))
}

func stats(v ui.View, t registry.Totals, counts map[jobs.State]int) []ui.Stat {
	count := func(key string, n int, href string, bad bool) ui.Stat {
		stat := ui.Stat{Label: v.T("operator.stat." + key), Value: v.Number(n), Href: href}
		if bad && n > 0 {
			stat.Tone, stat.Note = ui.Warn, v.T("operator.stat.look")
		}
		return stat
	}
	return []ui.Stat{
		count("open", t.ByState[registry.Open], "/shops?state=open", false),
		count("maintenance", t.Closed, "/shops", false),
		count("suspended", t.ByState[registry.Suspended], "/shops?state=suspended", false),
		count("prepared", t.ByState[registry.Prepared], "", false),
		count("behind", t.Behind, "/shops?behind=1", true),
		count("failed", t.Failed, "/shops?behind=1", true),
		count("waiting", counts[jobs.Available]+counts[jobs.Scheduled]+counts[jobs.Running], "/jobs", false),
		count("retrying", counts[jobs.Retryable], "/jobs?state=retryable", true),
		count("discarded", counts[jobs.Discarded], "/jobs?state=discarded", true),
	}
}

// stopped is how many attempts to pay the shield did not let through in the last quarter of an hour.
func (s *Surface) stopped(ctx context.Context, v ui.View) []ui.Stat {
	if s.Stopped == nil {
		return nil
	}
	n := s.Stopped(ctx)
	stat := ui.Stat{Label: v.T("operator.stat.stopped"), Value: v.Number(n)}
	if n > 0 {
		stat.Tone, stat.Note = ui.Warn, v.T("operator.stat.look")
	}
	return []ui.Stat{stat}
}

// health asks everything this process needs, with the patience of a page.
func health(ctx context.Context, v ui.View, checks []web.Check) []ui.Step {
	const patience = 2 * time.Second
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	steps := make([]ui.Step, len(checks))
	for i, check := range checks {
		steps[i] = ui.Step{Title: check.Name, State: ui.StepDone, Text: v.T("operator.health.good")}
		if err := check.Run(ctx); err != nil {
			steps[i].State, steps[i].Text = ui.StepWarn, v.T("operator.health.bad")
		}
	}
	return steps
}

type turnFields struct {
	Open bool `form:"open"`
}

// turnSignup opens or closes sign-up.
func (s *Surface) turnSignup(c echo.Context) error {
	form, err := web.Form[turnFields](c)
	if err != nil {
		return err
	}
	if err := s.Toggle.Set(c.Request().Context(), me(c).Actor(), form.Open); err != nil {
		return err
	}
	key := "operator.signup.now_closed"
	if form.Open {
		key = "operator.signup.now_open"
	}
	web.AddFlash(c, web.Good, key, nil)
	return c.Redirect(http.StatusSeeOther, "/")
}
