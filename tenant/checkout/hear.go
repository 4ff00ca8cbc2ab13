package checkout

import (
	"context"
	"errors"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// Notify records a bank's notice for a mode and gives the answer the bank expects, byte for byte.
// The error is for the log: the answer is to be sent in any case, unless the mode is not known
// (payment.ErrMode, payment.ErrGone), which is a page that does not exist.
func (d *Desk) Notify(ctx context.Context, shop *tenant.Shop, mode payment.ModeID, raw payment.RawNotice) (payment.Reply, error) {
	gateway, account, err := d.account(ctx, shop, mode)
	if err != nil {
		return payment.Reply{}, err
	}
	raw.URL = d.Addresses.Notice(shop, mode)
	n, err := gateway.ReadNotice(ctx, account, raw)
	if err == nil {
		err = d.record(ctx, shop, account, payment.SourceNotice, n)
	} else {
		d.misheard(ctx, shop, mode, err)
	}
	return gateway.Acknowledge(n, err), err
}

// record writes what was heard and moves payment and order, in one unit of work.
func (d *Desk) record(ctx context.Context, shop *tenant.Shop, a payment.Account, by payment.Source, n payment.Notice) error {
	_, _, err := d.recorded(ctx, shop, a, by, n)
	return err
}

// recorded is record for those who want to know what it did; the order is nil when nothing of it changed.
func (d *Desk) recorded(ctx context.Context, shop *tenant.Shop, a payment.Account, by payment.Source, n payment.Notice) (out payment.Outcome, o *order.Order, err error) {
	err = shop.Write(ctx, func(tx tenant.Tx) (err error) {
		if out, err = payment.Record(tx, a, by, n); err != nil {
			return err
		}
		if err = d.Modes.KeepSaved(tx, out, n); err != nil {
			return err
		}
		if err = d.keepMandate(tx, out, n); err != nil {
			return err
		}
		who := tenant.Actor{Kind: tenant.Gateway, Name: a.Kind}
		if by == payment.SourceSweep {
			who = tenant.ByProgram
		}
		if o, err = d.hear(tx, out, who); err != nil {
			return err
		}
		if err = d.repeatFailed(tx, out); err == nil && by == payment.SourceNotice && (o == nil || o.Test) && believed(out) {
			err = payment.Noticed(tx, a.Mode, out.Payment.Order)
		}
		if err != nil || o != nil || n.Event != payment.Failed || out.Repeat || out.Payment.ID.IsZero() {
			return err
		}
		o, err = order.Find(tx, orderOf(out.Payment.Order)) // another card was refused: nothing moves, but it counts
		return err
	})
	if err == nil {
		d.ended(ctx, shop, n, out, o)
	}
	return out, o, err
}

// believed tells that a message was heard as one about its payment, whatever came of it.
func believed(out payment.Outcome) bool {
	return !out.Payment.ID.IsZero() && (out.Repeat || out.Verdict == payment.Applied || out.Verdict == payment.Doubted || out.Verdict == payment.Mismatch)
}

// hear brings an order in line with what became known of its payment. It is given every outcome,
// and acts on the first telling only. The order is nil when nothing of it changed.
func (d *Desk) hear(tx tenant.Tx, out payment.Outcome, who tenant.Actor) (*order.Order, error) {
	if out.Payment.ID.IsZero() || out.Repeat || !out.Moved() && !out.Money() && out.Flag == payment.FlagNone {
		return nil, nil
	}
	o, err := order.LockBare(tx, orderOf(out.Payment.Order))
	if err != nil {
		return nil, err
	}
	if out.Flag == payment.FlagDouble && o.Advance != nil && o.Paid.Add(out.Captured).Cmp(o.Total) <= 0 {
		out.Flag = payment.FlagNone // a part beside another, not the same twice
	}
	if out.Flag != payment.FlagNone {
		if err := alert(tx, o, "payment.flag."+string(out.Flag), map[string]string{"ref": out.Payment.Ref}); err != nil {
			return nil, err
		}
	}
	switch {
	case out.Moved() && out.After == payment.StateDisputed:
		return o, d.disputed(tx, o, out)
	case out.Moved() && out.Before == payment.StateDisputed && !out.Money():
		return o, decided(tx, o, out)
	case out.Money():
		return o, d.receive(tx, o, out, who)
	case out.Moved() && out.After == payment.StateAuthorised:
		return o, d.promised(tx, o, out, who)
	case out.Moved() && out.Before == payment.StateAuthorised && out.After == payment.StateCancelled:
		return o, order.Happen(tx, o.ID, order.Happening{Kind: order.Money, Actor: who, Visible: true, Data: pledge(order.KeyReleased, out)})
	case out.After == payment.StateFailed:
		return o, order.Happen(tx, o.ID, order.Happening{Kind: order.Money, Actor: who, Visible: true,
			Data: map[string]string{"kind": out.Payment.Kind, "mode": out.Payment.Mode.String(), order.KeyRefused: string(out.Payment.Reason)}})
	}
	return o, nil
}

// promised keeps the pieces of an order whose money a bank holds ready until the merchant takes it.
func (d *Desk) promised(tx tenant.Tx, o *order.Order, out payment.Outcome, who tenant.Actor) error {
	if err := d.reach(tx, o, payment.MomentPlaced); err != nil {
		return err
	}
	return order.Happen(tx, o.ID, order.Happening{Kind: order.Money, Actor: who, Visible: true, Data: pledge(order.KeyPromised, out)})
}

// pledge is what the timeline keeps of a promise.
func pledge(what string, out payment.Outcome) map[string]string {
	return map[string]string{what: out.Payment.Amount.String(), "currency": out.Payment.Amount.Currency().Code(), "kind": out.Payment.Kind}
}

// receive adds money to an order, or takes back what was returned, and does what follows.
func (d *Desk) receive(tx tenant.Tx, o *order.Order, out payment.Outcome, who tenant.Actor) error {
	wanted, open := o.Due().IsPositive(), !o.Secured()
	if out.Captured.IsPositive() && o.Paid.IsZero() {
		if err := order.MarkTest(tx, o, out.Payment.Test); err != nil {
			return err
		}
	}
	if err := order.Receive(tx, o, out.Captured, out.Refunded, who, moved(out)); err != nil {
		return err
	}
	if out.After == payment.StateChargedBack {
		if err := decided(tx, o, out); err != nil {
			return err
		}
		return d.unwind(tx, o, who)
	}
	if out.Refunded.IsPositive() {
		return d.refunded(tx, o, who)
	}
	switch {
	case o.CalledOff():
		return d.late(tx, o, out)
	case wanted && !o.Due().IsPositive():
		return d.paid(tx, o, who)
	case open && o.Secured():
		return d.secured(tx, o)
	}
	return nil
}

// late puts money that came for an order that was called off before the shop, which gives it back, and tells the buyer
// that it has come and will.
func (d *Desk) late(tx tenant.Tx, o *order.Order, out payment.Outcome) error {
	r, err := d.rules(tx)
	if err != nil {
		return err
	}
	if err := alert(tx, o, "checkout.alert.paid_after_cancel", nil); err != nil {
		return err
	}
	shop := r.Languages.Default
	return d.Post.Put(tx,
		notify.Letter{Kind: notify.OrderLate, To: notify.Buyer, Locale: o.Locale, Order: subject(o.ID),
			Words: map[string]string{"amount": i18n.FormatMoney(o.Locale, o.Show(out.Captured))}},
		notify.Letter{Kind: notify.OrderLateStaff, To: notify.Staff, Locale: shop, Order: subject(o.ID),
			Words: map[string]string{"amount": i18n.FormatMoney(shop, out.Captured)}})
}

// moved is what the timeline keeps of money that moved: how, and how much where the bank moved another currency (CUR-03).
func moved(out payment.Outcome) map[string]string {
	data := map[string]string{"kind": out.Payment.Kind}
	taken := out.Taken
	if out.Refunded.IsPositive() {
		taken = out.Returned
	}
	if in := taken.Currency(); !in.IsZero() && in != out.Captured.Currency() {
		data["moved"], data["moved_in"] = taken.String(), in.Code()
	}
	return data
}

// paid does what an order owes its first full payment: it moves, its pieces leave or are kept for it
// until their moment, the buyer is told, and the reactions run.
func (d *Desk) paid(tx tenant.Tx, o *order.Order, who tenant.Actor) error {
	if o.Can(order.Pay) {
		if err := order.Move(tx, o, order.Pay, who, order.Step{}); err != nil {
			return err
		}
	}
	if err := d.reach(tx, o, payment.MomentPlaced, payment.MomentPaid); err != nil {
		return err
	}
	var letters []notify.Letter
	if o.Total.IsPositive() {
		more, err := receipt(tx, o)
		if err != nil {
			return err
		}
		letters = append(letters, letter(o, notify.OrderPaid, more))
	}
	var also []jobs.New
	if o.PlacedAt.Before(tx.Now()) { // else it is looked at as a new order
		also = append(also, screenOf(tx, o.ID))
	}
	if err := d.Post.PutWith(tx, letters, also...); err != nil {
		return err
	}
	if err := d.repeatPaid(tx, o); err != nil {
		return err
	}
	return react(tx, d.Reactions.Paid, o, who)
}

// refunded is what follows when money was given back; the buyer is told.
func (d *Desk) refunded(tx tenant.Tx, o *order.Order, who tenant.Actor) error {
	if err := d.unwind(tx, o, who); err != nil {
		return err
	}
	return d.tell(tx, o, notify.OrderRefunded, nil)
}

// unwind moves an order all of whose money went back, and takes back what was not sent.
func (d *Desk) unwind(tx tenant.Tx, o *order.Order, who tenant.Actor) error {
	if o.PaymentState() != order.AllRefunded || !o.Can(order.Refund) {
		return nil
	}
	if err := d.callOff(tx, o); err != nil {
		return err
	}
	if o.State == order.Placed || o.State == order.Paid || o.State == order.AwaitingShipment {
		if err := giveBack(tx, o); err != nil {
			return err
		}
	}
	return order.Move(tx, o, order.Refund, who, order.Step{})
}

// callOff gives up what is still open to pay the rest of an order whose deposit went back.
func (d *Desk) callOff(tx tenant.Tx, o *order.Order) error {
	attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
	if err != nil {
		return err
	}
	return giveUp(tx, attempts)
}

// askFor is how long a buyer who comes back may wait for us to ask his bank.
const askFor = 5 * time.Second

// Return is the order for a buyer who comes back from the bank's page; raw is what his browser
// brought. What the bank signed is believed like a notice; otherwise the bank is asked, where it can
// be, and the page shows what we know (design: the return is never proof of payment).
//
// Errors: order.ErrLink; payment.ErrPayment for a payment that is not the order's.
func (d *Desk) Return(ctx context.Context, shop *tenant.Shop, link string, which payment.ID, raw payment.RawNotice) (*Paper, error) {
	p, err := d.attemptOf(ctx, shop, link, which)
	if err != nil {
		return nil, err
	}
	if err := d.learn(ctx, shop, p, raw); err != nil {
		return nil, err
	}
	paper, err := d.Show(ctx, shop, link)
	if err == nil && paper.Order.Test {
		err = shop.Write(ctx, func(tx tenant.Tx) error { return payment.CameBack(tx, p.Mode, p.Order) })
	}
	return paper, err
}

func (d *Desk) attemptOf(ctx context.Context, shop *tenant.Shop, link string, which payment.ID) (payment.Payment, error) {
	var p payment.Payment
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		o, err := d.Links.Read(tx, link)
		if err != nil {
			return err
		}
		if p, err = payment.Find(tx, which); err != nil {
			return err
		}
		if orderOf(p.Order) != o {
			return payment.ErrPayment
		}
		return nil
	})
	return p, err
}

// learn finds out what became of a payment by the quickest means there are. A bank that does not
// answer is no error: its notice will come.
func (d *Desk) learn(ctx context.Context, shop *tenant.Shop, p payment.Payment, raw payment.RawNotice) error {
	gateway, account, err := d.account(ctx, shop, p.Mode)
	if errors.Is(err, payment.ErrGone) || errors.Is(err, payment.ErrMode) {
		return nil
	}
	if err != nil {
		return err
	}
	if g, ok := gateway.(payment.Returner); ok {
		if n, err := g.ReadReturn(ctx, account, raw); err == nil {
			return d.record(ctx, shop, account, payment.SourceReturn, n)
		}
	}
	if g, ok := gateway.(payment.Inquirer); ok && p.State.Open() {
		asked, cancel := context.WithTimeout(ctx, askFor)
		defer cancel()
		if n, err := g.Inquire(asked, account, p); err == nil {
			return d.record(ctx, shop, account, payment.SourceInquiry, n)
		}
	}
	return nil
}
