package stats_test

import (
	"testing"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stats"
	"echoppe.dev/tenant/tenanttest"
)

func exec(t *testing.T, shop *tenant.Shop, sql string, args ...any) {
	t.Helper()
	if err := shop.Write(t.Context(), func(tx tenant.Tx) error { return tx.DB().Exec(sql, args...).Error }); err != nil {
		t.Fatal(err)
	}
}

func order(t *testing.T, shop *tenant.Shop, number, state string, total int, test bool, ago time.Duration) {
	t.Helper()
	exec(t, shop, `insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery, currency,
			goods_net, shipping_net, tax, total, priced, test, placed_at, updated_at)
		values (gen_random_uuid(), ?, decode(md5(?), 'hex'), ?, ?, true, 'a@example.org', 'A', 'fr', '{}', '{}', 'EUR', 0, 0, 0, ?, '{}', ?, now() - ?::interval, now())`,
		number, number, number, state, total, test, ago.String())
}

func read(t *testing.T, shop *tenant.Shop) (today stats.Today) {
	t.Helper()
	if err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { today, err = stats.Read(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return today
}

func TestRead_empty(t *testing.T) {
	t.Parallel()
	today := read(t, tenanttest.Open(t))
	if len(today.Days) != 14 || today.Now().Orders != 0 || !today.Now().Turnover.IsZero() || today.Now().Turnover.Currency().Code() != "EUR" {
		t.Errorf("%+v", today)
	}
	if got := today.Now().At.Sub(today.Yesterday().At).Hours(); got < 23 || got > 25 {
		t.Errorf("yesterday is %v hours ago", got)
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	order(t, shop, "1", "placed", 10, false, 0)
	order(t, shop, "2", "paid", 20, false, 0)
	order(t, shop, "3", "awaiting_shipment", 30, false, 48*time.Hour)
	order(t, shop, "4", "cancelled", 40, false, 0)
	order(t, shop, "5", "paid", 50, true, 0)
	order(t, shop, "6", "closed", 60, false, 30*24*time.Hour)
	exec(t, shop, `insert into products (id, code, state, created_at, updated_at) values
		('00000000-0000-7000-8000-000000000001', 'mug', 'published', now(), now()), ('00000000-0000-7000-8000-000000000002', 'cup', 'draft', now(), now())`)
	exec(t, shop, `insert into variants (id, product_id, sku, option_key, price, on_hand, reserved, low_at, tracked, created_at, updated_at) values
		(gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'few', 'a', 1, 5, 3, 2, true, now(), now()),
		(gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'none', 'b', 1, 1, 1, 2, true, now(), now()),
		(gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'endless', 'c', 1, 0, 0, 2, false, now(), now()),
		(gen_random_uuid(), '00000000-0000-7000-8000-000000000002', 'draft', 'a', 1, 0, 0, 2, true, now(), now())`)
	today := read(t, shop)
	sum := 0
	for _, d := range today.Days {
		sum += d.Orders
	}
	if today.Now().Orders != 2 || today.Now().Turnover.String() != "30.00" || sum != 3 {
		t.Errorf("today %+v, in two weeks %d", today.Now(), sum)
	}
	if today.Unpaid != 1 || today.ToShip != 3 || today.Low != 1 || today.Out != 1 {
		t.Errorf("to do: %+v", today)
	}
}
