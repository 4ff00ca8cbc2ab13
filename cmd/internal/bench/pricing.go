package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	kernel "echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// basketLines is the size of a large purchase.
const basketLines = 20

// pricing prices one large basket over and over on one core: shelf, tax and delivery, as a checkout
// does.
func pricing(_ context.Context, r *rig) ([]Row, error) {
	pipeline, err := pipeline()
	if err != nil {
		return nil, err
	}
	basket := basket()
	took, allocs, err := repeat(r.o.Watch, func() error {
		_, err := pipeline.Price(basket)
		return err
	})
	if err != nil {
		return nil, err
	}
	return []Row{{
		Measure: fmt.Sprintf("price a basket of %d lines", basketLines),
		Ours:    microseconds(took),
		Note:    fmt.Sprintf("%.0f allocations a basket, on one core.", allocs),
	}}, nil
}

// repeat runs work for about d and gives what one run takes in time and allocations.
func repeat(d time.Duration, work func() error) (each time.Duration, allocs float64, err error) {
	const chunk = 20 // the clock is looked at only now and then
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	watch, n := startWatch(), 0
	for watch.elapsed() < d {
		for range chunk {
			if err := work(); err != nil {
				return 0, 0, err
			}
		}
		n += chunk
	}
	took := watch.elapsed()
	runtime.ReadMemStats(&after)
	if n == 0 {
		return 0, 0, nil
	}
	return took / time.Duration(n), float64(after.Mallocs-before.Mallocs) / float64(n), nil
}

const flatMode = "flat"

func pipeline() (kernel.Pipeline, error) {
	taxes, err := tax.New(tax.Settings{Home: tax.Place{Country: "FR"}, Registered: true, Distance: tax.AtDestination, Keep: tax.KeepGross}, nil)
	if err != nil {
		return nil, fmt.Errorf("rules of tax: %w", err)
	}
	tariff, err := shipping.Builtin().Open(money.EUR, shipping.Mode{
		ID: flatMode, Name: i18n.Text{"fr": "Colis"}, Calculator: shipping.Flat{}.Key(),
		Values: form.Values{"fee": form.TextValue("4.90"), "free_from": form.TextValue("500.00")},
	})
	if err != nil {
		return nil, fmt.Errorf("tariff: %w", err)
	}
	return kernel.Pipeline{kernel.Shelf{}, taxes, shipping.Delivery{Tariffs: []*shipping.Tariff{tariff}}}, nil
}

func basket() kernel.Basket {
	b := kernel.Basket{
		Currency: money.EUR, View: kernel.View{Goods: kernel.Gross, Shipping: kernel.Gross}, At: firstDay,
		Destination: kernel.Destination{Country: "DE", Postcode: "10115"}, Shipping: kernel.ShippingChoice{Mode: flatMode},
	}
	for i := range basketLines {
		b.Lines = append(b.Lines, kernel.Line{
			ID: fmt.Sprintf("line-%d", i), SKU: fmt.Sprintf("SKU-%d", i), Name: "Tasse", Qty: int64(i%3 + 1), Physical: true, Class: tax.Standard,
			Unit:   kernel.Price{Amount: money.FromMinor(int64(990+100*i), money.EUR), IncludesTax: i%2 == 0},
			Weight: decimal.New(320, -3),
		})
	}
	return b
}

// firstDay is a day with rates of tax: what is priced must not depend on when it is measured.
var firstDay = time.Date(2026, 3, 12, 11, 0, 0, 0, time.UTC)
