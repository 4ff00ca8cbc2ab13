package stockroom

import (
	"cmp"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

// variantModel is one variant with all that is known of its stock.
type variantModel struct {
	room
	Item      *supply.Item
	Lines     []stock.Line
	Next      string
	Queue     []supply.Waiting
	Suppliers []supply.Supplier
	Correct   sheet.Sheet
	Source    sheet.Sheet
}

func picked(text string) (supply.Pick, error) {
	v, err := id.Parse[stock.Variant](text)
	return supply.Pick{Variant: v}, err
}

func (d *Desk) variant(c echo.Context) error {
	m, err := d.readVariant(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, variantPage(m))
}

type ledgerQuery struct {
	Before string `query:"after"` // the pager's word for what comes next: older lines
}

const ledgerPage = 30

func (d *Desk) readVariant(c echo.Context) (m variantModel, err error) {
	v := desk.Here(c)
	which, err := id.Parse[stock.Variant](c.Param("variant"))
	if err != nil {
		return m, err
	}
	q, err := web.Query[ledgerQuery](c)
	if err != nil {
		return m, err
	}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		if m.Item, err = supply.FindItem(tx, which, v.View.Locale); err != nil {
			return err
		}
		if m.Lines, m.Next, err = stock.Ledger(tx, which, q.Before, ledgerPage); err != nil {
			return err
		}
		if m.Queue, err = supply.Queue(tx, which); err != nil {
			return err
		}
		m.Suppliers, err = supply.ListSuppliers(tx)
		return err
	})
	if err != nil {
		return m, err
	}
	of := ""
	if !m.Item.Source.Supplier.IsZero() {
		of = m.Item.Source.Supplier.String()
	}
	m.Correct = m.sheet(ui.Asked(values("why", string(stock.ReasonCount))))
	m.Source = m.sheet(ui.Asked(values("supplier", of, "ref", m.Item.Source.Ref, "price", sheet.Optional(v.View.Locale, m.Item.Source.Price))))
	return m, nil
}

type correctForm struct {
	Why  string `form:"why,required"`
	Qty  string `form:"qty"`
	Note string `form:"note"`
}

const maxNote = 200

// correct writes down what somebody counted, lost or found.
func (d *Desk) correct(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[stock.Variant](c.Param("variant"))
	if err != nil {
		return err
	}
	f, err := web.Form[correctForm](c)
	if err == nil {
		var check form.Checker
		check.Required("qty", f.Qty)
		to := stock.Correction{Variant: which, Why: stock.Reason(f.Why), Qty: sheet.ReadWhole(&check, "qty", v.View.Locale, f.Qty, 0, form.MaxInt), Note: check.Line("note", f.Note, maxNote)}
		check.OneOf("why", f.Why, string(stock.ReasonCount), string(stock.ReasonLoss), string(stock.ReasonFound))
		if err = check.Err(); err == nil {
			err = v.Shop.Write(c.Request().Context(), func(tx tenant.Tx) error { return stock.Correct(tx, v.Actor(), to) })
		}
	}
	if desk.Repairable(err) {
		m, readErr := d.readVariant(c)
		if readErr != nil {
			return readErr
		}
		m.Correct = m.sheet(ui.Refused(v.View, c.Request().PostForm, err))
		return desk.Show(c, web.Status(err), variantPage(m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "stock/variants/"+which.String(), "stockroom.corrected", nil)
}

type sourceForm struct {
	Supplier string `form:"supplier"`
	Ref      string `form:"ref"`
	Price    string `form:"price"`
	All      bool   `form:"all"`
}

// source says who delivers a variant, or all variants of its article.
func (d *Desk) source(c echo.Context) error {
	v := desk.Here(c)
	m, err := d.readVariant(c)
	if err != nil {
		return err
	}
	f, err := web.Form[sourceForm](c)
	if err == nil {
		err = d.saveSource(c, m, f)
	}
	if desk.Repairable(err) {
		m.Source = m.sheet(ui.Refused(v.View, c.Request().PostForm, err))
		return desk.Show(c, web.Status(err), variantPage(m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "stock/variants/"+m.Item.Variant.String(), "stockroom.saved", nil)
}

func (d *Desk) saveSource(c echo.Context, m variantModel, f sourceForm) error {
	v := desk.Here(c)
	var check form.Checker
	s := supply.Source{Ref: f.Ref, Price: sheet.ReadOptional(&check, "price", v.View.Locale, f.Price, pricePlaces)}
	if f.Supplier != "" {
		of, err := id.Parse[supply.Supplier](f.Supplier)
		if err != nil {
			return supply.ErrSupplier.On("supplier")
		}
		s.Supplier = of
	}
	if err := check.Err(); err != nil {
		return err
	}
	variants := []stock.VariantID{m.Item.Variant}
	if f.All {
		err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
			all, err := supply.ItemsOf(tx, m.Item.Product, v.View.Locale)
			variants = variants[:0]
			for _, i := range all {
				variants = append(variants, i.Variant)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return supply.SetSource(c.Request().Context(), v.Shop, v.Actor(), s, variants...)
}

const pricePlaces = 4

// figures are the six of STK-02 and what others can buy.
func (r room) figures(f stock.Figures) []ui.Stat {
	card := func(key string, n int) ui.Stat {
		return ui.Stat{Label: r.t(key), Value: r.view().Number(n), Note: r.t(key + "_note")}
	}
	return []ui.Stat{card("current", f.Current), card("free", f.Current-f.Reserved), card("pending", f.Pending),
		card("on_order", f.OnOrder), card("virtual", f.Virtual()), card("minimum", f.Minimum)}
}

// whys asks for the reason, of those a person can give.
func (m variantModel) whys() ui.Field {
	var options []ui.Option
	for _, why := range []stock.Reason{stock.ReasonCount, stock.ReasonLoss, stock.ReasonFound} {
		options = append(options, ui.Option{Value: string(why), Label: m.t("why." + string(why))})
	}
	return m.Correct.Of("why", options)
}

// ledger is the history of the variant, with words for reasons.
func (m variantModel) ledger() ui.Table {
	t := ui.Table{
		Caption: m.t("ledger"), Bare: true,
		Columns: []ui.Column{
			{Title: m.t("what"), Main: true}, {Title: m.t("when")}, {Title: m.t("change"), End: true},
			{Title: m.t("reserved"), End: true, Wide: true}, {Title: m.t("pending"), End: true, Wide: true},
			{Title: m.t("on_order"), End: true, Wide: true}, {Title: m.t("after"), End: true},
		},
		Empty: ui.Empty{Icon: ui.IconHistory, Title: m.t("no_lines")},
	}
	for _, l := range m.Lines {
		t.Rows = append(t.Rows, ui.Row{ID: l.ID.String(), Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: m.visit.T(l.Reason.Key()), Sub: joined(l.Note, l.Actor), Href: m.cause(l)}),
			ui.TextCell(m.view().DayTime(l.At)), ui.TextCell(signed(l.OnHand)), ui.TextCell(signed(l.Reserved)),
			ui.TextCell(signed(l.Pending)), ui.TextCell(signed(l.OnOrder)), ui.TextCell(m.view().Number(l.After)),
		}})
	}
	return t
}

// cause is the paper a line of the ledger is about, "" for none the reader may see.
func (m variantModel) cause(l stock.Line) string {
	if l.Ref == "" {
		return ""
	}
	switch l.Reason {
	case stock.ReasonBought, stock.ReasonReceived, stock.ReasonUnbought:
		return m.href("/orders/" + l.Ref)
	case stock.ReasonOrdered, stock.ReasonSold, stock.ReasonReturn, stock.ReasonDone:
		if m.visit.Can("orders.view") {
			return m.visit.Href("orders/" + l.Ref)
		}
	}
	return ""
}

func signed(n int) string {
	switch {
	case n == 0:
		return ""
	case n > 0:
		return "+" + strconv.Itoa(n)
	}
	return "−" + strconv.Itoa(-n)
}

func joined(a, b string) string {
	if a != "" && b != "" {
		return a + " · " + b
	}
	return cmp.Or(a, b)
}

// queue is who waits for pieces, first come first.
func (m variantModel) queue() ui.Table {
	t := ui.Table{
		Caption: m.t("queue"), Bare: true,
		Columns: []ui.Column{{Title: m.t("order"), Main: true}, {Title: m.t("pieces"), End: true}, {Title: m.t("until")}, {Title: m.t("state"), Fit: true}},
	}
	for _, w := range m.Queue {
		until, state := m.view().DayTime(w.Until), ui.Badge{Label: m.t("waits"), Tone: ui.Warn}
		if w.Forever {
			until = m.t("until_sent")
		}
		if w.Served {
			state = ui.Badge{Label: m.t("there"), Tone: ui.Good}
		}
		title := ui.Title{Text: w.Number, Sub: w.Buyer}
		if m.visit.Can("orders.view") {
			title.Href = m.visit.Href("orders/" + w.Order.String())
		}
		t.Rows = append(t.Rows, ui.Row{ID: w.Order.String(), Cells: []templ.Component{
			ui.TitleCell(m.view(), title), ui.TextCell(m.view().Number(w.Qty)), ui.TextCell(until), ui.BadgeCell(m.view(), state),
		}})
	}
	return t
}
