package order_test

import (
	"errors"
	"flag"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tenanttest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

func TestGraph(t *testing.T) {
	const file = "testdata/states.golden"
	if *update {
		if err := os.WriteFile(file, []byte(order.Graph()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), order.Graph()); diff != "" {
		t.Errorf("ORD-13 the state machine has changed (-want +got):\n%s", diff)
	}
}

func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	var keys []string
	for _, s := range order.States() {
		keys = append(keys, s.Key())
	}
	for _, s := range []order.PaymentState{order.Unpaid, order.PartPaid, order.FullyPaid, order.CreditOwed, order.PartRefunded, order.AllRefunded,
		order.DepositPaid, order.NothingYet} {
		keys = append(keys, s.Key())
	}
	for _, s := range []order.ShipmentState{order.NothingToShip, order.NotShipped, order.PartShipped, order.AllShipped, order.AllDelivered} {
		keys = append(keys, s.Key())
	}
	for _, k := range order.Kinds() {
		keys = append(keys, "order.happening."+string(k))
	}
	for _, e := range []order.Event{order.Pay, order.Await, order.Ship, order.Deliver, order.Close, order.Cancel, order.Refund} {
		keys = append(keys, e.Key())
	}
	i18ntest.Used(t, c, append(keys, order.ErrUnknown.Key(), order.ErrLink.Key(), order.ErrPlaced.Key(), order.ErrLines.Key())...)
}

func TestShipmentState(t *testing.T) {
	lines := func(sent ...int) []order.Line {
		return []order.Line{{Qty: 2, Shipped: sent[0], Physical: true}, {Qty: 1, Shipped: sent[1], Physical: true}, {Qty: 1}}
	}
	for _, tt := range []struct {
		name  string
		order order.Order
		want  order.ShipmentState
	}{
		{"nothing to carry", order.Order{Lines: []order.Line{{Qty: 3}}}, order.NothingToShip},
		{"nothing sent", order.Order{Lines: lines(0, 0)}, order.NotShipped},
		{"some sent", order.Order{Lines: lines(2, 0)}, order.PartShipped},
		{"all sent", order.Order{Lines: lines(2, 1), State: order.Shipped}, order.AllShipped},
		{"arrived", order.Order{Lines: lines(2, 1), State: order.Closed}, order.AllDelivered},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.order.ShipmentState(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// sample is an order as placing makes one.
func sample(key, total string) (*order.Order, order.Placing) {
	zero := money.Zero(money.EUR)
	o := &order.Order{
		ID: id.New[order.Order](), State: order.Placed, Guest: true, Email: key + "@example.com", Buyer: "Zoé " + key, Locale: "fr",
		Profile: "anonymous", Billing: address.Address{Name: "Zoé", Country: "FR"}, Delivery: address.Address{Name: "Zoé", Country: "DE"},
		Currency: money.EUR, GoodsNet: zero, ShippingNet: zero, Tax: zero, Total: eur(total), Paid: zero, Refunded: zero,
		Priced: &pricing.Priced{Currency: money.EUR},
		Lines: []order.Line{{ID: id.New[order.Line](), SKU: "MUG", Name: "Mug", Qty: 3, Unit: eur("4.1234"), Gross: true, Net: eur("10.31"),
			TaxRate: decimal.RequireFromString("20"), Tax: eur("2.06"), Total: eur("12.37"), Physical: true}},
	}
	return o, order.Placing{Key: key, Link: key, Prefix: "R-", First: 1001, Actor: tenant.Actor{Kind: tenant.Guest}}
}

func place(t *testing.T, shop *tenant.Shop, o *order.Order, p order.Placing) error {
	t.Helper()
	return shop.Write(t.Context(), func(tx tenant.Tx) error {
		if o.PlacedAt.IsZero() {
			o.PlacedAt = tx.Now()
		}
		o.UpdatedAt = o.PlacedAt
		return order.Insert(tx, o, p)
	})
}

func TestInsert(t *testing.T) {
	shop := tenanttest.Open(t)
	o, p := sample("one", "12.37")
	if err := place(t, shop, o, p); err != nil {
		t.Fatal(err)
	}
	t.Run("what is read is what was written", func(t *testing.T) {
		var got *order.Order
		err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { got, err = order.FindByNumber(tx, "R-1001"); return err })
		if err != nil {
			t.Fatal(err)
		}
		if got.Email != o.Email || got.Delivery != o.Delivery || !got.Total.Equal(o.Total) || len(got.Lines) != 1 {
			t.Fatalf("got %+v", got)
		}
		if l := got.Lines[0]; l.ID != o.Lines[0].ID || !l.Unit.Equal(o.Lines[0].Unit) || !l.TaxRate.Equal(o.Lines[0].TaxRate) || l.Left() != 3 {
			t.Errorf("line %+v", l)
		}
	})
	t.Run("ORD-07 one page places one order", func(t *testing.T) {
		again, _ := sample("one", "12.37")
		if err := place(t, shop, again, p); !errors.Is(err, order.ErrPlaced) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("numbers follow and can be raised", func(t *testing.T) {
		next, p := sample("two", "1.00")
		if err := place(t, shop, next, p); err != nil || next.Number != "R-1002" {
			t.Errorf("number %q, %v", next.Number, err)
		}
		raised, p := sample("three", "1.00")
		p.First = 5000
		if err := place(t, shop, raised, p); err != nil || raised.Number != "R-5000" {
			t.Errorf("number %q, %v", raised.Number, err)
		}
	})
}

func TestMove(t *testing.T) {
	shop := tenanttest.Open(t)
	o, p := sample("one", "12.37")
	if err := place(t, shop, o, p); err != nil {
		t.Fatal(err)
	}
	clerk := tenant.Actor{Kind: tenant.Staff, ID: "7", Name: "Claire"}
	var events []order.Happening
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		if err := order.Move(tx, o, order.Ship, clerk, order.Step{}); !errors.Is(err, order.ErrRefused) {
			t.Errorf("ORD-13 an illegal transition: %v", err)
		}
		if err := order.Move(tx, o, order.Await, clerk, order.Step{Note: "fragile"}); err != nil {
			return err
		}
		if err := order.Send(tx, o, map[order.LineID]int{o.Lines[0].ID: 4}); !errors.Is(err, order.ErrLines) {
			t.Errorf("more pieces than there are: %v", err)
		}
		var err error
		events, err = order.Events(tx, o.ID, false)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(events) != 3 || events[1].Actor != clerk || events[1].Before != order.Placed || events[1].After != order.AwaitingShipment {
		t.Fatalf("ORD-13 the timeline: %+v", events)
	}
	if events[1].Note != "" || events[2].Note != "fragile" || events[2].Visible {
		t.Errorf("ACC-02 a note for the shop must not be seen by the buyer: %+v", events[1:])
	}
}

// TestFilter_Payment holds the two ways to say what a payment state is together: the sums in Go and
// the conditions in SQL.
func TestFilter_Payment(t *testing.T) {
	shop := tenanttest.Open(t)
	amounts := []string{"0", "5", "10", "15"}
	want := map[order.PaymentState]map[order.ID]bool{}
	for _, state := range []order.State{order.Placed, order.Paid, order.Cancelled, order.Refunded} {
		for _, paid := range amounts {
			for _, refunded := range amounts {
				if eur(refunded).Cmp(eur(paid)) > 0 {
					continue
				}
				o, p := sample(string(state)+paid+"-"+refunded, "10")
				o.State = state
				if err := place(t, shop, o, p); err != nil {
					t.Fatal(err)
				}
				err := shop.Write(t.Context(), func(tx tenant.Tx) error {
					return order.Receive(tx, o, eur(paid), eur(refunded), tenant.ByProgram, nil)
				})
				if err != nil {
					t.Fatal(err)
				}
				s := o.PaymentState()
				if want[s] == nil {
					want[s] = map[order.ID]bool{}
				}
				want[s][o.ID] = true
			}
		}
	}
	for _, now := range []string{"0", "5"} { // paid in two parts (STK-04)
		for _, paid := range []string{"0", "3", "5", "7", "10"} {
			o, p := sample("in-parts"+now+"-"+paid, "10")
			o.Advance = &order.Advance{Now: eur(now)}
			if err := place(t, shop, o, p); err != nil {
				t.Fatal(err)
			}
			err := shop.Write(t.Context(), func(tx tenant.Tx) error {
				return order.Receive(tx, o, eur(paid), eur("0"), tenant.ByProgram, nil)
			})
			if err != nil {
				t.Fatal(err)
			}
			s := o.PaymentState()
			if want[s] == nil {
				want[s] = map[order.ID]bool{}
			}
			want[s][o.ID] = true
		}
	}
	if len(want) != 8 {
		t.Fatalf("only %d payment states were made", len(want))
	}
	for s, ids := range want {
		var page order.Page
		err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
			page, err = order.List(tx, order.Filter{Payments: []order.PaymentState{s}, Limit: 200})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		got := map[order.ID]bool{}
		for _, r := range page.Rows {
			got[r.ID] = true
			if r.Payment != s {
				t.Errorf("%s is listed as %s", r.Payment, s)
			}
		}
		if diff := cmp.Diff(len(ids), len(got)); diff != "" {
			t.Errorf("%s: %s", s, diff)
		}
	}
}

func TestList(t *testing.T) {
	shop := tenanttest.Open(t)
	start := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	for i := range 25 {
		o, p := sample("b"+strconv.Itoa(i), strconv.Itoa(i+1))
		o.PlacedAt = start.Add(time.Duration(i/2) * time.Hour) // pairs at the same instant
		if err := place(t, shop, o, p); err != nil {
			t.Fatal(err)
		}
	}
	list := func(f order.Filter) (page order.Page) {
		t.Helper()
		err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { page, err = order.List(tx, f); return err })
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	t.Run("ORD-12 pages hold every order once, the newest first", func(t *testing.T) {
		seen := map[order.ID]bool{}
		last := time.Now().Add(time.Hour)
		for f := (order.Filter{Limit: 7}); ; {
			page := list(f)
			for _, r := range page.Rows {
				if seen[r.ID] || r.PlacedAt.After(last) {
					t.Fatalf("order %s is out of place", r.Number)
				}
				seen[r.ID], last = true, r.PlacedAt
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		if len(seen) != 25 {
			t.Errorf("%d of 25 orders were listed", len(seen))
		}
	})
	few := decimal.NewFromInt(20)
	for name, tt := range map[string]struct {
		filter order.Filter
		want   int
	}{
		"number":    {order.Filter{Text: "R-1007"}, 1},
		"mail":      {order.Filter{Text: "b24@"}, 1},
		"name":      {order.Filter{Text: "zoé b1"}, 11},
		"wildcards": {order.Filter{Text: "%"}, 0},
		"amount":    {order.Filter{Least: &few}, 6},
		"days":      {order.Filter{From: start.Add(time.Hour), Until: start.Add(2 * time.Hour)}, 2},
		"state":     {order.Filter{States: []order.State{order.Closed}}, 0},
		"archive":   {order.Filter{Archived: true}, 0},
		"cursor":    {order.Filter{After: "mangled"}, 25},
	} {
		t.Run("ORD-12 by "+name, func(t *testing.T) {
			if got := len(list(tt.filter).Rows); got != tt.want {
				t.Errorf("%d orders, want %d", got, tt.want)
			}
		})
	}
	t.Run("ORD-12 CUR-01 amounts of another currency are not compared", func(t *testing.T) {
		err := shop.Write(t.Context(), func(tx tenant.Tx) error {
			return tx.DB().Exec("update orders set currency = 'CHF' where number like '%2'").Error
		})
		if err != nil {
			t.Fatal(err)
		}
		most := decimal.NewFromInt(10)
		for _, tt := range []struct {
			filter order.Filter
			want   int
		}{
			{order.Filter{Least: &few, Currency: "EUR"}, 5}, {order.Filter{Least: &few, Currency: "CHF"}, 1}, {order.Filter{Least: &few}, 6},
			{order.Filter{Most: &most, Currency: "EUR"}, 9}, {order.Filter{Most: &most, Currency: "CHF"}, 1}, {order.Filter{Currency: "EUR"}, 25},
		} {
			if got := len(list(tt.filter).Rows); got != tt.want {
				t.Errorf("%+v finds %d orders, want %d", tt.filter, got, tt.want)
			}
		}
	})
	if row := list(order.Filter{Limit: 1}).Rows[0]; row.Pieces != 3 || row.Country != "DE" || row.Shipment != order.NotShipped {
		t.Errorf("row %+v", row)
	}
}

func TestLinks(t *testing.T) {
	shop := tenanttest.Open(t)
	old, err := secret.ParseKeys("k1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := secret.ParseKeys("k2:YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY=")
	if err != nil {
		t.Fatal(err)
	}
	o, p := sample("one", "1.00")
	o.PlacedAt = time.Now().UTC().Truncate(time.Microsecond)
	p.Link = order.NewLinks(old).Make(shop, o.ID, o.PlacedAt)
	if err := place(t, shop, o, p); err != nil {
		t.Fatal(err)
	}
	read := func(l *order.Links, link string) (found order.ID, err error) {
		err = shop.Read(t.Context(), func(tx tenant.Tx) (err error) { found, err = l.Read(tx, link); return err })
		return found, err
	}
	if p.Link != order.NewLinks(old).Make(shop, o.ID, o.PlacedAt) {
		t.Error("the same order has two links")
	}
	for name, l := range map[string]*order.Links{"its key": order.NewLinks(old), "another key since": order.NewLinks(fresh)} {
		if got, err := read(l, p.Link); err != nil || got != o.ID {
			t.Errorf("ACC-04 with %s: %v, %v", name, got, err)
		}
	}
	other := order.NewLinks(old).Make(tenanttest.Open(t), o.ID, o.PlacedAt)
	expired := order.NewLinks(old).Make(shop, o.ID, o.PlacedAt.Add(-2*order.LinkFor))
	for name, link := range map[string]string{"nothing": "", "another shop's": other, "an old one": expired, "altered": p.Link + "x"} {
		if _, err := read(order.NewLinks(old), link); !errors.Is(err, order.ErrLink) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
