package payout_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cucumber/godog"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payout"
	"echoppe.dev/tenant/stock"
)

// The reconciliation in the words of a shopkeeper.
func TestFeatures(t *testing.T) {
	suite := godog.TestSuite{
		ScenarioInitializer: func(sc *godog.ScenarioContext) {
			var w *world
			sc.Before(func(ctx context.Context, _ *godog.Scenario) (context.Context, error) {
				s := checkouttest.New(t, checkout.Reactions{})
				w = &world{Stage: s, t: t, goods: map[string]stock.VariantID{}, sales: map[string]sale{}, desk: payout.Desk{Gateways: s.Modes.Gateways()}}
				return ctx, nil
			})
			sc.After(func(ctx context.Context, _ *godog.Scenario, err error) (context.Context, error) {
				w.Close()
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

// world is what a scenario talks about: one shop and one file.
type world struct {
	*checkouttest.Stage
	t     *testing.T
	desk  payout.Desk
	goods map[string]stock.VariantID
	sales map[string]sale
	last  sale
	text  string
	shown *payout.Preview
}

type sale struct{ payment payment.Payment }

func steps(sc *godog.ScenarioContext, w func() *world) {
	sc.Step(`^the shop sells "([^"]*)" at "([^"]*)"$`, func(name, price string) { w().goods[name] = w().Stock(name, price, 10) })
	sc.Step(`^the money of "([^"]*)" comes (\d+) days after the payment$`, func(mode string, days int) error {
		return payout.SaveSetup(w().t.Context(), w().Shop, clerk, w().ModeOf(mode), payout.Setup{Delay: &days})
	})
	sc.Step(`^"([^"]*)" buys 1 "([^"]*)" by "([^"]*)"$`, func(who, name, mode string) error { return w().buy(who, name, mode) })
	sc.Step(`^the clerk gives "([^"]*)" of it back$`, func(amount string) error {
		return w().Desk.Refund(w().t.Context(), w().Shop, clerk, w().last.payment.ID, eur(amount), checkout.Remark{Done: true})
	})
	sc.Step(`^the bank's file says$`, func(table *godog.Table) error { return w().file(table) })
	sc.Step(`^the clerk records it$`, func() (err error) {
		w().shown, err = payout.Post(w().t.Context(), w().Shop, clerk, w().upload())
		return err
	})
	sc.Step(`^the file shows (\d+) line as "([^"]*)"$`, func(n int, state string) error {
		if got := w().shown.Counts[payout.State(state)]; got != n {
			return fmt.Errorf("%d lines are %s: %v", got, state, w().shown.Counts)
		}
		return nil
	})
	sc.Step(`^nothing is recorded$`, func() error {
		if list := w().payouts(); len(list) > 0 {
			return fmt.Errorf("recorded: %+v", list)
		}
		return nil
	})
	sc.Step(`^payout "([^"]*)" brought "([^"]*)"$`, func(ref, net string) error {
		list := w().payouts()
		if len(list) != 1 || list[0].Ref != ref || !list[0].Net.Equal(eur(net)) {
			return fmt.Errorf("payouts are %+v", list)
		}
		return nil
	})
	sc.Step(`^the order of "([^"]*)" is "([^"]*)"$`, func(who, standing string) error { return w().stands(who, standing, "") })
	sc.Step(`^the order of "([^"]*)" is "([^"]*)" and cost "([^"]*)"$`, func(who, standing, fee string) error { return w().stands(who, standing, fee) })
	sc.Step(`^"([^"]*)" is to come by "([^"]*)" in (\d+) days$`, func(amount, mode string, days int) error {
		list := w().balances()
		at := w().Clock.Now().AddDate(0, 0, days)
		if len(list) != 1 || list[0].Mode != w().ModeOf(mode) || !list[0].Net().Equal(eur(amount)) || list[0].Next.Sub(at).Abs() > 26*time.Hour {
			return fmt.Errorf("to come: %+v", list)
		}
		return nil
	})
	sc.Step(`^nothing is to come$`, func() error {
		if list := w().balances(); len(list) > 0 {
			return fmt.Errorf("to come: %+v", list)
		}
		return nil
	})
}

// buy pays an order with a good card. The bank of the stage is one to try with; here its money counts as real.
func (w *world) buy(who, name, mode string) error {
	b := w.Guest(who)
	if err := b.Add(w.goods[name], 1); err != nil {
		return err
	}
	placed, err := b.Place(mode)
	if err != nil {
		return err
	}
	w.Bank.Visit(placed.Next, "good", "proper")
	w.Bank.Wait(len(w.sales) + 1)
	w.Write(func(tx tenant.Tx) error {
		if err := tx.DB().Exec(`update payments set test = false`).Error; err != nil {
			return err
		}
		list, err := payment.ListOf(tx, id.As[payment.Bill](placed.Order.ID))
		w.last = sale{list[0]}
		w.sales[who] = w.last
		return err
	})
	return nil
}

// file is a file of the bank; a buyer in it stands for the reference of his payment.
func (w *world) file(table *godog.Table) error {
	var lines []string
	for _, row := range table.Rows {
		var cells []string
		for _, c := range row.Cells {
			text := c.Value
			if s, ok := w.sales[text]; ok {
				text = s.payment.Ref
			}
			cells = append(cells, text)
		}
		lines = append(lines, strings.Join(cells, ";"))
	}
	w.text = strings.Join(lines, "\n")
	w.Read(func(tx tenant.Tx) (err error) {
		w.shown, err = payout.Check(tx, w.upload())
		return err
	})
	return nil
}

func (w *world) upload() payout.Upload {
	return payout.Upload{Mode: w.ModeOf("card"), Name: "bank.csv", Text: w.text}
}

func (w *world) payouts() (list []payout.Payout) {
	w.Read(func(tx tenant.Tx) (err error) { list, _, err = payout.List(tx, 0, 10); return err })
	return list
}

func (w *world) records() (list []payout.Record) {
	w.Read(func(tx tenant.Tx) (err error) {
		list, err = w.desk.Records(tx, payout.Query{Standings: every(), Limit: 100})
		return err
	})
	return list
}

func (w *world) stands(who, standing, fee string) error {
	for _, r := range w.records() {
		if r.Payment == w.sales[who].payment.ID {
			if string(r.Standing) != standing || fee != "" && !r.Fee.Equal(money.Must(money.Parse(fee, money.EUR))) {
				return fmt.Errorf("it is %s and cost %v: %s %v", r.Standing, r.Fee, r.Why, r.Args)
			}
			return nil
		}
	}
	return fmt.Errorf("no payment of %s", who)
}

func (w *world) balances() (list []payout.Balance) {
	w.Read(func(tx tenant.Tx) error {
		awaited, err := w.desk.Records(tx, payout.Query{Standings: []payout.Standing{payout.Awaited}, Limit: payout.MaxAwaited})
		if err == nil {
			list, err = w.desk.Balances(tx, awaited)
		}
		return err
	})
	return list
}
