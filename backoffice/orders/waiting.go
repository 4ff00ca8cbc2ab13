package orders

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
)

// waitingModel is who waits for pre-ordered articles.
type waitingModel struct {
	Article string // the one it is narrowed to, "" for all
	List    []checkout.Waiting
	Askable int // orders whose articles are all there and whose rest nobody has asked for
}

type waitingQuery struct {
	Article string `query:"article" form:"article"`
}

// product is the article the queue is narrowed to; the zero id for all, also for a mangled one.
func (q waitingQuery) product() catalog.ProductID {
	which, err := id.Parse[catalog.Product](q.Article)
	if err != nil {
		return catalog.ProductID{}
	}
	return which
}

// waiting is the queue for what was ordered before it was there, and who can be served (STK-04).
func (d *Desk) waiting(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	q, err := web.Query[waitingQuery](c)
	if err != nil {
		return err
	}
	err = v.Shop.Read(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err == nil {
			v.View.Zone = s.Rules().Zone
		}
		return err
	})
	if err != nil {
		return err
	}
	m := waitingModel{Article: q.Article}
	if m.List, err = d.Desk.Waiting(ctx, v.Shop, q.product()); err != nil {
		return err
	}
	if m.Askable, err = d.Desk.CountReady(ctx, v.Shop, q.product()); err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, waitingPage(v, m))
}

// askReady asks everybody for the rest whose articles are there.
func (d *Desk) askReady(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Form[waitingQuery](c)
	if err != nil {
		return err
	}
	n, err := d.Desk.AskReady(c.Request().Context(), v.Shop, v.Actor(), q.product())
	if err != nil {
		return err
	}
	return desk.Back(c, "orders/waiting", "orders.done.ask_ready", map[string]string{"n": strconv.Itoa(n)})
}

// restForm is the answer to whether the rest is asked for before the articles are there.
type restForm struct {
	Early string `form:"early"`
}

// askRest asks the buyer of one order; staff is asked first where he would be told of articles that are not there.
func (d *Desk) askRest(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[order.Order](c.Param("order"))
	if err != nil {
		return err
	}
	f, err := web.Form[restForm](c)
	if err != nil {
		return err
	}
	_, err = d.Desk.AskRest(c.Request().Context(), v.Shop, v.Actor(), which, f.Early != "")
	if errors.Is(err, checkout.ErrEarly) {
		return d.showEarly(c, web.Status(err))
	}
	return d.done(c, err, "orders.done.ask", onStep)
}

// askEarly asks before a rest is asked for whose articles are not there.
func (d *Desk) askEarly(c echo.Context) error { return d.showEarly(c, http.StatusOK) }

func (d *Desk) showEarly(c echo.Context, status int) error {
	f, err := d.open(c)
	if err != nil {
		return err
	}
	return desk.Show(c, status, earlyPage(desk.Here(c), f))
}

// earlyQuestion says what speaks against it.
func earlyQuestion(v *desk.Visit, f *checkout.File) ui.Confirm {
	at := v.Href("orders/" + f.Order.ID.String())
	q := ui.Confirm{ID: "early", Title: v.T("orders.rest_early_title"), Text: v.T("orders.rest_early_text", ui.Args{"due": f.Order.Due()}),
		Post: at + "/ask", Label: v.T("orders.rest_early_go"), Tone: ui.Warn, Cancel: at, Hidden: map[string]string{"early": "1"}}
	for _, w := range f.Waiting {
		if !w.Ready() {
			q.Points = append(q.Points, v.T("orders.rest_early_point", ui.Args{"article": w.Name, "there": w.There, "left": w.Left, "date": v.View.Day(w.Expected)}))
		}
	}
	return q
}

func (m waitingModel) table(v *desk.Visit) ui.Table {
	t := ui.Table{
		Caption: v.T("orders.waiting"),
		Columns: []ui.Column{
			{Title: v.T("orders.article"), Main: true}, {Title: v.T("orders.rank"), End: true}, {Title: v.T("orders.order")},
			{Title: v.T("orders.there"), End: true}, {Title: v.T("orders.payment")}, {Title: v.T("orders.due"), End: true},
		},
		Empty: ui.Empty{Icon: ui.IconPackage, Title: v.T("orders.waiting_none"), Text: v.T("orders.waiting_none_text"), Actions: []ui.Action{
			{Label: v.T("orders.title"), Href: v.Href("orders")}}},
	}
	for _, w := range m.List {
		o := w.Order
		name := ui.Title{Text: w.Name, Sub: join(w.SKU, checkout.OptionsIn(w.Options, v.View.Locale), v.T("orders.expected", ui.Args{"date": v.View.Day(w.Expected)}))}
		if w.Ready() {
			name.Badges = []ui.Badge{{Label: v.T("orders.ready"), Tone: ui.Good}}
		}
		rank := "–"
		if w.Rank > 0 {
			rank = v.View.Number(w.Rank)
		}
		asked := ""
		if o.Advance != nil && o.Advance.Asked != nil && o.Owes() {
			asked = v.T("orders.rest_asked") + " · " + v.View.DayTime(*o.Advance.Asked)
		}
		row := ui.Row{ID: w.Line.String(), Name: w.Name + " · " + o.Number, Cells: []templ.Component{
			ui.TitleCell(v.View, name), ui.TextCell(rank),
			ui.TitleCell(v.View, ui.Title{Text: o.Number, Href: v.Href("orders/" + o.ID.String()), Sub: o.Buyer}),
			ui.TextCell(v.View.Number(w.There) + " / " + v.View.Number(w.Left)),
			ui.TwoLineCell(v.T(o.PaymentState().Key()), asked), ui.TextCell(v.View.Money(o.Due())),
		}}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// shipTold is what the buyer wished and what is not there yet, for who packs.
func shipTold(v *desk.Visit, f *checkout.File) string {
	told := ""
	if lacking := checkout.Lacking(f.Waiting); len(lacking) > 0 {
		told = v.T("orders.lacking", ui.Args{"articles": strings.Join(lacking, ", ")})
	} else if parcelsWish(v, f.Order) != "" {
		told = v.T("orders.all_there")
	}
	return told
}

// handOver tells that handing over what nobody carries must be taken upon oneself, because a rest is due.
func (m fileModel) handOver(v *desk.Visit) bool {
	return m.Unpaid() && m.Order.ShipmentState() == order.NothingToShip && m.may(v, order.Deliver)
}
