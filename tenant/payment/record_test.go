package payment_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// heard is one message and what must come of it.
type heard struct {
	id     string
	event  payment.Event
	amount string
	state  payment.State
	flag   payment.Flag
	moved  string // captured, or with a minus refunded, by this message
}

const (
	wait, auth, paid, fail, cancel, back = payment.Waiting, payment.Authorised, payment.Captured, payment.Failed, payment.Cancelled, payment.Refunded

	created, pending, authorised, captured, failed, cancelled = payment.StateCreated, payment.StatePending, payment.StateAuthorised, payment.StateCaptured, payment.StateFailed, payment.StateCancelled
	part, refunded, review                                    = payment.StatePartRefunded, payment.StateRefunded, payment.StateReview
)

func TestRecord(t *testing.T) {
	b := newBook(t)
	for name, messages := range map[string][]heard{
		"PGW-04 paid":                  {{"1", paid, "10.00", captured, "", "10.00"}},
		"PGW-04 waited, then paid":     {{"1", wait, "10.00", pending, "", ""}, {"2", paid, "10.00", captured, "", "10.00"}},
		"PGW-02 authorised, then paid": {{"1", auth, "10.00", authorised, "", ""}, {"2", paid, "10.00", captured, "", "10.00"}},
		"PGW-04 told three times":      {{"1", paid, "10.00", captured, "", "10.00"}, {"1", paid, "10.00", captured, "", ""}, {"1", paid, "10.00", captured, "", ""}},
		"told again under another id":  {{"1", paid, "10.00", captured, "", "10.00"}, {"2", paid, "10.00", captured, "", ""}},
		"PGW-22 late failure":          {{"1", paid, "10.00", captured, "", "10.00"}, {"2", fail, "10.00", captured, "", ""}, {"3", cancel, "10.00", captured, "", ""}},
		"PGW-22 overtaken":             {{"1", paid, "10.00", captured, "", "10.00"}, {"2", auth, "10.00", captured, "", ""}, {"3", wait, "10.00", captured, "", ""}},
		"PGW-16 refused, then paid":    {{"1", fail, "10.00", failed, "", ""}, {"2", paid, "10.00", captured, "", "10.00"}},
		"PGW-16 given up, then paid":   {{"1", cancel, "10.00", cancelled, "", ""}, {"2", paid, "10.00", captured, "", "10.00"}},
		"PGW-04 less":                  {{"1", paid, "9.99", review, payment.FlagMismatch, ""}, {"2", paid, "10.00", review, "", ""}},
		"PGW-04 more":                  {{"1", paid, "10.01", review, payment.FlagMismatch, ""}},
		"PGW-04 nothing":               {{"1", paid, "0", review, payment.FlagMismatch, ""}},
		"authorised less":              {{"1", auth, "9.00", review, payment.FlagMismatch, ""}},
		"less after it was paid":       {{"1", paid, "10.00", captured, "", "10.00"}, {"2", paid, "9.00", captured, payment.FlagMismatch, ""}},
		"a part nobody asked for":      {{"1", auth, "10.00", authorised, "", ""}, {"2", paid, "4.00", review, payment.FlagMismatch, ""}},
		"PGW-04 contradiction":         {{"1", paid, "10.00", captured, "", "10.00"}, {"1", paid, "99.00", captured, payment.FlagConflict, ""}, {"1", paid, "99.00", captured, payment.FlagConflict, ""}},
		"PGW-30 in parts":              {{"1", paid, "10.00", captured, "", "10.00"}, {"2", back, "4.00", part, "", "-4.00"}, {"3", back, "6.00", refunded, "", "-6.00"}},
		"PGW-30 told twice":            {{"1", paid, "10.00", captured, "", "10.00"}, {"2", back, "4.00", part, "", "-4.00"}, {"2", back, "4.00", part, "", ""}},
		"PGW-30 the same amount twice": {{"1", paid, "10.00", captured, "", "10.00"}, {"2", back, "5.00", part, "", "-5.00"}, {"3", back, "5.00", refunded, "", "-5.00"}},
		"PGW-30 more than was paid":    {{"1", paid, "10.00", captured, "", "10.00"}, {"2", back, "10.01", captured, payment.FlagMismatch, ""}},
		"PGW-30 more than is left":     {{"1", paid, "10.00", captured, "", "10.00"}, {"2", back, "6.00", part, "", "-6.00"}, {"3", back, "5.00", part, payment.FlagMismatch, ""}},
		"PGW-30 nothing":               {{"1", paid, "10.00", captured, "", "10.00"}, {"2", back, "0", captured, payment.FlagMismatch, ""}},
		"PGW-30 before it was paid":    {{"1", back, "10.00", created, payment.FlagEarly, ""}, {"2", paid, "10.00", captured, "", "10.00"}},
		"PGW-30 paid after refund":     {{"1", paid, "10.00", captured, "", "10.00"}, {"2", back, "10.00", refunded, "", "-10.00"}, {"3", paid, "10.00", refunded, "", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			p := b.attempt()
			for i, m := range messages {
				out := b.record(b.account, says(p, m.id, m.event, m.amount))
				moved := ""
				switch {
				case out.Captured.IsPositive():
					moved = out.Captured.String()
				case out.Refunded.IsPositive():
					moved = out.Refunded.Neg().String()
				}
				if out.After != m.state || out.Flag != m.flag || moved != m.moved || out.Payment.State != m.state {
					t.Errorf("message %d: %s, flag %q, moved %q: want %+v", i+1, out.After, out.Flag, moved, m)
				}
				got, _ := b.find(p)
				if diff := cmp.Diff(got, out.Payment); diff != "" {
					t.Errorf("message %d: stored, but told: %s", i+1, diff)
				}
			}
			b.consistent(p)
		})
	}
}

// TestRecord_twiceAtTheBank: the bank took the money twice under one reference. What came first counts,
// the second is to be given back.
func TestRecord_twiceAtTheBank(t *testing.T) {
	b := newBook(t)
	p := b.attempt()
	b.record(b.account, says(p, "1", paid, "10.00"))
	second := says(p, "2", paid, "10.00")
	second.BankRef = "ANOTHER"
	if out := b.record(b.account, second); out.Flag != payment.FlagDouble || out.Captured.IsPositive() || out.After != captured {
		t.Errorf("%+v", out)
	}
	if got, _ := b.find(p); got.BankRef != "B"+p.Ref {
		t.Errorf("the payment is now called %s", got.BankRef)
	}
}

// consistent: the ledger's applied lines are a path through the table and add up to the payment.
func (b *book) consistent(p payment.Payment) {
	b.t.Helper()
	got, ledger := b.find(p)
	in, out := money.Zero(money.EUR), money.Zero(money.EUR)
	state := payment.State("")
	for _, e := range ledger {
		if e.Before != state {
			b.t.Errorf("ledger: %s after %q, but it was %q", e.Event, e.Before, state)
		}
		state = e.After
		switch {
		case e.Verdict != payment.Applied:
		case e.Event == payment.Captured:
			in = in.Add(e.Amount)
		case e.Event == payment.Refunded:
			out = out.Add(e.Amount)
		}
	}
	if !in.Equal(got.Captured) || !out.Equal(got.Refunded) || state != got.State {
		b.t.Errorf("ledger adds up to %s in, %s out, %s; the payment says %s, %s, %s", in, out, state, got.Captured, got.Refunded, got.State)
	}
}

// TestRecord_anyOrder: PGW-04, in whatever order messages come, the order is paid once.
func TestRecord_anyOrder(t *testing.T) {
	b := newBook(t)
	permute([]payment.Event{auth, paid, fail, cancel}, func(order []payment.Event) {
		p := b.attempt()
		total := money.Zero(money.EUR)
		for range 2 {
			for _, e := range order {
				total = total.Add(b.record(b.account, says(p, string(e), e, "10.00")).Captured)
			}
		}
		if got, _ := b.find(p); got.State != captured || !total.Equal(p.Amount) {
			t.Errorf("%v: %s, captured %s", order, got.State, total)
		}
		b.consistent(p)
	})
}

func permute(list []payment.Event, visit func([]payment.Event)) {
	var walk func(int)
	walk = func(k int) {
		if k == len(list) {
			visit(list)
			return
		}
		for i := k; i < len(list); i++ {
			list[k], list[i] = list[i], list[k]
			walk(k + 1)
			list[k], list[i] = list[i], list[k]
		}
	}
	walk(0)
}

// TestRecord_strangers: what is about no payment of the account is written down and moves nothing.
func TestRecord_strangers(t *testing.T) {
	b := newBook(t)
	p := b.attempt()
	unknown := says(p, "1", paid, "10.00")
	unknown.Ref = "NOBODY"
	binary := says(p, "\x00\xff"+strings.Repeat("x", 5000), paid, "10.00")
	binary.Ref = "\x00\xff"
	test := says(p, "3", paid, "10.00")
	test.Test = true
	for _, tt := range []struct {
		name   string
		from   payment.Account
		notice payment.Notice
		flag   payment.Flag
	}{
		{"PGW-04 an unknown reference", b.account, unknown, payment.FlagUnknown},
		{"PGW-04 no text at all", b.account, binary, payment.FlagUnknown},
		{"PGW-03 another account", account(false), says(p, "2", paid, "10.00"), payment.FlagForeign},
		{"PGW-04 a test message for a real payment", b.account, test, payment.FlagTest},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if out := b.record(tt.from, tt.notice); out.Flag != tt.flag || out.Repeat || out.Captured.IsPositive() {
				t.Errorf("%+v", out)
			}
			if out := b.record(tt.from, tt.notice); !out.Repeat {
				t.Errorf("again: %+v", out)
			}
		})
	}
	if got, _ := b.find(p); got.State != created {
		t.Errorf("moved to %s", got.State)
	}
	b.write(func(tx tenant.Tx) error {
		stray, err := payment.Stray(tx, p.Created.Add(-time.Minute), 10)
		if len(stray) != 3 {
			t.Errorf("%d stray messages, want 3", len(stray))
		}
		return err
	})
	err := b.shop.Write(t.Context(), func(tx tenant.Tx) error {
		_, err := payment.Record(tx, b.account, payment.SourceNotice, payment.Notice{Ref: p.Ref, Event: paid})
		return err
	})
	if !errors.Is(err, payment.ErrGarbled) {
		t.Errorf("a message without an id: %v", err)
	}
}

// TestRecord_sameIDTwoAccounts: two contracts at one bank both count from 1.
func TestRecord_sameIDTwoAccounts(t *testing.T) {
	b := newBook(t)
	first := b.attempt()
	n := says(first, "", paid, "10.00")
	n.ID = "1"
	b.record(b.account, n)
	other := *b
	other.account = account(false)
	second := other.attempt()
	n = says(second, "", paid, "10.00")
	n.ID = "1"
	if out := b.record(other.account, n); out.After != captured || out.Flag != "" {
		t.Errorf("%+v", out)
	}
}

// TestRecord_masks: PGW-03, a card number a family let through does not reach the table.
func TestRecord_masks(t *testing.T) {
	b := newBook(t)
	p := b.attempt()
	n := says(p, "1", paid, "10.00")
	n.Message = payment.Message{
		"card": "4111 1111 1111 1111", "glued": "pan=5555555555554444;x", "short": "4111…1111",
		"phone": "0033123456789012", "nul": "a\x00b", "long": strings.Repeat("é", 2000),
	}
	b.record(b.account, n)
	_, ledger := b.find(p)
	m := ledger[1].Message
	for name, want := range map[string]string{
		"card": "411111••••••1111", "glued": "pan=555555••••••4444;x", "short": "4111…1111", "phone": "0033123456789012", "nul": "ab",
	} {
		if m[name] != want {
			t.Errorf("%s: %q, want %q", name, m[name], want)
		}
	}
	if len([]rune(m["long"])) != 501 {
		t.Errorf("%d characters kept", len([]rune(m["long"])))
	}
}

// TestRecord_parallel: PGW-04, a hundred payments, three notices each, all at once.
func TestRecord_parallel(t *testing.T) {
	b := newBook(t)
	const payments, notices = 100, 3
	list := make([]payment.Payment, payments)
	for i := range list {
		list[i] = b.attempt()
	}
	var mu sync.Mutex
	times := map[payment.ID]int{}
	var g errgroup.Group
	g.SetLimit(16)
	for range notices {
		for _, p := range list {
			g.Go(func() error {
				return b.shop.Write(t.Context(), func(tx tenant.Tx) error {
					out, err := payment.Record(tx, b.account, payment.SourceNotice, says(p, "1", paid, "10.00"))
					if err == nil && out.Captured.IsPositive() {
						mu.Lock()
						times[p.ID]++
						mu.Unlock()
					}
					return err
				})
			})
		}
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		got, ledger := b.find(p)
		if times[p.ID] != 1 || got.State != captured || !got.Captured.Equal(p.Amount) || len(ledger) != 2 {
			t.Errorf("%s: captured %d times, %s %s, %d lines", p.Ref, times[p.ID], got.State, got.Captured, len(ledger))
		}
	}
}

// TestRecord_doubleInParallel: two attempts of one order are paid at the same moment; exactly one of
// them is told to be one too many.
func TestRecord_doubleInParallel(t *testing.T) {
	b := newBook(t)
	for range 20 {
		bill := gatewaytest.NewBill(t, b.shop, eur("10.00"))
		var mu sync.Mutex
		doubles := 0
		var g errgroup.Group
		var attempts []payment.Payment
		for range 3 {
			p, err := b.begin(bill)
			if err != nil {
				t.Fatal(err)
			}
			attempts = append(attempts, p)
		}
		for _, p := range attempts {
			g.Go(func() error {
				return b.shop.Write(t.Context(), func(tx tenant.Tx) error {
					out, err := payment.Record(tx, b.account, payment.SourceNotice, says(p, "1", paid, "10.00"))
					if out.Flag == payment.FlagDouble {
						mu.Lock()
						doubles++
						mu.Unlock()
					}
					return err
				})
			})
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		if doubles != 2 {
			t.Fatalf("%d of three payments of one order flagged, want 2", doubles)
		}
	}
}
