package operator

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/fleet/wanted"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
)

// wantedModel is the list of banks merchants asked for.
type wantedModel struct {
	Shell ui.Shell
	Tabs  []ui.Tab
	Table ui.Table
}

type wantedQuery struct {
	State string `query:"state"`
}

// wantedBanks lists the banks merchants asked for (PAY-07).
func (s *Surface) wantedBanks(c echo.Context) error {
	ctx := c.Request().Context()
	q, err := web.Query[wantedQuery](c)
	if err != nil {
		return err
	}
	list, err := s.Wanted.List(ctx, wanted.Filter{State: wanted.State(q.State)})
	if err != nil {
		return err
	}
	counts, err := s.Wanted.Counts(ctx)
	if err != nil {
		return err
	}
	v := s.Screens.View(c)
	m := wantedModel{Shell: s.shell(c, v, v.T("operator.wanted.title")), Table: wantedTable(v, list)}
	m.Tabs = []ui.Tab{{Label: v.T("operator.wanted.all"), Href: "/banks", Current: q.State == ""}}
	for _, state := range wanted.States() {
		m.Tabs = append(m.Tabs, ui.Tab{Label: v.T(state.Key()), Href: "/banks?state=" + string(state), Count: counts[state], Current: q.State == string(state)})
	}
	return screen.Show(c, http.StatusOK, wantedPage(v, m))
}

func wantedBadge(v ui.View, s wanted.State) ui.Badge {
	tones := map[wanted.State]ui.Tone{wanted.New: ui.Warn, wanted.Looking: ui.Info, wanted.Planned: ui.Info, wanted.Done: ui.Good, wanted.Declined: ui.Neutral}
	return ui.Badge{Label: v.T(s.Key()), Tone: tones[s], Dot: true}
}

func wantedTable(v ui.View, list []wanted.Request) ui.Table {
	t := ui.Table{
		Caption: v.T("operator.wanted.title"),
		Columns: []ui.Column{{Title: v.T("operator.wanted.bank"), Main: true}, {Title: v.T("operator.shops.shop")}, {Title: v.T("operator.wanted.volume")},
			{Title: v.T("operator.shops.state")}, {Title: v.T("operator.wanted.asked")}},
		Empty: ui.Empty{Icon: ui.IconCreditCard, Title: v.T("operator.wanted.none"), Text: v.T("operator.wanted.none_text")},
	}
	for _, r := range list {
		t.Rows = append(t.Rows, ui.Row{ID: r.ID.String(), Name: r.Bank, Cells: []templ.Component{
			ui.TitleCell(v, ui.Title{Text: r.Bank, Href: "/banks/" + r.ID.String(), Sub: r.Protocol}), ui.LinkCell("/shops/"+r.Shop, r.ShopName), ui.TextCell(r.Volume),
			ui.BadgeCell(v, wantedBadge(v, r.State)), ui.TextCell(v.Day(r.Created)),
		}})
	}
	return t
}

// wantedFile is one request, and the form that answers it.
type wantedFile struct {
	Shell   ui.Shell
	Request wanted.Request
	May     bool
	Answers ui.Answers
}

func (s *Surface) wantedBank(c echo.Context) error {
	r, err := s.findWanted(c)
	if err != nil {
		return err
	}
	return s.showWanted(c, http.StatusOK, r, ui.Answers{})
}

func (s *Surface) findWanted(c echo.Context) (wanted.Request, error) {
	which, err := id.Parse[wanted.Request](c.Param("request"))
	if err != nil {
		return wanted.Request{}, err
	}
	return s.Wanted.Find(c.Request().Context(), which)
}

type answerFields struct {
	State  string `form:"state"`
	Answer string `form:"answer"`
	Rev    int    `form:"rev,revision"`
}

// answerWanted moves a request and writes to the merchant.
func (s *Surface) answerWanted(c echo.Context) error {
	r, err := s.findWanted(c)
	if err != nil {
		return err
	}
	f, err := web.Form[answerFields](c)
	if err == nil {
		err = s.Wanted.Answer(c.Request().Context(), me(c).Actor(), r.ID, wanted.Reply{State: wanted.State(f.State), Answer: f.Answer, Rev: f.Rev})
	}
	if len(fault.FieldsOf(err)) > 0 || fault.Is(err, fault.Conflict) {
		return s.showWanted(c, web.Status(err), r, ui.Refused(s.Screens.View(c), c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	web.AddFlash(c, web.Good, "operator.wanted.answered", map[string]string{"contact": r.Contact})
	return c.Redirect(http.StatusSeeOther, "/banks")
}

func (s *Surface) showWanted(c echo.Context, status int, r wanted.Request, a ui.Answers) error {
	v := s.Screens.View(c)
	return screen.Show(c, status, wantedFilePage(v, wantedFile{Shell: s.shell(c, v, r.Bank), Request: r, May: s.may(me(c), "wanted.answer"), Answers: a}))
}

func (f wantedFile) terms(v ui.View) []ui.Term {
	r := f.Request
	terms := []ui.Term{{Name: v.T("operator.shops.shop"), Body: ui.LinkCell("/shops/"+r.Shop, r.ShopName)}, {Name: v.T("operator.wanted.by"), Text: r.AskedBy},
		{Name: v.T("operator.wanted.asked"), Text: v.DayTime(r.Created)}}
	for _, t := range []struct{ key, text string }{{"protocol", r.Protocol}, {"volume", r.Volume}, {"note", r.Note}, {"answer", r.Answer}} {
		if t.text != "" {
			terms = append(terms, ui.Term{Name: v.T("operator.wanted." + t.key), Text: t.text})
		}
	}
	if r.Docs != "" {
		terms = append(terms, ui.Term{Name: v.T("operator.wanted.docs"), Body: ui.LinkCell(r.Docs, r.Docs)})
	}
	return append(terms, ui.Term{Name: v.T("operator.wanted.contact"), Body: ui.LinkCell("mailto:"+r.Contact, r.Contact)})
}

func (f wantedFile) state(v ui.View) ui.Field {
	field := f.Answers.Fill(ui.Field{Name: "state", Label: v.T("operator.shops.state"), Value: string(f.Request.State), Required: true})
	for _, s := range wanted.States() {
		if s != wanted.New {
			field.Options = append(field.Options, ui.Option{Value: string(s), Label: v.T(s.Key())})
		}
	}
	return field
}

func (f wantedFile) form(v ui.View) ui.Form {
	return ui.Form{Guard: true, Problem: f.Answers.Problem, Errors: f.Answers.List(map[string]string{"state": v.T("operator.shops.state"), "answer": v.T("operator.wanted.answer")}),
		Hidden: map[string]string{"rev": strconv.Itoa(f.Request.Rev)}}
}
