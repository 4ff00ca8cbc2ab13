package checkout

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// Collect is the job that charges an order of a repetition to the card its buyer gave a mandate for.
type Collect struct {
	Shop  tenant.ID `json:"shop"`
	Order order.ID  `json:"order"`
	Try   int       `json:"try"` // from 1: each is made once
}

// Kind is stored with the job.
func (Collect) Kind() string { return "checkout.collect" }

// maxTries is how often a card is charged for one order at most, those a merchant asks for among them.
const maxTries = 6

// busy is how long a buyer who is at his bank's page is let be.
const busy = time.Hour

// errNotNow leaves everything as it was: there is nothing to be charged any more, or not yet.
var errNotNow = errors.New("checkout: nothing to collect now")

func collectAt(tx tenant.Tx, o order.ID, try int, at time.Time) error {
	return jobs.Enqueue(tx, Collect{Shop: tx.Shop().ID(), Order: o, Try: try}, jobs.At(at), jobs.Unique(o.String()+"/"+strconv.Itoa(try)+"/"+at.UTC().Format(time.RFC3339)))
}

// collect charges, once for each try. What comes of it is recorded as of any payment, and settled there (repeatFailed).
func (d *Desk) collect(ctx context.Context, shop *tenant.Shop, j Collect) error {
	var way opening
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		way, err = d.collecting(tx, j)
		return err
	})
	if errors.Is(err, errNotNow) || errors.Is(err, order.ErrUnknown) || errors.Is(err, payment.ErrPaid) {
		return nil
	}
	if err != nil {
		return err
	}
	if way.gateway == nil {
		return nil // its buyer has been asked instead
	}
	_, err = d.charge(ctx, shop, way)
	return err
}

// collecting begins the attempt of a try, or finds the one that was begun when a worker was lost; without a gateway where the buyer
// was sent the link instead. Errors: errNotNow.
func (d *Desk) collecting(tx tenant.Tx, j Collect) (opening, error) {
	o, err := order.Find(tx, j.Order)
	if err != nil {
		return opening{}, err
	}
	attempts, err := payment.ListOf(tx, paymentOrder(o.ID))
	if err != nil {
		return opening{}, err
	}
	first, err := firstOf(tx, o, false)
	switch {
	case err != nil:
		return opening{}, err
	case first == nil, !payable(o), disputed(attempts), promised(attempts):
		return opening{}, errNotNow
	case !first.Request.Repeat.Charges(), !first.Request.Repeat.Stopped.IsZero(), !first.Request.Repeat.Newest(o.ID):
		return opening{}, errNotNow
	}
	link := d.Links.Make(tx.Shop(), o.ID, o.PlacedAt)
	if open := current(attempts); open != nil {
		switch {
		case open.Saving.Absent && open.State == payment.StateCreated && absent(attempts) == j.Try:
			return d.opening(tx, o, link, *open, false)
		case open.Saving.Absent:
			return opening{}, errNotNow
		case tx.Now().Before(open.Created.Add(busy)):
			return opening{}, collectAt(tx, o.ID, j.Try, open.Created.Add(busy))
		}
	}
	if absent(attempts) != j.Try-1 {
		return opening{}, errNotNow
	}
	return d.beginCollect(tx, o, first, link, attempts, j.Try)
}

// absent is how often the card was charged without its buyer.
func absent(attempts []payment.Payment) (n int) {
	for _, p := range attempts {
		if p.Saving.Absent {
			n++
		}
	}
	return n
}

// beginCollect begins a try, by what its buyer agreed to.
func (d *Desk) beginCollect(tx tenant.Tx, o, first *order.Order, link string, attempts []payment.Payment, try int) (opening, error) {
	mandate, err := mandateOf(first.Request.Repeat)
	if err != nil {
		return opening{}, err
	}
	offer, err := d.Modes.FindOffer(tx, mandate.Mode, place(o.Billing), o.Asks())
	if err != nil && !errors.Is(err, payment.ErrMode) {
		return opening{}, err
	}
	most := first.Request.Repeat.Mandate.Amount
	if err != nil || !mandate.Fits(offer) || !fits(o, offer) {
		return opening{}, d.bringBuyer(tx, o) // the shop no longer takes that way
	}
	charge, err := dueIn(tx, o, offer)
	if err != nil {
		return opening{}, err
	}
	if charge.Amount.Currency() != most.Currency() || charge.Amount.Cmp(most) > 0 {
		return opening{}, d.bringBuyer(tx, o) // more than he agreed to: taxes rose
	}
	if err := giveUp(tx, attempts); err != nil {
		return opening{}, err
	}
	attempt, err := d.begin(tx, o, offer, charge, payment.Saving{Absent: true}, false)
	if err != nil {
		return opening{}, err
	}
	// Now that the attempts are locked they may be counted: another worker may have been faster.
	if attempts, err = payment.ListOf(tx, paymentOrder(o.ID)); err != nil {
		return opening{}, err
	}
	if absent(attempts) != try {
		return opening{}, errNotNow
	}
	if o, err = order.Lock(tx, o.ID); err != nil {
		return opening{}, err
	}
	now, err := firstOf(tx, o, true)
	if err != nil {
		return opening{}, err
	}
	if !payable(o) || now == nil || !now.Request.Repeat.Charges() || !now.Request.Repeat.Stopped.IsZero() {
		return opening{}, errNotNow // stopped, or paid, while the attempts were waited for
	}
	if !now.Request.Repeat.Retry.IsZero() {
		now.Request.Repeat.Retry = time.Time{}
		if err := order.SaveRepeat(tx, now); err != nil {
			return opening{}, err
		}
	}
	if o.Currencies.Settlement, err = whole(o, charge); err != nil {
		return opening{}, err
	}
	if err := d.switchMode(tx, o, offer); err != nil {
		return opening{}, err
	}
	return d.opening(tx, o, link, attempt, false)
}

// mandateToken is what the bank calls the card of an attempt whose buyer is not there; the zero value when that was erased.
func (d *Desk) mandateToken(tx tenant.Tx, o *order.Order) (payment.Token, error) {
	first, err := firstOf(tx, o, false)
	if err != nil || first == nil || !first.Request.Repeat.Charges() || !first.Request.Repeat.Stopped.IsZero() {
		return payment.Token{}, err
	}
	mandate, err := mandateOf(first.Request.Repeat)
	if err != nil {
		return payment.Token{}, err
	}
	return d.Modes.OpenMandate(tx, mandate)
}

// Collectable tells that the card can be charged again now, see Desk.CollectNow.
func (f *File) Collectable() bool {
	if f.First == nil || !f.First.Request.Repeat.Newest(f.Order.ID) || !f.Linkable() {
		return false
	}
	r := f.First.Request.Repeat
	n := absent(f.Payments)
	open := current(f.Payments)
	return r.Charges() && r.Stopped.IsZero() && r.Why != string(payment.ReasonSecure) && n > 0 && n < maxTries && (open == nil || !open.Saving.Absent)
}

// CollectNow charges an order of a repetition to its buyer's card without waiting for the day, for a merchant who was told that there is
// money now. Errors: order.ErrUnknown; ErrNotPayable where that cannot be.
func (d *Desk) CollectNow(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID) error {
	f, err := d.Open(ctx, shop, which)
	if err != nil {
		return err
	}
	if !f.Collectable() {
		return ErrNotPayable
	}
	err = shop.Write(ctx, func(tx tenant.Tx) error { return tx.Record(who, "order.collected", "order/"+which.String(), nil, nil) })
	if err != nil {
		return err
	}
	if err := d.collect(ctx, shop, Collect{Shop: shop.ID(), Order: which, Try: absent(f.Payments) + 1}); err != nil {
		return fmt.Errorf("collect order %s: %w", f.Order.Number, err)
	}
	return nil
}
