package checkout

import (
	"context"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// ErrNoOnline refuses a link to pay with where the shop has no way to pay online that fits the order.
var ErrNoOnline = fault.New(fault.Conflict, "checkout.no_online")

// Linkable tells that its buyer can be sent a link to pay with now, see Desk.SendLink.
func (f *File) Linkable() bool {
	o := f.Order
	return payable(o) && o.Due().IsPositive() && !(o.Owes() && o.Secured()) && !promised(f.Payments) && !disputed(f.Payments)
}

// SendLink sends the buyer of an order the link to its page, where he pays online what is due: what a shop does for somebody on the
// telephone (PAY-03, PGW-25), or for a cheque that does not come. The order may be paid once, by whichever way comes first; nothing
// of it changes before.
//
// Errors: order.ErrUnknown; ErrNotPayable when nothing is due or money is on its way; ErrNoOnline.
func (d *Desk) SendLink(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		o, err := order.Lock(tx, which)
		if err != nil {
			return err
		}
		return d.sendLink(tx, o, who)
	})
}

// sendLink is SendLink for an order that is locked, or is being placed.
func (d *Desk) sendLink(tx tenant.Tx, o *order.Order, who tenant.Actor) error {
	online, err := d.online(tx, o)
	if err != nil {
		return err
	}
	if !online {
		return ErrNoOnline
	}
	due := o.Asks()
	err = order.Happen(tx, o.ID, order.Happening{Kind: order.Money, Actor: who,
		Data: map[string]string{order.KeyLinked: due.String(), "currency": due.Currency().Code()}})
	if err != nil {
		return err
	}
	return d.tell(tx, o, notify.OrderPayLink, linkWords(o))
}

// linkWords are what the letter with the link says beside the order: how much, until when, and the merchant's remark.
func linkWords(o *order.Order) map[string]string {
	words := map[string]string{"amount": i18n.FormatMoney(o.Locale, o.Show(o.Asks()))}
	if o.Request == nil {
		return words
	}
	words["note"] = o.Request.Note
	if !o.Request.Due.IsZero() {
		words["note"] = strings.TrimSpace(Words().T(o.Locale, "checkout.request_due", map[string]any{"day": day(o.Locale, o.Request.Due)}) + "\n" + words["note"])
	}
	return words
}

// online tells whether the order, which must be locked, can be paid at a bank's page now. Errors: ErrNotPayable.
func (d *Desk) online(tx tenant.Tx, o *order.Order) (bool, error) {
	attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
	if err != nil {
		return false, err
	}
	if f := (&File{Order: o, Payments: attempts}); !f.Linkable() {
		return false, ErrNotPayable
	}
	offers, _, err := d.offers(tx, o, attempts)
	if err != nil {
		return false, err
	}
	for _, one := range offers {
		if !one.Capabilities.Offline {
			return true, nil
		}
	}
	return false, nil
}
