package stockroom

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/supply"
)

// note names the page a delivery note is typed on.
type note struct{}

// receive is the empty delivery note of an order.
func (d *Desk) receive(c echo.Context) error {
	m, err := d.readOrder(c)
	if err != nil {
		return err
	}
	if !m.Order.State.Open() {
		return c.Redirect(http.StatusSeeOther, m.href("/orders/"+m.Order.ID.String()))
	}
	asked := values("key", id.New[note]().String())
	for i, l := range m.Order.Lines {
		asked.Set(lineField(i, "cost"), sheet.Optional(m.view().Locale, l.Price))
	}
	m.Form = m.sheet(ui.Asked(asked))
	return desk.Show(c, http.StatusOK, receivePage(m))
}

type receiptForm struct {
	Key    string `form:"key"`
	Do     string `form:"do"`
	Scan   string `form:"scan"`
	More   string `form:"more"`
	Number string `form:"number"`
	Note   string `form:"note"`
	Lines  []struct {
		Variant string `form:"variant"`
		Qty     string `form:"qty"`
		Cost    string `form:"cost"`
	} `form:"line"`
}

// post adds a scanned piece to the note, fills it in with all that was awaited, or posts it (STK-08).
// A scanner types a code and Enter: Enter adds, and only the button for it posts.
func (d *Desk) post(c echo.Context) error {
	v := desk.Here(c)
	m, err := d.readOrder(c)
	if err != nil {
		return err
	}
	f, err := web.Form[receiptForm](c)
	typed := c.Request().PostForm
	if err == nil {
		switch f.Do {
		case "post":
			err = d.take(c, m, f)
			if err == nil {
				return desk.Back(c, "stock/orders/"+m.Order.ID.String(), "stockroom.posted", nil)
			}
		case "all":
			for i, l := range m.Order.Lines {
				typed.Set(lineField(i, "qty"), strconv.Itoa(l.Left()))
			}
		default:
			err = m.scan(v.View.Locale, f.Scan, typed)
		}
	}
	if err != nil && !desk.Repairable(err) {
		return err
	}
	status := http.StatusOK
	m.More = f.More != "" || slices.ContainsFunc(fault.FieldsOf(err), func(x fault.Field) bool { return x.Key == supply.ErrMore.Key() })
	m.Form = m.sheet(ui.Asked(typed))
	if err != nil {
		status, m.Form = web.Status(err), m.sheet(ui.Refused(v.View, typed, err))
	}
	return desk.Show(c, status, receivePage(m))
}

// scan counts one piece more of what the code stands for.
func (m orderModel) scan(l i18n.Locale, code string, typed url.Values) error {
	if code == "" {
		return nil
	}
	typed.Set("scan", "") // the scanner types the next code into an empty field
	line, err := m.Order.Match(code)
	if err != nil {
		return supply.ErrCode.With(map[string]any{"code": code}).On("scan")
	}
	var c form.Checker
	for i, of := range m.Order.Lines {
		if of.Variant != line.Variant {
			continue
		}
		name := lineField(i, "qty")
		n := sheet.ReadWhole(&c, name, l, typed.Get(name), 0, form.MaxInt-1) // nothing: the first piece
		if !c.Failed(name) {
			typed.Set(name, strconv.Itoa(n+1))
		}
	}
	return c.Err()
}

func (d *Desk) take(c echo.Context, m orderModel, f receiptForm) error {
	v := desk.Here(c)
	r, err := f.receipt(v.View.Locale)
	if err != nil {
		return err
	}
	return supply.Take(c.Request().Context(), v.Shop, v.Actor(), m.Order.ID, r)
}

func (f receiptForm) receipt(l i18n.Locale) (supply.Receipt, error) {
	var c form.Checker
	r := supply.Receipt{Key: f.Key, Number: f.Number, Note: f.Note, More: f.More != ""}
	for i, line := range f.Lines {
		p, err := picked(line.Variant)
		if err != nil {
			return r, err
		}
		r.Lines = append(r.Lines, supply.ReceiptLine{Variant: p.Variant, Qty: sheet.ReadWhole(&c, lineField(i, "qty"), l, line.Qty, 0, form.MaxInt),
			Cost: sheet.ReadOptional(&c, lineField(i, "cost"), l, line.Cost, pricePlaces)})
	}
	return r, c.Err()
}

// came and cost are the fields of a line of the note.
func (m orderModel) came(i int, l supply.Line) ui.Field {
	return m.Form.Fill(ui.Field{Name: lineField(i, "qty"), Label: l.Name, Help: joined(l.SKU, l.Barcode),
		Suffix: m.t("of", ui.Args{"n": l.Left()})})
}

func (m orderModel) cost(i int, l supply.Line) ui.Field {
	return m.Form.Fill(ui.Field{Name: lineField(i, "cost"), Label: m.t("field.cost") + " – " + l.Name, Suffix: m.currency(), Help: m.t("cost_help")})
}

func (m orderModel) noteForm() ui.Form {
	return m.lines("qty", "cost").Form(map[string]string{"key": m.Form.Values.Get("key")})
}

// scanField takes what a scanner types.
func (m orderModel) scanField() ui.Field {
	f := m.Form.Typed("scan", "", "off")
	f.Autofocus, f.Width = true, ui.Medium
	return f
}
