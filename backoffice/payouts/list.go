package payouts

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payout"
)

// How many stand on a page.
const (
	listed = 50
	lined  = 100
)

type pageQuery struct {
	Page int `query:"page"`
}

// number is the page asked for, from 1 to the last.
func (q pageQuery) number(last int) int { return max(1, min(q.Page, last)) }

func lastPage(total, each int) int { return max(1, (total+each-1)/each) }

// listModel is the payouts there are.
type listModel struct {
	room
	Pages ui.Pages
	List  []payout.Payout
}

func (d *Desk) list(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[pageQuery](c)
	if err != nil {
		return err
	}
	var m listModel
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		_, total, err := payout.List(tx, 0, 0)
		if err != nil {
			return err
		}
		m.Pages = ui.Pages{Last: lastPage(total, listed), Total: total}
		m.Pages.Number = q.number(m.Pages.Last)
		m.Pages.From, m.Pages.To = (m.Pages.Number-1)*listed+1, min(m.Pages.Number*listed, total)
		m.List, _, err = payout.List(tx, (m.Pages.Number-1)*listed, listed)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, listPage(m))
}

func (m listModel) table() ui.Table {
	t := m.payouts(m.t("title"), m.List)
	t.Empty = ui.Empty{Icon: ui.IconBuildingBank, Title: m.t("none"), Text: m.t("none_text")}
	if m.visit.Can("orders.settle") {
		t.Empty.Actions = []ui.Action{{Label: m.t("read"), Href: m.href("/read"), Look: ui.Primary}}
	}
	return t
}

// payouts is a table of payouts.
func (r room) payouts(caption string, list []payout.Payout) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{
		{Title: r.t("payout"), Main: true}, {Title: r.t("mode")}, {Title: r.t("lines"), End: true}, {Title: r.t("gross"), End: true},
		{Title: r.t("fee"), End: true}, {Title: r.t("net"), End: true},
	}}
	for _, p := range list {
		title := ui.Title{Text: p.Ref, Href: r.href("/" + p.ID.String()), Sub: r.day(p.PaidOn), Badges: r.badges(p)}
		t.Rows = append(t.Rows, ui.Row{ID: p.ID.String(), Name: p.Ref, Cells: []templ.Component{
			ui.TitleCell(r.view(), title), ui.TextCell(r.mode(p.Mode)), ui.TextCell(r.view().Number(p.Lines)),
			ui.TextCell(r.view().Money(p.Gross)), ui.TextCell(r.view().Money(p.Fee)), ui.TextCell(r.view().Money(p.Net)),
		}})
	}
	return t
}

func (r room) badges(p payout.Payout) []ui.Badge {
	var list []ui.Badge
	if p.Open > 0 {
		list = append(list, ui.Badge{Label: r.t("unknown_lines", ui.Args{"n": p.Open}), Tone: ui.Warn})
	}
	if !p.Off().IsZero() {
		list = append(list, ui.Badge{Label: r.t("off", ui.Args{"amount": p.Off()}), Tone: ui.Bad})
	}
	return list
}

// oneModel is one payout with its lines.
type oneModel struct {
	room
	Payout payout.Payout
	Lines  []payout.Item
	Pages  ui.Pages
}

func (d *Desk) show(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[pageQuery](c)
	if err != nil {
		return err
	}
	which, err := id.Parse[payout.Payout](c.Param("payout"))
	if err != nil {
		return err
	}
	var m oneModel
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		if m.Payout, err = payout.Find(tx, which); err != nil {
			return err
		}
		total := m.Payout.Lines
		m.Pages = ui.Pages{Last: lastPage(total, lined), Total: total}
		m.Pages.Number = q.number(m.Pages.Last)
		m.Pages.From, m.Pages.To = (m.Pages.Number-1)*lined+1, min(m.Pages.Number*lined, total)
		m.Lines, err = payout.Lines(tx, which, (m.Pages.Number-1)*lined, lined)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, onePage(m))
}

func (m oneModel) terms() []ui.Term {
	p, v := m.Payout, m.view()
	terms := []ui.Term{
		{Name: m.t("mode"), Text: m.mode(p.Mode)}, {Name: m.t("paid_on"), Text: m.day(p.PaidOn)},
		{Name: m.t("gross"), Text: v.Money(p.Gross)}, {Name: m.t("fee"), Text: v.Money(p.Fee)}, {Name: m.t("net"), Text: v.Money(p.Net)},
	}
	if p.Told != nil {
		terms = append(terms, ui.Term{Name: m.t("told"), Text: v.Money(*p.Told)})
	}
	return append(terms, ui.Term{Name: m.t("from_file"), Text: p.File + " · " + v.DayTime(p.Read)})
}

// items is a table of lines; with their payouts where they are of several.
func (r room) items(caption string, list []payout.Item, several bool) ui.Table {
	t := ui.Table{Caption: caption, Columns: []ui.Column{{Title: r.t("reference"), Main: true}, {Title: r.t("order")}}}
	if several {
		t.Columns = append(t.Columns, ui.Column{Title: r.t("payout")})
	}
	t.Columns = append(t.Columns, ui.Column{Title: r.t("gross"), End: true}, ui.Column{Title: r.t("fee"), End: true}, ui.Column{Title: r.t("net"), End: true})
	for _, it := range list {
		title := ui.Title{Text: it.Reference, Sub: r.view().T(it.Kind.Key()) + " · " + r.day(it.Day)}
		if title.Text == "" {
			title.Text = r.view().T(it.Kind.Key())
		}
		cells := []templ.Component{ui.TitleCell(r.view(), title), r.order(it.Order.String(), it.Number)}
		if several {
			cells = append(cells, ui.LinkCell(r.href("/"+it.Payout.String()), it.PayoutRef))
		}
		t.Rows = append(t.Rows, ui.Row{Name: title.Text, Cells: append(cells,
			ui.TextCell(r.view().Money(it.Gross)), ui.TextCell(r.view().Money(it.Fee)), ui.TextCell(r.view().Money(it.Net)))})
	}
	return t
}

// order leads to an order, for those who may see it.
func (r room) order(which, number string) templ.Component {
	switch {
	case number == "":
		return ui.TextCell("–")
	case r.visit.Can("orders.view"):
		return ui.LinkCell(r.visit.Href("orders/"+which), number)
	}
	return ui.TextCell(number)
}
