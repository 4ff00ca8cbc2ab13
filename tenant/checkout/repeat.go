package checkout

import (
	"context"
	"errors"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/quote"
)

// MaxTimes is the most payments a repetition can be limited to.
const MaxTimes = 120

// ErrOnce refuses to limit how many times something is asked for that is asked for once.
var ErrOnce = fault.New(fault.Malformed, "checkout.repeat_once")

// Repeat is the job that looks at a repetition on the days something is to be done: it tells the buyer what is to come, and writes
// the order. It may run as often as it likes.
type Repeat struct {
	Shop  tenant.ID `json:"shop"`
	Order order.ID  `json:"order"` // the first
}

// Kind is stored with the job.
func (Repeat) Kind() string { return "checkout.repeat" }

// morning is the hour of a day, in UTC, at which it is looked: nobody's card is charged, and nobody is written to, at night.
const morning = 8 * time.Hour

// lead is how many days before its payment the buyer is told. Doc.go says by what rule.
func lead(every order.Rhythm) int {
	if every == order.Yearly {
		return 7
	}
	return 3
}

func (cmd *PayRequest) checkRepeat(c *form.Checker) {
	if cmd.Every == "" {
		if cmd.Times != 0 {
			_ = c.Add("", ErrOnce.On("times"))
		}
		return
	}
	all := make([]string, 0, len(order.Rhythms()))
	for _, r := range order.Rhythms() {
		all = append(all, string(r))
	}
	c.OneOf("every", string(cmd.Every), all...)
	if cmd.Times != 0 {
		c.Range("times", decimal.NewFromInt(int64(cmd.Times)), decimal.NewFromInt(2), decimal.NewFromInt(MaxTimes))
	}
}

// repeated is what a request is repeated by; nil for once.
func (cmd *PayRequest) repeated() *order.Repeat {
	if cmd.Every == "" {
		return nil
	}
	r := &order.Repeat{Every: cmd.Every, Times: cmd.Times, Gross: cmd.Gross}
	for _, l := range cmd.Lines {
		r.Lines = append(r.Lines, order.Asked{Text: l.Text, Amount: l.Amount, Class: string(l.Class)})
	}
	return r
}

// firstOf is the first order of the repetition an order is one of; nil where it is one of none. lock says whether it is about to be
// changed: the attempts to pay an order are locked before it, and it before the first.
func firstOf(tx tenant.Tx, o *order.Order, lock bool) (*order.Order, error) {
	switch {
	case o.Request == nil, o.Request.Repeat == nil && o.Request.Of == nil:
		return nil, nil
	case o.Request.Repeat != nil && !lock:
		return o, nil
	}
	which := o.ID
	if o.Request.Of != nil {
		which = o.Request.Of.First
	}
	read := order.Find
	if lock {
		read = order.LockBare
	}
	first, err := read(tx, which)
	if errors.Is(err, order.ErrUnknown) || err == nil && (first.Request == nil || first.Request.Repeat == nil) {
		return nil, nil // erased since
	}
	return first, err
}

// repeatPaid begins a repetition with the day its first order is paid, and goes on with one whose newest was waited for.
func (d *Desk) repeatPaid(tx tenant.Tx, o *order.Order) error {
	first, err := firstOf(tx, o, true)
	if err != nil || first == nil {
		return err
	}
	r := first.Request.Repeat
	today, err := quote.Today(tx)
	if err != nil {
		return err
	}
	switch {
	case first.ID == o.ID && r.Start.IsZero() && r.Stopped.IsZero():
		r.Start, r.Done = today, 1
	case r.Newest(o.ID):
		r.Resume(today)
	default:
		return nil
	}
	if err := over(tx, r); err != nil {
		return err
	}
	if err := order.SaveRepeat(tx, first); err != nil {
		return err
	}
	return plan(tx, first)
}

// over has the card erased when nothing more is to be charged: the last is paid.
func over(tx tenant.Tx, r *order.Repeat) error {
	if r.More() {
		return nil
	}
	return dropMandate(tx, r)
}

// plan writes the job for the next day something is to be done.
func plan(tx tenant.Tx, first *order.Order) error {
	r := first.Request.Repeat
	next, ok := r.Next()
	if !ok {
		return nil
	}
	if r.Told.IsZero() {
		return repeatAt(tx, first.ID, next.AddDate(0, 0, -lead(r.Every)))
	}
	return repeatAt(tx, first.ID, due(r, next, quote.Day(r.Told, time.UTC)))
}

// due is the day a payment is asked for: not before the buyer has had his days since he was told.
func due(r *order.Repeat, next, told time.Time) time.Time {
	if earliest := told.AddDate(0, 0, lead(r.Every)); next.Before(earliest) {
		return earliest
	}
	return next
}

// repeatAt has a repetition looked at on the morning of a day, or within the hour where that is over.
func repeatAt(tx tenant.Tx, first order.ID, day time.Time) error {
	at := day.Add(morning)
	if !at.After(tx.Now()) {
		at = tx.Now().Add(time.Hour).Truncate(time.Hour)
	}
	return jobs.Enqueue(tx, Repeat{Shop: tx.Shop().ID(), Order: first}, jobs.At(at), jobs.Unique(first.String()+at.UTC().Format(time.RFC3339)))
}

// lockSeries locks the newest order of a repetition and then its first, as whoever moves money for it does.
func lockSeries(tx tenant.Tx, which order.ID) (*order.Order, error) {
	o, err := order.Find(tx, which)
	if err != nil {
		return nil, err
	}
	if o.Request != nil && o.Request.Repeat != nil && len(o.Request.Repeat.Orders) > 0 {
		list := o.Request.Repeat.Orders
		if _, err := order.LockBare(tx, list[len(list)-1]); err != nil {
			return nil, err
		}
	}
	return order.Lock(tx, which)
}

// repeat does what is due of a repetition.
func (d *Desk) repeat(ctx context.Context, shop *tenant.Shop, which order.ID) error {
	return shop.Write(ctx, func(tx tenant.Tx) error {
		first, err := lockSeries(tx, which)
		if errors.Is(err, order.ErrUnknown) {
			return nil // erased since
		}
		if err != nil || first.Request == nil || first.Request.Repeat == nil {
			return err
		}
		r := first.Request.Repeat
		next, ok := r.Next()
		if !ok {
			return nil
		}
		today, err := quote.Today(tx)
		if err != nil {
			return err
		}
		switch {
		case today.Before(next.AddDate(0, 0, -lead(r.Every))):
			return plan(tx, first)
		case r.Told.IsZero():
			return d.foretellNext(tx, first, next)
		case today.Before(due(r, next, quote.Day(r.Told, time.UTC))):
			return plan(tx, first)
		}
		return d.writeNext(tx, first)
	})
}

// foretellNext tells the buyer of the next payment, some days before; or puts the repetition before the shop where it cannot go on.
func (d *Desk) foretellNext(tx tenant.Tx, first *order.Order, next time.Time) error {
	latest, waits, err := newestOf(tx, first)
	if err != nil {
		return err
	}
	if waits {
		return d.pause(tx, first, latest, unpaidYet)
	}
	over, err := d.tried(tx, latest)
	if err != nil {
		return err
	}
	if over {
		return d.cannotGoOn(tx, first)
	}
	o, err := d.following(tx, first)
	if fault.Is(err, fault.Malformed) {
		return d.cannotGoOn(tx, first)
	}
	if err != nil {
		return err
	}
	r := first.Request.Repeat
	r.Told = tx.Now()
	if err := order.SaveRepeat(tx, first); err != nil {
		return err
	}
	kind := notify.OrderRepeatSoonLink
	words := map[string]string{"amount": i18n.FormatMoney(first.Locale, o.Total), "deadline": day(first.Locale, due(r, next, quote.Day(r.Told, time.UTC)))}
	if r.Charges() {
		kind, words["card"] = notify.OrderRepeatSoon, CardName(r.Mandate)
	}
	if err := d.tell(tx, latest, kind, words); err != nil {
		return err
	}
	return plan(tx, first)
}

// tried tells that a repetition was but a trial: its newest order was paid with test money, by a mode that takes real money since.
func (d *Desk) tried(tx tenant.Tx, latest *order.Order) (bool, error) {
	if !latest.Test {
		return false, nil
	}
	which, err := id.Parse[payment.Mode](latest.Payment.Mode)
	if err != nil {
		return true, nil // it was not paid by a mode
	}
	mode, err := d.Modes.Find(tx, which)
	if errors.Is(err, payment.ErrMode) {
		return true, nil // the mode is gone
	}
	return err == nil && !mode.Test, err
}
