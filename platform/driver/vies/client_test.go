package vies_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/vies"
	"echoppe.dev/platform/kit/clock"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// register is a pretend Commission: each call gets the next of its answers, the last for ever.
type register struct {
	*httptest.Server
	calls atomic.Int64
	asked map[string]string
}

func answering(t *testing.T, answers ...http.HandlerFunc) *register {
	t.Helper()
	r := &register{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		n := int(r.calls.Add(1))
		r.asked = map[string]string{}
		if err := json.NewDecoder(req.Body).Decode(&r.asked); err != nil || req.URL.Path != "/check-vat-number" || req.Method != http.MethodPost {
			t.Errorf("asked %s %s: %v", req.Method, req.URL, err)
		}
		answers[min(n, len(answers))-1](w, req)
	}))
	t.Cleanup(r.Close)
	return r
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

const (
	valid = `{"countryCode":"DE","vatNumber":"136695976","requestDate":"2026-03-02T12:00:00Z","valid":true,
		"requestIdentifier":"WAPIAAAAY1abcdef","name":"Muster GmbH","address":"---"}`
	invalid = `{"countryCode":"DE","vatNumber":"136695976","valid":false,"requestIdentifier":"WAPI2","name":"---","address":"---"}`
	away    = `{"actionSucceed":false,"errorWrappers":[{"error":"MS_UNAVAILABLE"}]}`
)

func ask(t *testing.T, r *register, c clock.Clock) (vies.Answer, error) {
	t.Helper()
	return vies.New(vies.Config{Endpoint: r.URL, Clock: c}).Check(t.Context(), question)
}

var question = vies.Question{Number: "DE136695976", Requester: "FR40303265045"}

func TestCheck(t *testing.T) {
	tests := []struct {
		name    string
		answers []http.HandlerFunc
		want    vies.Answer
		away    bool
		calls   int64
	}{
		{"LAW-04 a number that exists, with its consultation number", []http.HandlerFunc{says(200, valid)},
			vies.Answer{Valid: true, Name: "Muster GmbH", Consultation: "WAPIAAAAY1abcdef", At: noon}, false, 1},
		{"LAW-04 a number that does not", []http.HandlerFunc{says(200, invalid)}, vies.Answer{Consultation: "WAPI2", At: noon}, false, 1},
		{"LAW-04 a register that is away has not said no", []http.HandlerFunc{says(200, away)}, vies.Answer{}, true, 1},
		{"LAW-04 nor has one that says so in its other form", []http.HandlerFunc{says(200, `{"valid":false,"userError":"MS_MAX_CONCURRENT_REQ"}`)}, vies.Answer{}, true, 1},
		{"a server that fails is tried again", []http.HandlerFunc{says(500, "<html>"), says(200, valid)},
			vies.Answer{Valid: true, Name: "Muster GmbH", Consultation: "WAPIAAAAY1abcdef", At: noon}, false, 2},
		{"and given up", []http.HandlerFunc{says(500, "<html>")}, vies.Answer{}, true, 2},
		{"a wrong number of the shop costs the proof only", []http.HandlerFunc{
			says(400, `{"actionSucceed":false,"errorWrappers":[{"error":"INVALID_REQUESTER_INFO"}]}`), says(200, invalid)},
			vies.Answer{Consultation: "WAPI2", At: noon}, false, 2},
		{"a number without shape is nobody's", []http.HandlerFunc{says(400, `{"errorWrappers":[{"error":"INVALID_INPUT"}]}`)}, vies.Answer{At: noon}, false, 1},
		{"an answer about another number is none", []http.HandlerFunc{says(200, `{"countryCode":"DE","vatNumber":"1","valid":true}`)}, vies.Answer{}, true, 2},
		{"nor is one without a verdict", []http.HandlerFunc{says(200, `{}`)}, vies.Answer{}, true, 2},
		{"an address that moved is not followed", []http.HandlerFunc{func(w http.ResponseWriter, req *http.Request) {
			http.Redirect(w, req, "http://169.254.169.254/", http.StatusFound)
		}}, vies.Answer{}, true, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := answering(t, tt.answers...)
			got, err := ask(t, r, clock.New(noon))
			if errors.Is(err, vies.ErrUnavailable) != tt.away || err != nil && !tt.away {
				t.Errorf("error %v, away %t", err, tt.away)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if n := r.calls.Load(); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
		})
	}
}

func TestCheck_question(t *testing.T) {
	r := answering(t, says(200, valid))
	if _, err := ask(t, r, clock.New(noon)); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"countryCode": "DE", "vatNumber": "136695976", "requesterMemberStateCode": "FR", "requesterNumber": "40303265045"}
	if diff := cmp.Diff(want, r.asked); diff != "" {
		t.Errorf("LAW-04 who asks is told: %s", diff)
	}
}

// A register that does not answer costs the time-out once, not twice.
func TestCheck_timeout(t *testing.T) {
	release := make(chan struct{})
	r := answering(t, func(_ http.ResponseWriter, req *http.Request) {
		select {
		case <-release:
		case <-req.Context().Done():
		}
	})
	defer close(release)
	c := vies.New(vies.Config{Endpoint: r.URL, Clock: clock.New(noon), Timeout: time.Millisecond})
	_, err := c.Check(t.Context(), question)
	if !errors.Is(err, vies.ErrUnavailable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if n := r.calls.Load(); n > 1 {
		t.Errorf("asked %d times", n)
	}
}

// After three failures a state is left alone for some seconds, then one caller looks; other states are
// asked all the while.
func TestCheck_circuit(t *testing.T) {
	now := clock.New(noon)
	r := answering(t, says(200, away), says(200, away), says(200, away), says(200, `{"countryCode":"BE","vatNumber":"0428759497","valid":true}`), says(200, valid))
	c := vies.New(vies.Config{Endpoint: r.URL, Clock: now})
	for range 3 {
		if _, err := c.Check(t.Context(), question); !errors.Is(err, vies.ErrUnavailable) {
			t.Fatal(err)
		}
	}
	if _, err := c.Check(t.Context(), question); !errors.Is(err, vies.ErrUnavailable) || r.calls.Load() != 3 {
		t.Errorf("asked %d times: %v", r.calls.Load(), err)
	}
	if a, err := c.Check(t.Context(), vies.Question{Number: "BE0428759497"}); err != nil || !a.Valid {
		t.Errorf("another state: %+v, %v", a, err)
	}
	now.Advance(16 * time.Second)
	for range 2 {
		if a, err := c.Check(t.Context(), question); err != nil || !a.Valid {
			t.Errorf("after a rest: %+v, %v", a, err)
		}
	}
	// A caller who goes away says nothing about the register.
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 4 {
		if _, err := c.Check(gone, question); !errors.Is(err, vies.ErrUnavailable) {
			t.Errorf("a caller who went away: %v", err)
		}
	}
	if a, err := c.Check(t.Context(), question); err != nil || !a.Valid {
		t.Errorf("after callers went away: %+v, %v", a, err)
	}
}
