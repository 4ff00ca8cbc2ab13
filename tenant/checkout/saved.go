package checkout

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// ErrCharging refuses another attempt while it is not known what came of charging a saved card.
var ErrCharging = fault.New(fault.Conflict, "checkout.charging")

// With is how a customer pays with a mode: with a card of his that the bank keeps, or so that it keeps the one he pays with
// (PGW-32). The zero value is neither.
type With struct {
	Card payment.SavedID
	Save bool
}

// unanswered is how long a charge may be without an answer before the buyer may pay otherwise: longer than any call waits, and
// than a bank repeats a notice for the first time.
const unanswered = 5 * time.Minute

// askSoon is when the bank is asked what it did with a charge it has not answered.
const askSoon = time.Minute

// owner is a customer as package payment knows him.
func owner(who customer.ID) payment.OwnerID { return id.As[payment.Owner](who) }

// savingOf is what is begun with an attempt of a visitor to pay an order of a customer. Errors: payment.ErrNoCard for a card
// that is not his, or that the mode cannot be paid with.
func savingOf(tx tenant.Tx, who Visitor, of customer.ID, o payment.Offer, w With) (payment.Saving, error) {
	mine := !who.Customer.IsZero() && who.Customer == of && o.Saves
	switch {
	case w.Card.IsZero() && (!w.Save || !mine):
		return payment.Saving{}, nil
	case w.Card.IsZero():
		return payment.Saving{Owner: owner(of), Agreed: payment.Agree(tx.Now(), string(who.Locale))}, nil
	case !mine:
		return payment.Saving{}, payment.ErrNoCard
	}
	card, err := payment.FindSaved(tx, owner(of), w.Card)
	if err == nil && !card.Fits(o, tx.Now()) {
		err = payment.ErrNoCard
	}
	return payment.Saving{Owner: owner(of), Card: w.Card}, err
}

// onPayment is a refusal of the saved card beside the ways to pay.
func onPayment(err error) error {
	if errors.Is(err, payment.ErrNoCard) {
		return payment.ErrNoCard.On("payment")
	}
	return err
}

// token is what the bank calls the card an attempt is paid with; the zero value where there is none, or none any more.
func (d *Desk) token(tx tenant.Tx, s payment.Saving) (payment.Token, error) {
	if s.Card.IsZero() {
		return payment.Token{}, nil
	}
	token, err := d.Modes.TokenOf(tx, s.Owner, s.Card)
	if errors.Is(err, payment.ErrNoCard) {
		return payment.Token{}, nil
	}
	return token, err
}

// charges tells that an attempt is paid with a saved card.
func (w opening) charges() bool { return cards(w.request.Payment) }

// cards tells that an attempt charges a card its bank keeps, its buyer being there or not.
func cards(p payment.Payment) bool { return !p.Saving.Card.IsZero() || p.Saving.Absent }

// charging tells that a card that is kept was charged, and that the bank has not said what came of it.
func charging(attempts []payment.Payment, now time.Time) bool {
	p := current(attempts)
	return p != nil && cards(*p) && p.State == payment.StateCreated && now.Before(p.Created.Add(unanswered))
}

// resume is start for whoever comes again to an attempt: a saved card is not charged by that.
func (d *Desk) resume(ctx context.Context, shop *tenant.Shop, placed *Placed, o *order.Order, p *payment.Payment, plain bool) {
	if p != nil && cards(*p) && p.State == payment.StateCreated {
		placed.Next = payment.Concluded{Payment: p.ID}
		return
	}
	d.start(ctx, shop, placed, o, p, plain)
}

// charge pays with a saved card. The buyer is led to his bank where that wants to see him; else what came of it is recorded,
// or will be by the bank's notice when its answer is lost.
func (d *Desk) charge(ctx context.Context, shop *tenant.Shop, way opening) (payment.Action, error) {
	p := way.request.Payment
	done := payment.Concluded{Payment: p.ID}
	ctx = context.WithoutCancel(ctx) // what comes of it is written down, also for a buyer who has gone; calls have an end of their own
	saver, ok := way.gateway.(payment.Saver)
	if !ok || way.token.Name.IsZero() {
		return done, d.uncharged(ctx, shop, way, payment.ReasonCard)
	}
	said, err := saver.Charge(ctx, way.account, way.request, way.token)
	switch {
	case errors.Is(err, payment.ErrNoCard):
		if err := d.uncharged(ctx, shop, way, payment.ReasonCard); err != nil || p.Saving.Absent {
			return done, err
		}
		return done, d.drop(ctx, shop, p.Saving)
	case errors.Is(err, payment.ErrDeclined), errors.Is(err, payment.ErrUnfit):
		return done, d.uncharged(ctx, shop, way, payment.ReasonRefused)
	case payment.Away(err):
		return done, shop.Write(ctx, func(tx tenant.Tx) error {
			if err := payment.Unreached(tx, way.account.Mode); err != nil {
				return err
			}
			return jobs.EnqueueMany(tx, lookAt(tx, orderOf(p.Order), tx.Now().Add(askSoon)))
		})
	case err != nil:
		return nil, fmt.Errorf("charge saved card for order %s: %w", way.request.OrderNumber, err)
	case said.Next != nil && p.Saving.Absent: // against the port: nobody is there to be led
		return done, d.uncharged(ctx, shop, way, payment.ReasonSecure)
	case said.Next != nil:
		return said.Next, shop.Write(ctx, func(tx tenant.Tx) error { // from now on nothing moves without the buyer
			if err := d.answered(tx, way); err != nil {
				return err
			}
			return payment.Started(tx, p.ID, payment.BankRefOf(said.Next))
		})
	}
	if err := d.record(ctx, shop, way.account, payment.SourceCall, said.Notice); err != nil {
		return nil, err
	}
	return done, d.started(ctx, shop, way, "")
}

// uncharged records that a charge came to nothing before the bank made a payment of it.
func (d *Desk) uncharged(ctx context.Context, shop *tenant.Shop, way opening, why payment.Reason) error {
	p := way.request.Payment
	return d.record(ctx, shop, way.account, payment.SourceShop,
		payment.Notice{ID: "uncharged:" + p.Ref, Ref: p.Ref, Event: payment.Failed, Amount: p.Amount, Test: p.Test, Reason: why})
}

// drop takes a card away that its bank no longer has.
func (d *Desk) drop(ctx context.Context, shop *tenant.Shop, s payment.Saving) error {
	err := shop.Write(ctx, func(tx tenant.Tx) error { return payment.RemoveSaved(tx, s.Owner, s.Card) })
	if errors.Is(err, payment.ErrNoCard) {
		return nil // by another page
	}
	return err
}

// ownCards puts the cards on the sheet that its customer can pay with. One of the mode that would be chosen for him is: he pays
// as he last did, by one press.
func (s *Sheet) ownCards(tx tenant.Tx, who customer.ID) error {
	if s.Customer == nil {
		s.Draft.With = With{}
		return nil
	}
	modes := make([]payment.Offer, len(s.Payment))
	for i, o := range s.Payment {
		modes[i] = payment.Offer{Mode: o.Mode, Saves: o.Saves}
	}
	var err error
	if s.Cards, err = fitting(tx, who, modes); err != nil {
		return err
	}
	chosen := s.Draft.With.Card
	s.Draft.With.Card = payment.SavedID{}
	for _, c := range s.Cards {
		if c.Mode.String() == s.Draft.Payment && (c.ID == chosen || s.fresh && s.Draft.With.Card.IsZero()) {
			s.Draft.With.Card = c.ID
		}
	}
	return nil
}

// fitting are a customer's cards that can be paid with by one of the offers.
func fitting(tx tenant.Tx, who customer.ID, offers []payment.Offer) ([]payment.SavedCard, error) {
	if !slices.ContainsFunc(offers, func(o payment.Offer) bool { return o.Saves }) {
		return nil, nil
	}
	all, err := payment.ListSaved(tx, owner(who))
	return slices.DeleteFunc(all, func(c payment.SavedCard) bool {
		return !slices.ContainsFunc(offers, func(o payment.Offer) bool { return c.Fits(o, tx.Now()) })
	}), err
}

// Recognise adds to an order's page what its customer alone may do there, when it is he who has signed in: pay with his cards,
// and have another one kept.
func (d *Desk) Recognise(ctx context.Context, shop *tenant.Shop, who Visitor, p *Paper) error {
	if who.Customer.IsZero() || p.Order.Customer != who.Customer {
		return nil
	}
	p.Own = true
	return shop.Read(ctx, func(tx tenant.Tx) (err error) {
		p.Cards, err = fitting(tx, who.Customer, p.Offers)
		return err
	})
}

// ListCards lists the cards banks keep for a customer.
func (d *Desk) ListCards(ctx context.Context, shop *tenant.Shop, who customer.ID) (list []payment.SavedCard, err error) {
	err = shop.Read(ctx, func(tx tenant.Tx) error {
		list, err = payment.ListSaved(tx, owner(who))
		return err
	})
	return list, err
}

// RemoveCard takes a card back that a bank keeps for a customer; the bank is told by a job. Errors: payment.ErrNoCard.
func (d *Desk) RemoveCard(ctx context.Context, shop *tenant.Shop, who customer.ID, card payment.SavedID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error { return payment.RemoveSaved(tx, owner(who), card) })
}
