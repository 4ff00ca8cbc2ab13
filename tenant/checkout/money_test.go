package checkout_test

import (
	"context"
	"errors"
	"net/url"
	"testing"
	"time"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// forgetful is a bank that does what it is asked and whose answer is lost, as often as it is told.
type forgetful struct {
	payment.Gateway
	losses, refunds *int
	keys            *[]string
	keyless, mute   bool
	untold          bool // an inquiry does not tell refunds
}

func (f forgetful) Capabilities() payment.Capabilities {
	c := f.Gateway.Capabilities()
	c.Keyless, c.RefundsUntold = f.keyless, f.untold
	return c
}

// ReadNotice loses what the bank says of refunds, too.
func (f forgetful) ReadNotice(ctx context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	n, err := f.Gateway.ReadNotice(ctx, a, raw)
	if n.Event == payment.Refunded {
		return payment.Notice{}, payment.ErrBank
	}
	return n, err
}

func (f forgetful) Inquire(ctx context.Context, a payment.Account, p payment.Payment) (payment.Notice, error) {
	if f.mute {
		return payment.Notice{}, payment.ErrOffice
	}
	if f.untold {
		return payment.Notice{ID: "asked:" + p.Ref, Ref: p.Ref, Event: payment.Waiting, Amount: p.Amount, Test: p.Test}, nil
	}
	return f.Gateway.(payment.Inquirer).Inquire(ctx, a, p)
}

func (f forgetful) Refund(ctx context.Context, a payment.Account, p payment.Payment, amount money.Amount, key string) (payment.Notice, error) {
	*f.refunds++
	*f.keys = append(*f.keys, key)
	n, err := f.Gateway.(payment.Refunder).Refund(ctx, a, p, amount, key)
	if *f.losses > 0 && err == nil {
		*f.losses--
		return payment.Notice{}, payment.ErrBank
	}
	return n, err
}

// lose puts a forgetful bank in the place of the pretend one.
func lose(t *testing.T, s *checkouttest.Stage, keyless, mute, untold bool) forgetful {
	t.Helper()
	family, err := s.Modes.Gateways().Find("testbank")
	if err != nil {
		t.Fatal(err)
	}
	f := forgetful{Gateway: family, losses: new(int), refunds: new(int), keys: new([]string), keyless: keyless, mute: mute, untold: untold}
	*f.losses = 1
	swap(t, s, f)
	return f
}

// swap puts a bank in the place of all others.
func swap(t *testing.T, s *checkouttest.Stage, g payment.Gateway) {
	t.Helper()
	gateways, err := payment.NewGateways(g)
	if err != nil {
		t.Fatal(err)
	}
	ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	if err != nil {
		t.Fatal(err)
	}
	s.Desk.Modes = payment.NewModes(gateways, ring)
}

// bought is an order of three lamps at 10.00 through the bank, and its payment.
func bought(t *testing.T, s *checkouttest.Stage, mode string) (order.ID, payment.Payment) {
	t.Helper()
	lamp := s.Stock("lamp", "10.00", 5)
	b := s.Guest("claire@example.org")
	if err := b.Add(lamp, 3); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place(mode)
	if err != nil {
		t.Fatal(err)
	}
	s.Bank.Visit(placed.Next, "silent", "proper")
	s.Bank.Wait(1)
	return placed.Order.ID, attempt(t, s, placed.Order.ID)
}

func attempt(t *testing.T, s *checkouttest.Stage, o order.ID) payment.Payment {
	t.Helper()
	file, err := s.Desk.Open(t.Context(), s.Shop, o)
	if err != nil {
		t.Fatal(err)
	}
	return file.Payments[len(file.Payments)-1]
}

// later is the contract by which money is only promised.
func later() url.Values {
	return url.Values{"merchant": {"DEMO"}, "key": {checkouttest.BankKey}, "capture": {"later"}}
}

// vague is a bank whose answer to a capture is lost, and which tells on inquiry that money was taken, not how much.
type vague struct {
	payment.Gateway
	captures *int
}

func (v vague) Capabilities() payment.Capabilities {
	c := v.Gateway.Capabilities()
	c.Keyless, c.CapturesUntold = true, true
	return c
}

func (v vague) Capture(context.Context, payment.Account, payment.Payment, money.Amount, string) (payment.Notice, error) {
	*v.captures++
	return payment.Notice{}, payment.ErrBank
}

func (v vague) Inquire(_ context.Context, _ payment.Account, p payment.Payment) (payment.Notice, error) {
	return payment.Notice{ID: "capture:1", Ref: p.Ref, Event: payment.Captured, Amount: p.Amount, Test: p.Test}, nil
}

// TestCapture_Untold: PGW-02, a part whose capture was obeyed in silence is recorded as the part, not as the whole that the bank speaks of.
func TestCapture_Untold(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Pay("card later", "testbank", later())
	which, p := bought(t, s, "card later")
	family, err := s.Modes.Gateways().Find("testbank")
	if err != nil {
		t.Fatal(err)
	}
	bank := vague{family, new(int)}
	swap(t, s, bank)
	part := eur("10.00")
	if err := s.Desk.Capture(t.Context(), s.Shop, checkouttest.Clerk, p.ID, part, checkout.Remark{}); !fault.Is(err, fault.Upstream) {
		t.Fatalf("the answer was lost: %v", err)
	}
	if err := s.Desk.Capture(t.Context(), s.Shop, checkouttest.Clerk, p.ID, part, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	if p, o := attempt(t, s, which), s.Find(which); !p.Captured.Equal(part) || !o.Paid.Equal(part) || *bank.captures != 1 {
		t.Errorf("captured %s, the order is paid %s, asked %d times", p.Captured, o.Paid, *bank.captures)
	}
}

// TestCapture: PGW-02, what a bank has promised is kept for the buyer, is taken in part, and cannot be taken twice.
func TestCapture(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Pay("card later", "testbank", later())
	which, p := bought(t, s, "card later")
	if p.State != payment.StateAuthorised || p.Captured.IsPositive() {
		t.Fatalf("the bank promised: %s, captured %s", p.State, p.Captured)
	}
	pledged := func() (ids []order.ID) {
		s.Read(func(tx tenant.Tx) error {
			page, err := order.List(tx, order.Filter{Pledged: true})
			n, err2 := order.CountPledged(tx)
			for _, row := range page.Rows {
				if row.Pledged {
					ids = append(ids, row.ID)
				}
			}
			if n != len(ids) {
				t.Errorf("PGW-02 %d orders to collect, %d listed", n, len(ids))
			}
			return errors.Join(err, err2)
		})
		return ids
	}
	if ids := pledged(); len(ids) != 1 || ids[0] != which {
		t.Errorf("PGW-02 to collect: %v", ids)
	}
	s.Pass(48 * time.Hour)
	if err := checkout.Sweep(t.Context(), s.Shop); err != nil {
		t.Fatal(err)
	}
	if o := s.Find(which); o.State != order.Placed || s.Level(o.Lines[0].Variant).Available() != 2 {
		t.Errorf("two days later the order is %s, free %d of 5", o.State, s.Level(o.Lines[0].Variant).Available())
	}
	most := p.Amount
	for _, wrong := range []money.Amount{most.Add(eur("0.01")), eur("0"), eur("-1.00")} {
		if err := s.Desk.Capture(t.Context(), s.Shop, checkouttest.Clerk, p.ID, wrong, checkout.Remark{}); !errors.Is(err, checkout.ErrCapture) {
			t.Errorf("%s taken: %v", wrong, err)
		}
	}
	if err := s.Desk.Capture(t.Context(), s.Shop, checkouttest.Clerk, p.ID, most, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	if ids := pledged(); len(ids) > 0 {
		t.Errorf("PGW-02 still to collect: %v", ids)
	}
	if o, p := s.Find(which), attempt(t, s, which); o.State != order.Paid || p.State != payment.StateCaptured || !o.Paid.Equal(most) {
		t.Errorf("order %s with %s paid, payment %s", o.State, o.Paid, p.State)
	}
	if err := s.Desk.Capture(t.Context(), s.Shop, checkouttest.Clerk, p.ID, eur("1.00"), checkout.Remark{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("taken twice: %v", err)
	}
}

// TestCapture_part: PGW-02, less than promised may be taken; the order says what is still due.
func TestCapture_part(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Pay("card later", "testbank", later())
	which, p := bought(t, s, "card later")
	part := p.Amount.Sub(eur("10.00"))
	if err := s.Desk.Capture(t.Context(), s.Shop, checkouttest.Clerk, p.ID, part, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	if o := s.Find(which); !o.Paid.Equal(part) || !o.Due().Equal(eur("10.00")) || o.PaymentState() == order.FullyPaid {
		t.Errorf("paid %s, due %s, %s", o.Paid, o.Due(), o.PaymentState())
	}
}

// TestLetGo: PGW-02, a promise that is given back charges nothing, and the order can be paid anew.
func TestLetGo(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Pay("card later", "testbank", later())
	which, p := bought(t, s, "card later")
	if err := s.Desk.LetGo(t.Context(), s.Shop, checkouttest.Clerk, p.ID, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	if p := attempt(t, s, which); p.State != payment.StateCancelled || p.Captured.IsPositive() {
		t.Errorf("let go: %s, captured %s", p.State, p.Captured)
	}
	file, err := s.Desk.Open(t.Context(), s.Shop, which)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, e := range file.Events {
		for key := range e.Data {
			said[key] = true
		}
	}
	if !said[order.KeyPromised] || !said[order.KeyReleased] || !said["release"] {
		t.Errorf("the timeline tells %v", said)
	}
	if _, err := s.Desk.PayAgain(t.Context(), s.Shop, checkout.Visitor{}, file.Link, s.ModeOf("card"), checkout.With{}); err != nil {
		t.Errorf("paid anew: %v", err)
	}
}

// TestRefund_lost: PGW-30, a refund whose answer was lost is asked for again by the same key, and the buyer gets his
// money once.
func TestRefund_lost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name          string
		keyless, mute bool
		calls         int
	}{
		{"the bank tells what it did", false, false, 1},
		{"the bank tells, and knows no keys", true, false, 1},
		{"the bank tells nothing, and knows its keys", false, true, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := checkouttest.New(t, checkout.Reactions{})
			f := lose(t, s, tt.keyless, tt.mute, false)
			which, p := bought(t, s, "card")
			refund := func() error {
				return s.Desk.Refund(t.Context(), s.Shop, checkouttest.Clerk, p.ID, eur("10.00"), checkout.Remark{})
			}
			if err := refund(); !fault.Is(err, fault.Upstream) {
				t.Fatalf("the answer was lost: %v", err)
			}
			if err := refund(); err != nil {
				t.Fatal(err)
			}
			if o := s.Find(which); !o.Refunded.Equal(eur("10.00")) {
				t.Errorf("refunded %s", o.Refunded)
			}
			if *f.refunds != tt.calls || tt.calls == 2 && (*f.keys)[0] != (*f.keys)[1] {
				t.Errorf("asked %d times, keys %v", *f.refunds, *f.keys)
			}
			if err := refund(); err != nil { // another refund of the same amount is another one
				t.Fatal(err)
			}
			if o := s.Find(which); !o.Refunded.Equal(eur("20.00")) || (*f.keys)[0] == (*f.keys)[len(*f.keys)-1] {
				t.Errorf("a second one: refunded %s, keys %v", o.Refunded, *f.keys)
			}
		})
	}
}

// TestRefund_blind: PGW-30, a bank that neither tells nor knows its keys is not asked twice: what it did is recorded by hand. One
// that tells of payments and not of refunds is no better.
func TestRefund_blind(t *testing.T) {
	t.Parallel()
	t.Run("it tells nothing", func(t *testing.T) { blind(t, true, false) })
	t.Run("it tells no refunds", func(t *testing.T) { blind(t, false, true) })
}

func blind(t *testing.T, mute, untold bool) {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	f := lose(t, s, true, mute, untold)
	which, p := bought(t, s, "card")
	refund := func(r checkout.Remark) error {
		return s.Desk.Refund(t.Context(), s.Shop, checkouttest.Clerk, p.ID, eur("10.00"), r)
	}
	if err := refund(checkout.Remark{}); !fault.Is(err, fault.Upstream) {
		t.Fatalf("the answer was lost: %v", err)
	}
	if err := refund(checkout.Remark{}); !errors.Is(err, payment.ErrUnanswered) || *f.refunds != 1 {
		t.Errorf("asked %d times: %v", *f.refunds, err)
	}
	if err := refund(checkout.Remark{Done: true, Note: "seen at the bank"}); err != nil {
		t.Fatal(err)
	}
	if o := s.Find(which); !o.Refunded.Equal(eur("10.00")) || *f.refunds != 1 {
		t.Errorf("refunded %s, asked %d times", o.Refunded, *f.refunds)
	}
	if err := refund(checkout.Remark{}); err != nil || *f.refunds != 2 {
		t.Errorf("once it is settled the next is asked for: %v, %d", err, *f.refunds)
	}
}

// TestCapture_denied: PGW-30, the bank's no is told on the timeline, since that it was asked stands there already.
func TestCapture_denied(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	s.Pay("card later", "testbank", later())
	which, p := bought(t, s, "card later")
	defer s.Bank.Hold()() // the notice of what the bank’s office does is late
	s.Bank.Office(p.Ref, "cancel")
	if err := s.Desk.Capture(t.Context(), s.Shop, checkouttest.Clerk, p.ID, p.Amount, checkout.Remark{}); !errors.Is(err, payment.ErrDeclined) {
		t.Fatalf("the bank said %v", err)
	}
	file, err := s.Desk.Open(t.Context(), s.Shop, which)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, e := range file.Events {
		if e.Kind == order.Alerted && e.Note == "checkout.alert.bank_denied.capture" && e.Data["amount"] == p.Amount.String() {
			told++
		}
	}
	if told != 1 {
		t.Errorf("told %d times in %+v", told, file.Events)
	}
}
