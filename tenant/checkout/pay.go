package checkout

import (
	"context"
	"fmt"
	"slices"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// patience is how long the goods are held for a buyer who pays with this mode: online as long as the merchant says,
// offline as long as the money travels.
func patience(c payment.Capabilities, s settings.Stock) time.Duration {
	switch {
	case !c.Offline:
		return s.Hold()
	case c.Patience > 0:
		return c.Patience
	}
	return stock.WhileAwaiting
}

// chosen copies a payment mode onto an order.
func chosen(o payment.Offer, to *order.Order, fallback i18n.Locale) order.Choice {
	return order.Choice{Mode: o.ID.String(), Kind: o.Kind, Label: o.Names.In(to.Locale, fallback)}
}

// opening is an attempt to pay on its way to its gateway.
type opening struct {
	gateway payment.Gateway
	account payment.Account
	request payment.Request
	skips   bool          // its bank did not answer of late
	token   payment.Token // of the saved card it is paid with
}

// start asks the gateway what the buyer does next, outside any unit of work. It may be asked again. Plain is as in
// payment.Request.
func (d *Desk) start(ctx context.Context, shop *tenant.Shop, placed *Placed, o *order.Order, p *payment.Payment, plain bool) {
	if p == nil {
		return
	}
	var way opening
	placed.Unstarted = shop.Read(ctx, func(tx tenant.Tx) (err error) {
		way, err = d.opening(tx, o, placed.Link, *p, plain)
		return err
	})
	if placed.Unstarted == nil {
		d.lead(ctx, shop, placed, way)
	}
}

// opening is what start has to know.
func (d *Desk) opening(tx tenant.Tx, o *order.Order, link string, p payment.Payment, plain bool) (way opening, err error) {
	if way.gateway, way.account, err = d.accountIn(tx, p.Mode); err != nil {
		return way, err
	}
	way.skips = way.account.Outage.Skips(tx.Now())
	if way.token, err = d.token(tx, p.Saving); err != nil {
		return way, err
	}
	if p.Saving.Absent {
		if way.token, err = d.mandateToken(tx, o); err != nil {
			return way, err
		}
	}
	way.request, err = d.request(tx, o, link, p)
	way.request.Plain = plain
	return way, err
}

// open asks one gateway.
func (d *Desk) open(ctx context.Context, shop *tenant.Shop, way opening) (payment.Action, error) {
	if way.charges() {
		return d.charge(ctx, shop, way)
	}
	action, err := way.gateway.Start(ctx, way.account, way.request)
	if err != nil {
		return nil, fmt.Errorf("open payment of order %s: %w", way.request.OrderNumber, err)
	}
	return action, d.started(ctx, shop, way, payment.BankRefOf(action))
}

// started writes down that a bank has answered, and what it calls the payment where that is known by then.
func (d *Desk) started(ctx context.Context, shop *tenant.Shop, way opening, ref string) error {
	if ref == "" && !way.account.Outage.Going() {
		return nil
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if err := d.answered(tx, way); err != nil || ref == "" {
			return err
		}
		return payment.Started(tx, way.request.Payment.ID, ref)
	})
}

// answered ends the outage of a bank.
func (d *Desk) answered(tx tenant.Tx, way opening) error {
	if !way.account.Outage.Going() {
		return nil
	}
	return payment.Reached(tx, way.account.Mode)
}

// account opens a mode for its gateway, to hear of or to ask about what was begun with it.
func (d *Desk) account(ctx context.Context, shop *tenant.Shop, mode payment.ModeID) (payment.Gateway, payment.Account, error) {
	account, err := d.Modes.RecallAccount(ctx, shop, mode)
	if err != nil {
		return nil, account, err
	}
	gateway, err := d.Modes.Gateways().Find(account.Kind)
	return gateway, account, err
}

func (d *Desk) accountIn(tx tenant.Tx, mode payment.ModeID) (payment.Gateway, payment.Account, error) {
	account, err := d.Modes.FindAccount(tx, mode)
	if err != nil {
		return nil, account, err
	}
	gateway, err := d.Modes.Gateways().Find(account.Kind)
	return gateway, account, err
}

func (d *Desk) request(tx tenant.Tx, o *order.Order, link string, p payment.Payment) (payment.Request, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return payment.Request{}, err
	}
	shop := tx.Shop()
	return payment.Request{
		Payment: p, OrderNumber: o.Number, ShopName: s.Identity.Name, Locale: o.Locale,
		Save: p.Saving.Agreed != nil, Lasting: p.Saving.Lasting, Absent: p.Saving.Absent,
		Buyer: payment.Buyer{Name: o.Buyer, Email: o.Email, Billing: o.Billing, Delivery: o.Delivery}, Pieces: pieces(o),
		ReturnURL: d.Addresses.Back(shop, link, p.ID), CancelURL: d.Addresses.GivenUp(shop, link, p.ID),
		NotifyURL: d.Addresses.Notice(shop, p.Mode),
	}, nil
}

// pieces is how many articles an order has.
func pieces(o *order.Order) int {
	n := 0
	for _, l := range o.Lines {
		n += l.Qty
	}
	return n
}

// Resume is what the buyer does next for the newest attempt to pay an order, as Place or PayAgain said
// it: the same attempt, however often it is asked. Plain asks for the bank's own page where the merchant has its fields on
// his. Next is nil when no attempt is open, and for whoever has the link to one at which a customer's card is kept or charged:
// his card would end up in somebody else's account.
//
// Errors: order.ErrLink, order.ErrUnknown.
func (d *Desk) Resume(ctx context.Context, shop *tenant.Shop, who Visitor, link string, plain bool) (*Placed, error) {
	var o *order.Order
	var attempt *payment.Payment
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		key, err := d.Links.Read(tx, link)
		if err != nil {
			return err
		}
		if o, err = order.Find(tx, key); err != nil || !payable(o) {
			return err
		}
		attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
		if attempt = current(attempts); attempt != nil && !attempt.Saving.Owner.IsZero() && attempt.Saving.Owner != owner(who.Customer) {
			attempt = nil
		}
		if attempt != nil && attempt.Saving.Lasting && !tx.Now().Before(attempt.Created.Add(lasting)) {
			attempt = nil // a friend's card is not to be charged every month: whoever comes later chooses anew
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	placed := &Placed{Order: refer(o), Link: link, Again: true}
	d.resume(ctx, shop, placed, o, attempt, plain)
	return placed, nil
}

// lasting is how long the link to an order leads on to an attempt at which its buyer has agreed to be charged again and again.
const lasting = 30 * time.Minute

// current is the last attempt while it is open, else nil.
func current(attempts []payment.Payment) *payment.Payment {
	if n := len(attempts); n > 0 && attempts[n-1].State.Open() {
		return &attempts[n-1]
	}
	return nil
}

// PayAgain opens another attempt to pay an order, with the same or another mode (PGW-16). The order
// and what is held for it stay; attempts that were open are given up.
//
// Errors: order.ErrLink; ErrNotPayable; ErrTried; payment.ErrMode; payment.ErrPaid; payment.ErrTooMany;
// ErrLines when the goods were let go and are gone; payment.ErrNoCard; ErrCharging.
func (d *Desk) PayAgain(ctx context.Context, shop *tenant.Shop, who Visitor, link string, mode payment.ModeID, with With) (*Placed, error) {
	if err := d.guardAgain(ctx, shop, who, link, mode); err != nil {
		return nil, err
	}
	var o *order.Order
	var attempt payment.Payment
	err := shop.Write(ctx, func(tx tenant.Tx) error {
		key, err := d.Links.Read(tx, link)
		if err != nil {
			return err
		}
		if o, attempt, err = d.payAgain(tx, key, mode, who, with); err != nil || !o.Screening.Moved(who.Client) {
			return err
		}
		return order.Screened(tx, o)
	})
	if err != nil {
		return nil, err
	}
	d.begun(ctx, shop, o, &attempt)
	placed := &Placed{Order: refer(o), Link: link}
	d.start(ctx, shop, placed, o, &attempt, false)
	return placed, nil
}

func (d *Desk) payAgain(tx tenant.Tx, key order.ID, mode payment.ModeID, who Visitor, with With) (*order.Order, payment.Payment, error) {
	var none payment.Payment
	o, err := order.Find(tx, key)
	if err != nil {
		return nil, none, err
	}
	if !payable(o) {
		return nil, none, ErrNotPayable
	}
	offer, err := d.Modes.FindOffer(tx, mode, place(o.Billing), o.Asks())
	if err != nil {
		return nil, none, err
	}
	may, err := d.choices(tx, o)
	if err != nil {
		return nil, none, err
	}
	if !slices.ContainsFunc(may, func(one payment.Offer) bool { return one.ID == mode }) {
		return nil, none, payment.ErrMode
	}
	attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
	if err != nil {
		return nil, none, err
	}
	if disputed(attempts) {
		return nil, none, ErrNotPayable
	}
	if promised(attempts) {
		return nil, none, payment.ErrPaid
	}
	if charging(attempts, tx.Now()) {
		return nil, none, ErrCharging
	}
	mandated := false
	if with.Save && with.Card.IsZero() && offer.Repeats {
		if mandated, err = repeats(tx, o); err != nil {
			return nil, none, err
		}
		with.Save = !mandated // the box beside the ways to pay it asks for that, and not for one click
	}
	saving, err := savingOf(tx, who, o.Customer, offer, with)
	if err != nil {
		return nil, none, err
	}
	if err := giveUp(tx, attempts); err != nil {
		return nil, none, err
	}
	charge, err := dueIn(tx, o, offer)
	if err != nil {
		return nil, none, err
	}
	if mandated {
		agreed, err := mandating(tx, who, o, offer, charge.Amount)
		if err != nil {
			return nil, none, err
		}
		if agreed != nil {
			saving = *agreed
		}
	}
	attempt, err := d.begin(tx, o, offer, charge, saving, false)
	if err != nil {
		return nil, none, err
	}
	// Now that the attempts are locked the order may be: it may have been moved while we waited.
	if o, err = order.Lock(tx, key); err != nil {
		return nil, none, err
	}
	if !payable(o) {
		return nil, none, ErrNotPayable
	}
	if o.Currencies.Settlement, err = whole(o, charge); err != nil {
		return nil, none, err
	}
	if err := d.switchMode(tx, o, offer); err != nil {
		return nil, none, err
	}
	return o, attempt, nil
}

// switchMode notes the mode on the order, holds the goods for as long as it is patient, and writes the
// buyer how to pay when no bank's page will tell him.
func (d *Desk) switchMode(tx tenant.Tx, o *order.Order, offer payment.Offer) error {
	r, err := d.rules(tx)
	if err != nil {
		return err
	}
	if err := order.Choose(tx, o, chosen(offer, o, r.Languages.Default)); err != nil {
		return err
	}
	if !o.Owes() || !o.Secured() { // else they are kept for good
		if err := hold(tx, o, &offer, r.Stock, stock.PromiseAgain); err != nil {
			return err
		}
	}
	if offer.Moment() == payment.MomentPlaced {
		if err := take(tx, o); err != nil {
			return err
		}
	}
	if offer.Capabilities.Offline { // nobody but us tells him where the money goes
		if err := d.tell(tx, o, notify.OrderInstructions, nil); err != nil {
			return err
		}
	}
	return jobs.EnqueueMany(tx, lookAt(tx, o.ID, firstLook(tx, offer, r.Stock)))
}

// payable tells whether its buyer may pay the order: until it goes on, and what is due before pre-ordered articles
// are sent for as long as the order lives.
func payable(o *order.Order) bool {
	switch o.State {
	case order.Placed:
		return o.Due().IsPositive()
	case order.AwaitingShipment, order.Shipped, order.Delivered:
		return o.Owes()
	case order.Paid, order.Closed, order.Cancelled, order.Refunded:
	}
	return false
}

// brings tells whether a mode can bring what the order asks for next: the carrier brings no deposit, and nothing without a parcel.
func brings(o *order.Order, offer payment.Offer) bool {
	return !offer.Capabilities.OnDelivery || o.ShipmentState() != order.NothingToShip && (!o.Owes() || o.Secured())
}

// promised tells whether a bank holds money for the order, or has it on its way: it would be paid twice.
func promised(attempts []payment.Payment) bool {
	return slices.ContainsFunc(attempts, func(p payment.Payment) bool { return p.State == payment.StateAuthorised || p.Settling })
}

// disputed tells whether a person must first see what a bank said: there may be money already.
func disputed(attempts []payment.Payment) bool {
	return slices.ContainsFunc(attempts, func(p payment.Payment) bool { return p.State == payment.StateReview })
}

// giveUp closes the attempts that are still open. Money that comes for them after all is taken.
func giveUp(tx tenant.Tx, attempts []payment.Payment) error {
	for _, p := range attempts {
		if !p.State.Open() {
			continue
		}
		n := payment.Notice{ID: "given_up:" + p.Ref, Ref: p.Ref, Event: payment.Cancelled, Amount: p.Amount, Test: p.Test,
			Reason: payment.ReasonAbandoned}
		if _, err := payment.Record(tx, payment.NewAccount(p.Mode, p.Kind, p.Test, nil, nil), payment.SourceShop, n); err != nil {
			return err
		}
	}
	return nil
}
