package vat_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/vies"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/vat"
)

type register struct {
	answer vies.Answer
	err    error
	asked  []vies.Question
}

func (r *register) Check(_ context.Context, q vies.Question) (vies.Answer, error) {
	r.asked = append(r.asked, q)
	return r.answer, r.err
}

// memory is a cache; one that is away remembers nothing and says so.
type memory struct {
	texts map[string]string
	away  bool
}

func (m *memory) Get(_ context.Context, key string) (string, bool, error) {
	if m.away {
		return "", false, errors.New("away")
	}
	text, ok := m.texts[key]
	return text, ok, nil
}

func (m *memory) Set(_ context.Context, key, value string, _ time.Duration) error {
	if m.away {
		return errors.New("away")
	}
	m.texts[key] = value
	return nil
}

func TestChecker(t *testing.T) {
	now := clock.New(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))
	cache := &memory{texts: map[string]string{}}
	r := &register{answer: vies.Answer{Valid: true, Name: "Muster", Consultation: "W1", At: now.Now()}}
	c := vat.New(r, func(*tenant.Shop) vat.Cache { return cache }, now)
	check := func() pricing.VATProof { return c.Check(t.Context(), nil, "de 136695976", "FR40303265045") }

	want := pricing.VATProof{Number: "DE136695976", Verdict: pricing.VATValid, Consultation: "W1", Name: "Muster", At: now.Now()}
	for range 2 {
		if diff := cmp.Diff(want, check()); diff != "" {
			t.Error(diff)
		}
	}
	if diff := cmp.Diff([]vies.Question{{Number: "DE136695976", Requester: "FR40303265045"}}, r.asked); diff != "" {
		t.Errorf("LAW-04 an answer holds for a day: %s", diff)
	}
	now.Advance(vat.Fresh)
	r.answer = vies.Answer{Consultation: "W2", At: now.Now()}
	if p := check(); p.Verdict != pricing.VATInvalid || len(r.asked) != 2 {
		t.Errorf("LAW-04 after a day: %+v, asked %d times", p, len(r.asked))
	}
	now.Advance(vat.Fresh)
	r.err = vies.ErrUnavailable
	for range 2 {
		if p := check(); p.Verdict != pricing.VATUnknown {
			t.Errorf("LAW-04 while away: %+v", p)
		}
	}
	if len(r.asked) != 4 {
		t.Errorf("LAW-04 a register that is away is asked again: %d", len(r.asked))
	}
	cache.away, r.err = true, nil
	if p := check(); p.Verdict != pricing.VATInvalid {
		t.Errorf("without a cache: %+v", p)
	}
}

func TestChecker_requester(t *testing.T) {
	now := clock.New(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))
	for own, want := range map[string]string{"": "", "CHE-107.787.577 MWST": "", "GR 094259216": "EL094259216", "nonsense": "", "DE136695976": "DE136695976"} {
		r := &register{}
		vat.New(r, nil, now).Check(t.Context(), nil, "FR40303265045", own)
		if r.asked[0].Requester != want {
			t.Errorf("LAW-04 %q asks as %q, want %q", own, r.asked[0].Requester, want)
		}
	}
	var none *vat.Checker
	if p := none.Check(t.Context(), nil, "FR40303265045", ""); p.Verdict != pricing.VATUnknown {
		t.Errorf("without a register: %+v", p)
	}
}
