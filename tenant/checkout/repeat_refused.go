package checkout

import (
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/quote"
)

// retries are the days after the first refusal on which a card is tried again: far fewer times than any scheme allows.
var retries = []int{1, 3, 7}

// repeatFailed settles what comes of a charge that came to nothing: another day, or the buyer. It hears every message of an attempt and
// acts on the one that ended it.
func (d *Desk) repeatFailed(tx tenant.Tx, out payment.Outcome) error {
	p := out.Payment
	if !p.Saving.Absent || !out.Moved() || out.After != payment.StateFailed && out.After != payment.StateCancelled {
		return nil
	}
	o, err := order.Find(tx, orderOf(p.Order))
	if err != nil || !payable(o) {
		return err
	}
	attempts, err := payment.ListOf(tx, p.Order)
	if err != nil {
		return err
	}
	first, err := firstOf(tx, o, true)
	if err != nil || first == nil || !first.Request.Repeat.Newest(o.ID) || !first.Request.Repeat.Stopped.IsZero() {
		return err
	}
	r := first.Request.Repeat
	words := map[string]string{"amount": i18n.FormatMoney(o.Locale, o.Total), "card": CardName(r.Mandate),
		"why": WhyIn(o.Locale, string(p.Reason))}
	if day, ok := retryDay(tx, attempts, p.Reason, out.Never); ok {
		r.Retry, words["deadline"] = day, i18n.FormatDate(o.Locale, day, i18n.Long)
		if err := order.SaveRepeat(tx, first); err != nil {
			return err
		}
		if err := collectAt(tx, o.ID, absent(attempts)+1, day.Add(morning)); err != nil {
			return err
		}
		return d.tell(tx, o, notify.OrderRepeatRefused, words)
	}
	if out.Never || p.Reason == payment.ReasonCard {
		if err := dropMandate(tx, r); err != nil {
			return err
		}
	}
	if err := d.tell(tx, o, notify.OrderRepeatFailed, words); err != nil {
		return err
	}
	return d.pause(tx, first, o, string(p.Reason))
}

// retryDay is the day a card is tried again; false for one that must not be, whose bank wants to see the buyer, or that was tried often
// enough.
func retryDay(tx tenant.Tx, attempts []payment.Payment, why payment.Reason, never bool) (time.Time, bool) {
	tries := absent(attempts)
	if never || why == payment.ReasonCard || why == payment.ReasonSecure || tries == 0 || tries > len(retries) {
		return time.Time{}, false
	}
	var first time.Time
	for _, p := range attempts {
		if p.Saving.Absent {
			first = p.Created
			break
		}
	}
	day, tomorrow := quote.Day(first, time.UTC).AddDate(0, 0, retries[tries-1]), quote.Day(tx.Now(), time.UTC).AddDate(0, 0, 1)
	if day.Before(tomorrow) {
		day = tomorrow
	}
	return day, true
}
