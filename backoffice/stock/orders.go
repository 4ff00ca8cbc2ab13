package stockroom

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/supply"
)

type ordersQuery struct {
	State    string `query:"state"`
	Supplier string `query:"supplier"`
}

// ordersModel is the list of orders to suppliers.
type ordersModel struct {
	room
	Query     ordersQuery
	List      []*supply.Order
	Suppliers []supply.Supplier
}

// shownOrders is how many orders a list shows: the newest.
const shownOrders = 200

func (d *Desk) orders(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[ordersQuery](c)
	if err != nil {
		return err
	}
	m := ordersModel{Query: q}
	f := supply.Filter{Limit: shownOrders}
	f.State, _ = supply.ParseState(q.State)
	f.Supplier, _ = id.Parse[supply.Supplier](q.Supplier)
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		if m.Suppliers, err = supply.ListSuppliers(tx); err != nil {
			return err
		}
		m.List, err = supply.List(tx, f)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, ordersPage(m))
}

// nameOf is what a supplier is called.
func (r room) nameOf(of supply.SupplierID, list []supply.Supplier) string {
	for _, s := range list {
		if s.ID == of {
			return s.Name
		}
	}
	return r.t("no_supplier")
}

func (m ordersModel) table() ui.Table {
	t := ui.Table{
		Caption: m.t("tab.orders"),
		Columns: []ui.Column{
			{Title: m.t("order"), Main: true}, {Title: m.t("field.supplier")}, {Title: m.t("pieces"), End: true},
			{Title: m.t("left"), End: true}, {Title: m.t("field.expected")}, {Title: m.t("state"), Fit: true},
		},
		Empty: ui.Empty{Icon: ui.IconFileText, Title: m.t("no_orders"), Text: m.t("no_orders_text"),
			Actions: []ui.Action{{Label: m.t("show.wanted"), Href: m.href("?show=wanted"), Look: ui.Primary}}},
	}
	if m.Query != (ordersQuery{}) {
		t.Empty = ui.Empty{Icon: ui.IconSearch, Title: m.t("none_found"), Actions: []ui.Action{{Label: m.visit.T("ui.filters_clear"), Href: m.href("/orders")}}}
	}
	for _, o := range m.List {
		left, day := "", "–"
		if o.State.Open() {
			left = m.view().Number(o.Left())
		}
		if o.Expected != nil {
			day = m.view().Day(*o.Expected)
		}
		t.Rows = append(t.Rows, ui.Row{ID: o.ID.String(), Name: o.Number, Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: o.Number, Sub: m.view().Day(o.Created), Href: m.href("/orders/" + o.ID.String())}),
			ui.TextCell(m.nameOf(o.Supplier, m.Suppliers)), ui.TextCell(m.view().Number(o.Pieces())), ui.TextCell(left), ui.TextCell(day),
			ui.BadgeCell(m.view(), m.stateBadge(o.State)),
		}})
	}
	return t
}

func (r room) stateBadge(s supply.State) ui.Badge {
	tones := map[supply.State]ui.Tone{supply.Ordered: ui.Info, supply.PartReceived: ui.Warn, supply.Received: ui.Good}
	return ui.Badge{Label: r.visit.T(s.Key()), Tone: tones[s], Dot: true}
}

func (m ordersModel) states() []ui.Option {
	options := []ui.Option{{Label: m.t("any_state")}}
	for _, s := range supply.States() {
		options = append(options, ui.Option{Value: string(s), Label: m.visit.T(s.Key())})
	}
	return options
}

func (m ordersModel) filter() ui.Filter {
	f := ui.Filter{NoSearch: true, Fields: 2, Clear: m.href("/orders")}
	if s, ok := supply.ParseState(m.Query.State); ok {
		f.Chips = append(f.Chips, ui.Chip{Label: m.visit.T(s.Key()), Href: m.view().With("state", "")})
	}
	if of, err := id.Parse[supply.Supplier](m.Query.Supplier); err == nil {
		f.Chips = append(f.Chips, ui.Chip{Label: m.nameOf(of, m.Suppliers), Href: m.view().With("supplier", "")})
	}
	return f
}

// newOrder begins an empty draft.
func (d *Desk) newOrder(c echo.Context) error {
	v := desk.Here(c)
	o, err := supply.New(c.Request().Context(), v.Shop, v.Actor(), supply.SupplierID{})
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, v.Href("stock/orders/"+o.ID.String()))
}
