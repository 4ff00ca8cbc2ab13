package checkout_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cucumber/godog"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipment"
	"echoppe.dev/tenant/stock"
)

// world is what a scenario talks about.
type world struct {
	t      *testing.T
	stage  *checkouttest.Stage
	goods  map[string]stock.VariantID
	buyers map[string]*checkouttest.Buyer
	buyer  *checkouttest.Buyer // who was named last
	placed *checkout.Placed
	clicks []*checkout.Placed
	err    error // of the last thing tried
}

const password = "correct horse"

func TestFeatures(t *testing.T) {
	suite := godog.TestSuite{
		ScenarioInitializer: func(sc *godog.ScenarioContext) {
			var w *world
			sc.Before(func(ctx context.Context, _ *godog.Scenario) (context.Context, error) {
				w = &world{t: t, stage: checkouttest.New(t, checkout.Reactions{}), goods: map[string]stock.VariantID{},
					buyers: map[string]*checkouttest.Buyer{}}
				return ctx, nil
			})
			sc.After(func(ctx context.Context, _ *godog.Scenario, err error) (context.Context, error) {
				w.stage.Close()
				return ctx, err
			})
			steps(sc, func() *world { return w })
		},
		Options: &godog.Options{Format: "progress", Paths: []string{"features"}, TestingT: t, Strict: true},
	}
	if suite.Run() != 0 {
		t.Fatal("a scenario failed")
	}
}

// steps binds the words. Each scenario has its own world, which does not exist yet when the words
// are bound.
func steps(sc *godog.ScenarioContext, w func() *world) {
	sc.Step(`^the shop has (\d+) "([^"]*)" at "([^"]*)"$`, func(n int, name, price string) { w().goods[name] = w().stage.Stock(name, price, n) })
	sc.Step(`^only (\d+) "([^"]*)" is left$`, func(n int, name string) { w().count(name, n) })
	sc.Step(`^"([^"]*)" has (\d+) "([^"]*)" in the cart$`, func(who string, n int, name string) error { return w().named(who).Add(w().goods[name], n) })
	sc.Step(`^"([^"]*)" on another device has (\d+) "([^"]*)" in the cart$`, func(who string, n int, name string) error {
		delete(w().buyers, who)
		return w().named(who).Add(w().goods[name], n)
	})
	sc.Step(`^"([^"]*)" orders and pays by "([^"]*)"$`, func(who, mode string) { w().order(who, mode) })
	sc.Step(`^"([^"]*)" orders by "([^"]*)" and wants an account$`, func(who, mode string) error { return w().register(who, mode) })
	sc.Step(`^"([^"]*)" clicks place order (\d+) times at once$`, func(who string, n int) error { return w().click(who, n) })
	sc.Step(`^the buyer pays with the card "([^"]*)" at the bank that is "([^"]*)"$`, func(card, quirk string) error { return w().visit(card, quirk) })
	sc.Step(`^the bank says it (\d+) times more$`, func(n int) error { return w().repeat(n) })
	sc.Step(`^the buyer pays again by "([^"]*)"$`, func(mode string) { w().err = w().again(mode) })
	sc.Step(`^the clerk records that "([^"]*)" came$`, func(amount string) error { return w().came(amount) })
	sc.Step(`^the clerk gives "([^"]*)" back$`, func(amount string) error { return w().back(amount) })
	sc.Step(`^the clerk cancels the order$`, func() {
		w().err = w().desk().Cancel(w().ctx(), w().shop(), checkouttest.Clerk, w().placed.Order.ID, checkout.Remark{})
	})
	sc.Step(`^the clerk ships it( unpaid)? with "([^"]*)" as "([^"]*)"$`, func(unpaid, carrier, number string) {
		w().err = w().desk().Ship(w().ctx(), w().shop(), checkouttest.Clerk, w().placed.Order.ID, shipment.Draft{Carrier: carrier, Tracking: number},
			checkout.Remark{Mail: true, Unpaid: unpaid != ""})
	})
	sc.Step(`^the clerk sends (\d+) "([^"]*)"$`, func(n int, name string) { w().err = w().send(n, name) })
	sc.Step(`^the clerk says it awaits shipment$`, func() error {
		return w().desk().Await(w().ctx(), w().shop(), checkouttest.Clerk, w().placed.Order.ID, checkout.Remark{})
	})
	moments(sc, w)
	deposits(sc, w)
	sc.Step(`^the clerk says it was delivered$`, func() error {
		return w().desk().Deliver(w().ctx(), w().shop(), checkouttest.Clerk, w().placed.Order.ID, checkout.Remark{})
	})
	sc.Step(`^the clerk closes the order$`, func() error {
		return w().desk().Close(w().ctx(), w().shop(), checkouttest.Clerk, w().placed.Order.ID, checkout.Remark{})
	})
	sc.Step(`^"([^"]*)" has an account$`, func(who string) error { return w().account(who) })
	sc.Step(`^signs in$`, func() error { return w().signIn() })
	sc.Step(`^(\d+) (days|hours) pass$`, func(n int, unit string) { w().pass(n, unit) })
	sc.Step(`^the mail server is away$`, func() { w().stage.Mailbox.Refuse(mail.ErrUnreachable) })
	sc.Step(`^the mail server is back$`, func() { w().stage.Mailbox.Refuse(nil) })
	outcomes(sc, w)
}

func outcomes(sc *godog.ScenarioContext, w func() *world) {
	sc.Step(`^the order costs "([^"]*)"$`, func(total string) error { return same("total", w().found().Total.String(), total) })
	sc.Step(`^the order was paid "([^"]*)"$`, func(paid string) error { return same("paid", w().found().Paid.String(), paid) })
	sc.Step(`^the order is "([^"]*)" and "([^"]*)"$`, func(state, paid string) error {
		return errors.Join(same("state", string(w().found().State), state), same("payment", string(w().found().PaymentState()), paid))
	})
	sc.Step(`^(\d+) "([^"]*)" are promised and (\d+) are on the shelf$`, func(reserved int, name string, onHand int) error {
		l := w().stage.Level(w().goods[name])
		return errors.Join(same("promised", l.Reserved, reserved), same("on the shelf", l.OnHand, onHand))
	})
	sc.Step(`^"([^"]*)" has (\d+) letters?$`, func(who string, n int) error { return w().letters(who, n) })
	sc.Step(`^the last letter to "([^"]*)" is "([^"]*)" and says "([^"]*)"$`, func(who, subject, words string) error {
		return w().lastLetter(who, subject, words)
	})
	sc.Step(`^the shop has (\d+) letters?$`, func(n int) error { return w().letters("atelier@example.com", n) })
	sc.Step(`^the last order is refused because "([^"]*)"$`, func(key string) error { return same("refusal", fault.KeyOf(w().err), key) })
	sc.Step(`^that is refused because "([^"]*)"$`, func(key string) error { return same("refusal", fault.KeyOf(w().err), key) })
	sc.Step(`^"([^"]*)" is told that "([^"]*)" is "([^"]*)"$`, func(who, _, problem string) error {
		return same("problem", string(w().named(who).Cart().Lines[0].Problem), problem)
	})
	sc.Step(`^there is (\d+) order$`, func(n int) error { return same("orders", w().orders(order.Filter{}), n) })
	sc.Step(`^every click shows the same order$`, func() error {
		for _, p := range w().clicks {
			if p.Order.ID != w().clicks[0].Order.ID || p.Link != w().clicks[0].Link {
				return fmt.Errorf("two orders: %v and %v", p.Order, w().clicks[0].Order)
			}
		}
		return nil
	})
	sc.Step(`^only orders know "([^"]*)"$`, func(who string) error { return w().onlyOrdersKnow(who) })
	sc.Step(`^"([^"]*)" can sign in and finds 1 order and 1 address$`, func(who string) error { return w().finds(who) })
	sc.Step(`^the cart holds (\d+) "([^"]*)" and (\d+) "([^"]*)"$`, func(n int, one string, m int, other string) error {
		got := map[string]int{}
		for _, l := range w().buyer.Cart().Lines {
			got[l.Good.Name] = l.Qty
		}
		return errors.Join(same("lines", len(got), 2), same(one, got[one], n), same(other, got[other], m))
	})
	sc.Step(`^staff is alerted with "([^"]*)"$`, func(key string) error { return w().alerted(key) })
	sc.Step(`^the buyer is told how to pay$`, func() error {
		if told, ok := w().placed.Next.(payment.Instructions); !ok || len(told.Lines) == 0 {
			return fmt.Errorf("next is %#v", w().placed.Next)
		}
		return nil
	})
	sc.Step(`^the buyer sees a parcel at "([^"]*)"$`, func(at string) error {
		paper, err := w().desk().Show(w().ctx(), w().shop(), w().placed.Link)
		if err != nil {
			return err
		}
		return errors.Join(same("parcels", len(paper.Parcels), 1), same("address", paper.Parcels[0].URL, at))
	})
}

func same[T comparable](what string, got, want T) error {
	if got != want {
		return fmt.Errorf("%s is %v, want %v", what, got, want)
	}
	return nil
}

func (w *world) ctx() context.Context { return w.t.Context() }
func (w *world) shop() *tenant.Shop   { return w.stage.Shop }
func (w *world) desk() *checkout.Desk { return w.stage.Desk }
func (w *world) found() *order.Order  { return w.stage.Find(w.placed.Order.ID) }
func eur(amount string) money.Amount  { return money.Must(money.Parse(amount, money.EUR)) }

func (w *world) named(who string) *checkouttest.Buyer {
	if w.buyers[who] == nil {
		w.buyers[who] = w.stage.Guest(who)
	}
	w.buyer = w.buyers[who]
	return w.buyer
}

func (w *world) count(name string, n int) {
	w.stage.Write(func(tx tenant.Tx) error { return stock.Count(tx, w.goods[name], n, stock.ReasonCount, "test") })
}

func (w *world) order(who, mode string) {
	placed, err := w.named(who).Place(mode)
	if w.err = err; err == nil {
		w.placed = placed
	}
}

func (w *world) register(who, mode string) error {
	cmd, err := w.named(who).Order(mode)
	if err != nil {
		return err
	}
	cmd.Account = &checkout.NewAccount{Password: password}
	w.placed, err = w.buyer.Send(cmd)
	return err
}

func (w *world) click(who string, n int) error {
	cmd, err := w.named(who).Order("cheque")
	if err != nil {
		return err
	}
	w.clicks = make([]*checkout.Placed, n)
	failed := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { w.clicks[i], failed[i] = w.buyer.Send(cmd) })
	}
	all.Wait()
	w.placed = w.clicks[0]
	return errors.Join(failed...)
}

func (w *world) visit(card, quirk string) error {
	before := len(w.stage.Bank.Wait(0))
	w.stage.Bank.Visit(w.placed.Next, card, quirk)
	w.stage.Bank.Wait(before + 1)
	return nil
}

func (w *world) repeat(n int) error {
	heard := w.stage.Bank.Wait(1)
	for range n {
		if reply := w.stage.Bank.Tell(heard[0]); reply.Status != 200 {
			return fmt.Errorf("the bank was answered %d", reply.Status)
		}
	}
	return nil
}

func (w *world) again(mode string) error {
	placed, err := w.desk().PayAgain(w.ctx(), w.shop(), checkout.Visitor{}, w.placed.Link, w.stage.ModeOf(mode), checkout.With{})
	if err == nil {
		w.placed = placed
	}
	return err
}

func (w *world) came(amount string) error {
	return w.desk().MarkPaid(w.ctx(), w.shop(), checkouttest.Clerk, w.placed.Order.ID, eur(amount), checkout.Remark{})
}

func (w *world) back(amount string) error {
	file, err := w.desk().Open(w.ctx(), w.shop(), w.placed.Order.ID)
	if err != nil {
		return err
	}
	return w.desk().Refund(w.ctx(), w.shop(), checkouttest.Clerk, file.Payments[0].ID, eur(amount), checkout.Remark{})
}

func (w *world) account(who string) error {
	_, err := w.stage.Accounts.Register(w.ctx(), w.shop(), customer.Registration{Email: who, Name: "Zoé", Password: password, Locale: "fr"})
	return err
}

func (w *world) signIn() error {
	c, err := w.stage.Accounts.SignIn(w.ctx(), w.shop(), w.buyer.Draft.Email, password)
	if err != nil {
		return err
	}
	w.buyer.Who.Customer, w.buyer.Who.Name = c.ID, c.Name
	_, err = w.stage.Carts.SignIn(w.ctx(), w.shop(), w.buyer.Reader())
	return err
}

// pass lets time go by an hour at a time, so that jobs that come back do.
func (w *world) pass(n int, unit string) {
	if unit == "days" {
		n *= 24
	}
	step := time.Hour
	if n > 48 {
		step = 12 * time.Hour
	}
	for left := time.Duration(n) * time.Hour; left > 0; left -= step {
		w.stage.Pass(step)
		w.stage.Work()
	}
}

func (w *world) lastLetter(who, subject, words string) error {
	w.stage.Work()
	list := w.stage.Mailbox.To(who)
	if len(list) == 0 {
		return fmt.Errorf("no letter to %s", who)
	}
	last := list[len(list)-1]
	if !strings.Contains(last.Text, words) {
		return fmt.Errorf("the letter does not say %q:\n%s", words, last.Text)
	}
	return same("subject", last.Subject, subject)
}

func (w *world) letters(who string, n int) error {
	w.stage.Work()
	return same("letters", len(w.stage.Mailbox.To(who)), n)
}

func (w *world) orders(f order.Filter) int {
	n := 0
	w.stage.Read(func(tx tenant.Tx) (err error) {
		n, err = order.Count(tx, f, 1000)
		return err
	})
	return n
}

func (w *world) alerted(key string) error {
	file, err := w.desk().Open(w.ctx(), w.shop(), w.placed.Order.ID)
	if err != nil {
		return err
	}
	for _, e := range file.Events {
		if e.Kind == order.Alerted && e.Note == key && !e.Visible {
			return nil
		}
	}
	return fmt.Errorf("no alert %q among %+v", key, file.Events)
}

// onlyOrdersKnow searches every text of every table of the shop.
func (w *world) onlyOrdersKnow(who string) error {
	w.stage.Work()
	var tables, knowing []string
	w.stage.Read(func(tx tenant.Tx) error {
		err := tx.DB().Raw("select tablename from pg_tables where schemaname = ?", tx.Schema().String()).Scan(&tables).Error
		if err != nil {
			return err
		}
		for _, table := range tables {
			var n int
			err := tx.DB().Raw("select count(*) from "+table+" t where t::text ilike ?", "%"+who+"%").Scan(&n).Error
			if err != nil {
				return err
			}
			if n > 0 {
				knowing = append(knowing, table)
			}
		}
		return nil
	})
	if len(tables) < 20 {
		return fmt.Errorf("only %d tables were searched", len(tables))
	}
	return same("tables that know the address", strings.Join(knowing, " "), "orders")
}

func (w *world) finds(who string) error {
	c, err := w.stage.Accounts.SignIn(w.ctx(), w.shop(), who, password)
	if err != nil {
		return err
	}
	var book []customer.Entry
	w.stage.Read(func(tx tenant.Tx) (err error) {
		book, err = customer.Book(tx, c.ID)
		return err
	})
	return errors.Join(same("orders", w.orders(order.Filter{Customer: c.ID}), 1), same("addresses", len(book), 1))
}
