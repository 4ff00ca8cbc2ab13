package stockroom

import (
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/supply"
)

// orderModel is one order to a supplier.
type orderModel struct {
	room
	Order     *supply.Order
	Suppliers []supply.Supplier
	Form      sheet.Sheet
	More      bool // a delivery note holds more than was ordered: it is asked for
}

func (d *Desk) readOrder(c echo.Context) (m orderModel, err error) {
	v := desk.Here(c)
	which, err := id.Parse[supply.Order](c.Param("order"))
	if err != nil {
		return m, err
	}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		if m.Order, err = supply.Find(tx, which); err != nil {
			return err
		}
		m.Suppliers, err = supply.ListSuppliers(tx)
		return err
	})
	return m, err
}

func (d *Desk) order(c echo.Context) error {
	m, err := d.readOrder(c)
	if err != nil {
		return err
	}
	o := m.Order
	asked := values("note", o.Note)
	if !o.Supplier.IsZero() {
		asked.Set("supplier", o.Supplier.String())
	}
	if o.Expected != nil {
		asked.Set("expected", o.Expected.Format(time.DateOnly))
	}
	for i, l := range o.Lines {
		asked.Set(lineField(i, "qty"), strconv.Itoa(l.Qty))
		asked.Set(lineField(i, "price"), sheet.Optional(m.view().Locale, l.Price))
	}
	m.Form = m.sheet(ui.Asked(asked))
	return desk.Show(c, http.StatusOK, orderPage(m))
}

// lineField is the name of a field of a line.
func lineField(n int, column string) string { return sheet.Cell("line", n, column) }

type orderForm struct {
	Supplier string `form:"supplier"`
	Note     string `form:"note"`
	Expected string `form:"expected"`
	Add      string `form:"add"`
	Rev      int    `form:"rev,revision"`
	Lines    []struct {
		Variant string `form:"variant"`
		Qty     string `form:"qty"`
		Price   string `form:"price"`
	} `form:"line"`
}

// saveOrder saves a draft, with one article more when a code was typed or scanned.
func (d *Desk) saveOrder(c echo.Context) error {
	v := desk.Here(c)
	m, err := d.readOrder(c)
	if err != nil {
		return err
	}
	f, err := web.Form[orderForm](c)
	if err == nil {
		var e supply.Edit
		if e, err = f.edit(v.View.Locale); err == nil {
			_, err = supply.Save(c.Request().Context(), v.Shop, v.Actor(), m.Order.ID, v.View.Locale, e)
		}
	}
	if desk.Repairable(err) {
		m.Form = m.sheet(ui.Refused(v.View, c.Request().PostForm, err))
		return desk.Show(c, web.Status(err), orderPage(m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "stock/orders/"+m.Order.ID.String(), "stockroom.saved", nil)
}

func (f orderForm) edit(l i18n.Locale) (supply.Edit, error) {
	var c form.Checker
	e := supply.Edit{Note: f.Note, Add: f.Add, Rev: f.Rev}
	if f.Supplier != "" {
		of, err := id.Parse[supply.Supplier](f.Supplier)
		if err != nil {
			return e, supply.ErrSupplier.On("supplier")
		}
		e.Supplier = of
	}
	if day := c.Date("expected", f.Expected); !day.IsZero() {
		e.Expected = &day
	}
	for i, line := range f.Lines {
		p, err := picked(line.Variant)
		if err != nil {
			return e, err
		}
		e.Lines = append(e.Lines, supply.EditLine{Variant: p.Variant, Qty: sheet.ReadWhole(&c, lineField(i, "qty"), l, line.Qty, 0, form.MaxInt),
			Price: sheet.ReadOptional(&c, lineField(i, "price"), l, line.Price, pricePlaces)})
	}
	return e, c.Err()
}

func (d *Desk) sendOrder(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[supply.Order](c.Param("order"))
	if err != nil {
		return err
	}
	return d.moved(c, which, supply.Send(c.Request().Context(), v.Shop, v.Actor(), which), "stockroom.sent")
}

// moved answers an action on an order: a refusal is told on its page.
func (d *Desk) moved(c echo.Context, which supply.ID, err error, done string) error {
	at := "stock/orders/" + which.String()
	if err != nil {
		return desk.Refuse(c, at, "stockroom.refused", err)
	}
	return desk.Back(c, at, done, nil)
}

func (d *Desk) askCancel(c echo.Context) error { return d.ask(c, "cancel") }

func (d *Desk) askEnd(c echo.Context) error { return d.ask(c, "end") }

func (d *Desk) ask(c echo.Context, what string) error {
	m, err := d.readOrder(c)
	if err != nil {
		return err
	}
	at := m.href("/orders/" + m.Order.ID.String())
	return desk.Show(c, http.StatusOK, askPage(m, ui.Confirm{
		ID: what, Title: m.t(what+"_title", ui.Args{"number": m.Order.Number}), Text: m.t(what + "_text"), Post: at + "/" + what,
		Label: m.t(what), Cancel: at,
	}))
}

func (d *Desk) cancelOrder(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[supply.Order](c.Param("order"))
	if err != nil {
		return err
	}
	return d.moved(c, which, supply.CallOff(c.Request().Context(), v.Shop, v.Actor(), which), "stockroom.cancelled")
}

func (d *Desk) endOrder(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[supply.Order](c.Param("order"))
	if err != nil {
		return err
	}
	return d.moved(c, which, supply.End(c.Request().Context(), v.Shop, v.Actor(), which), "stockroom.ended")
}

func (d *Desk) print(c echo.Context) error {
	m, err := d.readOrder(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, printPage(m))
}

// draft tells that the order can be edited by the reader.
func (m orderModel) draft() bool { return m.Order.State == supply.Draft && m.can() }

func (m orderModel) header() ui.Header {
	h := m.frame(m.Order.Number, ui.Crumb{Label: m.t("tab.orders"), Href: m.href("/orders")}).Header
	h.Badges = []ui.Badge{m.stateBadge(m.Order.State)}
	at := m.href("/orders/" + m.Order.ID.String())
	if m.can() {
		if m.Order.State.Open() {
			h.Actions = append(h.Actions, ui.Action{Label: m.t("receive"), Href: at + "/receive", Icon: ui.IconBarcode, Look: ui.Primary})
		}
		if m.Order.Can(supply.Place) && len(m.Order.Lines) > 0 {
			h.Actions = append(h.Actions, ui.Action{Label: m.t("send"), Post: at + "/send", Icon: ui.IconTruck})
		}
		if m.Order.Can(supply.Finish) {
			h.More = append(h.More, ui.Action{Label: m.t("end"), Href: at + "/end", Icon: ui.IconCheck})
		}
		if m.Order.Can(supply.Cancel) {
			h.More = append(h.More, ui.Action{Label: m.t("cancel"), Href: at + "/cancel", Icon: ui.IconBan, Look: ui.Danger})
		}
	}
	h.Actions = append(h.Actions, ui.Action{Label: m.t("print"), Href: at + "/print", Icon: ui.IconPrinter})
	return h
}

// form is the frame of the draft's form, where lines are known by their articles.
func (m orderModel) form() ui.Form {
	return m.lines("qty", "price").Form(map[string]string{"rev": strconv.Itoa(m.Order.Rev)})
}

// lines is the form with the article as the label of what is typed in these columns of a line.
func (m orderModel) lines(columns ...string) sheet.Sheet {
	s := m.Form
	s.Known = map[string]string{}
	for i, l := range m.Order.Lines {
		for _, column := range columns {
			s.Known[lineField(i, column)] = l.Name
		}
	}
	return s
}

// qty and price are the fields of a line.
func (m orderModel) qty(i int, l supply.Line) ui.Field {
	return m.Form.Fill(ui.Field{Name: lineField(i, "qty"), Label: l.Name, Help: joined(l.SKU, l.Ref)})
}

func (m orderModel) price(i int, l supply.Line) ui.Field {
	return m.Form.Fill(ui.Field{Name: lineField(i, "price"), Label: m.t("field.price") + " – " + l.Name, Suffix: m.currency(), Help: m.t("price_help")})
}

func (m orderModel) money(o *supply.Order) string {
	total, all := o.Total()
	text := m.view().Money(money.New(total, o.Currency(m.Settings.Rules().Currency)).Round(money.HalfUp))
	if !all {
		text += " " + m.t("incomplete")
	}
	return text
}

func (m orderModel) facts() []ui.Term {
	o := m.Order
	terms := []ui.Term{{Name: m.t("field.supplier"), Text: m.nameOf(o.Supplier, m.Suppliers)}, {Name: m.t("total"), Text: m.money(o)}}
	if o.Placed != nil {
		terms = append(terms, ui.Term{Name: m.t("placed"), Text: m.view().DayTime(*o.Placed)})
	}
	if o.Expected != nil {
		terms = append(terms, ui.Term{Name: m.t("field.expected"), Text: m.view().Day(*o.Expected)})
	}
	if o.Note != "" {
		terms = append(terms, ui.Term{Name: m.t("field.note"), Text: o.Note})
	}
	return terms
}

func (m orderModel) table() ui.Table {
	t := ui.Table{
		Caption: m.t("lines"), Bare: true,
		Columns: []ui.Column{
			{Title: m.t("article"), Main: true}, {Title: m.t("field.ref")}, {Title: m.t("pieces"), End: true},
			{Title: m.t("field.price"), End: true}, {Title: m.t("received"), End: true},
		},
		Empty: ui.Empty{Icon: ui.IconPackage, Title: m.t("no_lines_on_order")},
	}
	for _, l := range m.Order.Lines {
		cost := "–"
		if l.Price != nil {
			cost = m.view().Money(money.New(*l.Price, m.Order.Currency(m.Settings.Rules().Currency)))
		}
		t.Rows = append(t.Rows, ui.Row{ID: l.Variant.String(), Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: l.Name, Sub: l.SKU, Href: m.href("/variants/" + l.Variant.String())}),
			ui.TextCell(l.Ref), ui.TextCell(m.view().Number(l.Qty)), ui.TextCell(cost), ui.TextCell(m.view().Number(l.Received)),
		}})
	}
	return t
}

// receipts are the delivery notes, the newest first.
func (m orderModel) receipts() []ui.Event {
	var events []ui.Event
	for i := len(m.Order.Receipts) - 1; i >= 0; i-- {
		r := m.Order.Receipts[i]
		n := 0
		for _, l := range r.Lines {
			n += l.Qty
		}
		events = append(events, ui.Event{Title: m.t("received_n", ui.Args{"n": n}), Text: joined(r.Number, r.Note), Who: r.Actor, When: r.At,
			Icon: ui.IconTruck, Tone: ui.Good})
	}
	return events
}
