package payment_test

import (
	"os"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/payment"
)

// misformed is a family whose form has a mistake.
type misformed struct{ card }

func (misformed) Key() string         { return "misformed" }
func (misformed) Config() form.Schema { return form.Schema{Fields: []form.Field{{Name: "x"}}} }

// TestWords: LANG-01, everything that can be said is said in every language.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	var keys []string
	for _, r := range payment.Reasons() {
		keys = append(keys, r.Key())
	}
	for _, s := range []payment.State{payment.StateCreated, payment.StatePending, payment.StateAuthorised, payment.StateCaptured,
		payment.StatePartRefunded, payment.StateRefunded, payment.StateFailed, payment.StateCancelled, payment.StateReview,
		payment.StateDisputed, payment.StateChargedBack} {
		keys = append(keys, s.Key())
	}
	for _, f := range []payment.Flag{payment.FlagConflict, payment.FlagMismatch, payment.FlagDouble, payment.FlagEarly,
		payment.FlagForeign, payment.FlagUnknown, payment.FlagTest, payment.FlagUnproven, payment.FlagDispute} {
		keys = append(keys, "payment.flag."+string(f))
	}
	for _, v := range []payment.Verdict{payment.Asked, payment.Denied, payment.Applied, payment.Refused, payment.Conflict, payment.Mismatch, payment.Doubted,
		payment.Foreign, payment.Unknown, payment.WrongSet} {
		keys = append(keys, "payment.verdict."+string(v))
	}
	for _, s := range []payment.Source{payment.SourceShop, payment.SourceNotice, payment.SourceReturn, payment.SourceInquiry,
		payment.SourceCall, payment.SourceStaff, payment.SourceSweep} {
		keys = append(keys, "payment.source."+string(s))
	}
	for _, e := range []payment.Event{payment.Waiting, payment.Authorised, payment.Captured, payment.Failed, payment.Cancelled,
		payment.Refunded, payment.Disputed, payment.DisputeWon, payment.DisputeLost, "begin", "accept"} {
		keys = append(keys, "payment.event."+string(e))
	}
	for _, err := range []error{payment.ErrForged, payment.ErrForeign, payment.ErrGarbled, payment.ErrNoNotices, payment.ErrUnfit,
		payment.ErrNotKnown, payment.ErrDeclined, payment.ErrOffice, payment.ErrBank, payment.ErrGone, payment.ErrMode, payment.ErrStale,
		payment.ErrInUse, payment.ErrPayment, payment.ErrPaid, payment.ErrAmount, payment.ErrTooMany, payment.ErrUnanswered, payment.ErrNoCard} {
		keys = append(keys, fault.KeyOf(err))
	}
	keys = append(keys, payment.ConsentKey)
	for _, s := range payment.Standings() {
		keys = append(keys, s.Key())
	}
	for _, m := range payment.Moments() {
		keys = append(keys, m.Key())
	}
	g := families(t)
	for _, kind := range g.Keys() {
		keys = append(keys, payment.KindKey(kind))
		family, err := g.Find(kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range family.Config().Fields {
			keys = append(keys, f.Label)
			if f.Help != "" {
				keys = append(keys, f.Help)
			}
			for _, o := range f.Options {
				keys = append(keys, o.Label)
			}
		}
	}
	i18ntest.Used(t, words, keys...)
}
