package stock_test

import (
	"errors"
	"testing"
	"time"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tenanttest"
)

// STK-04: which pieces of an announced article are a pre-order.
func TestLevel_Awaited(t *testing.T) {
	for _, c := range []struct {
		name  string
		level stock.Level
		qty   int
		want  bool
	}{
		{"nothing is there", stock.Level{Tracked: true, Ahead: 5}, 1, true},
		{"fewer came than wait", stock.Level{Tracked: true, Ahead: 5, OnHand: 2, Reserved: 3}, 1, true},
		{"as many came as wait", stock.Level{Tracked: true, Ahead: 5, OnHand: 3, Reserved: 3}, 1, true},
		{"one more came than wait", stock.Level{Tracked: true, Ahead: 5, OnHand: 4, Reserved: 3}, 1, false},
		{"more are wanted than are free", stock.Level{Tracked: true, Ahead: 5, OnHand: 4, Reserved: 3}, 2, true},
		{"stock that was there before the queue", stock.Level{Tracked: true, Ahead: 5, OnHand: 4, Reserved: 5}, 1, true},
		{"pieces nobody counts", stock.Level{Ahead: 5, OnHand: 9}, 1, true},
		{"sold below zero besides", stock.Level{Tracked: true, Backorder: true, Ahead: 5}, 1, true},
		{"its day has come", stock.Level{Tracked: true}, 1, false},
	} {
		if got := c.level.Awaited(c.qty); got != c.want {
			t.Errorf("STK-04 %s: awaited %v", c.name, got)
		}
	}
}

// STK-04: pieces somebody was told are there are not promised him ahead; what was promised ahead is, as before.
func TestHold_There(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	v := given(t, shop, 2)
	day := time.Now().AddDate(0, 0, 10)
	write(t, shop, func(tx tenant.Tx) error {
		var p id.Of[struct{}]
		if err := tx.DB().Raw("select product_id from variants where id = ?", v).Scan(&p).Error; err != nil {
			return err
		}
		return stock.SetAdvance(tx, tenant.Actor{}, p, stock.Advance{On: &day, Limit: 5, Terms: deposit.Terms{}})
	})
	take := func(w stock.Want) (stock.BuyerID, error) {
		b := id.New[stock.Buyer]()
		w.Variant = v
		return b, hold(t.Context(), shop, b, time.Hour, w)
	}
	first, err := take(stock.Want{Qty: 1, There: 1})
	if err != nil {
		t.Fatal(err)
	}
	var short stock.Shortages
	if _, err := take(stock.Want{Qty: 2, There: 2}); !errors.As(err, &short) || short[0].Available != 1 {
		t.Errorf("STK-04: two that are there, of one: %v %+v", err, short)
	}
	if _, err := take(stock.Want{Qty: 3, There: 1}); err != nil {
		t.Errorf("STK-04: one that is there and two to come: %v", err)
	}
	if _, err := take(stock.Want{Qty: 1, There: 1}); !errors.Is(err, stock.ErrShort) {
		t.Errorf("STK-04: one that is there, of none: %v", err)
	}
	if _, err := take(stock.Want{Qty: 3}); err != nil {
		t.Errorf("STK-04: three to come: %v", err)
	}
	if err := hold(t.Context(), shop, first, time.Hour, stock.Want{Variant: v, Qty: 1, There: 1}); err != nil {
		t.Errorf("STK-04: what he holds already is there for him: %v", err)
	}
}
