package stockroom

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/supply"
)

type listQuery struct {
	Show     string `query:"show"`
	Text     string `query:"q"`
	Supplier string `query:"supplier"`
	Page     int    `query:"page"`
}

// listModel is a page of the stock.
type listModel struct {
	room
	Query     listQuery
	Items     []supply.Item
	Total     int
	Counts    supply.Counts
	Suppliers []supply.Supplier
}

const aPage = 50

// list shows variants with their figures (STK-02), what is to be ordered (STK-03) and the two alerts
// (STK-05).
func (d *Desk) list(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[listQuery](c)
	if err != nil {
		return err
	}
	m := listModel{Query: q}
	m.Query.Page = max(1, q.Page)
	of, _ := id.Parse[supply.Supplier](q.Supplier) // none for any other text
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		if m.Counts, err = supply.Count(tx); err != nil {
			return err
		}
		if m.Suppliers, err = supply.ListSuppliers(tx); err != nil {
			return err
		}
		m.Items, m.Total, err = supply.ListItems(tx, supply.Query{Show: m.show(), Text: q.Text, Supplier: of, Page: m.Query.Page,
			PerPage: aPage, Locale: v.View.Locale})
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, listPage(m))
}

func (m listModel) show() supply.Show {
	switch s := supply.Show(m.Query.Show); s {
	case supply.ShowWanted, supply.ShowLow, supply.ShowOut:
		return s
	case supply.ShowAll:
	}
	return supply.ShowAll
}

func (m listModel) frame() officeui.Frame {
	return officeui.Frame{Wide: true, Header: ui.Header{Title: m.t("title"), Lead: m.t("lead")}}
}

// cards lead to the lists that ask for something.
func (m listModel) cards() []ui.Stat {
	card := func(key string, n int, path string) ui.Stat {
		s := ui.Stat{Label: m.t("card." + key), Value: m.view().Number(n), Note: m.t("card." + key + "_note"), Href: m.href(path)}
		if n > 0 && key != "open" {
			s.Tone = ui.Warn
		}
		return s
	}
	return []ui.Stat{
		card("wanted", m.Counts.Wanted, "?show=wanted"), card("low", m.Counts.Low, "?show=low"),
		card("out", m.Counts.Out, "?show=out"), card("open", m.Counts.Open, "/orders?state=ordered"),
	}
}

func (m listModel) table() ui.Table {
	wanted := m.show() == supply.ShowWanted
	t := ui.Table{
		ID: "stock", Caption: m.t("title"),
		Columns: []ui.Column{
			{Title: m.t("article"), Main: true}, {Title: m.t("current"), End: true}, {Title: m.t("pending"), End: true},
			{Title: m.t("on_order"), End: true}, {Title: m.t("virtual"), End: true}, {Title: m.t("minimum"), End: true},
		},
		Empty: m.empty(),
	}
	if wanted {
		t.Columns = append(t.Columns, ui.Column{Title: m.t("suggestion"), End: true}, ui.Column{Title: m.t("field.supplier")})
		if m.can() {
			t.Bulk = []ui.Action{{Label: m.t("make"), Look: ui.Primary}}
			t.BulkPost, t.Selected = m.href("/orders/make"), map[string]bool{}
		}
	} else {
		t.Columns = append(t.Columns, ui.Column{Title: m.t("state"), Fit: true})
	}
	for _, i := range m.Items {
		key := i.Variant.String()
		row := ui.Row{ID: key, Name: i.Name, Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: i.Name, Sub: i.SKU, Href: m.href("/variants/" + key)}),
			m.number(i, i.Current), m.number(i, i.Pending), m.number(i, i.OnOrder), m.number(i, i.Virtual()), m.number(i, i.Minimum),
		}}
		if wanted {
			suggested := m.view().Number(i.Suggestion())
			if i.Drafted > 0 {
				suggested = m.t("drafted", ui.Args{"n": i.Drafted})
			}
			row.Cells = append(row.Cells, ui.TextCell(suggested), ui.TextCell(m.supplierName(i.Source.Supplier)))
			if t.Selected != nil && i.Drafted == 0 {
				t.Selected[key] = true
			}
		} else {
			row.Cells = append(row.Cells, ui.BadgeCell(m.view(), m.badge(i)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// number is a figure; of what is not counted there is none.
func (r room) number(i supply.Item, n int) templ.Component {
	if !i.Tracked {
		return ui.TextCell("–")
	}
	return ui.TextCell(r.view().Number(n))
}

// badge says how a variant stands, by the thresholds the shop's pages and alerts go by.
func (r room) badge(i supply.Item) ui.Badge {
	switch {
	case !i.Tracked:
		return ui.Badge{Label: r.t("state.untracked")}
	case i.Free() <= 0:
		return ui.Badge{Label: r.t("state.out"), Tone: ui.Bad, Dot: true}
	case i.Free() <= max(i.Minimum, r.Settings.Stock.LowAt):
		return ui.Badge{Label: r.t("state.low"), Tone: ui.Warn, Dot: true}
	}
	return ui.Badge{Label: r.t("state.ok"), Tone: ui.Good, Dot: true}
}

func (m listModel) supplierName(of supply.SupplierID) string {
	for _, s := range m.Suppliers {
		if s.ID == of {
			return s.Name
		}
	}
	return m.t("no_supplier")
}

func (m listModel) empty() ui.Empty {
	switch {
	case m.Query.Text != "" || m.Query.Supplier != "":
		return ui.Empty{Icon: ui.IconSearch, Title: m.t("none_found"), Actions: []ui.Action{{Label: m.visit.T("ui.filters_clear"), Href: m.href("")}}}
	case m.show() == supply.ShowAll:
		e := ui.Empty{Icon: ui.IconPackages, Title: m.t("none"), Text: m.t("none_text")}
		if m.visit.Can("articles.edit") {
			e.Actions = []ui.Action{{Label: m.t("none_do"), Href: m.visit.Href("products/new"), Look: ui.Primary, Icon: ui.IconPlus}}
		}
		return e
	}
	return ui.Empty{Icon: ui.IconCircleCheck, Title: m.t("none." + m.Query.Show), Actions: []ui.Action{{Label: m.t("all"), Href: m.href("")}}}
}

// shows are the lists, as answers of the filter.
func (m listModel) shows() []ui.Option {
	options := []ui.Option{{Label: m.t("show.all")}}
	for _, s := range []supply.Show{supply.ShowWanted, supply.ShowLow, supply.ShowOut} {
		options = append(options, ui.Option{Value: string(s), Label: m.t("show." + string(s))})
	}
	return options
}

func supplierOptions(none string, list []supply.Supplier) []ui.Option {
	options := []ui.Option{{Label: none}}
	for _, s := range list {
		options = append(options, ui.Option{Value: s.ID.String(), Label: s.Name})
	}
	return options
}

func (m listModel) filter() ui.Filter {
	f := ui.Filter{Search: m.Query.Text, SearchLabel: m.t("search"), Fields: 2, Clear: m.href("")}
	if m.Query.Text != "" {
		f.Chips = append(f.Chips, ui.Chip{Label: m.view().Quoted(m.Query.Text), Href: m.view().With("q", "", "page", "")})
	}
	if s := m.show(); s != supply.ShowAll {
		f.Chips = append(f.Chips, ui.Chip{Label: m.t("show." + string(s)), Href: m.view().With("show", "", "page", "")})
	}
	if m.Query.Supplier != "" {
		of, _ := id.Parse[supply.Supplier](m.Query.Supplier)
		f.Chips = append(f.Chips, ui.Chip{Label: m.supplierName(of), Href: m.view().With("supplier", "", "page", "")})
	}
	return f
}

func (m listModel) pages() ui.Pages {
	last := (m.Total + aPage - 1) / aPage
	return ui.Pages{Number: m.Query.Page, Last: last, From: (m.Query.Page-1)*aPage + 1, To: min(m.Query.Page*aPage, m.Total), Total: m.Total}
}

type makeForm struct {
	IDs []string `form:"id"`
}

// makeOrders drafts what is selected, one order a supplier (STK-03).
func (d *Desk) makeOrders(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[makeForm](c)
	if err != nil {
		return err
	}
	picks := make([]supply.Pick, 0, len(f.IDs))
	for _, text := range f.IDs {
		p, err := picked(text)
		if err != nil {
			return err
		}
		picks = append(picks, p)
	}
	made, err := supply.Make(c.Request().Context(), v.Shop, v.Actor(), v.View.Locale, picks)
	if err != nil {
		return err
	}
	if len(made) == 0 {
		web.AddFlash(c, web.Note, "stockroom.made_none", nil)
		return c.Redirect(http.StatusSeeOther, v.Href("stock?show=wanted"))
	}
	if len(made) == 1 {
		return desk.Back(c, "stock/orders/"+made[0].ID.String(), "stockroom.made", map[string]string{"n": "1"})
	}
	return desk.Back(c, "stock/orders?state=draft", "stockroom.made", map[string]string{"n": strconv.Itoa(len(made))})
}
