package checkout

import (
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/profile"
)

const (
	maxNote  = 1000
	maxPhone = 30
)

// check cleans the draft and tells everything that is wrong with it at once, field by field:
// "email", "phone", "delivery.city", "billing.…", "shipping", "payment", "note", "terms".
func (k *reckoning) check(cmd *PlaceOrder) error {
	var c form.Checker
	d := &cmd.Draft
	d.Email = strings.TrimSpace(d.Email)
	c.Required("email", d.Email)
	c.Email("email", d.Email)
	d.Phone = c.Line("phone", d.Phone, maxPhone)
	c.Phone("phone", d.Phone)
	d.Note = c.Block("note", d.Note, maxNote)
	carried := k.basket.NeedsShipping()
	if !carried {
		d.Same, d.Delivery = false, addressOf(d)
	}
	d.Delivery, d.Billing = d.Delivery.Clean(), d.Billed().Clean()
	if carried {
		checkAddress(&c, "delivery.", d.Delivery)
		k.checkShipping(&c, d)
	}
	k.checkCountries(&c, d, carried)
	if !carried || !d.Same {
		checkAddress(&c, "billing.", d.Billing)
	}
	if field := k.unknownVAT(*d); field != "" {
		c.Refuse(field, ErrVATUnknown.Key(), map[string]any{"number": d.number()})
	}
	if d.Payment == "" && k.view.Due.Now.IsPositive() {
		c.Refuse("payment", ErrPayment.Key(), nil)
	}
	if k.rules.Orders.TermsPageID != "" && !cmd.Terms {
		c.Refuse("terms", ErrTerms.Key(), nil)
	}
	return c.Err()
}

// addressOf is where the bill of something nobody carries goes.
func addressOf(d *Draft) address.Address {
	if d.Same {
		d.Billing = d.Delivery
	}
	return address.Address{}
}

func checkAddress(c *form.Checker, prefix string, a address.Address) {
	if err := address.Check(a); err != nil {
		_ = c.Add(prefix, err) // always an error about fields: address.Check makes no other
	}
}

// checkShipping wants a mode that goes there and takes the goods.
func (k *reckoning) checkShipping(c *form.Checker, d *Draft) {
	for _, r := range k.view.Priced.Blocked() {
		if r.Step == k.rules.delivery.Key() {
			c.Refuse("shipping", r.Reason.Key, map[string]any(r.Reason.Args))
			return
		}
	}
	if d.Shipping == "" || !k.profile().Receives(d.Shipping) {
		c.Refuse("shipping", ErrShipping.Key(), nil)
	}
}

// checkCountries wants countries in which the buyer's profile is billed and served (PROF-01).
func (k *reckoning) checkCountries(c *form.Checker, d *Draft, carried bool) {
	who := k.profile()
	if to := d.Delivery.Country; carried && to != "" && !who.Sends(to) {
		c.Refuse("delivery.country", "checkout.country_sent", nil)
	}
	at := "billing.country"
	if carried && d.Same {
		at = "delivery.country"
	}
	if to := d.Billing.Country; to != "" && !c.Failed(at) && !who.Bills(to) {
		c.Refuse(at, "checkout.country_billed", nil)
	}
}

// blocked is what else than the delivery stands between the basket and an order: an order too small for
// the profile, or a line to be put right.
func (k *reckoning) blocked() error {
	for _, r := range k.view.Priced.Blocked() {
		switch r.Step {
		case k.rules.delivery.Key():
		case profile.GateKey:
			return fault.New(fault.Conflict, r.Reason.Key).With(fault.Args(r.Reason.Args))
		default:
			return ErrLines
		}
	}
	return nil
}
