package checkout

import (
	"context"
	"errors"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// Prepare shows the checkout of the visitor's cart, completed with what is known of him: his own
// addresses, and the first mode that can be chosen where he has chosen none.
//
// Errors: cart.ErrEmpty.
func (d *Desk) Prepare(ctx context.Context, shop *tenant.Shop, who Visitor, token cart.Token, draft Draft) (*Sheet, error) {
	return d.prepare(ctx, shop, who, draft, func(tx tenant.Tx, s *Sheet) (*cart.Cart, error) {
		c, err := cart.Find(tx, cart.Reader{Token: token, Customer: who.Customer})
		if err != nil {
			return nil, err
		}
		if c == nil || len(c.Lines) == 0 {
			return nil, cart.ErrEmpty
		}
		who.look(c)
		return c, nil
	})
}

// finding finds the cart a checkout is about, and says on the sheet what else it is about.
type finding func(tenant.Tx, *Sheet) (*cart.Cart, error)

func (d *Desk) prepare(ctx context.Context, shop *tenant.Shop, who Visitor, draft Draft, find finding) (*Sheet, error) {
	proof, err := d.prove(ctx, shop, draft)
	if err != nil {
		return nil, err
	}
	sheet, err := d.sheet(ctx, shop, who, draft, proof, find)
	if err != nil || sheet.Draft.number() == draft.number() {
		return sheet, err
	}
	// The number came with the customer's own address.
	if proof, err = d.prove(ctx, shop, sheet.Draft); err != nil || proof == nil {
		return sheet, err
	}
	return d.sheet(ctx, shop, who, draft, proof, find)
}

func (d *Desk) sheet(ctx context.Context, shop *tenant.Shop, who Visitor, draft Draft, proof *pricing.VATProof, find finding) (*Sheet, error) {
	var sheet *Sheet
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		sheet = &Sheet{Draft: draft, Proof: proof, fresh: draft.Payment == ""}
		c, err := find(tx, sheet)
		if err != nil {
			return err
		}
		if err := d.recognise(tx, who, sheet); err != nil {
			return err
		}
		sheet.address()
		return d.fill(tx, who, c, sheet)
	})
	return sheet, err
}

// recognise completes the draft with the customer's own data.
func (d *Desk) recognise(tx tenant.Tx, who Visitor, s *Sheet) error {
	if who.Customer.IsZero() {
		return nil
	}
	known, err := customer.Find(tx, who.Customer)
	if errors.Is(err, customer.ErrUnknown) {
		return nil
	}
	if err != nil {
		return err
	}
	s.Customer = known
	if s.Saved, err = customer.Book(tx, who.Customer); err != nil {
		return err
	}
	if s.Draft.Email == "" {
		s.Draft.Email = known.Email
	}
	if s.Draft.Phone == "" {
		s.Draft.Phone = known.Phone
	}
	var billing address.Address
	for _, e := range s.Saved {
		if e.Delivery && s.Draft.Delivery.IsZero() {
			s.Draft.Delivery = e.Address
		}
		if e.Billing {
			billing = e.Address
		}
	}
	if s.Draft.Billing.IsZero() && !s.Draft.Same {
		s.Draft.Billing = billing
		s.Draft.Same = billing.Clean() == s.Draft.Delivery.Clean()
	}
	if s.Draft.Delivery.IsZero() { // an empty book: his name at least is known
		s.Draft.Delivery.Name = known.Name
	}
	return nil
}

// fill prices the cart with the draft's choices and lists what can be chosen.
func (d *Desk) fill(tx tenant.Tx, who Visitor, c *cart.Cart, s *Sheet) error {
	kept := c.Choices
	k, err := d.reckon(tx, c, who.as(s.Draft.Email), who.Locale)
	if err != nil {
		return err
	}
	s.Lock = k.lock(tx.Now())
	s.assume(k, kept)
	c.Choices = s.Draft.choices(k.basket.NeedsShipping(), s.Proof)
	if s.Shipping, err = k.shipping(tx, &s.Draft); err != nil {
		return err
	}
	c.Choices.Shipping = s.Draft.Shipping
	if err := k.price(tx.Now()); err != nil {
		return err
	}
	if s.Payment, err = d.payments(tx, k, place(s.Draft.Billed()), s.Lock); err != nil {
		return err
	}
	s.choosePayment()
	if err := s.ownCards(tx, who.Customer); err != nil {
		return err
	}
	c.Choices.Payment = s.Draft.Payment
	if err := k.price(tx.Now()); err != nil {
		return err
	}
	if s.Free, err = k.nothingNow(tx.Now()); err != nil {
		return err
	}
	if s.Free {
		s.Payment, s.Draft.Payment = nil, ""
	}
	for _, o := range s.Payment {
		if o.Selected {
			if s.Charge, err = k.settle(o.In, s.Lock); err != nil {
				return err
			}
		}
	}
	s.Due, s.Parcels = k.view.Due, k.chosenParcels(s.Draft)
	s.UnknownVAT, s.IdleVAT = k.unknownVAT(s.Draft), k.idleVAT(s.Draft)
	s.Cart, s.Total, s.Seen = k.view, k.view.Total(), seen(k.view, s.Charge)
	s.Shown = total(s.Seen)
	s.Terms, s.Privacy = k.rules.Orders.TermsPageID, k.rules.Orders.PrivacyID
	return nil
}

// assume fills in what the buyer has not said: what he chose in his cart, the shop's own country, or the first one his
// profile is served in (PROF-01).
func (s *Sheet) assume(k *reckoning, kept cart.Choices) {
	if s.Draft.Shipping == "" {
		s.Draft.Shipping, s.Draft.Insured = kept.Shipping, kept.Insured
	}
	if s.Draft.Payment == "" {
		s.Draft.Payment = kept.Payment
	}
	home := k.rules.Identity.Address.Country
	if kept.Country != "" {
		home = kept.Country
	}
	who := k.profile()
	if s.Draft.Delivery.Country == "" {
		s.Draft.Delivery.Country = who.Propose(home, func(country string) bool {
			return who.Sends(country) && (who.Bills(country) || !s.Draft.Same)
		})
		if !who.Sends(s.Draft.Delivery.Country) { // sent to some and billed to others: two addresses, then
			s.Draft.Delivery.Country = who.Propose(home, who.Sends)
		}
	}
	if s.Draft.Billing.Country == "" {
		s.Draft.Billing.Country = who.Propose(s.Draft.Delivery.Country, who.Bills)
	}
}

// shipping prices the cart with every mode that goes there. The first that takes the goods is
// chosen unless the buyer has chosen one of them.
func (k *reckoning) shipping(tx tenant.Tx, draft *Draft) ([]ShippingOffer, error) {
	if !k.basket.NeedsShipping() {
		draft.Shipping = ""
		return nil, nil
	}
	k.basket = k.rules.basket(k.cart, k.goods, tx.Now())
	var offers []ShippingOffer
	chosen := -1
	for _, t := range k.rules.delivery.To(k.basket.Destination) {
		if !k.profile().Receives(t.ID) {
			continue
		}
		o, err := k.offer(t)
		if err != nil {
			return nil, err
		}
		if o.Refused == nil && (chosen < 0 || o.ID == draft.Shipping) {
			chosen = len(offers)
		}
		offers = append(offers, o)
	}
	draft.Shipping = ""
	if chosen >= 0 {
		offers[chosen].Selected, draft.Shipping = true, offers[chosen].ID
	}
	return offers, nil
}

// offer is what one mode would cost.
func (k *reckoning) offer(t *shipping.Tariff) (ShippingOffer, error) {
	o := ShippingOffer{ID: t.ID, Name: t.Name, Insured: !t.Insurance.Rate.IsZero() && !t.Insurance.Compulsory}
	var err error
	o.Price, o.Refused, err = k.rules.delivery.Try(k.basket, t.ID, k.priced)
	return o, err
}

// choosePayment keeps the buyer's choice as long as it is offered, else takes the first.
func (s *Sheet) choosePayment() {
	chosen := 0
	for i, o := range s.Payment {
		if o.Mode.ID.String() == s.Draft.Payment {
			chosen = i
		}
	}
	s.Draft.Payment = ""
	if len(s.Payment) > 0 {
		s.Payment[chosen].Selected = true
		s.Draft.Payment = s.Payment[chosen].Mode.ID.String()
	}
}
