package checkout

import (
	"context"
	"errors"
	"fmt"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

// prove looks the buyer's VAT number up where the tax of his basket depends on it; nil where it does
// not (LAW-04). It may wait for the register, so it is no part of a unit of work.
func (d *Desk) prove(ctx context.Context, shop *tenant.Shop, draft Draft) (*pricing.VATProof, error) {
	number := draft.number()
	if number == "" {
		return nil, nil
	}
	var wanted bool
	var own string
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		r, err := d.rules(tx)
		if err != nil {
			return err
		}
		own = r.Identity.VATNumber
		for _, carried := range []bool{true, false} {
			to := destination(draft.choices(carried, nil))
			wanted = wanted || r.Rules().Tax.WantsProof(to) != ""
		}
		return nil
	})
	if err != nil || !wanted {
		return nil, err
	}
	proof := d.VAT.Check(ctx, shop, number, own)
	return &proof, ctx.Err()
}

// unknownVAT is the field of a number that would spare the buyer the tax if the register knew it, ""
// when there is none.
func (k *reckoning) unknownVAT(d Draft) string {
	to := k.basket.Destination
	if k.rules.Rules().Tax.WantsProof(to) == "" || to.Proof.About(d.number()) != pricing.VATInvalid {
		return ""
	}
	return k.fieldOfVAT(d)
}

// fieldOfVAT is where the buyer gives his VAT number.
func (k *reckoning) fieldOfVAT(d Draft) string {
	if d.Same && k.basket.NeedsShipping() {
		return "delivery." + address.VATNumber
	}
	return "billing." + address.VATNumber
}

// idleVAT is a number that changes no tax because it is not of the state the order goes to; nil for none.
func (k *reckoning) idleVAT(d Draft) *IdleVAT {
	t, to := k.rules.Rules().Tax, k.basket.Destination
	if !t.Idle(to) {
		return nil
	}
	why := i18n.Key("checkout.vat_home")
	if t.Reverses(to) {
		why = "checkout.vat_elsewhere"
	}
	return &IdleVAT{Field: k.fieldOfVAT(d), Country: to.Country, Why: why}
}

// CheckVAT is the job that looks up the VAT number of an order which was placed while the register was
// away. It comes back until the register has answered.
type CheckVAT struct {
	Shop  tenant.ID `json:"shop"`
	Order order.ID  `json:"order"`
	Try   int       `json:"try"`
}

// Kind is stored with the job.
func (CheckVAT) Kind() string { return "checkout.check_vat" }

const (
	vatPause = time.Hour // between two questions: registers rest for hours, at night
	vatTries = 72        // three days: then a person has to do it
)

// checkLater has the number of an order looked up again that was believed without an answer.
func (d *Desk) checkLater(tx tenant.Tx, o *order.Order, try int) error {
	t := o.Priced.Taxation
	if t.Treatment != string(tax.ReverseCharge) || t.Proof == nil || t.Proof.Verdict != pricing.VATUnknown {
		return nil
	}
	return jobs.EnqueueMany(tx, jobs.New{Args: CheckVAT{Shop: tx.Shop().ID(), Order: o.ID, Try: try},
		Opts: []jobs.Opt{jobs.At(tx.Now().Add(vatPause))}})
}

// checkAgain asks, and writes on the order's timeline what the register says: the evidence, or an alert.
func (d *Desk) checkAgain(ctx context.Context, shop *tenant.Shop, j CheckVAT) error {
	var o *order.Order
	var own string
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		if o, err = order.Find(tx, j.Order); err != nil {
			return err
		}
		r, err := d.rules(tx)
		if err == nil {
			own = r.Identity.VATNumber
		}
		return err
	})
	if errors.Is(err, order.ErrUnknown) {
		return nil // erased since
	}
	if err != nil || o.Priced.Taxation.Proof == nil {
		return err
	}
	p := d.VAT.Check(ctx, shop, o.Priced.Taxation.Proof.Number, own)
	return shop.Write(ctx, func(tx tenant.Tx) error {
		words := map[string]string{"number": p.Number, "consultation": p.Consultation}
		switch {
		case p.Verdict == pricing.VATValid:
			note := fmt.Sprintf("VIES %s: %s ✓ %s %s", p.At.Format(time.DateOnly), p.Number, p.Name, p.Consultation)
			return order.Happen(tx, o.ID, order.Happening{Kind: order.Noted, Actor: tenant.ByProgram, Note: note, Data: words})
		case p.Verdict == pricing.VATInvalid:
			return alert(tx, o, "checkout.alert.vat_invalid", words)
		case j.Try+1 >= vatTries:
			return alert(tx, o, "checkout.alert.vat_unchecked", words)
		}
		return d.checkLater(tx, o, j.Try+1)
	})
}
