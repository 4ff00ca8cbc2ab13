package promotion_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
)

func TestFeatures(t *testing.T) {
	suite := godog.TestSuite{
		ScenarioInitializer: func(sc *godog.ScenarioContext) {
			var w *world
			sc.Before(func(ctx context.Context, _ *godog.Scenario) (context.Context, error) {
				w = &world{shop: open(t), buyers: map[string]*checkouttest.Buyer{}}
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

// world is what a scenario talks about.
type world struct {
	*shop
	buyers map[string]*checkouttest.Buyer
	buyer  *checkouttest.Buyer // who was named last
	placed *checkout.Placed
	err    error
}

func steps(sc *godog.ScenarioContext, w func() *world) {
	sc.Step(`^the family "([^"]*)"$`, func(name string) { w().family(name, "") })
	sc.Step(`^the family "([^"]*)" below "([^"]*)"$`, func(name, above string) { w().family(name, above) })
	sc.Step(`^the article "([^"]*)" at "([^"]*)" in "([^"]*)"$`, func(name, price, in string) { w().article(name, price, in) })
	sc.Step(`^the article "([^"]*)" gets no discount$`, func(name string) { w().block(name) })
	sc.Step(`^a discount takes (\d+) % off orders from "([^"]*)" and (\d+) % from "([^"]*)"$`, func(a, from, b, next string) {
		w().keep(discount.Rule{Name: name("Volume"), Scope: discount.Scope{Of: discount.Order},
			Scale: discount.Scale{By: discount.Value, Tiers: []discount.Tier{tier(from, a), tier(next, b)}}})
	})
	sc.Step(`^a discount takes (\d+) % off from (\d+) pieces of one article$`, func(rate, from string) {
		w().keep(discount.Rule{Name: name("Dozen"), Scope: discount.Scope{Of: discount.Order},
			Scale: discount.Scale{By: discount.Quantity, Per: discount.PerArticle, Tiers: []discount.Tier{tier(from, rate)}}})
	})
	sc.Step(`^a discount takes (\d+) % off the family "([^"]*)"$`, func(rate, family string) {
		w().keep(discount.Rule{Name: name(family), Off: off(rate), Scope: discount.Scope{Of: discount.Families, Members: []string{w().families[family].ID.String()}}})
	})
	sc.Step(`^a discount takes (\d+) % off the article "([^"]*)"$`, func(rate, article string) {
		w().keep(discount.Rule{Name: name(article), Off: off(rate), Scope: discount.Scope{Of: discount.Articles, Members: []string{w().products[article].ID.String()}}})
	})
	sc.Step(`^the coupon "([^"]*)" takes (\d+) % off$`, func(code, rate string) {
		w().keep(discount.Rule{Name: name(code), Off: off(rate), Scope: discount.Scope{Of: discount.Order}, Codes: []string{code}})
	})
	sc.Step(`^the coupon "([^"]*)" gives free shipping from "([^"]*)"$`, func(code, least string) {
		w().keep(discount.Rule{Name: name(code), Off: discount.Off{Kind: discount.FreeShipping}, Scope: discount.Scope{Of: discount.Order}, Codes: []string{code},
			Minimum: discount.Minimum{Price: pricing.Price{Amount: eur(least)}}})
	})
	sc.Step(`^"([^"]*)" has (\d+) "([^"]*)" in the cart$`, func(who string, n int, article string) error { return w().fill(who, n, article) })
	sc.Step(`^the buyer types the code "([^"]*)"$`, func(code string) { w().err = w().types(w().buyer, code) })
	sc.Step(`^the buyer takes the code "([^"]*)" out$`, func(code string) error {
		_, err := w().Carts.RemoveCode(w().t.Context(), w().Shop, w().buyer.Reader(), code)
		return err
	})
	sc.Step(`^the buyer orders$`, func() (err error) { w().placed, err = w().buyer.Place("cheque"); return err })
	sc.Step(`^the discount is "([^"]*)"$`, func(amount string) error {
		return errors.Join(w().err, same("discount", w().buyer.Cart().Priced.Totals.Discounts.Net.String(), amount))
	})
	sc.Step(`^there is no discount$`, func() error {
		return same("discounts", len(discount.Redemptions(w().buyer.Cart().Priced)), 0)
	})
	sc.Step(`^the code is refused because "([^"]*)"$`, func(key string) error {
		fields := fault.FieldsOf(w().err)
		if len(fields) != 1 {
			return fmt.Errorf("refused: %v", w().err)
		}
		return same("reason", fields[0].Key, key)
	})
	sc.Step(`^the code "([^"]*)" is not given because "([^"]*)"$`, func(code, key string) error {
		why := w().buyer.Cart().Refusal(code)
		if why == nil {
			return errors.New("it is given")
		}
		return same("reason", why.Key, key)
	})
	sc.Step(`^the code "([^"]*)" waits for a way to send$`, func(code string) error {
		if w().buyer.Cart().Waiting(code) == nil {
			return errors.New("it does not wait")
		}
		return nil
	})
	sc.Step(`^the order gives "([^"]*)" of shipping back$`, func(amount string) error {
		return same("shipping", w().Find(w().placed.Order.ID).Priced.Totals.ShippingDiscounts.Net.String(), "-"+amount)
	})
	sc.Step(`^the order tells its discounts as "([^"]*)"$`, func(want string) error {
		var told []string
		for _, e := range w().Find(w().placed.Order.ID).Priced.Trace.Short() {
			if strings.HasPrefix(e.Source, discount.SourcePrefix) {
				told = append(told, e.Step)
			}
		}
		return same("trace", strings.Join(told, " "), want)
	})
}

// fill gives a buyer a further cart, or more into the one he has.
func (w *world) fill(who string, n int, article string) error {
	if w.buyers[who] == nil {
		w.buyers[who] = w.Guest(who)
	}
	w.buyer = w.buyers[who]
	return w.buyer.Add(w.variants[article], n)
}

func same[T comparable](what string, got, want T) error {
	if got != want {
		return fmt.Errorf("%s: %v, want %v", what, got, want)
	}
	return nil
}
