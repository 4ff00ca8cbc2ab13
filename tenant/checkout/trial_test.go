package checkout_test

import (
	"errors"
	"net/url"
	"testing"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/stats"
)

// tried begins a trial of the card, pays it at the bank, and gives where the browser comes back to.
func tried(t *testing.T, s *checkouttest.Stage, quirk string) (o *order.Order, link string, back *url.URL) {
	t.Helper()
	_, err := s.Desk.TryMode(t.Context(), s.Shop, checkout.Tester{Actor: checkouttest.Clerk, Name: "Claire", Email: "claire@example.org", Locale: "fr"}, s.ModeOf("card"))
	must(t, err)
	o = s.Find(trialOf(t, s).Which)
	link = s.Desk.Links.Make(s.Shop, o.ID, o.PlacedAt)
	placed, err := s.Desk.Resume(t.Context(), s.Shop, checkout.Visitor{}, link, false)
	must(t, err)
	return o, link, s.Bank.Visit(placed.Next, "good", quirk)
}

// trialOf is the newest trial of the card, as the office reads it.
func trialOf(t *testing.T, s *checkouttest.Stage) (trial *checkout.ModeTrial) {
	t.Helper()
	s.Read(func(tx tenant.Tx) error {
		m, err := s.Modes.Find(tx, s.ModeOf("card"))
		if err != nil {
			return err
		}
		trial, err = s.Desk.FindTrial(tx, m)
		return err
	})
	return trial
}

// comeBack is the merchant's browser on its way from the bank.
func comeBack(t *testing.T, s *checkouttest.Stage, link string, back *url.URL) {
	t.Helper()
	_, err := s.Desk.Return(t.Context(), s.Shop, link, trialOf(t, s).Payment.ID, payment.RawNotice{RawQuery: back.RawQuery, Query: back.Query()})
	must(t, err)
}

// PAY-06: a notice that says what the browser has brought already has come all the same.
func TestTrial_BrowserFirst(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	release := s.Bank.Hold()
	_, link, back := tried(t, s, "proper")
	comeBack(t, s, link, back)
	if got := trialOf(t, s); !got.Payment.State.Paid() || got.Noticed != nil || got.Back == nil || got.Result() != checkout.TrialBad {
		t.Errorf("before the notice: %s, noticed %v, back %v, %s", got.Payment.State, got.Noticed, got.Back, got.Result())
	}
	release()
	s.Bank.Wait(1)
	if got := trialOf(t, s); got.Noticed == nil || got.Result() != checkout.TrialGood {
		t.Errorf("PAY-06 the notice came, and the merchant reads that it did not: %s", got.Result())
	}
}

// PAY-06: what a trial came to, for the list of modes; a notice that cannot be believed is not one that came.
func TestTrial_Result(t *testing.T) {
	t.Parallel()
	for quirk, want := range map[string]checkout.TrialResult{"before_return": checkout.TrialGood, "duplicate": checkout.TrialGood, "wrong_key": checkout.TrialBad,
		"wrong_amount": checkout.TrialBad, "never": checkout.TrialOpen} {
		t.Run(quirk, func(t *testing.T) {
			s := checkouttest.New(t, checkout.Reactions{})
			tried(t, s, quirk)
			if quirk != "never" {
				s.Bank.Wait(1)
			}
			if got := trialOf(t, s); got.Result() != want || got.Noticed != nil != (quirk != "never" && quirk != "wrong_key") || got.Back != nil {
				t.Errorf("PAY-06 %s: %s, noticed %v, back %v", quirk, got.Result(), got.Noticed, got.Back)
			}
			s.Read(func(tx tenant.Tx) error {
				n, err := order.Count(tx, order.Filter{States: []order.State{order.Placed, order.Paid, order.AwaitingShipment}, Real: true}, 10)
				today, err2 := stats.Read(tx)
				if n != 0 || today.ToShip != 0 || today.Unpaid != 0 {
					t.Errorf("PAY-06 %s: a trial waits for its parcel: %d, %+v", quirk, n, today)
				}
				return errors.Join(err, err2)
			})
		})
	}
}

// PAY-06: a buyer who pays with the mode while it is tried is no news of the trial.
func TestTrial_Others(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	_, err := s.Desk.TryMode(t.Context(), s.Shop, checkout.Tester{Actor: checkouttest.Clerk, Name: "Claire", Email: "claire@example.org", Locale: "fr"}, s.ModeOf("card"))
	must(t, err)
	b := s.Guest("zoe@example.org")
	must(t, b.Add(s.Stock("Lampe", "20.00", 5), 1))
	placed, err := b.Place("card")
	must(t, err)
	s.Bank.Visit(placed.Next, "good", "before_return")
	s.Bank.Wait(1)
	if got := trialOf(t, s); got.Noticed != nil || got.Result() != checkout.TrialOpen {
		t.Errorf("PAY-06 %s, noticed %v", got.Result(), got.Noticed)
	}
}

// PAY-06 GWN-09: where the contract has a person look at every payment, that is how a trial should end; where the bank said another amount,
// it is not.
func TestTrial_Doubted(t *testing.T) {
	t.Parallel()
	at := time.Now()
	for verdict, want := range map[payment.Verdict]checkout.TrialResult{payment.Doubted: checkout.TrialGood, payment.Mismatch: checkout.TrialBad,
		payment.Conflict: checkout.TrialBad, payment.WrongSet: checkout.TrialBad} {
		trial := checkout.ModeTrial{Trial: payment.Trial{Noticed: &at}, Payment: payment.Payment{State: payment.StateReview},
			Ledger: []payment.Entry{{Verdict: payment.Asked}, {Verdict: verdict}}}
		if got := trial.Result(); got != want || trial.Doubted() != (want == checkout.TrialGood) {
			t.Errorf("%s: %s, doubted %t", verdict, got, trial.Doubted())
		}
	}
}
