package orders

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// bankMove is one thing that can be done with the money of a payment. Its words are "orders.<name>" and those that
// begin with it.
type bankMove struct {
	Name  string
	Whole bool // all of it or nothing: there is no amount to choose
	icon  ui.Icon
	may   string                                  // the permission
	can   func(p payment.Payment, held bool) bool // held: by a trusted third party
	most  func(payment.Payment) money.Amount
	do    func(*checkout.Desk, context.Context, *tenant.Shop, tenant.Actor, payment.ID, money.Amount, checkout.Remark) error
}

// What can be done with money, in the order it is offered.
var (
	moveHold = bankMove{Name: "hold", icon: ui.IconLock, may: "orders.settle", can: isDeposit, most: promised, Whole: true,
		do: func(d *checkout.Desk, ctx context.Context, shop *tenant.Shop, who tenant.Actor, which payment.ID, _ money.Amount, r checkout.Remark) error {
			return d.Hold(ctx, shop, who, which, r)
		}}
	moveCapture = bankMove{Name: "capture", icon: ui.IconCoin, may: "orders.settle", can: isPromised, most: promised, do: (*checkout.Desk).Capture}
	moveRelease = bankMove{Name: "release", icon: ui.IconArrowBackUp, may: "orders.settle", can: isPromised, most: promised, Whole: true,
		do: func(d *checkout.Desk, ctx context.Context, shop *tenant.Shop, who tenant.Actor, which payment.ID, _ money.Amount, r checkout.Remark) error {
			return d.LetGo(ctx, shop, who, which, r)
		}}
	moveRefund = bankMove{Name: "refund", icon: ui.IconArrowBackUp, may: "orders.refund", can: isRefundable, most: payment.Payment.Refundable, do: (*checkout.Desk).Refund}

	bankMoves = []bankMove{moveHold, moveCapture, moveRelease, moveRefund}
)

func isDeposit(p payment.Payment, held bool) bool { return held && p.State.Open() }
func isPromised(p payment.Payment, _ bool) bool   { return p.State == payment.StateAuthorised }
func promised(p payment.Payment) money.Amount     { return p.Amount }
func isRefundable(p payment.Payment, _ bool) bool {
	return p.State.Paid() && p.State != payment.StateDisputed && p.Refundable().IsPositive()
}
func (b bankMove) label(v *desk.Visit) string    { return v.T("orders." + b.Name) }
func (b bankMove) said(part string) string       { return "orders." + b.Name + "_" + part }
func (b bankMove) path(p payment.Payment) string { return "/" + b.Name + "/" + p.ID.String() }

// offered are the moves somebody may make with a payment now.
func (m fileModel) offered(v *desk.Visit, p payment.Payment) []ui.Action {
	var list []ui.Action
	for _, b := range bankMoves {
		if b.can(p, m.Held(p)) && v.Can(b.may) {
			list = append(list, ui.Action{Label: b.label(v), Icon: b.icon, Href: v.Href(m.Base + b.path(p))})
		}
	}
	return list
}

// moveModel is what the page of a move shows besides its answers.
type moveModel struct {
	bankMove
	File    *checkout.File
	Payment payment.Payment
	Asks    bool // there is a bank that can be asked
}

func (d *Desk) moveOf(b bankMove, f *checkout.File, p payment.Payment) moveModel {
	gateway, err := d.Modes.Gateways().Find(p.Kind)
	return moveModel{bankMove: b, File: f, Payment: p, Asks: err == nil && !gateway.Capabilities().Offline}
}

// askMove asks how much of a payment to take or give back.
func (d *Desk) askMove(b bankMove) echo.HandlerFunc {
	return func(c echo.Context) error {
		f, p, err := d.openPayment(c)
		if err != nil {
			return err
		}
		v := desk.Here(c)
		most := i18n.FormatInput(v.View.Locale, b.most(p).Decimal(), p.Amount.Currency().Digits())
		return desk.Show(c, http.StatusOK, movePage(v, d.moveOf(b, f, p), ui.Asked(url.Values{"amount": {most}})))
	}
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

type moveFields struct {
	Amount  string `form:"amount"`
	Note    string `form:"note"`
	Visible bool   `form:"visible"`
	Done    bool   `form:"done"`
	Seen    string `form:"seen"` // what there was when the page was drawn
}

// errMoved refuses what was decided on a page that no longer tells the truth: the bank's notice of a refund whose
// answer was lost may have come meanwhile, and it must not be given back again.
var errMoved = fault.New(fault.Conflict, "orders.moved_meanwhile")

// move takes money, gives it back, or lets a promise go.
func (d *Desk) move(b bankMove) echo.HandlerFunc {
	return func(c echo.Context) error {
		v := desk.Here(c)
		fields, err := web.Form[moveFields](c)
		if err != nil {
			return err
		}
		f, p, err := d.openPayment(c)
		if err != nil {
			return err
		}
		amount := b.most(p)
		if !b.Whole {
			amount, err = readAmount(v.View.Locale, fields.Amount, p.Amount.Currency())
		}
		if err == nil && fields.Seen != "" && fields.Seen != b.most(p).String() {
			err = errMoved
		}
		if err == nil {
			remark := checkout.Remark{Note: fields.Note, Visible: fields.Visible, Done: fields.Done}
			err = b.do(d.Desk, c.Request().Context(), v.Shop, v.Actor(), p.ID, amount, remark)
		}
		// A bank that says no or nothing is told beside what was typed, too: trying again is the cure.
		if desk.Repairable(err) || fault.Is(err, fault.Upstream) {
			return desk.Show(c, web.Status(err), movePage(v, d.moveOf(b, f, p), ui.Refused(v.View, c.Request().PostForm, b.readable(err, p))))
		}
		if err != nil {
			return err
		}
		return desk.Back(c, "orders/"+f.Order.ID.String(), "orders.done."+b.Name, map[string]string{"amount": v.View.Money(amount)})
	}
}
