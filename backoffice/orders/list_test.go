package orders_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
)

// ORD-12: the list is narrowed by state, date, payment, shipping, amount and text.
func TestList(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("orders"))
	b.WantText(".empty-title", "No orders yet")
	one := o.order(t, "anna@example.org", "cheque", 1)
	o.Pass(time.Second)
	two := o.order(t, "bert@example.org", "transfer", 3)
	if err := o.Stage.Desk.MarkPaid(t.Context(), o.Stage.Shop, tenant.Actor{Kind: tenant.Staff}, two, o.Find(two).Total, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	first, second := o.Find(one), o.Find(two)
	paris, err := time.LoadLocation("Europe/Paris") // the shop's own days
	if err != nil {
		t.Fatal(err)
	}
	day := second.PlacedAt.In(paris).Format(time.DateOnly)
	for _, test := range []struct{ query, want string }{
		{"", second.Number + " " + first.Number},
		{"state=paid", second.Number},
		{"state=closed", ""},
		{"payment=unpaid", first.Number},
		{"mode=" + o.ModeOf("transfer").String(), second.Number},
		{"shipping=" + o.ShippingOf("Colissimo"), second.Number + " " + first.Number},
		{"q=anna", first.Number},
		{"q=" + second.Number, second.Number},
		{"least=30", second.Number},
		{"most=30", first.Number},
		{"from=" + day + "&until=" + day, second.Number + " " + first.Number},
		{"until=2001-01-01", ""},
		{"q=%25", ""},
	} {
		t.Run(test.query, func(t *testing.T) {
			b := b.In(t)
			b.Get(at("orders?" + test.query))
			b.WantStatus(200).WantClean()
			if got := strings.Join(b.Texts("tbody th .title-line"), " "); got != test.want {
				t.Errorf("ORD-12 found %q, want %q", got, test.want)
			}
		})
	}
	b.Get(at("orders?least=viel&q=anna"))
	b.WantStatus(422).WantClean().Want(`input[name=least][value=viel][aria-invalid]`).WantCount("tbody tr", 1)
	b.Get(at("orders?q=anna&payment=unpaid"))
	b.WantCount(".chip:not(.chip-clear)", 2).WantText(".tab[aria-current] .count", "2")
	b.Follow(".chip-clear")
	b.WantCount("tbody tr", 2)
}

// ORD-12 CUR-01: after the shop went over to another currency its amounts are asked for, not those of orders from before.
func TestList_currency(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	before := o.Find(o.order(t, "anna@example.org", "cheque", 3))
	o.exec(t, "update orders set currency = 'CHF' where number = '"+before.Number+"'")
	o.Pass(time.Second)
	now := o.Find(o.order(t, "bert@example.org", "cheque", 3))
	for query, want := range map[string]string{"least=30": now.Number, "most=100": now.Number, "q=anna": before.Number, "": now.Number + " " + before.Number} {
		b.Get(at("orders?" + query))
		if got := strings.Join(b.Texts("tbody th .title-line"), " "); got != want {
			t.Errorf("ORD-12 %q found %q, want %q", query, got, want)
		}
	}
}

// Pages are read by keyset; there is a way on and a way back to the newest.
func TestList_pages(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Write(func(tx tenant.Tx) error {
		for i := range 60 {
			n := fmt.Sprint(i)
			err := tx.DB().Exec(`insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery, currency,
					goods_net, shipping_net, tax, total, priced, placed_at, updated_at)
				values (gen_random_uuid(), ?, decode(md5(?), 'hex'), ?, 'placed', true, 'a@example.org', 'A', 'fr', '{}', '{}', 'EUR', 0, 0, 0, 1, '{}',
					now() - (? || ' minutes')::interval, now())`, "N"+n, n, n, n).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
	b := o.Browser(t)
	b.Get(at("orders"))
	b.WantCount("tbody tr", 50).WantText("tbody tr:first-child th", "N0").WantText(".lead", "60 orders")
	b.Follow(".pager a[rel=next]")
	b.WantCount("tbody tr", 10).WantText("tbody tr:first-child th", "N50").WantNo(".pager a[rel=next]")
	b.Follow(".pager a[rel=prev]")
	b.WantText("tbody tr:first-child th", "N0")
}

// ORD-17: the papers of a selection, each in its buyer's language, the delivery note without prices.
func TestPrint(t *testing.T) {
	t.Parallel()
	o := open(t)
	one, two := o.order(t, "anna@example.org", "cheque", 1), o.order(t, "bert@example.org", "cheque", 2)
	b := o.Browser(t)
	b.Get(at("orders"))
	b.Submit("form.bulk", nil)
	b.WantText(".alert", "Tick the orders to print first.")
	b.Submit("form.bulk", webtest.Values{"id": []string{one.String(), two.String()}})
	b.WantStatus(200).WantPath("/shops/test/orders/print").WantClean().WantCount(".sheet", 4).WantCount(".sheet[lang=fr]", 4)
	b.WantText(".sheet-title", "Bon de commande").WantText(".sheet-title", "Bon de livraison").WantText(".sheet", "Sonnez deux fois").WantText(".sheet-from", "1 rue de la Soie")
	sheets := b.Texts(".sheet")
	if strings.Contains(sheets[1], "€") {
		t.Errorf("ORD-17 the delivery note shows prices: %s", sheets[1])
	}
}

// ORD-12: filters and search among 100,000 orders.
func TestList_Many_ORD12(t *testing.T) {
	t.Parallel()
	o := open(t)
	err := o.Stage.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		err := tx.DB().Exec(`insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery,
				currency, goods_net, shipping_net, tax, total, priced, placed_at, updated_at)
			select gen_random_uuid(), 'M-' || i, decode(md5(i::text), 'hex'), i::text, (array['placed', 'paid', 'shipped', 'closed'])[1 + i % 4], true,
				'client' || i || '@' || left(md5(i::text), 6) || '.example', initcap(left(md5((i * 7)::text), 9)), 'fr', '{}', '{"country": "FR"}',
				'EUR', 10, 5, 2, 17 + i % 50, '{}', now() - i * interval '5 minutes', now()
			from generate_series(1, 100000) i`).Error
		if err != nil {
			return err
		}
		return tx.DB().Exec("analyze orders").Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	for _, test := range []struct {
		query string
		rows  int
	}{{"", 50}, {"q=client99777%40", 1}, {"q=M-4242", 11}, {"q=nobody-at-all", 0}, {"state=paid&least=60", 50}} {
		t.Run(test.query, func(t *testing.T) {
			b := b.In(t)
			b.Get(at("orders?" + test.query))
			b.WantStatus(200).WantCount("tbody tr", test.rows)
		})
	}
}
