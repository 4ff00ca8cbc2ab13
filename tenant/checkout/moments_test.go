package checkout_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cucumber/godog"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipment"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

// momentWords are the moments as merchants call them.
var momentWords = map[string]payment.Moment{
	"with the order": payment.MomentPlaced, "with paid": payment.MomentPaid,
	"with awaiting shipment": payment.MomentAwaiting, "with shipped": payment.MomentShipped,
}

// moments binds the words about the time stock leaves.
func moments(sc *godog.ScenarioContext, w func() *world) {
	sc.Step(`^stock paid by "([^"]*)" leaves "([^"]*)"$`, func(mode, when string) error {
		moment, ok := momentWords[when]
		if !ok {
			return fmt.Errorf("no moment %q", when)
		}
		w().stage.Leave(mode, moment)
		return nil
	})
	sc.Step(`^"([^"]*)" counts (\d+) on the shelf, (\d+) awaited by customers, (-?\d+) for others$`, func(name string, current, pending, free int) error {
		f := w().stage.Figures(w().goods[name])
		return errors.Join(same("on the shelf", f.Current, current), same("awaited", f.Pending, pending),
			same("for others", f.Current-f.Reserved, free))
	})
	sc.Step(`^"([^"]*)" is told that it is sold out$`, func(string) error {
		if !errors.Is(w().err, checkout.ErrLines) {
			return fmt.Errorf("got %v", w().err)
		}
		return nil
	})
	sc.Step(`^"([^"]*)" is announced in (\d+) days and (\d+) can be reserved$`, func(name string, days, n int) { w().announce(name, days, n) })
	sc.Step(`^(\d+) "([^"]*)" arrives$`, func(n int, name string) {
		w().stage.Write(func(tx tenant.Tx) error {
			return stock.Post(tx, checkouttest.Clerk, stock.ReasonReceived, "", "", []stock.Posting{{Variant: w().goods[name], OnHand: n}})
		})
	})
	sc.Step(`^the order says when "([^"]*)" is expected$`, func(name string) error { return w().expected(name) })
	sc.Step(`^no alert was raised$`, func() error {
		file, err := w().desk().Open(w().ctx(), w().shop(), w().placed.Order.ID)
		if err != nil {
			return err
		}
		for _, e := range file.Events {
			if e.Kind == order.Alerted {
				return fmt.Errorf("alert %q", e.Note)
			}
		}
		return nil
	})
}

// announce says that an article comes later, and how many may be reserved.
func (w *world) announce(name string, days, n int) {
	day := w.stage.Clock.Now().AddDate(0, 0, days)
	w.stage.Write(func(tx tenant.Tx) error {
		i, err := supply.FindItem(tx, w.goods[name], "fr")
		if err != nil {
			return err
		}
		return stock.SetAdvance(tx, checkouttest.Clerk, i.Product, stock.Advance{On: &day, Limit: n})
	})
}

// expected looks for the announced day on the order and in its letter.
func (w *world) expected(name string) error {
	for _, l := range w.found().Lines {
		if l.Name == name && l.Expected != nil {
			return w.lastLetterSays("attendu le " + i18n.FormatDate("fr", *l.Expected, i18n.Long))
		}
	}
	return fmt.Errorf("the order does not say when %s is expected", name)
}

func (w *world) lastLetterSays(words string) error {
	w.stage.Work()
	list := w.stage.Mailbox.To(w.buyer.Draft.Email)
	for _, m := range list {
		if strings.Contains(m.Text, words) && strings.Contains(m.HTML, words) {
			return nil
		}
	}
	return fmt.Errorf("no letter says %q among %d", words, len(list))
}

// send sends a parcel with some of the pieces.
func (w *world) send(n int, name string) error {
	p := shipment.Draft{Carrier: "colissimo", Tracking: "6A124"}
	for _, l := range w.found().Lines {
		if l.Name == name {
			p.Items = []shipment.Item{{Line: l.ID, Qty: n}}
		}
	}
	return w.desk().Ship(w.ctx(), w.shop(), checkouttest.Clerk, w.placed.Order.ID, p, checkout.Remark{})
}
