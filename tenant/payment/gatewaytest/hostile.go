package gatewaytest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/tenant/payment"
)

var (
	applied = payment.Applied
	late    = payment.Refused
)

// quirks are those of notices, in the order they are tried.
var quirks = []Quirk{bank.Proper, bank.BeforeReturn, bank.Duplicate, bank.Late, bank.OutOfOrder, bank.WrongAmount, bank.WrongCurrency,
	bank.WrongKey, bank.OtherMerchant, bank.OtherMode, bank.Contradiction, bank.Never}

// trials are what must come of each: "begin" is the first line of every ledger.
var trials = map[Quirk]Trial{
	bank.Proper:        {Secure, 1, payment.StateCaptured, "", false, []payment.Verdict{applied, applied}},
	bank.BeforeReturn:  {Good, 1, payment.StateCaptured, "", false, []payment.Verdict{applied, applied}},
	bank.Duplicate:     {Silent, 3, payment.StateCaptured, "", false, []payment.Verdict{applied, applied}},
	bank.Late:          {Silent, 1, payment.StateCaptured, "", false, []payment.Verdict{applied, applied}},
	bank.OutOfOrder:    {Silent, 2, payment.StateCaptured, "", false, []payment.Verdict{applied, applied, late}},
	bank.WrongAmount:   {Silent, 1, payment.StateReview, payment.FlagMismatch, false, []payment.Verdict{applied, payment.Mismatch}},
	bank.WrongCurrency: {Silent, 1, payment.StateReview, payment.FlagMismatch, false, []payment.Verdict{applied, payment.Mismatch}},
	bank.WrongKey:      {Silent, 1, payment.StateCreated, "", true, []payment.Verdict{applied}},
	bank.OtherMerchant: {Silent, 1, payment.StateCreated, "", true, []payment.Verdict{applied}},
	bank.OtherMode:     {Silent, 1, payment.StateCreated, payment.FlagTest, false, []payment.Verdict{applied, payment.WrongSet}},
	bank.Contradiction: {Silent, 2, payment.StateCaptured, payment.FlagConflict, false, []payment.Verdict{applied, applied, payment.Conflict}},
	bank.Never:         {Silent, 0, payment.StateCreated, "", false, []payment.Verdict{applied}},
}

// trial is what must come of a quirk in this family.
func (f Family) trial(t *testing.T, q Quirk) Trial {
	t.Helper()
	tt, own := f.Trials[q]
	if !own {
		tt = trials[q]
	}
	if reason, untold := f.Untold[q]; untold {
		t.Logf("%s cannot be seen: %s", q, reason)
		tt = trials[bank.Proper]
	}
	if f.Lacks.Proof != "" && tt.State == payment.StateCaptured {
		t.Logf("money waits for a person: %s", f.Lacks.Proof)
		tt.State, tt.Ledger = payment.StateReview, slices.Clone(tt.Ledger)
		tt.Ledger[1] = payment.Doubted
	}
	return tt
}

// started is the trial of a payment its bank had a name for from the start: the buyer was sent there, which is a line of
// the ledger (payment.Started).
func (tt Trial) started(p payment.Payment) Trial {
	if p.BankRef == "" {
		return tt
	}
	if tt.State == payment.StateCreated {
		tt.State = payment.StatePending
	}
	tt.Ledger = slices.Insert(slices.Clone(tt.Ledger), 1, applied)
	return tt
}

// flags are those the notices of a trial must carry, each once.
func (f Family) flags(tt Trial) []payment.Flag {
	var list []payment.Flag
	if slices.Contains(tt.Ledger, payment.Doubted) {
		list = append(list, payment.FlagUnproven)
	}
	if tt.Flag != "" {
		list = append(list, tt.Flag)
	}
	return list
}

// hostile runs every quirk: the order is paid exactly once, or not at all.
func hostile(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	for _, quirk := range quirks {
		tt := f.trial(t, quirk)
		t.Run(fmt.Sprintf("%s %s", quirk, tt.Card), func(t *testing.T) {
			p, _ := r.Pay(t, tt.Card, quirk)
			tt := tt.started(p)
			captured := 0
			var flags []payment.Flag
			for _, h := range r.Wait(t, tt.Notices*f.letters(bank.Paid)) {
				if h.Outcome.Captured.IsPositive() {
					captured++
				}
				if h.Outcome.Flag != payment.FlagNone {
					flags = append(flags, h.Outcome.Flag)
				}
				answered(t, f, h, tt.Refused)
			}
			want := 0
			if tt.State == payment.StateCaptured {
				want = 1
			}
			if captured != want || !slices.Equal(flags, f.flags(tt)) {
				t.Errorf("captured %d times, flagged %q, want %q", captured, flags, f.flags(tt))
			}
			got, ledger := r.Find(t, p)
			if got.State != tt.State || got.Captured.IsPositive() != (want == 1) || want == 1 && !got.Captured.Equal(p.Amount) {
				t.Errorf("state %s, captured %s", got.State, got.Captured)
			}
			wrote(t, f, ledger, tt.Ledger)
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
