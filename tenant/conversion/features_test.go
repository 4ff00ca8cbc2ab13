package conversion_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/conversion"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// The conversion in the words of a merchant.
func TestFeatures(t *testing.T) {
	suite := godog.TestSuite{
		ScenarioInitializer: func(sc *godog.ScenarioContext) {
			var w *world
			sc.Before(func(ctx context.Context, _ *godog.Scenario) (context.Context, error) {
				s := checkouttest.New(t, checkout.Reactions{})
				w = &world{house: &house{Stage: s, t: t, service: conversion.Service{Calculators: shipping.Builtin(), Quotes: s.Desk}},
					pages: map[string]page{}, orders: map[string]order.ID{}}
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

// world is what a scenario talks about: one shop with one article.
type world struct {
	*house
	shown  *conversion.Preview
	pages  map[string]page
	orders map[string]order.ID
	err    error // of the last decision
}

// page is a checkout somebody has before him.
type page struct {
	buyer *checkouttest.Buyer
	cmd   checkout.PlaceOrder
}

func steps(sc *godog.ScenarioContext, w func() *world) {
	sc.Step(`^a shop in "([^"]*)" that sells "([^"]*)" at "([^"]*)", crossed out "([^"]*)", and sends it for "([^"]*)"$`,
		func(code, name, price, was, fee string) error { return w().stock(code, name, price, was, fee) })
	sc.Step(`^the merchant asks "([^"]*)" "([^"]*)" for "[^"]*" of those who see francs$`, func(price, code string) error { return w().ask(price, code) })
	sc.Step(`^"([^"]*)" has ordered 1 "[^"]*" to pay by cheque$`, func(who string) error { return w().order(who) })
	sc.Step(`^"([^"]*)" has 1 "[^"]*" before her at the checkout$`, func(who string) error { return w().open(who) })
	sc.Step(`^"([^"]*)" has been offered a quote for 1 "[^"]*"$`, func(who string) error { return w().offer(who) })

	sc.Step(`^the merchant looks at what "([^"]*)" at ([\d.]+) would change$`, func(code, factor string) {
		w().shown = w().preview(to(code, factor, ""))
	})
	sc.Step(`^the merchant goes over to "([^"]*)" at ([\d.]+)$`, func(code, factor string) { w().err = w().decide(to(code, factor, "")) })
	sc.Step(`^a colleague goes over to "([^"]*)" at ([\d.]+)$`, func(code, factor string) error { return w().decide(to(code, factor, "")) })
	sc.Step(`^the merchant goes over to "([^"]*)" at ([\d.]+), prices ending in "([^"]*)"$`, func(code, factor, ending string) {
		w().err = w().decide(to(code, factor, ending))
	})
	sc.Step(`^the merchant decides on what he was shown$`, func() {
		w().err = w().service.Convert(w().t.Context(), w().Shop, who, w().shown.Plan, w().shown.Rev)
	})
	outcomes(sc, w)
}

func outcomes(sc *godog.ScenarioContext, w func() *world) {
	sc.Step(`^he is shown that "([^"]*)" goes from "([^"]*)" to "([^"]*)"$`, func(name, before, after string) error {
		for _, one := range w().shown.Samples {
			if strings.HasPrefix(one.Name, name+" (") { // with its SKU
				return errors.Join(same("before", one.Before.String(), before), same("after", one.After.String(), after))
			}
		}
		return fmt.Errorf("%s is not among %+v", name, w().shown.Samples)
	})
	sc.Step(`^the shop is in "([^"]*)" and "[^"]*" costs "([^"]*)"$`, func(code, price string) error { return w().costs(code, price) })
	sc.Step(`^the shop is in "([^"]*)" and "[^"]*" costs "([^"]*)", crossed out "([^"]*)"$`, func(code, price, was string) error {
		return errors.Join(w().err, w().costs(code, price), same("crossed out", w().product().Variants[0].CompareAt.StringFixed(2), was))
	})
	sc.Step(`^"([^"]*)" pays "([^"]*)" "([^"]*)" for 1 "[^"]*" sent to her$`, func(who, total, code string) error {
		return errors.Join(w().err, w().order(who), w().total(who, total, code))
	})
	sc.Step(`^the order of "([^"]*)" comes to "([^"]*)" "([^"]*)"$`, func(who, total, code string) error {
		return errors.Join(w().err, w().total(who, total, code))
	})
	sc.Step(`^the merchant may record that "([^"]*)" "([^"]*)" came$`, func(amount, code string) error {
		for _, o := range w().orders {
			return w().Desk.MarkPaid(w().t.Context(), w().Shop, who, o, money.New(dec(amount), money.MustCurrency(code)), checkout.Remark{})
		}
		return errors.New("nothing was ordered")
	})
	sc.Step(`^"([^"]*)" is asked again before she orders$`, func(who string) error {
		p := w().pages[who]
		if _, err := p.buyer.Send(p.cmd); !errors.Is(err, checkout.ErrTotalChanged) {
			return fmt.Errorf("she is told %v", err)
		}
		return w().err
	})
	sc.Step(`^the journal says so once$`, func() error { return same("lines", audits(w().house, "currency.converted"), 1) })
	sc.Step(`^that is refused because "([^"]*)"$`, func(key string) error { return same("refusal", fault.KeyOf(w().err), key) })
}

func same[T comparable](what string, got, want T) error {
	if got != want {
		return fmt.Errorf("%s: %v, want %v", what, got, want)
	}
	return nil
}

func to(code, factor, ending string) conversion.Plan {
	p := conversion.Plan{Exchange: currency.Exchange{To: money.MustCurrency(code), Factor: dec(factor)}, Old: settings.OldShown}
	if ending != "" {
		p.Exchange.Rounding = currency.Rounding{Step: dec("1"), Ending: dec("0" + ending)}
	}
	return p
}

func (w *world) stock(code, name, price, was, fee string) error {
	w.lamp = w.Sell(&catalog.Product{Code: "lamp", Texts: map[i18n.Locale]catalog.Text{"fr": {Name: name}},
		Variants: []catalog.Variant{{SKU: "lamp", Price: dec(price), CompareAt: ref(was), Active: true, Tracked: true, OnHand: 20}}})
	b := w.Guest("nobody@example.com")
	if err := b.Add(w.lamp, 1); err != nil {
		return err
	}
	return errors.Join(same("currency", w.settings().Currencies.Management, code), same("delivery", b.Cart().Delivery.Cost.String(), fee))
}

func (w *world) ask(price, code string) error {
	p := w.product()
	p.Prices = []pricelist.Rule{{Currency: code, Price: ref(price)}}
	return catalog.Save(w.t.Context(), w.Shop, who, p)
}

func (w *world) decide(p conversion.Plan) error {
	return w.service.Convert(w.t.Context(), w.Shop, who, p, w.preview(p).Rev)
}

func (w *world) open(name string) error {
	b := w.Guest(name)
	if err := b.Add(w.lamp, 1); err != nil {
		return err
	}
	cmd, err := b.Order("cheque")
	w.pages[name] = page{b, cmd}
	return err
}

func (w *world) order(name string) error {
	if err := w.open(name); err != nil {
		return err
	}
	placed, err := w.pages[name].buyer.Send(w.pages[name].cmd)
	if err == nil {
		w.orders[name] = placed.Order.ID
	}
	return err
}

func (w *world) offer(name string) error {
	w.Quoting()
	b := w.Guest(name)
	b.Who.Profile = checkouttest.Asker
	if err := b.Add(w.lamp, 1); err != nil {
		return err
	}
	asked, err := b.Ask("")
	if err == nil {
		w.Offer(asked.Quote.ID, nil)
	}
	return err
}

func (w *world) costs(code, price string) error {
	return errors.Join(same("currency", w.settings().Currencies.Management, code), same("price", w.product().Variants[0].Price.StringFixed(2), price))
}

func (w *world) total(name, total, code string) error {
	o := w.Find(w.orders[name])
	return errors.Join(same("total", o.Total.String(), total), same("currency", o.Total.Currency().Code(), code))
}
