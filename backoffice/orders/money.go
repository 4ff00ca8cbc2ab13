package orders

import (
	"errors"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

type paidFields struct {
	Amount string `form:"amount"`
	Note   string `form:"paid_note"`
}

// markPaid records money that came outside a bank's page.
func (d *Desk) markPaid(c echo.Context) error {
	v := desk.Here(c)
	fields, err := web.Form[paidFields](c)
	if err != nil {
		return err
	}
	f, err := d.open(c)
	if err != nil {
		return err
	}
	amount, err := readAmount(v.View.Locale, fields.Amount, f.Awaited().Currency())
	if err == nil {
		err = d.Desk.MarkPaid(c.Request().Context(), v.Shop, v.Actor(), f.Order.ID, amount, checkout.Remark{Note: fields.Note})
		switch {
		case errors.Is(err, payment.ErrAmount):
			err = fault.Invalid(fault.Field{Name: "amount", Key: "orders.amount_due", Args: fault.Args{"due": f.Awaited()}})
		case fault.Is(err, fault.Conflict) && len(fault.FieldsOf(err)) == 0:
			err = fault.Invalid(fault.Field{Name: "amount", Key: fault.KeyOf(err), Args: fault.ArgsOf(err)})
		}
	}
	return d.done(c, err, "orders.done.paid", func(r *refusals, a ui.Answers) { r.Paid = a })
}

// readAmount reads an amount as the reader types it. Errors: refused field "amount".
func readAmount(l i18n.Locale, text string, cur money.Currency) (money.Amount, error) {
	var c form.Checker
	c.Required("amount", text)
	n := c.Decimal("amount", l, text, int(cur.Digits()))
	return money.New(n, cur), c.Err()
}

// figure writes a whole number for a field.
func figure(n int) string { return strconv.Itoa(n) }
