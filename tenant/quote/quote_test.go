package quote_test

import (
	"errors"
	"flag"
	"os"
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/fsm"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tenanttest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// QUO-03: the states and what leads where.
func TestGraph(t *testing.T) {
	const file = "testdata/states.golden"
	if *update {
		must(t, os.WriteFile(file, []byte(quote.Graph()), 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if got := quote.Graph(); got != string(want) {
		t.Errorf("the states are\n%s", got)
	}
}

func TestQuote_Orderable(t *testing.T) {
	for _, tt := range []struct {
		name    string
		state   quote.State
		version int
		want    error
	}{
		{"QUO-03 the version that was sent", quote.Sent, 2, nil},
		{"QUO-03 an older one", quote.Sent, 1, quote.ErrRevised},
		{"QUO-03 after its last day", quote.Expired, 2, quote.ErrExpired},
		{"QUO-03 not sent yet", quote.Draft, 0, quote.ErrClosed},
		{"QUO-03 accepted", quote.Accepted, 2, quote.ErrClosed},
		{"QUO-03 refused", quote.Refused, 2, quote.ErrClosed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := &quote.Quote{State: tt.state, Version: 2, Locale: i18n.French, Sent: &quote.Offer{Until: time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)}}
			if err := q.Orderable(tt.version); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

// fresh is a quote of one line, not written yet.
func fresh() *quote.Quote {
	unit := pricing.Price{Amount: money.FromMinor(5000, money.EUR)}
	q := &quote.Quote{ID: id.New[quote.Quote](), Name: "Zoé", Email: "zoe@example.org", Locale: i18n.French, Currency: money.EUR,
		Profile: "trade", Choices: cart.Choices{Country: "FR", Payment: "x", Shipping: "y"}}
	q.Draft.Lines = []quote.Line{{ID: id.New[cart.Line](), Variant: id.New[stock.Variant](), SKU: "LAMP", Name: "Lampe", Qty: 3, Unit: unit, Proposed: unit}}
	return q
}

func TestStore(t *testing.T) {
	shop := tenanttest.Open(t)
	write := func(work func(tenant.Tx) error) { t.Helper(); must(t, shop.Write(t.Context(), work)) }
	one, two := fresh(), fresh()
	write(func(tx tenant.Tx) error { return quote.Insert(tx, one, "page one") })
	write(func(tx tenant.Tx) error { return quote.Insert(tx, two, "page two") })
	t.Run("QUO-03 numbers are a series of their own", func(t *testing.T) {
		if one.Number != "D-1001" || two.Number != "D-1002" {
			t.Errorf("%s, %s", one.Number, two.Number)
		}
	})
	t.Run("QUO-02 a page makes one quote", func(t *testing.T) {
		if err := shop.Write(t.Context(), func(tx tenant.Tx) error { return quote.Insert(tx, fresh(), "page one") }); err == nil {
			t.Error("it made another")
		}
		write(func(tx tenant.Tx) error {
			found, err := quote.FindByAskKey(tx, "page one")
			if err == nil && found.ID != one.ID {
				t.Error("another one is found")
			}
			return err
		})
	})
	state := func(which quote.ID) (s quote.State, tally map[quote.State]int, listed quote.Page) {
		t.Helper()
		write(func(tx tenant.Tx) error {
			q, err := quote.Find(tx, which)
			if err != nil {
				return err
			}
			s = q.State
			if tally, err = quote.Tally(tx); err != nil {
				return err
			}
			listed, err = quote.List(tx, quote.Filter{State: s})
			return err
		})
		return s, tally, listed
	}
	send := func(days int) {
		t.Helper()
		write(func(tx tenant.Tx) error {
			q, err := quote.Lock(tx, one.ID)
			if err != nil {
				return err
			}
			today, err := quote.Today(tx)
			if err != nil {
				return err
			}
			q.Draft.Until = today.AddDate(0, 0, days)
			if err := q.Offer(tx.Now()); err != nil {
				return err
			}
			return quote.Save(tx, q)
		})
	}
	for _, tt := range []struct {
		name string
		days int
		want quote.State
	}{
		{"QUO-03 the last day is a day of it", 0, quote.Sent}, {"QUO-03 the day after, it has expired", -1, quote.Expired},
		{"QUO-03 sent anew, it holds again", 30, quote.Sent},
	} {
		t.Run(tt.name, func(t *testing.T) {
			send(tt.days)
			got, tally, listed := state(one.ID)
			if got != tt.want || tally[tt.want] != 1 || tally[quote.Draft] != 1 || len(listed.Rows) != 1 || listed.Rows[0].State != tt.want {
				t.Errorf("%s, %v, %+v", got, tally, listed)
			}
			write(func(tx tenant.Tx) error {
				var stored string
				err := tx.DB().Raw("select state from quotes where id = ?", one.ID).Scan(&stored).Error
				if stored != "sent" {
					t.Errorf("stored as %s: that is told by the day alone", stored)
				}
				return err
			})
		})
	}
	t.Run("what is read is what was written", func(t *testing.T) {
		write(func(tx tenant.Tx) error {
			q, err := quote.Find(tx, one.ID)
			if err != nil {
				return err
			}
			c := q.Cart(q.Sent)
			if q.Version != 3 || q.Changed() || len(c.Lines) != 1 || !c.Lines[0].Agreed.Amount.Equal(one.Draft.Lines[0].Unit.Amount) || c.Deal == nil {
				t.Errorf("%+v, %+v", q, c)
			}
			q.Draft.Remark = "À voir"
			if !q.Changed() {
				t.Error("an edit is not noticed")
			}
			return nil
		})
	})
	t.Run("a list goes on where it ended, and finds by number, name and address", func(t *testing.T) {
		write(func(tx tenant.Tx) error {
			first, err := quote.List(tx, quote.Filter{Limit: 1})
			if err != nil || len(first.Rows) != 1 || first.Rows[0].ID != two.ID || first.Next == "" {
				t.Errorf("%+v, %v", first, err)
			}
			rest, err := quote.List(tx, quote.Filter{Limit: 1, After: first.Next})
			if err != nil || len(rest.Rows) != 1 || rest.Rows[0].ID != one.ID || rest.Next != "" || rest.Rows[0].Pieces != 3 {
				t.Errorf("%+v, %v", rest, err)
			}
			for text, n := range map[string]int{"d-1001": 1, "zoe@": 2, "Zoé": 2, "%": 0, "nobody": 0} {
				found, err := quote.List(tx, quote.Filter{Text: text})
				if err != nil || len(found.Rows) != n {
					t.Errorf("%q finds %d, %v", text, len(found.Rows), err)
				}
			}
			return nil
		})
	})
	t.Run("a state takes what its table says", func(t *testing.T) {
		q := fresh()
		q.State = quote.Accepted
		if err := q.Refuse(""); !errors.Is(err, fsm.ErrRefused) {
			t.Errorf("%v", err)
		}
		if err := q.Offer(time.Now()); !errors.Is(err, fsm.ErrRefused) || q.Open() {
			t.Errorf("%v", err)
		}
	})
}

// QUO-03: a day is one of the shop's, wherever the server stands.
func TestDay(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	must(t, err)
	late := time.Date(2026, 3, 5, 23, 30, 0, 0, time.UTC)
	if got := quote.Day(late, paris).Format(time.DateOnly); got != "2026-03-06" {
		t.Errorf("%s", got)
	}
	if got := quote.Day(late, time.UTC).Format(time.DateOnly); got != "2026-03-05" {
		t.Errorf("%s", got)
	}
}

func TestWords(t *testing.T) {
	c := i18ntest.Complete(t, os.DirFS("."), "locales")
	for _, s := range quote.States() {
		i18ntest.Used(t, c, s.Key())
	}
	for _, err := range []*fault.Error{quote.ErrUnknown, quote.ErrLink, quote.ErrNotOffered, quote.ErrExpired, quote.ErrRevised, quote.ErrClosed,
		quote.ErrCurrency, quote.ErrStale, quote.ErrEmpty, quote.ErrGone, quote.ErrPast, quote.ErrDay, quote.ErrCode, quote.ErrPrice} {
		i18ntest.Used(t, c, err.Key())
	}
}
