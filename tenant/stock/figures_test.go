package stock_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tenanttest"
)

func TestFigures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		of         stock.Figures
		virtual    int
		wanting    bool
		suggestion int
	}{
		{"STK-02 the example 10 - 14 + 20 = 16", stock.Figures{Current: 10, Pending: 14, OnOrder: 20, Minimum: 5, Reorder: 12}, 16, false, 12},
		{"STK-03 at the minimum", stock.Figures{Current: 5, Minimum: 5, Reorder: 10}, 5, true, 10},
		{"STK-03 more is missing than is usually ordered", stock.Figures{Current: 2, Pending: 14, Minimum: 5, Reorder: 10}, -12, true, 17},
		{"STK-03 no usual quantity", stock.Figures{Current: 3, Minimum: 5}, 3, true, 2},
		{"STK-03 nothing is missing and nothing usual", stock.Figures{}, 0, true, 1},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			if got := x.of.Virtual(); got != x.virtual {
				t.Errorf("virtual %d, want %d", got, x.virtual)
			}
			if got := x.of.Wanting(); got != x.wanting {
				t.Errorf("to be ordered: %v", got)
			}
			if got := x.of.Suggestion(); got != x.suggestion {
				t.Errorf("suggested %d, want %d", got, x.suggestion)
			}
		})
	}
	all := stock.Sum(stock.Figures{Current: 4, Pending: 4, OnOrder: 10, Minimum: 2}, stock.Figures{Current: 6, Pending: 10, OnOrder: 10, Minimum: 3})
	if all.Virtual() != 16 || all.Minimum != 5 {
		t.Errorf("STK-02 an article: %+v", all)
	}
}

// testingT is a test, or one check of a property.
type testingT interface {
	Context() context.Context
	Helper()
	Fatal(...any)
}

// figures reads the figures of a variant and the sums of its ledger.
func figures(t testingT, shop *tenant.Shop, v stock.VariantID) (f, sums stock.Figures) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		all, err := stock.Read(tx, []stock.VariantID{v})
		if err != nil {
			return err
		}
		f = all[v]
		return tx.DB().Raw(`select coalesce(sum(on_hand), 0)::int as current, coalesce(sum(reserved), 0)::int as reserved,
			coalesce(sum(pending), 0)::int as pending, coalesce(sum(on_order), 0)::int as on_order
			from stock_moves where variant_id = ?`, v).Scan(&sums).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return f, sums
}

// STK-02: whatever happened, the figures are the sums of the ledger, what is held is what is reserved,
// nothing is sold twice, and orders that are over leave nothing behind.
func TestFigures_AreSumsOfTheLedger(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	rapid.Check(t, func(r *rapid.T) {
		variants := []stock.VariantID{given(t, shop, 0), given(t, shop, 0)}
		orders := []stock.BuyerID{id.New[stock.Buyer](), id.New[stock.Buyer](), id.New[stock.Buyer]()}
		wants := map[stock.BuyerID][]stock.Want{}
		over := map[stock.BuyerID]bool{}
		do := func(fn func(tenant.Tx) error) error {
			err := shop.Write(t.Context(), fn)
			if err != nil && !errors.Is(err, stock.ErrShort) && !errors.Is(err, stock.ErrFewer) {
				r.Fatal(err)
			}
			return err
		}
		for range rapid.IntRange(1, 14).Draw(r, "steps") {
			v := rapid.SampledFrom(variants).Draw(r, "variant")
			o := rapid.SampledFrom(orders).Draw(r, "order")
			n := rapid.IntRange(1, 6).Draw(r, "pieces")
			switch rapid.IntRange(0, 9).Draw(r, "what") {
			case 0:
				_ = do(func(tx tenant.Tx) error {
					return stock.Post(tx, tenant.ByProgram, stock.ReasonBought, "s", "", []stock.Posting{{Variant: v, OnOrder: n}})
				})
			case 1:
				_ = do(func(tx tenant.Tx) error {
					return stock.Post(tx, tenant.ByProgram, stock.ReasonReceived, "s", "", []stock.Posting{{Variant: v, OnHand: n, OnOrder: -n}})
				})
			case 2, 3:
				if over[o] || wants[o] != nil {
					continue
				}
				list := []stock.Want{{Variant: v, Qty: n}, {Variant: v, Qty: 1}}
				keep := time.Duration(rapid.SampledFrom([]int{-1, 60}).Draw(r, "minutes")) * time.Minute
				if do(func(tx tenant.Tx) error { return stock.PromiseAgain(tx, o, list, tx.Now().Add(keep)) }) == nil {
					wants[o] = list
				}
			case 4:
				if !over[o] {
					_ = do(func(tx tenant.Tx) error { _, err := stock.Keep(tx, o, wants[o]); return err })
				}
			case 5:
				if !over[o] {
					_ = do(func(tx tenant.Tx) error { _, err := stock.Commit(tx, o, wants[o]); return err })
				}
			case 6:
				over[o] = true
				_ = do(func(tx tenant.Tx) error { return stock.Return(tx, o, nil) })
			case 7:
				_ = do(func(tx tenant.Tx) error { _, err := stock.Sweep(tx, 10); return err })
			case 8:
				why := rapid.SampledFrom([]stock.Reason{stock.ReasonCount, stock.ReasonLoss, stock.ReasonFound}).Draw(r, "why")
				_ = do(func(tx tenant.Tx) error {
					return stock.Correct(tx, tenant.ByProgram, stock.Correction{Variant: v, Why: why, Qty: n})
				})
			case 9:
				_ = do(func(tx tenant.Tx) error { return stock.Release(tx, o) })
			}
		}
		for _, v := range variants {
			f, sums := figures(r, shop, v)
			if sums.Minimum, sums.Reorder = f.Minimum, f.Reorder; f != sums {
				r.Fatalf("figures %+v, the ledger says %+v", f, sums)
			}
			if f.Current < 0 || f.Pending < 0 || f.Reserved < 0 {
				r.Fatalf("below zero: %+v", f)
			}
			if n := held(r, shop, v); n != f.Reserved {
				r.Fatalf("%d held, %d reserved", n, f.Reserved)
			}
		}
		for _, o := range orders {
			_ = do(func(tx tenant.Tx) error { return stock.Return(tx, o, nil) })
		}
		for _, v := range variants {
			if f, _ := figures(r, shop, v); f.Pending != 0 || f.Reserved != 0 {
				r.Fatalf("orders that are over leave %+v", f)
			}
		}
	})
}

// STK-02: no correction makes a stock larger than the column of its ledger.
func TestCorrect_Endless(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	v := given(t, shop, 1)
	for _, tt := range []struct {
		why  stock.Reason
		n    int
		want error
	}{{stock.ReasonFound, form.MaxInt, stock.ErrEndless}, {stock.ReasonCount, form.MaxInt, nil}, {stock.ReasonFound, 1, stock.ErrEndless}} {
		err := shop.Write(t.Context(), func(tx tenant.Tx) error {
			return stock.Correct(tx, tenant.ByProgram, stock.Correction{Variant: v, Why: tt.why, Qty: tt.n})
		})
		if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
			t.Errorf("%s %d: %v", tt.why, tt.n, err)
		}
	}
}

func held(t testingT, shop *tenant.Shop, v stock.VariantID) (n int) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select coalesce(sum(qty), 0)::int from stock_holds where variant_id = ?", v).Scan(&n).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
