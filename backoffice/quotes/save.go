package quotes

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/quote"
)

type quoteForm struct {
	Do       string            `form:"do"`
	Rev      int               `form:"rev,revision"`
	Qty      map[string]string `form:"qty"` // by the id of a line, as Unit
	Unit     map[string]string `form:"unit"`
	Add      string            `form:"add"`
	Asked    string            `form:"asked"` // the code whose questions were answered in Option and Extra
	Option   map[string]string `form:"option"`
	Extra    map[string]string `form:"extra"`
	Remark   string            `form:"remark"`
	Until    string            `form:"until"`
	Carriage string            `form:"carriage"`
	Cost     string            `form:"cost"`
}

// save saves the draft, with one article more when a code was typed and whatever there is to choose
// of it was chosen, and sends it when that was pressed.
func (d *Desk) save(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	m, err := d.open(c)
	if err != nil {
		return err
	}
	f, err := web.Form[quoteForm](c)
	if err == nil {
		var e checkout.QuoteEdit
		if e, err = f.edit(v.View.Locale); err == nil {
			var q *quote.Quote
			if q, err = d.desk.SaveQuote(ctx, v.Shop, v.Actor(), m.Quote.ID, e); err == nil && f.Do == "send" {
				return d.send(c, q)
			}
		}
	}
	if desk.Repairable(err) {
		if m.Choice, m.code = nil, strings.TrimSpace(f.Add); m.code != "" {
			var readErr error
			if m.Choice, readErr = d.desk.QuoteChoice(ctx, v.Shop, m.code, v.View.Locale); readErr != nil {
				return readErr
			}
		}
		m.answer(ui.Refused(v.View, c.Request().PostForm, err))
		return desk.Show(c, web.Status(err), filePage(m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "quotes/"+m.Quote.ID.String(), "quotes.saved", nil)
}

// send sends what was saved. What stands in the way is told on the page, where nothing that was typed is lost.
func (d *Desk) send(c echo.Context, q *quote.Quote) error {
	v := desk.Here(c)
	sent, err := d.desk.SendQuote(c.Request().Context(), v.Shop, v.Actor(), q.ID, q.Rev)
	if desk.Repairable(err) {
		m, readErr := d.open(c)
		if readErr != nil {
			return readErr
		}
		m.answer(ui.Refused(v.View, m.values(), err))
		return desk.Show(c, web.Status(err), filePage(m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "quotes/"+q.ID.String(), "quotes.was_sent", map[string]string{"email": sent.Email})
}

func (f quoteForm) edit(l i18n.Locale) (checkout.QuoteEdit, error) {
	var c form.Checker
	e := checkout.QuoteEdit{Rev: f.Rev, Add: strings.TrimSpace(f.Add), Remark: f.Remark, Carriage: f.Carriage, Until: c.Date("until", f.Until)}
	if f.Asked != "" && f.Asked == e.Add {
		e.Chosen = &checkout.Chosen{Options: f.Option, Extras: f.Extra}
	}
	for line, qty := range f.Qty {
		which, err := id.Parse[cart.Line](line)
		if err != nil {
			return e, err
		}
		c.Required("unit."+line, f.Unit[line])
		e.Lines = append(e.Lines, checkout.QuoteLine{ID: which, Qty: c.Int("qty."+line, qty, 0, cart.MaxQty),
			Unit: c.Decimal("unit."+line, l, f.Unit[line], money.MaxPlaces)})
	}
	if f.Carriage != "" {
		c.Required("cost", f.Cost)
		e.Cost = c.Decimal("cost", l, f.Cost, money.MaxPlaces)
	}
	return e, c.Err()
}

type newForm struct {
	Name    string `form:"name"`
	Email   string `form:"email"`
	Profile string `form:"profile"`
	Locale  string `form:"locale"`
}

// new is the form of a quote nobody has asked for.
func (d *Desk) new(c echo.Context) error {
	return d.newForm(c, http.StatusOK, ui.Asked(nil))
}
