package checkout_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
)

// twoBanks is a shop with two contracts: "first" is opened by a call, "second" stands in for it.
func twoBanks(t *testing.T) (*checkouttest.Stage, stock.VariantID) {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Pay("second", "testbank", s.Bank.Contract())
	s.Pay("first", "stripe", s.Bank.Called())
	s.StandIn("first", "second")
	return s, s.Stock("Lamp", "95.00", 50)
}

func place(t *testing.T, s *checkouttest.Stage, lamp stock.VariantID, email, way string) *checkout.Placed {
	t.Helper()
	b := s.Guest(email)
	if err := b.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place(way)
	if err != nil {
		t.Fatal(err)
	}
	return placed
}

func attempts(t *testing.T, s *checkouttest.Stage, placed *checkout.Placed) []payment.Payment {
	t.Helper()
	file, err := s.Desk.Open(t.Context(), s.Shop, placed.Order.ID)
	if err != nil {
		t.Fatal(err)
	}
	return file.Payments
}

func outage(t *testing.T, s *checkouttest.Stage, name string) *payment.Outage {
	t.Helper()
	var m payment.Mode
	s.Read(func(tx tenant.Tx) (err error) {
		m, err = s.Modes.Find(tx, s.ModeOf(name))
		return err
	})
	return m.Outage
}

// TestStandIn: PGW-45, a bank that does not answer, or with an error, is replaced in the same step.
func TestStandIn(t *testing.T) {
	t.Parallel()
	for _, q := range []bank.Quirk{bank.BrokenCalls, bank.SlowCalls} {
		t.Run(string(q), func(t *testing.T) {
			t.Parallel()
			s, lamp := twoBanks(t)
			s.Bank.Behave(q)
			placed := place(t, s, lamp, "zoe@example.com", "first")
			if placed.Unstarted != nil || placed.Instead != "second" {
				t.Fatalf("instead %q, %v", placed.Instead, placed.Unstarted)
			}
			list := attempts(t, s, placed)
			if len(list) != 2 || list[0].State != payment.StateFailed || list[0].Reason != payment.ReasonTechnical ||
				list[1].Mode != s.ModeOf("second") || !list[1].State.Open() || !list[0].Amount.Equal(list[1].Amount) {
				t.Fatalf("attempts %+v", list)
			}
			if o := s.Find(placed.Order.ID); o.Payment.Mode != s.ModeOf("second").String() || o.Payment.Label != "second" {
				t.Errorf("the order says %+v", o.Payment)
			}
			s.Bank.Behave(bank.Proper)
			s.Bank.Visit(placed.Next, "good", "proper")
			s.Bank.Wait(1)
			if o := s.Find(placed.Order.ID); o.Due().IsPositive() || o.Paid.String() != o.Total.String() {
				t.Errorf("paid %s of %s", o.Paid, o.Total)
			}
		})
	}
}

// TestStandIn_late: PGW-45, the bank that was too slow has opened the payment all the same: who pays there as well has paid
// twice, which is taken and put before the shop.
func TestStandIn_late(t *testing.T) {
	t.Parallel()
	s, lamp := twoBanks(t)
	s.Bank.Behave(bank.SlowCalls)
	placed := place(t, s, lamp, "zoe@example.com", "first")
	first := attempts(t, s, placed)[0]
	if !s.Bank.Knows(first.Ref) {
		t.Fatal("the slow bank did nothing")
	}
	s.Bank.Behave(bank.Proper)
	s.Bank.Visit(placed.Next, "good", "proper")
	s.Bank.Wait(1)
	s.Bank.Press(first.Ref, "good")
	s.Bank.Wait(2)
	list := attempts(t, s, placed)
	if list[0].State != payment.StateCaptured || list[1].State != payment.StateCaptured {
		t.Fatalf("states %s, %s", list[0].State, list[1].State)
	}
	if got := alerts(t, s, placed.Order.ID); len(got) != 1 || got[0] != "payment.flag.double" {
		t.Errorf("alerts %v", got)
	}
}

// TestStandIn_breaker: PGW-45, after some failures the bank is not asked for a while, then once more; staff is told of one
// outage, whatever the number of orders.
func TestStandIn_breaker(t *testing.T) {
	t.Parallel()
	s, lamp := twoBanks(t)
	s.Bank.Behave(bank.BrokenCalls)
	for i, mail := range []string{"a@example.com", "b@example.com", "c@example.com"} {
		if o := outage(t, s, "first"); o.Grave() {
			t.Fatalf("grave after %d", i)
		}
		place(t, s, lamp, mail, "first")
	}
	o := outage(t, s, "first")
	if !o.Grave() || !o.Going() || !o.Skips(s.Clock.Now()) {
		t.Fatalf("outage %+v", o)
	}
	s.Bank.Behave(bank.Proper)
	skipped := place(t, s, lamp, "d@example.com", "first")
	if skipped.Instead != "second" || outage(t, s, "first").Failures != payment.OutageAfter {
		t.Errorf("it was asked: instead %q, %+v", skipped.Instead, outage(t, s, "first"))
	}
	s.Pass(payment.OutagePause + time.Second)
	asked := place(t, s, lamp, "e@example.com", "first")
	if asked.Instead != "" || asked.Unstarted != nil {
		t.Errorf("it answers and was not asked: %q %v", asked.Instead, asked.Unstarted)
	}
	if o := outage(t, s, "first"); o.Going() || !o.Grave() || o.Skips(s.Clock.Now()) {
		t.Errorf("outage is not over: %+v", o)
	}
}

// TestStandIn_stays: what the stand-in cannot take over stays with its bank, and the buyer chooses.
func TestStandIn_stays(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*checkouttest.Stage){
		"none": func(s *checkouttest.Stage) { s.StandIn("first", "") },
		"switched off": func(s *checkouttest.Stage) {
			if err := s.Resave("second", func(d *payment.Draft) { d.Active = false }); err != nil {
				t.Error(err)
			}
		},
		"in no zone": func(s *checkouttest.Stage) { s.PayIn("second", shipping.Zone{Country: "DE"}) },
		"cheaper since": func(s *checkouttest.Stage) {
			s.Charge("second", payment.Cost{Rebate: payment.Share{Fixed: decimal.NewFromInt(2)}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, lamp := twoBanks(t)
			spoil(s)
			s.Bank.Behave(bank.BrokenCalls)
			placed := place(t, s, lamp, "zoe@example.com", "first")
			list := attempts(t, s, placed)
			if !fault.Is(placed.Unstarted, fault.Upstream) || placed.Instead != "" || len(list) != 1 || !list[0].State.Open() {
				t.Fatalf("instead %q, %v, %d attempts", placed.Instead, placed.Unstarted, len(list))
			}
			s.Bank.Behave(bank.Proper)
			again, err := s.Desk.Resume(t.Context(), s.Shop, checkout.Visitor{}, placed.Link, false)
			if err != nil || again.Unstarted != nil || len(attempts(t, s, placed)) != 1 {
				t.Errorf("resumed: %v %v", err, again)
			}
		})
	}
}

// TestStandIn_fee: PGW-45 PAY-08, a price with a fee in it goes on with a mode that costs the same, and with no other.
func TestStandIn_fee(t *testing.T) {
	t.Parallel()
	s, lamp := twoBanks(t)
	rebate := payment.Cost{Rebate: payment.Share{Percent: decimal.NewFromInt(2)}, IncludesTax: true}
	s.StandIn("first", "")
	s.Charge("second", rebate)
	if err := s.Resave("first", func(d *payment.Draft) { d.Scope.Cost = rebate }); err != nil {
		t.Fatal(err)
	}
	s.StandIn("first", "second")
	s.Bank.Behave(bank.BrokenCalls)
	placed := place(t, s, lamp, "zoe@example.com", "first")
	if placed.Instead != "second" {
		t.Fatalf("instead %q, %v", placed.Instead, placed.Unstarted)
	}
	if list := attempts(t, s, placed); !list[0].Amount.Equal(list[1].Amount) {
		t.Errorf("amounts %s, %s", list[0].Amount, list[1].Amount)
	}
}

// TestStandIn_refused: a stand-in that could never take over is refused when the mode is saved, beside its field.
func TestStandIn_refused(t *testing.T) {
	t.Parallel()
	s, _ := twoBanks(t)
	s.PayFor("dear", "testbank", s.Bank.Contract(), payment.Cost{Rebate: payment.Share{Percent: decimal.NewFromInt(3)}})
	for name, tt := range map[string]struct{ of, by, want string }{
		"itself":       {"first", "first", "payment.stand_in_itself"},
		"another cost": {"first", "dear", "payment.stand_in_cost"},
		"no bank":      {"cheque", "second", "payment.stand_in_offline"},
	} {
		err := s.Resave(tt.of, func(d *payment.Draft) { d.Scope.StandIn = s.ModeOf(tt.by) })
		if got := fault.FieldsOf(err); len(got) != 1 || got[0].Name != "scope.stand_in" || got[0].Key != tt.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Resave("first", func(d *payment.Draft) { d.Test = true }); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Key != "payment.stand_in_test" {
		t.Errorf("a real mode for a test: %v", err)
	}
	s.Charge("second", payment.Cost{Rebate: payment.Share{Percent: decimal.NewFromInt(1)}})
	if err := s.Resave("first", func(d *payment.Draft) { d.Active = false }); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}
