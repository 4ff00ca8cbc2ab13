package checkout

import (
	"context"
	"errors"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// maxStandIns bounds how many banks a buyer waits for one after the other.
const maxStandIns = 3

// lead opens an attempt at its bank, and where that does not answer another one at the bank that stands in for it
// (PGW-45). What comes of it is in placed.
func (d *Desk) lead(ctx context.Context, shop *tenant.Shop, placed *Placed, way opening) {
	seen := map[payment.ModeID]bool{}
	for tries := 1; ; tries++ {
		seen[way.account.Mode] = true
		last := tries == maxStandIns
		if way.skips && !last {
			if next, err := d.instead(ctx, shop, placed, way, seen); err == nil {
				way = next
				continue
			}
		}
		placed.Next, placed.Unstarted = d.open(ctx, shop, way)
		if !payment.Away(placed.Unstarted) || ctx.Err() != nil {
			return // not the bank's fault; or the buyer has gone, and nobody knows whose it was
		}
		err := shop.Write(ctx, func(tx tenant.Tx) error { return payment.Unreached(tx, way.account.Mode) })
		if err != nil || last {
			return
		}
		next, err := d.instead(ctx, shop, placed, way, seen)
		if err != nil {
			return // the attempt stays open: the buyer may try the same bank again
		}
		way = next
	}
}

// errStays leaves an attempt with the bank it was begun with.
var errStays = errors.New("checkout: nothing stands in")

// instead closes an attempt whose bank does not answer and begins one with the mode that stands in, in one unit of work.
// An attempt the bank has heard of all the same is paid as any that failed before: the money is taken, and told as a
// second payment where there is another.
//
// Errors: any of PayAgain, and of a mode without a stand-in; nothing has changed then.
func (d *Desk) instead(ctx context.Context, shop *tenant.Shop, placed *Placed, way opening, seen map[payment.ModeID]bool) (opening, error) {
	var next opening
	var o *order.Order
	var attempt payment.Payment
	var begun bool
	var label string
	err := shop.Write(ctx, func(tx tenant.Tx) (err error) {
		if o, err = order.Find(tx, orderOf(way.request.Payment.Order)); err != nil {
			return err
		}
		offer, err := d.Modes.StandInFor(tx, way.account.Mode, o.Currency)
		if err != nil {
			return err
		}
		if seen[offer.ID] {
			return errStays
		}
		if attempt, begun, err = d.standIn(tx, o, way, offer); err != nil {
			return err
		}
		if o, err = order.Find(tx, o.ID); err != nil {
			return err
		}
		label = o.Payment.Label
		next, err = d.opening(tx, o, placed.Link, attempt, way.request.Plain)
		return err
	})
	if err != nil {
		return opening{}, err
	}
	if begun {
		d.begun(ctx, shop, o, &attempt)
	}
	placed.Order, placed.Instead, placed.Unstarted = refer(o), label, nil
	return next, nil
}

// standIn is the attempt with the mode that stands in; begun tells that it is new. The same page opened twice comes to
// the same attempt.
func (d *Desk) standIn(tx tenant.Tx, o *order.Order, way opening, offer payment.Offer) (attempt payment.Payment, begun bool, err error) {
	p := way.request.Payment
	n := payment.Notice{ID: "away:" + p.Ref, Ref: p.Ref, Event: payment.Failed, Amount: p.Amount, Test: p.Test, Reason: payment.ReasonTechnical}
	out, err := payment.Record(tx, payment.NewAccount(p.Mode, p.Kind, p.Test, nil, nil), payment.SourceShop, n)
	if err != nil {
		return attempt, false, err
	}
	if out.Repeat {
		now, err := newest(tx, o.ID)
		if err != nil {
			return attempt, false, err
		}
		if now != nil && now.Mode == offer.ID && now.State.Open() {
			return *now, false, nil
		}
		return attempt, false, errStays
	}
	if !out.Moved() || out.After != payment.StateFailed {
		return attempt, false, errStays // the bank has answered meanwhile, or another page was faster
	}
	if _, err := d.hear(tx, out, tenant.ByProgram); err != nil {
		return attempt, false, err
	}
	if _, attempt, err = d.payAgain(tx, o.ID, offer.ID, Visitor{}, With{}); err != nil {
		return attempt, false, err
	}
	if !attempt.Amount.Equal(p.Amount) {
		return attempt, false, errStays // the buyer has agreed to another sum: he chooses
	}
	return attempt, true, nil
}

// spare is the mode that may take over an order whose price or choice binds it to one that costs something: the stand-in
// of that, which costs the same. nil where there is none.
func (d *Desk) spare(tx tenant.Tx, o *order.Order) (*payment.Offer, error) {
	text, bound := boundTo(o)
	if !bound {
		text = o.Payment.Mode
	}
	mode, err := id.Parse[payment.Mode](text)
	if err != nil {
		return nil, nil // paid with none
	}
	offer, err := d.Modes.StandInFor(tx, mode, o.Currency)
	if errors.Is(err, payment.ErrMode) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &offer, nil
}
