package analysis_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/analysis"
	"echoppe.dev/tenant/tenanttest"
)

var day = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func exec(t *testing.T, shop *tenant.Shop, sql string, args ...any) {
	t.Helper()
	if err := shop.Write(t.Context(), func(tx tenant.Tx) error { return tx.DB().Exec(sql, args...).Error }); err != nil {
		t.Fatal(err)
	}
}

// orders writes n orders, the country of whose bill is FR and DE in turn.
func orders(t *testing.T, shop *tenant.Shop, n int) {
	t.Helper()
	exec(t, shop, `insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery, currency,
			goods_net, shipping_net, tax, total, priced, placed_at, updated_at)
		select ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, i::text, decode(md5(i::text), 'hex'), i::text, 'placed', true, 'a@example.org', 'A',
			'fr', jsonb_build_object('country', case i % 2 when 0 then 'FR' else 'DE' end), '{}', 'EUR', 0, 0, 0, 10, '{}', now(), now()
		from generate_series(1, ?) i`, n)
}

// pay writes an attempt for an order.
func pay(t *testing.T, shop *tenant.Shop, order int, values string, args ...any) {
	t.Helper()
	exec(t, shop, `insert into payments (id, order_id, mode_id, kind, ref, created_at, updated_at, state, reason, amount, currency, captured, refunded, card, provider, dispute, paid_at, test)
		select gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(?::int::text, 12, '0'))::uuid, '00000000-0000-7000-8000-00000000000a', 'card', gen_random_uuid()::text,
			?::timestamptz, ?::timestamptz, v.* from (values (`+values+`)) v`, append([]any{order, day, day}, args...)...)
}

func read(t *testing.T, shop *tenant.Shop, from, until time.Time) (r analysis.Report) {
	t.Helper()
	if err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { r, err = analysis.Read(tx, from, until); return err }); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRead: PGW-38, what came of attempts, by everything they are grouped by; currencies stay apart, and tests are no sales.
func TestRead(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	orders(t, shop, 4)
	const card, provider, paid = `'{"brand":"VISA","country":"ES","issuer":"Banco"}'::jsonb`, `'{"fixed":"0.15","percent":"1"}'::jsonb`, `'2026-03-02T00:01:00Z'::timestamptz`
	pay(t, shop, 1, `'captured', '', 10::numeric, 'EUR', 10::numeric, 0::numeric, `+card+`, `+provider+`, null::jsonb, `+paid+`, false`)
	pay(t, shop, 2, `'part_refunded', '', 20::numeric, 'EUR', 20::numeric, 5::numeric, null::jsonb, `+provider+`, null::jsonb, '2026-03-02T00:03:00Z'::timestamptz, false`)
	pay(t, shop, 2, `'failed', 'funds', 20::numeric, 'EUR', 0::numeric, 0::numeric, `+card+`, `+provider+`, null::jsonb, null::timestamptz, false`)
	pay(t, shop, 3, `'cancelled', 'abandoned', 30::numeric, 'EUR', 0::numeric, 0::numeric, null::jsonb, null::jsonb, null::jsonb, null::timestamptz, false`)
	pay(t, shop, 3, `'pending', '', 30::numeric, 'EUR', 0::numeric, 0::numeric, null::jsonb, null::jsonb, null::jsonb, null::timestamptz, false`)
	pay(t, shop, 4, `'charged_back', '', 40::numeric, 'USD', 40::numeric, 40::numeric, null::jsonb, null::jsonb, '{}'::jsonb, `+paid+`, false`)
	pay(t, shop, 4, `'captured', '', 999::numeric, 'EUR', 999::numeric, 0::numeric, null::jsonb, null::jsonb, null::jsonb, `+paid+`, true`)

	r := read(t, shop, day, day.AddDate(0, 0, 1))
	all := r.Rows[analysis.ByAll]
	if len(all) != 2 || all[0].Currency != money.EUR || all[1].Currency != money.USD {
		t.Fatalf("totals %+v", all)
	}
	euro := all[0].Figures
	want := analysis.Figures{Attempts: 5, Accepted: 2, Refused: 1, Abandoned: 1, Open: 1, Taken: eur("30"), Returned: 1, Refunded: eur("5"),
		Took: 2 * time.Minute, Fees: eur("0.6"), FeesOf: eur("30")}
	if diff := cmp.Diff(want, euro); diff != "" {
		t.Errorf("euros (-want +got):\n%s", diff)
	}
	if n, ok := euro.Rate(); !ok || n.String() != "66.7" {
		t.Errorf("accepted %s", n)
	}
	if n, ok := euro.LeftRate(); !ok || n.String() != "25" {
		t.Errorf("abandoned %s", n)
	}
	if per, ok := euro.PerHundred(); !ok || per.String() != "2.00" {
		t.Errorf("PGW-11 a hundred costs %s", per)
	}
	dollar := all[1].Figures
	if n, ok := dollar.DisputeRate(); !ok || n.String() != "100" || dollar.Lost != 1 {
		t.Errorf("dollars %+v", dollar)
	}
	if _, ok := dollar.PerHundred(); ok {
		t.Error("a contract nobody told has a cost")
	}
	got := map[analysis.By]map[string]int{}
	for by, rows := range r.Rows {
		got[by] = map[string]int{}
		for _, row := range rows {
			got[by][row.Currency.Code()+" "+row.Key] = row.Attempts
		}
	}
	const mode = "00000000-0000-7000-8000-00000000000a"
	if diff := cmp.Diff(map[analysis.By]map[string]int{
		analysis.ByAll: {"EUR ": 5, "USD ": 1}, analysis.ByMode: {"EUR " + mode: 5, "USD " + mode: 1},
		analysis.ByBuyer: {"EUR DE": 3, "EUR FR": 2, "USD FR": 1}, analysis.ByIssued: {"EUR ES": 2, "EUR ": 3, "USD ": 1},
		analysis.ByBrand: {"EUR VISA": 2, "EUR ": 3, "USD ": 1}, analysis.ByIssuer: {"EUR Banco": 2, "EUR ": 3, "USD ": 1},
	}, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]analysis.Why{{money.EUR, payment.ReasonAbandoned, true, 1, eur("30")}, {money.EUR, payment.ReasonFunds, false, 1, eur("20")}}, r.Whys); diff != "" {
		t.Errorf("PGW-16 reasons (-want +got):\n%s", diff)
	}
	exec(t, shop, `update payments set kind = 'transfer' where state = 'part_refunded'`)
	exec(t, shop, `update payments set kind = 'by_hand' where currency = 'USD'`)
	r = read(t, shop, day, day.AddDate(0, 0, 1))
	for _, by := range []analysis.By{analysis.ByIssued, analysis.ByBrand, analysis.ByIssuer} {
		told := 0
		for _, row := range r.Rows[by] {
			told += row.Attempts
		}
		if told != 4 {
			t.Errorf("by %s %d attempts with a card, want 4 of 6", by, told)
		}
	}
	if n := r.Rows[analysis.ByAll][0].Attempts; n != 5 || len(r.Rows[analysis.ByMode]) != 2 {
		t.Errorf("without a card the totals are of %d attempts", n)
	}
	if empty := read(t, shop, day.AddDate(0, 0, 1), day.AddDate(0, 0, 2)); len(empty.Rows) != 0 || len(empty.Whys) != 0 {
		t.Errorf("the day after: %+v", empty)
	}
}

func eur(text string) money.Amount {
	a, err := money.Parse(text, money.EUR)
	if err != nil {
		panic(err)
	}
	return a
}

// TestRead_many: PGW-38, a week of a hundred thousand payments of a year is read along the index, and all of them at once in a time
// a person waits for.
func TestRead_many(t *testing.T) {
	t.Parallel()
	const n = 100_000
	shop := tenanttest.Open(t)
	orders(t, shop, n)
	exec(t, shop, `insert into payments (id, order_id, mode_id, kind, ref, state, reason, amount, currency, captured, card, provider, created_at, updated_at, paid_at)
		select gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, '00000000-0000-7000-8000-00000000000a', 'card', i::text,
			case i % 10 when 0 then 'failed' else 'captured' end, case i % 10 when 0 then 'funds' else '' end, 10, 'EUR', case i % 10 when 0 then 0 else 10 end,
			'{"brand":"VISA","country":"FR"}', '{"percent":"1"}', ?::timestamptz + i * interval '315 seconds', ?::timestamptz, ?::timestamptz + i * interval '315 seconds' + interval '1 minute'
		from generate_series(1, ?) i`, day, day, day, n)
	exec(t, shop, `analyze payments`)
	exec(t, shop, `analyze orders`)
	began := time.Now()
	all := read(t, shop, day, day.AddDate(2, 0, 0)).Rows[analysis.ByAll]
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("all of them took %s", took)
	}
	if len(all) != 1 || all[0].Attempts != n || all[0].Refused != n/10 || all[0].Fees.String() != "9000.00" {
		t.Errorf("all: %+v", all)
	}
	var scanned int64
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		week, err := analysis.Read(tx, day, day.AddDate(0, 0, 7))
		if err != nil {
			return err
		}
		if got := week.Rows[analysis.ByAll]; len(got) != 1 || got[0].Attempts < 1900 || got[0].Attempts > 2000 {
			t.Errorf("a week: %+v", got)
		}
		return tx.DB().Raw(`select coalesce(sum(seq_tup_read), 0) from pg_stat_xact_user_tables where schemaname = current_schema() and relname = 'payments'`).Row().Scan(&scanned)
	})
	if err != nil {
		t.Fatal(err)
	}
	if scanned > 0 {
		t.Errorf("%d payments were read to find those of a week", scanned)
	}
}
