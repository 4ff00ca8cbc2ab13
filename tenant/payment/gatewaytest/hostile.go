package gatewaytest

import (
	"fmt"
	"strings"
	"testing"

	"echoppe.dev/tenant/payment"
)

// trial is what the bank does and what must come of it.
type trial struct {
	quirk   Quirk
	card    Card
	notices int // how many the bank sends
	state   payment.State
	flag    payment.Flag // on exactly one of the notices
	refused bool         // the bank must not be told that all is well
	ledger  []payment.Verdict
}

var (
	applied = payment.Applied
	late    = payment.Refused
)

// trials: "begin" is the first line of every ledger.
var trials = []trial{
	{Proper, Silent, 1, payment.StateCaptured, "", false, []payment.Verdict{applied, applied}},
	{Proper, Secure, 1, payment.StateCaptured, "", false, []payment.Verdict{applied, applied}},
	{BeforeReturn, Good, 1, payment.StateCaptured, "", false, []payment.Verdict{applied, applied}},
	{Duplicate, Silent, 3, payment.StateCaptured, "", false, []payment.Verdict{applied, applied}},
	{Late, Silent, 1, payment.StateCaptured, "", false, []payment.Verdict{applied, applied}},
	{OutOfOrder, Silent, 2, payment.StateCaptured, "", false, []payment.Verdict{applied, applied, late}},
	{WrongAmount, Silent, 1, payment.StateReview, payment.FlagMismatch, false, []payment.Verdict{applied, payment.Mismatch}},
	{WrongCurrency, Silent, 1, payment.StateReview, payment.FlagMismatch, false, []payment.Verdict{applied, payment.Mismatch}},
	{WrongKey, Silent, 1, payment.StateCreated, "", true, []payment.Verdict{applied}},
	{OtherMerchant, Silent, 1, payment.StateCreated, "", true, []payment.Verdict{applied}},
	{OtherMode, Silent, 1, payment.StateCreated, payment.FlagTest, false, []payment.Verdict{applied, payment.WrongSet}},
	{Contradiction, Silent, 2, payment.StateCaptured, payment.FlagConflict, false, []payment.Verdict{applied, applied, payment.Conflict}},
	{Never, Silent, 0, payment.StateCreated, "", false, []payment.Verdict{applied}},
}

// hostile runs every quirk: the order is paid exactly once, or not at all.
func hostile(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	for _, tt := range trials {
		t.Run(fmt.Sprintf("%s %s", tt.quirk, tt.card), func(t *testing.T) {
			p, _ := r.Pay(t, tt.card, tt.quirk)
			captured, flags := 0, 0
			for _, h := range r.Wait(t, tt.notices) {
				if h.Outcome.Captured.IsPositive() {
					captured++
				}
				if h.Outcome.Flag != payment.FlagNone {
					flags++
					if h.Outcome.Flag != tt.flag {
						t.Errorf("flag %q, want %q", h.Outcome.Flag, tt.flag)
					}
				}
				answered(t, f, h, tt.refused)
			}
			want := 0
			if tt.state == payment.StateCaptured {
				want = 1
			}
			if captured != want || (flags == 1) != (tt.flag != "") {
				t.Errorf("captured %d times, flagged %d times", captured, flags)
			}
			got, ledger := r.Find(t, p)
			if got.State != tt.state || got.Captured.IsPositive() != (want == 1) || want == 1 && !got.Captured.Equal(p.Amount) {
				t.Errorf("state %s, captured %s", got.State, got.Captured)
			}
			wrote(t, f, ledger, tt.ledger)
		})
	}
	r.Quiet(t)
}

// answered checks what the bank hears.
func answered(t *testing.T, f Family, h Heard, refused bool) {
	t.Helper()
	if !refused {
		if h.Err != nil {
			t.Errorf("not taken: %v", h.Err)
		}
		if err := same(h.Reply, f.Expected(h.Notice)); err != nil {
			t.Error(err)
		}
		return
	}
	if h.Err == nil {
		t.Errorf("believed: %+v", h.Notice)
	}
	if same(h.Reply, f.Expected(h.Notice)) == nil {
		t.Error("the bank was told that all is well")
	}
}

// wrote checks the ledger and looks for secrets in it.
func wrote(t *testing.T, f Family, ledger []payment.Entry, want []payment.Verdict) {
	t.Helper()
	var got []payment.Verdict
	for _, e := range ledger {
		got = append(got, e.Verdict)
		for name, value := range e.Message {
			for _, s := range f.Secrets {
				if strings.Contains(value, s) {
					t.Errorf("the ledger shows a secret in %q", name)
				}
			}
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("ledger %v, want %v", got, want)
	}
}
