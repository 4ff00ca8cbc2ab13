package checkout

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// Place places an order and opens its payment.
//
// Errors: cart.ErrEmpty; for a quote quote.ErrLink, quote.ErrExpired, quote.ErrRevised, quote.ErrClosed,
// quote.ErrCurrency; ErrLines when a line must be put right first (errors.Is stock.ErrShort when somebody else was faster); refused fields of the draft; ErrTotalChanged; payment.ErrMode when the
// mode is not offered any more, payment.ErrNoCard when the saved card is not; ErrTried on "payment" when too many payments were tried; customer.ErrKnown on "email" for an account that exists. What goes
// wrong after the order was placed is no error: see Placed.Unstarted.
func (d *Desk) Place(ctx context.Context, shop *tenant.Shop, who Visitor, cmd PlaceOrder) (*Placed, error) {
	account, err := d.newAccount(ctx, who, cmd)
	if err != nil {
		return nil, err
	}
	if err := d.guardPlace(ctx, shop, who, cmd); err != nil {
		return nil, err
	}
	proof, err := d.prove(ctx, shop, cmd.Draft)
	if err != nil {
		return nil, err
	}
	var p *placing
	err = shop.Write(ctx, func(tx tenant.Tx) (err error) {
		p = &placing{desk: d, who: who, cmd: cmd, account: account, proof: proof}
		return p.run(tx)
	})
	if errors.Is(err, order.ErrPlaced) {
		// The same page from a cart that was not locked by us: its order is there now.
		err = shop.Write(ctx, func(tx tenant.Tx) error { return p.again(tx) })
	}
	if err != nil {
		return nil, err
	}
	placed := &Placed{Order: refer(p.order), Link: p.link, Customer: p.customer, Again: p.before}
	if !p.before {
		d.begun(ctx, shop, p.order, p.attempt)
	}
	switch {
	case p.before:
		d.resume(ctx, shop, placed, p.order, p.attempt, false)
	case p.unready != nil:
		placed.Unstarted = p.unready
	case p.attempt != nil:
		d.lead(ctx, shop, placed, p.opening)
	}
	return placed, nil
}

// newAccount prepares the account the buyer wants, whose password takes long to hash.
func (d *Desk) newAccount(ctx context.Context, who Visitor, cmd PlaceOrder) (*customer.Prepared, error) {
	if cmd.Account == nil || !who.Customer.IsZero() {
		return nil, nil
	}
	name := cmd.Draft.Billed().Clean().Name
	if name == "" {
		name = cmd.Draft.Delivery.Clean().Name
	}
	return d.Accounts.Prepare(ctx, customer.Registration{Email: cmd.Draft.Email, Name: name, Phone: cmd.Draft.Phone,
		Password: cmd.Account.Password, Locale: who.Locale})
}

// placing is one run of Place.
type placing struct {
	desk     *Desk
	who      Visitor
	cmd      PlaceOrder
	account  *customer.Prepared
	proof    *pricing.VATProof  // what the register says of the buyer's VAT number
	customer *customer.Customer // made with the order
	lock     currency.Lock
	charge   currency.Leg // zero when there is nothing to pay
	quote    *quote.Quote // what is ordered; nil for the visitor's own cart
	order    *order.Order
	link     string
	attempt  *payment.Payment // nil when there is nothing to pay
	opening  opening          // of attempt
	saving   payment.Saving
	unready  error // why there is no opening: the order is placed all the same
	before   bool
}

// key names the checkout page for the database: nobody finds another buyer's order by guessing. A key
// as long as a secret stands for itself, since the browser that sends the page again may have neither
// its cart nor its session any more, or a session that began with the order; a shorter one counts only
// for the same cart and customer.
func (p *placing) key() string {
	parts := []string{p.cmd.Key}
	if len(p.cmd.Key) < secretKey {
		parts = []string{string(p.cmd.Cart), p.who.Customer.String(), p.cmd.Key}
		if p.cmd.Quote != "" {
			parts = append(parts, p.cmd.Quote)
		}
	}
	sum := sha256.Sum256([]byte(secret.Context(parts...)))
	return hex.EncodeToString(sum[:])
}

// secretKey is the length of a key nobody can guess: that of secret.Token.
const secretKey = 26

func (p *placing) run(tx tenant.Tx) error {
	// A page that was sent before leads to its order even when a new cart has been filled since.
	if err := p.again(tx); !errors.Is(err, cart.ErrEmpty) {
		return err
	}
	c, err := p.cart(tx)
	if errors.Is(err, cart.ErrEmpty) || errors.Is(err, quote.ErrClosed) { // its twin placed it while we waited, perhaps
		if twin := p.again(tx); !errors.Is(twin, cart.ErrEmpty) {
			return twin
		}
	}
	if err != nil {
		return err
	}
	k, offer, err := p.verify(tx, c)
	if err != nil {
		return err
	}
	three, err := k.currencies(p.lock, p.charge)
	if err != nil {
		return err
	}
	p.order = k.order(p.who, p.cmd.Draft, offer, three, tx.Now())
	p.order.Screening = fraud.From(p.who.Client, door(p.order))
	p.link = p.desk.Links.Make(tx.Shop(), p.order.ID, p.order.PlacedAt)
	if err := p.welcome(tx); err != nil {
		return err
	}
	if err := hold(tx, p.order, offer, k.rules.Stock, stock.Promise); err != nil {
		return err
	}
	if err := p.write(tx, k); err != nil {
		return err
	}
	if err := promotion.Redeem(tx, redeemer(p.order.ID), discount.Redemptions(p.order.Priced)); err != nil {
		return err
	}
	return p.follow(tx, offer, k.rules.Settings)
}

// cart is what is ordered, locked: the visitor's cart, or that of a quote. Errors: cart.ErrEmpty, and those of
// a quote that cannot be ordered.
func (p *placing) cart(tx tenant.Tx) (*cart.Cart, error) {
	if p.cmd.Quote != "" {
		return p.quoted(tx)
	}
	c, err := cart.Lock(tx, cart.Reader{Token: p.cmd.Cart, Customer: p.who.Customer})
	if err == nil && (c == nil || len(c.Lines) == 0) {
		err = cart.ErrEmpty
	}
	if err != nil {
		return nil, err
	}
	p.who.look(c)
	return c, nil
}

// again finds the order an earlier click placed; never one of another customer than the one who is
// signed in. Errors: cart.ErrEmpty.
func (p *placing) again(tx tenant.Tx) error {
	o, err := order.FindByPlaceKey(tx, p.key())
	if errors.Is(err, order.ErrUnknown) {
		return cart.ErrEmpty
	}
	if err != nil {
		return err
	}
	if who := p.who.Customer; !who.IsZero() && !o.Customer.IsZero() && o.Customer != who {
		return cart.ErrEmpty
	}
	p.order, p.before, p.link = o, true, p.desk.Links.Make(tx.Shop(), o.ID, o.PlacedAt)
	attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
	p.attempt = current(attempts)
	return err
}

// verify prices the cart with the buyer's choices and tells everything that stands between him and
// his order.
func (p *placing) verify(tx tenant.Tx, c *cart.Cart) (*reckoning, *payment.Offer, error) {
	k, err := p.desk.reckon(tx, c, p.who.as(p.cmd.Draft.Email), p.who.Locale)
	if err != nil {
		return nil, nil, err
	}
	if k.view.Blocked {
		return nil, nil, ErrLines
	}
	p.lock = k.lock(tx.Now())
	c.Choices = p.cmd.Draft.choices(k.basket.NeedsShipping(), p.proof)
	if err := k.price(tx.Now()); err != nil {
		return nil, nil, err
	}
	if free, err := k.nothingNow(tx.Now()); err != nil {
		return nil, nil, err
	} else if free {
		p.cmd.Draft.Payment = ""
	}
	if err := k.check(&p.cmd); err != nil {
		return nil, nil, err
	}
	if err := k.blocked(); err != nil {
		return nil, nil, err
	}
	offer, err := p.offer(tx, k)
	if err != nil {
		return nil, nil, err
	}
	if !unchanged(p.cmd.Shown, k.view, p.charge) {
		return nil, nil, p.changed(k)
	}
	return k, offer, p.secure(tx, k)
}

// offer is the payment mode the buyer chose; nil when nothing is to be paid now.
func (p *placing) offer(tx tenant.Tx, k *reckoning) (*payment.Offer, error) {
	if !k.view.Due.Now.IsPositive() {
		return nil, nil
	}
	mode, err := id.Parse[payment.Mode](p.cmd.Draft.Payment)
	if err != nil {
		return nil, payment.ErrMode.On("payment")
	}
	plain, err := k.plain()
	if err != nil {
		return nil, err
	}
	o, err := p.desk.Modes.FindOffer(tx, mode, place(p.cmd.Draft.Billing), plain)
	if errors.Is(err, payment.ErrMode) || !k.profile().Pays(mode.String()) || err == nil && !k.collects(o) {
		return nil, payment.ErrMode.On("payment")
	}
	if err != nil {
		return nil, err
	}
	if p.charge, err = k.charge(o, p.lock); errors.Is(err, currency.ErrNoRate) {
		return nil, payment.ErrMode.On("payment")
	}
	// Read now, where no other order waits for the end of this one.
	p.opening.gateway, p.opening.account, p.unready = p.desk.accountIn(tx, mode)
	p.opening.skips = p.opening.account.Outage.Skips(tx.Now())
	if p.saving, err = savingOf(tx, p.who, p.who.Customer, o, p.cmd.Draft.With); err != nil {
		return nil, onPayment(err)
	}
	p.opening.token, err = p.desk.token(tx, p.saving)
	return &o, err
}

// welcome makes the account, or looks up the customer's own, and keeps the addresses for next time.
// A guest leaves nothing behind (ORD-09).
func (p *placing) welcome(tx tenant.Tx) error {
	o := p.order
	if p.account != nil {
		added, err := p.desk.Accounts.Add(tx, p.account)
		if err != nil {
			return err
		}
		p.customer, o.Customer = added, added.ID
	}
	o.Guest = o.Customer.IsZero()
	if o.Guest {
		return nil
	}
	return customer.Remember(tx, o.Customer, o.Delivery, o.Billing)
}

// modeOf is the payment mode of an order; false when nothing was to be paid.
func modeOf(o *order.Order) (payment.ModeID, bool) {
	mode, err := id.Parse[payment.Mode](o.Payment.Mode)
	return mode, err == nil
}

// hold promises the pieces to the order (stock.Promise, PromiseAgain), under the locks of their rows. Nothing is
// promised to a cart, so a buyer never competes with himself.
func hold(tx tenant.Tx, o *order.Order, offer *payment.Offer, s settings.Stock, promise func(tenant.Tx, stock.BuyerID, []stock.Want, time.Time) error) error {
	until := tx.Now().Add(s.Hold())
	if offer != nil {
		until = tx.Now().Add(patience(offer.Capabilities, s))
	}
	err := promise(tx, holder(o.ID), o.Wants(), until)
	if errors.Is(err, stock.ErrShort) {
		return ErrLines.Because(err)
	}
	return err
}

// write writes the order and closes the cart, or accepts the quote.
func (p *placing) write(tx tenant.Tx, k *reckoning) error {
	of, closing := k.cart.ID.String(), cart.CloseSQL
	placing := order.Placing{
		Key: p.key(), Link: p.link, CartID: of, Prefix: k.rules.Orders.Prefix, First: k.rules.Orders.NextNumber, Actor: p.who.Actor(),
	}
	if p.quote != nil {
		placing.CartID, closing = "", quote.AcceptSQL
	}
	return order.Insert(tx, p.order, placing, order.Statement{SQL: closing, Args: []any{of, p.order.ID.String(), tx.Now()}})
}

// follow does what a new order entails: an attempt to pay it, the letters, the watch.
func (p *placing) follow(tx tenant.Tx, offer *payment.Offer, s *settings.Settings) error {
	o, d := p.order, p.desk
	if offer != nil {
		attempt, err := d.begin(tx, o, *offer, p.charge, p.saving, true)
		if err != nil {
			return err
		}
		p.attempt = &attempt
		if p.unready == nil {
			p.opening.request, p.unready = d.request(tx, o, p.link, attempt)
		}
	}
	if err := d.announce(tx, o, offer, s); err != nil {
		return err
	}
	if err := p.accepted(tx, s.Languages.Default); err != nil {
		return err
	}
	if err := d.checkLater(tx, o, 0); err != nil {
		return err
	}
	if err := weighed(tx, o); err != nil {
		return err
	}
	if err := react(tx, d.Reactions.Placed, o, p.who.Actor()); err != nil {
		return err
	}
	switch {
	case offer == nil && o.Owes():
		return d.secured(tx, o)
	case offer == nil:
		return d.paid(tx, o, p.who.Actor())
	}
	if offer.Moment() == payment.MomentPlaced {
		return take(tx, o)
	}
	return nil
}

// begin notes the attempt to pay what is asked for next; anew for an order of this very unit of work.
func (d *Desk) begin(tx tenant.Tx, o *order.Order, offer payment.Offer, charge currency.Leg, saving payment.Saving, anew bool) (payment.Payment, error) {
	gateway, err := d.Modes.Gateways().Find(offer.Kind)
	if err != nil {
		return payment.Payment{}, err
	}
	account := payment.NewAccount(offer.ID, offer.Kind, offer.Test, offer.Config, nil)
	attempt, err := payment.Begin(tx, gateway, account, payment.Bill{Order: paymentOrder(o.ID), Amount: charge.Amount, Worth: o.Asks(),
		Provider: provided(offer.Scope.Provider, charge, o.Currency), Rest: o.Owes() && o.Secured(), Saving: saving, New: anew})
	if err != nil {
		return payment.Payment{}, fmt.Errorf("begin payment of order %s: %w", o.Number, err)
	}
	return attempt, nil
}

func react(tx tenant.Tx, list []Reaction, o *order.Order, who tenant.Actor) error {
	for _, r := range list {
		if err := r(tx, o, who); err != nil {
			return err
		}
	}
	return nil
}

// The order under the names its neighbours know it by.
func paymentOrder(o order.ID) payment.OrderID { return id.As[payment.Bill](o) }
func holder(o order.ID) stock.BuyerID         { return id.As[stock.Buyer](o) }
func redeemer(o order.ID) promotion.OrderID   { return id.As[promotion.Use](o) }
func orderOf(b payment.OrderID) order.ID      { return id.As[order.Order](b) }

// OrderOf is the order a payment belongs to.
func OrderOf(p payment.Payment) order.ID { return orderOf(p.Order) }

// OrderRef is an order in a few words.
type OrderRef struct {
	ID     order.ID
	Number string
	State  order.State
}

func refer(o *order.Order) OrderRef { return OrderRef{o.ID, o.Number, o.State} }
