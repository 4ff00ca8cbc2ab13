package payout_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/payout"
	"echoppe.dev/tenant/tenanttest"
)

var clerk = tenant.Actor{Kind: tenant.Staff, ID: "clerk", Name: "Claire"}

// house is a shop with two ways to pay, and what was paid so.
type house struct {
	t    *testing.T
	shop *tenant.Shop
	card payment.ModeID
	desk payout.Desk
}

func open(t *testing.T) *house {
	t.Helper()
	gateways, err := payment.NewGateways(offline.All()...)
	must(t, err)
	h := &house{t: t, shop: tenanttest.Open(t), card: id.New[payment.Mode](), desk: payout.Desk{Gateways: gateways}}
	h.exec(`insert into payment_modes (id, kind, names, active, position, created_at, updated_at) values (?, 'bank', '{"fr":"Carte"}', true, 1, now(), now()),
		(gen_random_uuid(), 'cheque', '{"fr":"Chèque"}', true, 2, now(), now())`, h.card)
	return h
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	must(h.t, h.shop.Write(h.t.Context(), func(tx tenant.Tx) error { return tx.DB().Exec(sql, args...).Error }))
}

func (h *house) read(fn func(tenant.Tx) error) {
	h.t.Helper()
	must(h.t, h.shop.Read(h.t.Context(), fn))
}

// pays writes payments of orders "<prefix>1" … with references "REF-<prefix>1" …, captured days ago.
func (h *house) pays(prefix string, n int, amount, refunded string, ago time.Duration) {
	h.t.Helper()
	h.exec(`with o as (
		insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery, currency, goods_net, shipping_net, tax, total, priced, placed_at, updated_at)
		select gen_random_uuid(), ? || i, convert_to(? || i, 'UTF8'), ? || i, 'paid', true, 'a@example.org', 'A', 'fr', '{}', '{}', 'EUR', 0, 0, 0, 1, '{}', now(), now()
		from generate_series(1, ?) i returning id, number),
	p as (
		insert into payments (id, order_id, mode_id, kind, ref, state, amount, currency, captured, refunded, bank_ref, created_at, updated_at)
		select gen_random_uuid(), id, ?, 'bank', 'REF-' || number, 'captured', ?::numeric, 'EUR', ?::numeric, ?::numeric, 'pi_' || number, ?::timestamptz, ?::timestamptz from o returning id, updated_at)
	insert into payment_events (id, payment_id, gateway, notice_id, digest, at, source, event, before, after, outcome)
	select gen_random_uuid(), id, 'bank', 'N' || id, '', updated_at, 'notice', 'capture', 'created', 'captured', 'applied' from p`,
		prefix, prefix, prefix, n, h.card, amount, amount, refunded, time.Now().Add(-ago), time.Now().Add(-ago))
}

func (h *house) upload(text string) payout.Upload {
	return payout.Upload{Mode: h.card, Name: "file.csv", Text: text}
}

func (h *house) check(text string) *payout.Preview {
	h.t.Helper()
	var p *payout.Preview
	h.read(func(tx tenant.Tx) (err error) { p, err = payout.Check(tx, h.upload(text)); return err })
	return p
}

func (h *house) post(text string) *payout.Preview {
	h.t.Helper()
	p, err := payout.Post(h.t.Context(), h.shop, clerk, h.upload(text))
	must(h.t, err)
	return p
}

func (h *house) list() []payout.Payout {
	h.t.Helper()
	var list []payout.Payout
	h.read(func(tx tenant.Tx) (err error) { list, _, err = payout.List(tx, 0, 1000); return err })
	return list
}

func (h *house) records(of ...payout.Standing) map[string]payout.Record {
	h.t.Helper()
	by := map[string]payout.Record{}
	h.read(func(tx tenant.Tx) error {
		list, err := h.desk.Records(tx, payout.Query{Standings: of, Limit: payout.MaxAwaited})
		for _, r := range list {
			by[r.Number] = r
		}
		return err
	})
	return by
}

func every() []payout.Standing {
	return []payout.Standing{payout.Settled, payout.Awaited, payout.Different}
}

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

func (h *house) wantCounts(p *payout.Preview, want map[payout.State]int) {
	h.t.Helper()
	for _, s := range payout.States() {
		if p.Counts[s] != want[s] {
			h.t.Errorf("%s: %d lines, want %d: %+v", s, p.Counts[s], want[s], p.Notable(5))
		}
	}
}

const common = "Date;Référence;Type;Brut;Frais;Net;Devise;Versement;Date de versement\n"

// PGW-23: a file is read, shown and stored; what it says is held against orders and payments.
func TestPost(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.pays("A", 5, "1200.50", "0", 48*time.Hour)
	h.pays("B", 1, "10.00", "4.00", 48*time.Hour)
	text := common +
		"01/03/2026;REF-A1;Vente;1 200,50;12,00;1 188,50;EUR;V-1;03/03/2026\n" + // our reference
		"01/03/2026;pi_A2;Vente;1 200,50;12,00;1 188,50;EUR;V-1;03/03/2026\n" + // the bank's
		"01/03/2026;A3;Vente;1 200,00;12,00;1 188,00;EUR;V-1;03/03/2026\n" + // the order's, and short of 50 cents
		"01/03/2026;REF-B1;Vente;10,00;0,10;9,90;EUR;V-1;03/03/2026\n" +
		"02/03/2026;REF-B1;Remboursement;-4,00;0,00;-4,00;EUR;V-1;03/03/2026\n" +
		"02/03/2026;REF-Z9;Vente;7,00;0,07;6,93;EUR;V-2;04/03/2026\n" +
		"02/03/2026;;Frais mensuels;-5,00;0,00;-5,00;EUR;V-2;04/03/2026\n" +
		"02/03/2026;REF-A4;Vente;1 200,50;12,00;1 188,50;EUR;;\n" +
		"Total;;;;;;;;\n;;;3 621,93;;;;;\n"
	text = strings.Replace(text, "Total;;;;;;;;\n", "", 1)
	want := map[payout.State]int{payout.Matched: 4, payout.Differs: 1, payout.Unknown: 1, payout.Neutral: 1, payout.Pending: 1}
	p := h.check(text)
	h.wantCounts(p, want)
	if got := h.list(); len(got) != 0 || p.Layout != payout.Common {
		t.Fatalf("a preview of layout %q wrote %+v", p.Layout, got)
	}
	h.wantCounts(h.post(text), want)
	got := h.list()
	if len(got) != 2 || got[0].Ref != "V-2" || got[1].Lines != 5 || !got[1].Net.Equal(eur("3570.90")) || !got[1].Fee.Equal(eur("36.10")) || got[0].Open != 1 ||
		got[1].PaidOn.Format(time.DateOnly) != "2026-03-03" {
		t.Errorf("payouts %+v", got)
	}
	for number, standing := range map[string]payout.Standing{"A1": payout.Settled, "A2": payout.Settled, "A3": payout.Different, "A4": payout.Awaited, "A5": payout.Awaited, "B1": payout.Settled} {
		if r := h.records(every()...)[number]; r.Standing != standing {
			t.Errorf("PGW-23 %s is %q (%s %v), want %q", number, r.Standing, r.Why, r.Args, standing)
		}
	}
	var fees map[payment.ID][]payout.Item
	h.read(func(tx tenant.Tx) (err error) {
		fees, err = payout.OfPayments(tx, []payment.ID{h.records(payout.Settled)["A1"].Payment})
		return err
	})
	if len(fees) != 1 {
		t.Errorf("PGW-11 no fee of a payment: %v", fees)
	}
	for _, items := range fees {
		if len(items) != 1 || !items[0].Fee.Equal(eur("12.00")) || items[0].PayoutRef != "V-1" {
			t.Errorf("PGW-11 the fee is %+v", items)
		}
	}

	// Read again, or one of an overlapping period, adds nothing twice.
	again := h.post(text)
	if again.New() != 0 || again.Counts[payout.Repeated] != 7 {
		t.Errorf("read again: %+v", again.Counts)
	}
	next := h.post(common + "02/03/2026;REF-B1;Remboursement;-4,00;0,00;-4,00;EUR;V-1;03/03/2026\n02/03/2026;REF-A4;Vente;1 200,50;12,00;1 188,50;EUR;V-3;05/03/2026\n")
	h.wantCounts(next, map[payout.State]int{payout.Repeated: 1, payout.Matched: 1})
	if after := h.list(); len(after) != 3 || !after[2].Net.Equal(eur("3570.90")) {
		t.Errorf("an overlapping file: %+v", after)
	}

	// What nobody knew is looked for once more with the next file.
	h.pays("Z", 1, "7.00", "0", time.Hour)
	h.exec(`update payments set ref = 'REF-Z9' where ref = 'REF-Z1'`)
	h.post(common + "06/03/2026;;Frais mensuels;-1,00;0,00;-1,00;EUR;V-4;06/03/2026\n")
	if r := h.records(every()...)["Z1"]; r.Standing != payout.Settled {
		t.Errorf("a line whose payment came later: %+v", r)
	}
}

// PGW-29: what is awaited is told by mode and currency, refunds netted, with the next day and what is late.
func TestBalances(t *testing.T) {
	t.Parallel()
	h := open(t)
	delay := 3
	must(t, payout.SaveSetup(t.Context(), h.shop, clerk, h.card, payout.Setup{Delay: &delay}))
	h.pays("A", 2, "100.00", "30.00", time.Hour)
	h.pays("L", 1, "50.00", "0", 10*24*time.Hour)
	h.exec(`update payments set test = true where ref = 'REF-A2'`)
	var list []payout.Balance
	h.read(func(tx tenant.Tx) error {
		awaited, err := h.desk.Records(tx, payout.Query{Standings: []payout.Standing{payout.Awaited}, Limit: payout.MaxAwaited})
		if err == nil {
			list, err = h.desk.Balances(tx, awaited)
		}
		return err
	})
	if len(list) != 1 || list[0].Payments != 2 || !list[0].Charges.Equal(eur("150.00")) || !list[0].Returns.Equal(eur("30.00")) || !list[0].Net().Equal(eur("120.00")) {
		t.Fatalf("PGW-29 awaited %+v", list)
	}
	if b := list[0]; b.Late != 1 || !b.LateSum.Equal(eur("50.00")) || b.Next.IsZero() || b.Next.Before(time.Now()) {
		t.Errorf("PGW-29 next %v, late %d of %v", b.Next, b.Late, b.LateSum)
	}
	must(t, payout.SaveSetup(t.Context(), h.shop, clerk, h.card, payout.Setup{Delay: &delay, Since: time.Now().AddDate(0, 0, -2)}))
	if got := h.records(payout.Awaited); len(got) != 1 || got["L1"].Number != "" {
		t.Errorf("from before the day it is counted from: %v", got)
	}
}

// PGW-23: amount, currency and fee are compared, and disputed money may be kept back or not.
func TestRecords_differences(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.pays("A", 6, "100.00", "0", time.Hour)
	must(t, payout.SaveSetup(t.Context(), h.shop, clerk, h.card, payout.Setup{Tariff: &payout.Tariff{Percent: num("1.4"), Fixed: num("0.25")}}))
	h.exec(`update payments set state = 'disputed', dispute = '{"amount": "100.00", "opened": "2026-01-01T00:00:00Z"}' where ref = 'REF-A5'`)
	h.post("date,reference,type,gross,fee,net,currency,payout id\n" +
		"2026-03-01,REF-A1,charge,100.00,1.65,98.35,EUR,P1\n" +
		"2026-03-01,REF-A2,charge,100.00,2.00,98.00,EUR,P1\n" +
		"2026-03-01,REF-A3,charge,100.00,1.65,98.35,USD,P2\n" +
		"2026-03-01,REF-A4,charge,100.00,1.65,98.35,EUR,P1\n" +
		"2026-03-01,REF-A4,refund,-20.00,0.00,-20.00,EUR,P1\n" +
		"2026-03-01,REF-A5,charge,100.00,1.65,98.35,EUR,P1\n" +
		"2026-03-01,REF-A5,dispute,-100.00,15.00,-115.00,EUR,P1\n")
	all := h.records(every()...)
	for number, want := range map[string]string{"A1": "", "A2": "payout.differs.fee", "A3": "payout.differs.currency", "A4": "payout.differs.refunded", "A5": "", "A6": ""} {
		if got := all[number].Why; got != want {
			t.Errorf("PGW-23 %s differs by %q, want %q", number, got, want)
		}
	}
	if all["A5"].Standing != payout.Settled || all["A6"].Standing != payout.Awaited {
		t.Errorf("a dispute is %q, what has no line %q", all["A5"].Standing, all["A6"].Standing)
	}
}

// A file of which a line cannot be read is not stored, and says which line and why.
func TestPost_wrong(t *testing.T) {
	t.Parallel()
	h := open(t)
	bad := common + "01/03/2026;REF-A1;Vente;10,00;1,00;9,00;EUR;V-1;\n32/03/2026;REF-A2;Vente;10,00;1,00;9,00;EUR;V-1;\n" +
		"01/03/2026;REF-A3;Vente;10,00;1,00;8,00;EUR;V-1;\n01/03/2026;REF-A4;Vente;10,001;0,00;10,001;EUR;V-1;\n01/03/2026;REF-A5;Vente;10,00;1,00;9,00;XYZ;V-1;\n01/03/2026;REF-A6;Vente;zehn;1,00;9,00;EUR;V-1;\n"
	p, err := payout.Post(t.Context(), h.shop, clerk, h.upload(bad))
	if fault.KeyOf(err) != "payout.error.wrong" || len(h.list()) != 0 {
		t.Fatalf("%v, stored %v", err, h.list())
	}
	var why []string
	for _, l := range p.Notable(5) {
		why = append(why, fmt.Sprint(l.N, " ", l.Why))
	}
	if got := strings.Join(why, ", "); got != "3 payout.wrong.day, 4 payout.wrong.sum, 5 payout.wrong.places, 6 payout.wrong.currency, 7 payout.wrong.amount" {
		t.Errorf("wrong: %s", got)
	}
	for text, want := range map[string]string{
		"": "payout.error.empty", "\n\n": "payout.error.empty", "a;b\n1;2\n": "payout.error.layout", common: "payout.error.empty",
		common + strings.Repeat("01/03/2026;R;;1,00;;;;V;\n", payout.MaxLines+1): "payout.error.long",
	} {
		if _, err := payout.Post(t.Context(), h.shop, clerk, h.upload(text)); fault.KeyOf(err) != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
}

// PGW-23: the reports of Stripe and PayPal are recognised, as are columns the merchant names.
func TestLayouts(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		setup  payout.Setup
		layout payout.Layout
		text   string
		ref    string
		net    string
		told   string
		paid   string
	}{
		"stripe, payouts": {layout: payout.Stripe, ref: "po_1", net: "94.35", paid: "2026-03-04",
			text: "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,currency,gross,fee,net,reporting_category,source_id,description,payment_intent_id\n" +
				"po_1,2026-03-04 00:00:00,txn_1,2026-03-01 10:00:00,eur,100.00,1.65,98.35,charge,ch_1,A1,pi_A1\n" +
				"po_1,2026-03-04 00:00:00,txn_2,2026-03-02 10:00:00,eur,-4.00,0.00,-4.00,refund,re_1,A1,pi_A1\n"},
		"stripe, balance history": {layout: payout.Stripe, ref: "po_2", net: "98.35", told: "98.35", paid: "2026-03-04",
			text: "id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),Available On (UTC),Description,Transfer,Transfer Date (UTC),echoppe_ref (metadata)\n" +
				"txn_9,payout,po_2,-98.35,0.00,-98.35,eur,2026-03-04 00:00,2026-03-04 00:00,STRIPE PAYOUT,po_2,2026-03-04 00:00,\n" +
				"txn_8,charge,ch_1,100.00,1.65,98.35,eur,2026-03-01 10:00,2026-03-04 00:00,A1,po_2,2026-03-04 00:00,REF-A1\n"},
		"paypal, settlement": {layout: payout.PayPal, ref: "2026-03-01", net: "92.35", paid: "2026-03-01",
			text: "\"RH\",\"2026/03/02 02:00:00 +0100\",\"A\",\"MERCHANT\",9\n\"FH\",1\n\"SH\",\"2026/03/01 00:00:00 +0100\",\"2026/03/01 23:59:59 +0100\",\"MERCHANT\",\"\"\n" +
				"\"CH\",\"Transaction ID\",\"Invoice ID\",\"PayPal Reference ID\",\"PayPal Reference ID Type\",\"Transaction Event Code\",\"Transaction Initiation Date\",\"Transaction Completion Date\",\"Transaction Debit or Credit\",\"Gross Transaction Amount\",\"Gross Transaction Currency\",\"Fee Debit or Credit\",\"Fee Amount\",\"Fee Currency\",\"Custom Field\"\n" +
				"\"SB\",\"5TY\",\"A1-REF-A1\",\"\",\"\",\"T0006\",\"2026/03/01 10:00:00 +0100\",\"2026/03/01 10:00:01 +0100\",\"CR\",10000,\"EUR\",\"DR\",375,\"EUR\",\"REF-A1\"\n" +
				"\"SB\",\"6TY\",\"\",\"5TY\",\"TXN\",\"T1107\",\"2026/03/01 11:00:00 +0100\",\"2026/03/01 11:00:01 +0100\",\"DR\",400,\"EUR\",\"CR\",10,\"EUR\",\"REF-A1\"\n" +
				"\"SB\",\"7TY\",\"\",\"\",\"\",\"T0400\",\"2026/03/01 12:00:00 +0100\",\"2026/03/01 12:00:01 +0100\",\"DR\",9000,\"EUR\",\"\",,\"\",\"\"\n" +
				"\"SF\",\"EUR\",10000\n\"SC\",3\n\"RF\",1,3\n"},
		"paypal, activity": {layout: payout.Activity, ref: "2026-03-01", net: "92.25", paid: "2026-03-01",
			text: "\ufeff\"Date\",\"Time\",\"TimeZone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\",\"Transaction ID\",\"Reference Txn ID\",\"Invoice Number\",\"Custom Number\"\n" +
				"\"01/03/2026\",\"10:00:00\",\"CET\",\"A\",\"Express Checkout Payment\",\"Completed\",\"EUR\",\"100,00\",\"-3,75\",\"96,25\",\"5TY\",\"\",\"A1-REF-A1\",\"REF-A1\"\n" +
				"\"01/03/2026\",\"11:00:00\",\"CET\",\"A\",\"Payment Refund\",\"Completed\",\"EUR\",\"-4,00\",\"0,00\",\"-4,00\",\"6TY\",\"5TY\",\"\",\"REF-A1\"\n" +
				"\"01/03/2026\",\"11:30:00\",\"CET\",\"B\",\"Express Checkout Payment\",\"Pending\",\"EUR\",\"50,00\",\"0,00\",\"50,00\",\"8TY\",\"\",\"\",\"REF-A2\"\n" +
				"\"01/03/2026\",\"12:00:00\",\"CET\",\"\",\"General Withdrawal\",\"Completed\",\"EUR\",\"-90,00\",\"0,00\",\"-90,00\",\"7TY\",\"\",\"\",\"\"\n"},
		"common, unsigned, in an old code page": {layout: payout.Common, ref: "R1", net: "92.50", paid: "2026-03-01",
			text: "Date;R\xe9f\xe9rence;Nature;Montant;Frais;Remise\n01/03/2026;REF-A1;Paiement;100,00;3,50;R1\n01/03/2026;REF-A1;Remboursement;4,00;0,00;R1\n"},
		"own": {layout: payout.Own, ref: "X7", net: "92.50", paid: "2026-03-01",
			setup: payout.Setup{Layout: payout.Own, Columns: map[payout.Column]string{payout.Day: "Tag der Buchung", payout.Reference: "Vorgang", payout.Gross: "Summe", payout.Fee: "Abzug", payout.PayoutRef: "Los"}},
			text:  "Bank X;Liste\n\nTag der Buchung;Vorgang;Summe;Abzug;Los\n1.3.2026;REF-A1;100,00;-3,50;X7\n1.3.2026;REF-A1;-4,00;0,00;X7\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			h.pays("A", 2, "100.00", "4.00", time.Hour)
			must(t, payout.SaveSetup(t.Context(), h.shop, clerk, h.card, tt.setup))
			p := h.post(tt.text)
			got := h.list()
			if p.Layout != tt.layout || len(got) != 1 || got[0].Ref != tt.ref || got[0].PaidOn.Format(time.DateOnly) != tt.paid || !got[0].Net.Equal(eur(tt.net)) {
				t.Fatalf("%s: %+v of %v", p.Layout, got, p.Lines)
			}
			if told := got[0].Told; (told != nil) != (tt.told != "") || told != nil && !told.Equal(eur(tt.told)) {
				t.Errorf("told %v, want %q", told, tt.told)
			}
			if p.Counts[payout.Unknown] > 0 || p.Counts[payout.Matched] == 0 {
				t.Errorf("matched: %v", p.Counts)
			}
			if h.post(tt.text).New() != 0 {
				t.Error("read again it adds something")
			}
			var s payout.Setup
			h.read(func(tx tenant.Tx) (err error) { s, err = payout.FindSetup(tx, h.card); return err })
			if s.Layout != tt.layout {
				t.Errorf("the mode remembers %q", s.Layout)
			}
		})
	}
}

// The sum of the lines is the payout, and what comes in pieces and in any order is what comes at once.
func TestPost_property(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 11))
	whole, pieces := open(t), open(t)
	for _, h := range []*house{whole, pieces} {
		h.pays("A", 30, "20.00", "0", time.Hour)
	}
	lines := make([]string, 60)
	for i := range lines {
		gross, fee := r.IntN(4000)-1000, r.IntN(50)
		lines[i] = fmt.Sprintf("2026-03-%02d;REF-A%d;;%s;%s;%s;EUR;V-%d;\n", 1+r.IntN(28), 1+r.IntN(40), cents(gross), cents(fee), cents(gross-fee), r.IntN(5))
	}
	whole.post(common + strings.Join(lines, ""))
	for range 12 {
		from := r.IntN(len(lines))
		to := from + r.IntN(len(lines)-from)
		if to > from {
			pieces.post(common + strings.Join(lines[from:to], ""))
		}
	}
	pieces.post(common + strings.Join(lines, ""))
	a, b := whole.list(), pieces.list()
	if len(a) == 0 || len(a) != len(b) {
		t.Fatalf("%d and %d payouts", len(a), len(b))
	}
	for i := range a {
		sum, fee, n := money.Zero(money.EUR), money.Zero(money.EUR), 0
		var items []payout.Item
		pieces.read(func(tx tenant.Tx) (err error) { items, err = payout.Lines(tx, b[i].ID, 0, 1000); return err })
		for _, it := range items {
			sum, fee, n = sum.Add(it.Net), fee.Add(it.Fee), n+1
			if !it.Gross.Sub(it.Fee).Equal(it.Net) {
				t.Errorf("a line of %v less %v is %v", it.Gross, it.Fee, it.Net)
			}
		}
		if !sum.Equal(b[i].Net) || !fee.Equal(b[i].Fee) || n != b[i].Lines {
			t.Errorf("PGW-23 %s: lines come to %v, the payout to %v", b[i].Ref, sum, b[i].Net)
		}
		same := false
		for _, one := range a {
			same = same || one.Ref == b[i].Ref && one.Net.Equal(b[i].Net) && one.Lines == b[i].Lines
		}
		if !same {
			t.Errorf("PGW-23 in pieces %s comes to %v of %d lines", b[i].Ref, b[i].Net, b[i].Lines)
		}
	}
}

func cents(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d,%02d", sign, n/100, n%100)
}

// PGW-23: fifty thousand lines are one import.
func TestPost_bulk(t *testing.T) {
	t.Parallel()
	h := open(t)
	const n = 50_000
	h.pays("A", n, "20.00", "0", time.Hour)
	var text strings.Builder
	text.WriteString(common)
	for i := range n {
		fmt.Fprintf(&text, "01/03/2026;REF-A%d;Vente;20,00;0,40;19,60;EUR;V-%d;03/03/2026\n", i+1, i/1000)
	}
	began := time.Now()
	p := h.post(text.String())
	took := time.Since(began)
	if p.Counts[payout.Matched] != n || len(h.list()) != 50 {
		t.Fatalf("%v in %d payouts", p.Counts, len(h.list()))
	}
	if took > time.Minute {
		t.Errorf("it took %v", took)
	}
	began = time.Now()
	if got := len(h.records(payout.Settled)); got != n {
		t.Errorf("%d are settled", got)
	}
	t.Logf("stored in %v, held against payments in %v", took, time.Since(began))
}

func TestSetup_Check(t *testing.T) {
	t.Parallel()
	days := 500
	for name, tt := range map[string]struct {
		setup payout.Setup
		field string
	}{
		"nothing":        {payout.Setup{}, ""},
		"no such layout": {payout.Setup{Layout: "excel"}, "layout"},
		"own, no gross":  {payout.Setup{Layout: payout.Own, Columns: map[payout.Column]string{payout.Day: "d"}}, "columns.gross"},
		"own, no day":    {payout.Setup{Layout: payout.Own, Columns: map[payout.Column]string{payout.Gross: "g"}}, "columns.date"},
		"twice":          {payout.Setup{Layout: payout.Own, Columns: map[payout.Column]string{payout.Day: "d", payout.Gross: "g", payout.Net: "G."}}, "columns.net"},
		"decimal":        {payout.Setup{Decimal: "'"}, "decimal"},
		"delay":          {payout.Setup{Delay: &days}, "delay"},
		"tariff":         {payout.Setup{Tariff: &payout.Tariff{Percent: num("21")}}, "percent"},
		"rebate":         {payout.Setup{Tariff: &payout.Tariff{Fixed: num("-1")}}, "fixed"},
	} {
		fields := fault.FieldsOf(tt.setup.Check())
		if len(fields) > 0 != (tt.field != "") || len(fields) > 0 && fields[0].Name != tt.field {
			t.Errorf("%s: %v", name, fields)
		}
	}
}

// LANG-01
func TestWords(t *testing.T) {
	t.Parallel()
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, l := range payout.Layouts() {
		i18ntest.Used(t, c, l.Key())
	}
	for _, s := range payout.States() {
		i18ntest.Used(t, c, s.Key())
	}
	for _, s := range every() {
		i18ntest.Used(t, c, s.Key())
	}
	for _, k := range []payout.Kind{payout.Charge, payout.Refund, payout.Dispute, payout.Cost, payout.Other} {
		i18ntest.Used(t, c, k.Key())
	}
	i18ntest.Used(t, c, "payout.differs.captured", "payout.differs.refunded", "payout.differs.currency", "payout.differs.fee",
		"payout.wrong.shape", "payout.wrong.day", "payout.wrong.amount", "payout.wrong.places", "payout.wrong.currency", "payout.wrong.sum")
}

func num(text string) decimal.Decimal { return decimal.RequireFromString(text) }
