package operator

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/screen"
)

type jobsQuery struct {
	State string `query:"state"`
	After int64  `query:"after"`
}

const jobsAPage = 50

// jobStates are offered as tabs, "" being all.
var jobStates = []jobs.State{"", jobs.Available, jobs.Scheduled, jobs.Running, jobs.Retryable, jobs.Discarded, jobs.Cancelled, jobs.Completed}

// jobsModel is what the list of jobs shows.
type jobsModel struct {
	Shell ui.Shell
	Tabs  []ui.Tab
	Table ui.Table
	Pages ui.Pages
}

// jobs lists jobs, newest first.
func (s *Surface) jobs(c echo.Context) error {
	query, err := web.Query[jobsQuery](c)
	if err != nil {
		return err
	}
	filter := jobs.Filter{Before: query.After, Limit: jobsAPage}
	if query.State != "" {
		filter.States = []jobs.State{jobs.State(query.State)}
	}
	list, err := s.Jobs.List(c.Request().Context(), filter)
	if err != nil {
		return err
	}
	counts, err := s.Jobs.Counts(c.Request().Context())
	if err != nil {
		return err
	}
	v := s.Screens.View(c)
	m := jobsModel{Shell: s.shell(c, v, v.T("operator.jobs.title")), Table: jobTable(v, list, s.may(me(c), "jobs.retry"))}
	for _, state := range jobStates {
		tab := ui.Tab{Label: v.T("operator.job.all"), Href: "/jobs", Current: string(state) == query.State}
		if state != "" {
			tab.Label, tab.Href, tab.Count = v.T("operator.job."+string(state)), "/jobs?state="+string(state), counts[state]
		}
		m.Tabs = append(m.Tabs, tab)
	}
	if len(list) == jobsAPage {
		m.Pages.After = strconv.FormatInt(list[len(list)-1].ID, 10)
	}
	return screen.Show(c, http.StatusOK, jobsPage(v, m))
}

func jobTable(v ui.View, list []jobs.Info, mayRetry bool) ui.Table {
	t := ui.Table{
		Caption: v.T("operator.jobs.title"),
		Columns: []ui.Column{
			{Title: v.T("operator.jobs.kind"), Main: true}, {Title: v.T("operator.shops.state")},
			{Title: v.T("operator.jobs.attempt"), End: true}, {Title: v.T("operator.jobs.created")},
			{Title: v.T("operator.jobs.problem")},
		},
		Empty: ui.Empty{Icon: ui.IconCircleCheck, Title: v.T("operator.jobs.none")},
	}
	for _, job := range list {
		number := strconv.FormatInt(job.ID, 10)
		row := ui.Row{ID: number, Name: job.Kind + " " + number, Cells: []templ.Component{
			jobCell(v, job),
			ui.BadgeCell(v, ui.Badge{Label: v.T("operator.job." + string(job.State)), Tone: jobTone(job.State), Dot: true}),
			ui.TextCell(strconv.Itoa(job.Attempt) + "/" + strconv.Itoa(job.MaxAttempts)),
			ui.TextCell(v.DayTime(job.Created)),
			ui.TextCell(lastFailure(job)),
		}}
		if mayRetry && retryable(job.State) {
			row.More = []ui.Action{{Label: v.T("operator.jobs.retry"), Post: "/jobs/" + number + "/retry", Icon: ui.IconRefresh}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// jobCell names a job in words; the kind under them is what logs and metrics call it.
func jobCell(v ui.View, job jobs.Info) templ.Component {
	number := "#" + strconv.FormatInt(job.ID, 10)
	return ui.TwoLineCell(wordOr(v, "operator.kind."+job.Kind, job.Kind), job.Kind+" · "+number+" · "+job.Origin)
}

func retryable(s jobs.State) bool {
	return s == jobs.Retryable || s == jobs.Discarded || s == jobs.Cancelled || s == jobs.Scheduled
}

func jobTone(s jobs.State) ui.Tone {
	switch s {
	case jobs.Completed:
		return ui.Good
	case jobs.Retryable:
		return ui.Warn
	case jobs.Discarded, jobs.Cancelled:
		return ui.Bad
	default:
		return ui.Info
	}
}

// lastFailure is the newest failure, cut to what a table can show.
func lastFailure(job jobs.Info) string {
	const enough = 160
	if len(job.Failures) == 0 {
		return ""
	}
	text := []rune(job.Failures[len(job.Failures)-1].Error)
	if len(text) > enough {
		return string(text[:enough]) + "…"
	}
	return string(text)
}

// retryJob has a job tried again now. The journal row is written first: the queue is not in the
// same transaction, and a retry without a row would be worse than a row without a retry.
func (s *Surface) retryJob(c echo.Context) error {
	number, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return jobs.ErrNotFound
	}
	ctx := c.Request().Context()
	err = s.Journal.Record(ctx, audit.Deed{Actor: me(c).Actor(), Action: "job.retried", Subject: c.Param("id")})
	if err == nil {
		err = s.Jobs.Retry(ctx, number)
	}
	if err != nil {
		return err
	}
	web.AddFlash(c, web.Good, "operator.jobs.retried", nil)
	return c.Redirect(http.StatusSeeOther, "/jobs")
}
