package checkout_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/cucumber/godog"
	"github.com/shopspring/decimal"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipment"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

// deposits binds the words about the time of paying.
func deposits(sc *godog.ScenarioContext, w func() *world) {
	sc.Step(`^"([^"]*)" is announced in (\d+) days, (\d+) can be reserved and "([^"]*)" is due with the order$`,
		func(name string, days, n int, due string) error {
			return announced(w().stage, w().goods[name], days, n, due)
		})
	sc.Step(`^"([^"]*)" is due with the order and "([^"]*)" before it is sent$`, func(now, later string) error {
		o := w().found()
		return errors.Join(same("now", o.Advance.Now.String(), now), same("later", o.Total.Sub(o.Advance.Now).String(), later))
	})
	sc.Step(`^the bank is asked for "([^"]*)"$`, func(amount string) error {
		return same("asked", checkouttest.Amount(w().placed.Next), strings.TrimLeft(strings.ReplaceAll(amount, ".", ""), "0"))
	})
	sc.Step(`^the buyer is told to pay "([^"]*)"$`, func(amount string) error {
		told, ok := w().placed.Next.(payment.Instructions)
		if !ok {
			return fmt.Errorf("next is %#v", w().placed.Next)
		}
		for _, l := range told.Lines {
			if strings.HasPrefix(l.Value, amount) {
				return w().lastLetterSays(amount)
			}
		}
		return fmt.Errorf("told %+v", told.Lines)
	})
	sc.Step(`^the shop reminds of a rest after (\d+) days$`, func(days int) error {
		var doc settings.Stock
		rev := 0
		w().stage.Read(func(tx tenant.Tx) error {
			set, err := settings.Load(tx)
			if err == nil {
				doc, rev = set.Stock, set.Rev(settings.NameStock)
			}
			return err
		})
		doc.RestDays = days
		return settings.Save(w().ctx(), w().shop(), checkouttest.Clerk, doc, rev)
	})
	sc.Step(`^nobody was reminded$`, func() error {
		w().stage.Work()
		for _, letter := range w().stage.Mailbox.To("zoe@example.com") {
			if strings.HasPrefix(letter.Subject, "Rappel") {
				return fmt.Errorf("she got %q", letter.Subject)
			}
		}
		return nil
	})
	sc.Step(`^nobody can be served$`, func() error { return w().served(0) })
	sc.Step(`^(\d+) buyers? can be served$`, func(n int) error { return w().served(n) })
	sc.Step(`^the clerk asks everybody for the rest$`, func() error {
		_, err := w().desk().AskReady(w().ctx(), w().shop(), checkouttest.Clerk, catalog.ProductID{})
		return err
	})
	sc.Step(`^the clerk asks for the rest$`, func() { w().err = w().askRest(false) })
	sc.Step(`^the clerk asks for the rest all the same$`, func() error { return w().askRest(true) })
	sc.Step(`^all of "([^"]*)" is due with the order$`, func(total string) error {
		o := w().found()
		if o.Advance != nil || o.Lines[0].Expected != nil {
			return fmt.Errorf("a pre-order: %+v, %v", o.Advance, o.Lines[0].Expected)
		}
		return same("total", o.Total.String(), total)
	})
	sc.Step(`^the clerk sends (\d+) "([^"]*)" without the rest$`, func(n int, name string) error { return w().trust(n, name) })
	sc.Step(`^the clerk tries to give "([^"]*)" back$`, func(amount string) { w().err = w().back(amount) })
	sc.Step(`^buyers may have what is there sent first$`, func() error {
		d := settings.Defaults().Stock
		d.PartParcels = true
		return settings.Save(w().ctx(), w().shop(), checkouttest.Clerk, d, 0)
	})
	sc.Step(`^"([^"]*)" wants everything together$`, func(who string) { w().named(who).Draft.Parcels = order.Together })
	sc.Step(`^the order is to be sent "([^"]*)"$`, func(how string) error { return same("parcels", string(w().found().Advance.Parcels), how) })
	sc.Step(`^the parcel form proposes (\d+) "([^"]*)" and (\d+) "([^"]*)"$`, func(n int, one string, m int, other string) error {
		file, err := w().desk().Open(w().ctx(), w().shop(), w().placed.Order.ID)
		if err != nil {
			return err
		}
		want := map[string]int{one: n, other: m}
		for _, l := range file.Order.Lines {
			err = errors.Join(err, same(l.Name, file.Sendable(l), want[l.Name]))
		}
		return err
	})
}

// announced says when an article comes and what of it is due with the order: "25 %", "5.00" for each piece,
// "nothing", "everything".
func announced(s *checkouttest.Stage, v stock.VariantID, days, n int, due string) error {
	var t deposit.Terms
	switch share, isShare := strings.CutSuffix(due, " %"); {
	case due == "nothing":
		t.Kind = deposit.Nothing
	case isShare:
		t = deposit.Terms{Kind: deposit.Percent, Value: decimal.RequireFromString(share)}
	case due != "everything":
		t = deposit.Terms{Kind: deposit.Each, Value: decimal.RequireFromString(due)}
	}
	day := s.Clock.Now().AddDate(0, 0, days)
	var err error
	s.Write(func(tx tenant.Tx) error {
		i, findErr := supply.FindItem(tx, v, "fr")
		if findErr != nil {
			return findErr
		}
		err = stock.SetAdvance(tx, checkouttest.Clerk, i.Product, stock.Advance{On: &day, Limit: n, Terms: t})
		return err
	})
	return err
}

func (w *world) served(n int) error {
	list, err := w.desk().Waiting(w.ctx(), w.shop(), catalog.ProductID{})
	if err != nil {
		return err
	}
	ready := 0
	for _, l := range list {
		if l.Ready() {
			ready++
		}
	}
	return same("served", ready, n)
}

func (w *world) askRest(early bool) error {
	_, err := w.desk().AskRest(w.ctx(), w.shop(), checkouttest.Clerk, w.placed.Order.ID, early)
	return err
}

func (w *world) trust(n int, name string) error {
	for _, l := range w.found().Lines {
		if l.Name == name {
			return w.desk().Ship(w.ctx(), w.shop(), checkouttest.Clerk, w.placed.Order.ID,
				shipment.Draft{Items: []shipment.Item{{Line: l.ID, Qty: n}}}, checkout.Remark{Unpaid: true})
		}
	}
	return fmt.Errorf("no line %s", name)
}

// STK-04: two buyers at the same moment, one piece to be reserved, a deposit each: one of them has it.
func TestDeposit_LastPiece(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 0)
	if err := announced(s, mug, 10, 1, "25 %"); err != nil {
		t.Fatal(err)
	}
	buyers := []*checkouttest.Buyer{s.Guest("zoe@example.com"), s.Guest("ida@example.com")}
	orders := make([]checkout.PlaceOrder, len(buyers))
	for i, b := range buyers {
		if err := b.Add(mug, 1); err != nil {
			t.Fatal(err)
		}
		cmd, err := b.Order("card")
		if err != nil {
			t.Fatal(err)
		}
		orders[i] = cmd
	}
	failed := make([]error, len(buyers))
	var all sync.WaitGroup
	for i, b := range buyers {
		all.Go(func() { _, failed[i] = b.Send(orders[i]) })
	}
	all.Wait()
	won, lost := 0, 0
	for _, err := range failed {
		switch {
		case err == nil:
			won++
		case errors.Is(err, stock.ErrShort) || errors.Is(err, checkout.ErrLines):
			lost++
		default:
			t.Error(err)
		}
	}
	if won != 1 || lost != 1 {
		t.Errorf("STK-04: %d have it, %d are told that it is sold out", won, lost)
	}
	if f := s.Figures(mug); f.Reserved != 1 {
		t.Errorf("STK-04: %d are promised", f.Reserved)
	}
}

// STK-04: two buyers at the same moment, one free piece of an announced article: one of them buys it from stock, and the
// other is not promised a piece to come that his page said was there.
func TestDeposit_LastFreePiece(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 1)
	must(t, announced(s, mug, 10, 5, "25 %"))
	zoe, ida := s.Guest("zoe@example.com"), s.Guest("ida@example.com")
	orders := map[*checkouttest.Buyer]checkout.PlaceOrder{}
	for _, b := range []*checkouttest.Buyer{zoe, ida} {
		must(t, b.Add(mug, 1))
		cmd, err := b.Order("cheque")
		must(t, err)
		orders[b] = cmd
	}
	free := make(chan struct{})
	var all sync.WaitGroup
	failed := map[*checkouttest.Buyer]error{}
	var lock sync.Mutex
	for b, cmd := range orders {
		all.Go(func() {
			<-free
			_, err := b.Send(cmd)
			lock.Lock()
			failed[b] = err
			lock.Unlock()
		})
	}
	close(free)
	all.Wait()
	if (failed[zoe] == nil) == (failed[ida] == nil) {
		t.Errorf("STK-04: zoe %v, ida %v", failed[zoe], failed[ida])
	}
	if f := s.Figures(mug); f.Reserved != 1 {
		t.Errorf("STK-04: %d are promised of 1 free piece", f.Reserved)
	}
}

// STK-04: who is served is told by the queue, first come, first served, and not by who paid first.
func TestDeposit_Queue(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 0)
	if err := announced(s, mug, 10, 6, "nothing"); err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, who := range []string{"zoe@example.com", "ida@example.com", "max@example.com"} {
		b := s.Guest(who)
		if err := b.Add(mug, 2); err != nil {
			t.Fatal(err)
		}
		placed, err := b.Place("card")
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, placed.Order.Number)
		s.Pass(1)
	}
	s.Write(func(tx tenant.Tx) error {
		return stock.Post(tx, checkouttest.Clerk, stock.ReasonReceived, "", "", []stock.Posting{{Variant: mug, OnHand: 3}})
	})
	list, err := s.Desk.Waiting(t.Context(), s.Shop, catalog.ProductID{})
	if err != nil || len(list) != 3 {
		t.Fatalf("%d wait: %v", len(list), err)
	}
	for i, there := range []int{2, 1, 0} {
		if w := list[i]; w.Order.Number != numbers[i] || w.Rank != i+1 || w.There != there {
			t.Errorf("STK-04 place %d: order %s, rank %d, %d there", i+1, w.Order.Number, w.Rank, w.There)
		}
	}
	if n, err := s.Desk.AskReady(t.Context(), s.Shop, checkouttest.Clerk, catalog.ProductID{}); n != 1 || err != nil {
		t.Errorf("STK-04: %d were asked: %v", n, err)
	}
	if n, err := s.Desk.AskReady(t.Context(), s.Shop, checkouttest.Clerk, catalog.ProductID{}); n != 0 || err != nil {
		t.Errorf("STK-04: %d were asked twice: %v", n, err)
	}
}
