package shipment_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/shipment"
	"echoppe.dev/tenant/tenanttest"
)

var clerk = tenant.Actor{Kind: tenant.Staff, ID: "c", Name: "Claire"}

// sent is an order of which parcels left.
type sent struct {
	number, state, currency, to, mode string
	billed                            string
	parcels                           []string // cost and currency, "" for none
	test                              bool
	ago                               time.Duration
}

func (s sent) write(t *testing.T, shop *tenant.Shop) (parcels []shipment.ID) {
	t.Helper()
	country, postcode, _ := strings.Cut(s.to, " ")
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		var order string
		err := tx.DB().Raw(`insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery, currency,
				shipping_label, goods_net, shipping_net, tax, total, priced, test, placed_at, updated_at)
			values (gen_random_uuid(), ?, decode(md5(?), 'hex'), ?, ?, true, 'a@example.org', 'A', 'fr', '{}', jsonb_build_object('country', ?::text, 'postcode', ?::text), ?,
				?, 0, ?, 0, 0, '{}', ?, now() - ?::interval, now()) returning id`,
			s.number, s.number, s.number, s.state, country, postcode, s.currency, s.mode, s.billed, s.test, s.ago.String()).Scan(&order).Error
		if err != nil {
			return err
		}
		for i, cost := range s.parcels {
			var n, cur any
			if amount, code, ok := strings.Cut(cost, " "); ok {
				n, cur = amount, code
			}
			which := id.New[shipment.Parcel]()
			parcels = append(parcels, which)
			if err := tx.DB().Exec(`insert into shipments (id, order_id, tracking, lines, state, shipped_at, cost, cost_currency)
				values (?, ?, ?, '[]', 'shipped', now(), ?, ?)`, which, order, fmt.Sprintf("%s-%d", s.number, i+1), n, cur).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return parcels
}

func compare(t *testing.T, shop *tenant.Shop, ago time.Duration) (c shipment.Comparison) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
		c, err = shipment.Compare(tx, tx.Now().Add(-ago), tx.Now().Add(time.Minute))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// line is a sum as a test reads it.
func line(s shipment.Sum) string {
	where := s.Place.Country
	if s.Place.Part.Name != "" {
		where += "/" + s.Place.Part.Name
	}
	share := "–"
	if n, ok := s.Share(); ok {
		share = n.String()
	}
	return fmt.Sprintf("%s %s %s: %d orders, %d parcels, %d missing; %s - %s = %s (%s), open %s", s.Currency.Code(), s.Mode.Label, where,
		s.Orders, s.Parcels, s.Missing(), s.Billed, s.Cost, s.Margin(), share, s.Open)
}

// SHP-01: billed against real cost, mode by mode and place by place, in each currency by itself; what has no
// cost is counted apart, and so is what has not wholly left or was paid to the carrier in another currency.
func TestCompare(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	day := 24 * time.Hour
	for _, s := range []sent{
		{"1", "shipped", "EUR", "FR 75002", "Colissimo", "5.00", []string{"4.00 EUR"}, false, day},
		{"2", "closed", "EUR", "FR 69001", "Colissimo", "5.00", []string{"4.00 EUR", "3.50 EUR"}, false, day},
		{"3", "delivered", "EUR", "FR 20 000", "Colissimo", "5.00", []string{"9.00 EUR"}, false, day},
		{"4", "delivered", "EUR", "FR 20200", "Colissimo", "0.00", []string{"8.00 EUR"}, false, day},
		{"5", "shipped", "EUR", "FR 75001", "Colissimo", "5.00", []string{"4.00 EUR", ""}, false, 3 * day},       // one of two is missing
		{"6", "awaiting_shipment", "EUR", "FR 75001", "Colissimo", "5.00", []string{"4.00 EUR"}, false, 2 * day}, // has not left as a whole
		{"7", "shipped", "EUR", "DE 10115", "UPS", "12.00", []string{"11.00 CHF"}, false, day},                   // billed in another currency
		{"8", "shipped", "CHF", "CH 8001", "Post", "9.00", []string{"7.00 CHF"}, false, day},                     // kept in another currency
		{"9", "refunded", "EUR", "DE 10115", "UPS", "12.00", []string{"10.00 EUR"}, false, day},                  // billed nothing in the end
		{"10", "shipped", "EUR", "FR 75002", "Colissimo", "5.00", []string{"1.00 EUR"}, true, day},               // a test
		{"11", "shipped", "EUR", "FR 75002", "Colissimo", "5.00", []string{"1.00 EUR"}, false, 60 * day},         // another time
		{"12", "paid", "EUR", "FR 75002", "Colissimo", "5.00", nil, false, day},                                  // nothing has left
	} {
		s.write(t, shop)
	}
	c := compare(t, shop, 30*day)
	got := make([]string, len(c.Rows))
	for i, r := range c.Rows {
		got[i] = line(r)
	}
	want := []string{
		"CHF Post CH: 1 orders, 1 parcels, 0 missing; 9.00 - 7.00 = 2.00 (22.2), open 0.00",
		"EUR Colissimo FR/corsica: 2 orders, 2 parcels, 0 missing; 5.00 - 17.00 = -12.00 (-240), open 0.00",
		"EUR UPS DE: 2 orders, 2 parcels, 1 missing; 0.00 - 10.00 = -10.00 (–), open 12.00",
		"EUR Colissimo FR: 4 orders, 6 parcels, 2 missing; 10.00 - 11.50 = -1.50 (-15), open 10.00",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var worst, waiting, totals []string
	for _, w := range c.Worst {
		worst = append(worst, w.Number+" "+w.Margin().String())
	}
	for _, w := range c.Waiting {
		waiting = append(waiting, w.Number)
	}
	for _, s := range c.Totals() {
		totals = append(totals, fmt.Sprintf("%s %d %d %s", s.Currency.Code(), s.Orders, s.Missing(), s.Margin()))
	}
	if diff := cmp.Diff([]string{"8 2.00", "9 -10.00", "4 -8.00", "3 -4.00", "2 -2.50", "1 1.00"}, worst); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"5", "6", "7"}, waiting); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"CHF 1 0 2.00", "EUR 8 3 -23.50"}, totals); diff != "" {
		t.Error(diff)
	}
	if none := compare(t, tenanttest.Open(t), day); len(none.Rows)+len(none.Worst)+len(none.Waiting) != 0 {
		t.Errorf("a new shop: %+v", none)
	}
}

// SHP-01: a cost is noted, changed and taken back; the journal keeps what was there.
func TestSetCost(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	which := sent{number: "1", state: "shipped", currency: "EUR", to: "FR 75002", billed: "5", parcels: []string{""}}.write(t, shop)[0]
	four, below := money.FromMinor(400, money.EUR), money.FromMinor(-1, money.EUR)
	set := func(cost *money.Amount) error { return shipment.SetCost(t.Context(), shop, clerk, which, cost) }
	if err := set(&four); err != nil || compare(t, shop, time.Hour).Rows[0].Cost.String() != "4.00" {
		t.Errorf("noted: %v", err)
	}
	if err := set(&below); err == nil || compare(t, shop, time.Hour).Rows[0].Cost.String() != "4.00" {
		t.Errorf("below zero: %v", err)
	}
	if err := set(nil); err != nil || compare(t, shop, time.Hour).Rows[0].Missing() != 1 {
		t.Errorf("taken back: %v", err)
	}
	if err := shipment.SetCost(t.Context(), shop, clerk, id.New[shipment.Parcel](), &four); err == nil {
		t.Error("a parcel that is none has a cost")
	}
	var journal []string
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw(`select coalesce(before->'cost'->>'amount', '–') || ' ' || coalesce(after->'cost'->>'amount', '–') from audit
			where action = 'shipment.cost' order by at, id`).Scan(&journal).Error
	})
	if diff := cmp.Diff([]string{"– 4.00", "4.00 –"}, journal); diff != "" || err != nil {
		t.Errorf("SEC-02 journal: %s, %v", diff, err)
	}
}

// SHP-01: a carrier's bill finds its parcels however it writes their numbers and amounts; each line that
// cannot be taken is told with its reason and comes back as it was typed.
func TestPostBill(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	for _, number := range []string{"6A1", "6A2", "6A3"} {
		sent{number: number, state: "shipped", currency: "EUR", to: "FR 75002", billed: "5", parcels: []string{""}}.write(t, shop)
	}
	sent{number: "6A4-", state: "shipped", currency: "EUR", to: "FR 75002", billed: "5", parcels: []string{""}}.write(t, shop)
	sent{number: "6A-4", state: "shipped", currency: "EUR", to: "FR 75002", billed: "5", parcels: []string{""}}.write(t, shop)
	post := func(l i18n.Locale, text string) *shipment.Bill {
		b, err := shipment.PostBill(t.Context(), shop, clerk, l, money.EUR, text)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, tt := range map[string]struct {
		locale i18n.Locale
		text   string
		found  string
	}{
		"semicolons, a decimal comma": {"fr", "Numéro;Coût\r\n6A1-1;12,40\n\n6a2 1;3\n", "6A1 12.40, 6A2 3.00"},
		"tabs, a decimal point":       {"en", "6A11\t12.40", "6A1 12.40"},
		"commas and quotes":           {"fr", "\"6A1-1\",\"12,40\"\n6A2-1,3.5", "6A1 12.40, 6A2 3.50"},
		"commas and decimal commas":   {"fr", "6A1-1,12,40", "6A1 12.40"},
		"a surcharge":                 {"fr", "6A1-1;12,40\n6A3-1;1\n6A1-1;0,60", "6A1 13.00, 6A3 1.00"},
		"nothing to pay":              {"fr", "6A1-1;0", "6A1 0.00"},
	} {
		b := post(tt.locale, tt.text)
		var found []string
		for _, f := range b.Found {
			found = append(found, f.Number+" "+f.Cost.String())
		}
		if strings.Join(found, ", ") != tt.found || len(b.Wrong) != 0 || b.Rest != "" {
			t.Errorf("%s: %v, wrong %v", name, found, b.Wrong)
		}
	}
	b := post("fr", "6A1-1;7\nnoch\n6A2-1;zwölf\n6A3-1;-1\n9Z;4\n6A41;4\n6A2-1;0,123")
	var wrong []string
	for _, w := range b.Wrong {
		wrong = append(wrong, fmt.Sprint(w.Line, " ", strings.TrimPrefix(w.Key, "shipment.bill.")))
	}
	if diff := cmp.Diff([]string{"2 shape", "3 cost", "4 cost", "5 unknown", "6 several", "7 cost"}, wrong); diff != "" {
		t.Error(diff)
	}
	if len(b.Found) != 1 || b.Found[0].Before == nil || b.Rest != "noch\n6A2-1;zwölf\n6A3-1;-1\n9Z;4\n6A41;4\n6A2-1;0,123\n" {
		t.Errorf("found %+v, comes back %q", b.Found, b.Rest)
	}
	for text, want := range map[string]error{" \n": shipment.ErrBillEmpty, "Numéro;Coût": shipment.ErrBillEmpty, strings.Repeat("1;1\n", shipment.MaxBillLines+1): shipment.ErrBillLong} {
		if _, err := shipment.PostBill(t.Context(), shop, clerk, "fr", money.EUR, text); !errors.Is(err, want) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}
