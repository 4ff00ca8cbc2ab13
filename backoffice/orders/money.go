package orders

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
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

// askRefund asks how much of a payment to give back.
func (d *Desk) askRefund(c echo.Context) error {
	f, p, err := d.openPayment(c)
	if err != nil {
		return err
	}
	l := desk.Here(c).View.Locale
	left := i18n.FormatInput(l, p.Refundable().Decimal(), p.Amount.Currency().Digits())
	return desk.Show(c, http.StatusOK, refundPage(desk.Here(c), f, p, ui.Asked(url.Values{"amount": {left}})))
}

// openPayment reads the order of the address and its payment.
func (d *Desk) openPayment(c echo.Context) (*checkout.File, payment.Payment, error) {
	f, err := d.open(c)
	if err != nil {
		return nil, payment.Payment{}, err
	}
	which, err := id.Parse[payment.Payment](c.Param("payment"))
	if err != nil {
		return nil, payment.Payment{}, err
	}
	for _, p := range f.Payments {
		if p.ID == which {
			return f, p, nil
		}
	}
	return nil, payment.Payment{}, payment.ErrPayment
}

type refundFields struct {
	Amount  string `form:"amount"`
	Note    string `form:"note"`
	Visible bool   `form:"visible"`
}

// refund gives money back.
func (d *Desk) refund(c echo.Context) error {
	v := desk.Here(c)
	fields, err := web.Form[refundFields](c)
	if err != nil {
		return err
	}
	f, p, err := d.openPayment(c)
	if err != nil {
		return err
	}
	amount, err := readAmount(v.View.Locale, fields.Amount, p.Amount.Currency())
	if err == nil {
		remark := checkout.Remark{Note: fields.Note, Visible: fields.Visible}
		err = d.Desk.Refund(c.Request().Context(), v.Shop, v.Actor(), p.ID, amount, remark)
	}
	// A bank that says no or nothing is told beside what was typed, too: trying again is the cure.
	if desk.Repairable(err) || fault.Is(err, fault.Upstream) {
		return desk.Show(c, web.Status(err), refundPage(v, f, p, ui.Refused(v.View, c.Request().PostForm, err)))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "orders/"+f.Order.ID.String(), "orders.done.refund", map[string]string{"amount": v.View.Money(amount)})
}

// figure writes a whole number for a field.
func figure(n int) string { return strconv.Itoa(n) }
