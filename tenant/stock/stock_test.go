package stock_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tenanttest"
)

// given puts an article with one variant on the shelf.
func given(t *testing.T, shop *tenant.Shop, onHand int) stock.VariantID {
	t.Helper()
	v, p := id.New[stock.Variant](), id.New[struct{}]()
	write(t, shop, func(tx tenant.Tx) error {
		err := tx.DB().Exec(`insert into products (id, code, state, available, created_at, updated_at)
			values (?, ?, 'published', ?, now(), now())`, p, p.String(), onHand > 0).Error
		if err != nil {
			return err
		}
		return tx.DB().Exec(`insert into variants (id, product_id, sku, price, on_hand, low_at, created_at, updated_at)
			values (?, ?, ?, 10, ?, 2, now(), now())`, v, p, v.String(), onHand).Error
	})
	return v
}

func write(t *testing.T, shop *tenant.Shop, fn func(tenant.Tx) error) {
	t.Helper()
	if err := shop.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func hold(ctx context.Context, shop *tenant.Shop, b stock.BuyerID, keep time.Duration, wants ...stock.Want) error {
	return shop.Write(ctx, func(tx tenant.Tx) error { return stock.Hold(tx, b, wants, tx.Now().Add(keep)) })
}

func level(t *testing.T, shop *tenant.Shop, v stock.VariantID) stock.Level {
	t.Helper()
	var l stock.Level
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		levels, err := stock.Levels(tx, []stock.VariantID{v})
		l = levels[v]
		var onHand, reserved int
		if err == nil {
			row := tx.DB().Raw(`select coalesce(sum(on_hand), 0), coalesce(sum(reserved), 0) from stock_moves where variant_id = ?`, v).Row()
			err = row.Scan(&onHand, &reserved)
		}
		if reserved != l.Reserved {
			t.Errorf("the ledger says %d reserved, the variant %d", reserved, l.Reserved)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestHold(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	ctx := t.Context()
	a, b := id.New[stock.Buyer](), id.New[stock.Buyer]()

	t.Run("STK-12 what one buyer holds another cannot have", func(t *testing.T) {
		v := given(t, shop, 3)
		if err := hold(ctx, shop, a, time.Hour, stock.Want{Variant: v, Qty: 2}); err != nil {
			t.Fatal(err)
		}
		err := hold(ctx, shop, b, time.Hour, stock.Want{Variant: v, Qty: 2})
		var short stock.Shortages
		if !errors.Is(err, stock.ErrShort) || !errors.As(err, &short) {
			t.Fatalf("got %v, want a shortage", err)
		}
		if want := (stock.Shortage{Variant: v, Asked: 2, Available: 1}); len(short) != 1 || short[0] != want {
			t.Errorf("got %+v, want %+v", short, want)
		}
	})
	t.Run("a retry replaces the buyer's own hold", func(t *testing.T) {
		v := given(t, shop, 3)
		for _, qty := range []int{3, 3, 2, 3, 1} {
			if err := hold(ctx, shop, a, time.Hour, stock.Want{Variant: v, Qty: qty}); err != nil {
				t.Fatalf("holding %d: %v", qty, err)
			}
		}
		if got := level(t, shop, v).Reserved; got != 1 {
			t.Errorf("%d reserved, want 1", got)
		}
	})
	t.Run("all or nothing", func(t *testing.T) {
		v, w := given(t, shop, 5), given(t, shop, 1)
		err := hold(ctx, shop, a, time.Hour, stock.Want{Variant: v, Qty: 2}, stock.Want{Variant: w, Qty: 2})
		if !errors.Is(err, stock.ErrShort) {
			t.Fatalf("got %v", err)
		}
		if l := level(t, shop, v); l.Reserved != 0 {
			t.Errorf("%d reserved after a refusal", l.Reserved)
		}
	})
	t.Run("an expired hold counts no longer, before it is swept", func(t *testing.T) {
		v := given(t, shop, 1)
		if err := hold(ctx, shop, a, -time.Second, stock.Want{Variant: v, Qty: 1}); err != nil {
			t.Fatal(err)
		}
		if err := hold(ctx, shop, b, time.Hour, stock.Want{Variant: v, Qty: 1}); err != nil {
			t.Errorf("the piece stayed blocked: %v", err)
		}
	})
	t.Run("STK-12 what an expired hold frees takes nothing twice of what was there", func(t *testing.T) {
		v, w := given(t, shop, 9), given(t, shop, 1)
		if err := hold(ctx, shop, a, -time.Second, stock.Want{Variant: w, Qty: 1}); err != nil {
			t.Fatal(err)
		}
		if err := hold(ctx, shop, b, time.Hour, stock.Want{Variant: v, Qty: 2}, stock.Want{Variant: w, Qty: 1}); err != nil {
			t.Fatal(err)
		}
		if plenty, last := level(t, shop, v).Reserved, level(t, shop, w).Reserved; plenty != 2 || last != 1 {
			t.Errorf("%d and %d are reserved, want 2 and 1", plenty, last)
		}
	})
	t.Run("untracked articles are always there", func(t *testing.T) {
		v := given(t, shop, 0)
		write(t, shop, func(tx tenant.Tx) error {
			return tx.DB().Exec("update variants set tracked = false where id = ?", v).Error
		})
		if err := hold(ctx, shop, a, time.Hour, stock.Want{Variant: v, Qty: 100000}); err != nil {
			t.Error(err)
		}
	})
}

func TestCommitAndReturn(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	cart, order := id.New[stock.Buyer](), id.New[stock.Buyer]()
	v := given(t, shop, 5)
	wants := []stock.Want{{Variant: v, Qty: 2}}
	if err := hold(t.Context(), shop, cart, time.Hour, wants...); err != nil {
		t.Fatal(err)
	}
	write(t, shop, func(tx tenant.Tx) error {
		if err := stock.Assign(tx, cart, order, tx.Now().Add(time.Hour)); err != nil {
			return err
		}
		oversold, err := stock.Commit(tx, order, wants)
		if len(oversold) > 0 {
			t.Errorf("oversold %v", oversold)
		}
		return err
	})
	if l := level(t, shop, v); l.OnHand != 3 || l.Reserved != 0 {
		t.Errorf("after the sale: %+v", l)
	}
	for range 2 { // STK-12: cancellation reverses exactly once
		write(t, shop, func(tx tenant.Tx) error { return stock.Return(tx, order, nil) })
	}
	if l := level(t, shop, v); l.OnHand != 5 {
		t.Errorf("%d on hand after the return, want 5", l.OnHand)
	}
}

func TestCommit_PaidAfterTheHoldExpired(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	late, quick := id.New[stock.Buyer](), id.New[stock.Buyer]()
	v := given(t, shop, 1)
	wants := []stock.Want{{Variant: v, Qty: 1}}
	if err := hold(t.Context(), shop, late, -time.Second, wants...); err != nil {
		t.Fatal(err)
	}
	if err := hold(t.Context(), shop, quick, time.Hour, wants...); err != nil {
		t.Fatal(err)
	}
	write(t, shop, func(tx tenant.Tx) error {
		oversold, err := stock.Commit(tx, late, wants)
		if len(oversold) != 1 || oversold[0].Available != 0 {
			t.Errorf("oversold %+v, want the one piece named", oversold)
		}
		return err
	})
	if l := level(t, shop, v); l.OnHand != 1 || l.Reserved != 1 {
		t.Errorf("the other buyer lost his piece: %+v", l)
	}
}

// CART-03, pain 13: 200 buyers, one unit, exactly one wins; repeated.
func TestHold_LastUnit(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	for range 3 {
		v := given(t, shop, 1)
		var won atomic.Int64
		var wg sync.WaitGroup
		for range 200 {
			wg.Go(func() {
				switch err := hold(t.Context(), shop, id.New[stock.Buyer](), time.Hour, stock.Want{Variant: v, Qty: 1}); {
				case err == nil:
					won.Add(1)
				case !errors.Is(err, stock.ErrShort):
					t.Errorf("lost with %v", err)
				}
			})
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Errorf("%d buyers hold the last unit", won.Load())
		}
	}
}

// Two baskets with the same articles in opposite order wait for each other and both succeed.
func TestHold_NoDeadlock(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	v, w := given(t, shop, 1000), given(t, shop, 1000)
	var wg sync.WaitGroup
	for i := range 100 {
		wants := []stock.Want{{Variant: v, Qty: 1}, {Variant: w, Qty: 1}}
		if i%2 == 0 {
			wants[0], wants[1] = wants[1], wants[0]
		}
		wg.Go(func() {
			if err := hold(t.Context(), shop, id.New[stock.Buyer](), time.Hour, wants...); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if l := level(t, shop, v); l.Reserved != 100 {
		t.Errorf("%d reserved, want 100", l.Reserved)
	}
}

func TestSweepAndCount(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	v := given(t, shop, 4)
	if err := hold(t.Context(), shop, id.New[stock.Buyer](), -time.Second, stock.Want{Variant: v, Qty: 3}); err != nil {
		t.Fatal(err)
	}
	write(t, shop, func(tx tenant.Tx) error {
		n, err := stock.Sweep(tx, 10)
		if n != 1 {
			t.Errorf("swept %d buyers, want 1", n)
		}
		return err
	})
	write(t, shop, func(tx tenant.Tx) error { return stock.Count(tx, v, 9, stock.ReasonCount, "inventory") })
	if l := level(t, shop, v); l.OnHand != 9 || l.Reserved != 0 {
		t.Errorf("%+v, want 9 on hand, none reserved", l)
	}
	err := shop.Write(t.Context(), func(tx tenant.Tx) error { return stock.Count(tx, v, -1, stock.ReasonCount, "") })
	if !errors.Is(err, stock.ErrNegative) {
		t.Errorf("a count of -1: %v", err)
	}
}

// Design 3.3: pages go stale when the words on them would change, not at every sale.
func TestHold_TouchesPagesOnlyWhenTheSignalChanges(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	shop := tenanttest.On(t, pool, clock.System())
	v := given(t, shop, 10) // low at 2, and the shop says "few left" from 3 on
	version := func() int64 {
		var n int64
		err := pool.In(t.Context(), schemaOf(t, shop), pg.Read, func(tx pg.Tx) error {
			return tx.DB().Raw("select n from page_version").Scan(&n).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	start := version()
	b := id.New[stock.Buyer]()
	for _, step := range []struct {
		qty  int
		want int64
	}{{1, 0}, {6, 0}, {7, 1}, {8, 1}, {10, 2}, {1, 3}} {
		if err := hold(t.Context(), shop, b, time.Hour, stock.Want{Variant: v, Qty: step.qty}); err != nil {
			t.Fatal(err)
		}
		if got := version() - start; got != step.want {
			t.Errorf("holding %d: %d new page versions, want %d", step.qty, got, step.want)
		}
	}
	write(t, shop, func(tx tenant.Tx) error { return tx.DB().Exec("update products set show_stock = 'exact'").Error })
	before := version()
	if err := hold(t.Context(), shop, b, time.Hour, stock.Want{Variant: v, Qty: 2}); err != nil {
		t.Fatal(err)
	}
	if version() == before {
		t.Error("STK-01 an article that tells its exact number tells the old one")
	}
}

func schemaOf(t *testing.T, shop *tenant.Shop) (s pg.Schema) {
	t.Helper()
	if err := shop.Read(t.Context(), func(tx tenant.Tx) error { s = tx.Schema(); return nil }); err != nil {
		t.Fatal(err)
	}
	return s
}
