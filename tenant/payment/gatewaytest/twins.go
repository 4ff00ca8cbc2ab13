package gatewaytest

import (
	"bytes"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
)

// returns: what the browser brings back is believed when it is signed, and is the same fact as the
// notice.
func returns(t *testing.T, f Family) {
	returner, ok := f.Gateway.(payment.Returner)
	if !ok {
		t.Log("this bank signs no return")
		return
	}
	r := NewRig(t, f, f.Config)
	a := r.Account(t, r.Mode.ID)
	p, back := r.Pay(t, Good, BeforeReturn)
	if back == nil || !strings.HasPrefix(back.RawQuery, "lang=fr&x=%C3%A9") {
		t.Fatalf("came back to %v: our own query fields were touched", back)
	}
	first := r.Wait(t, 1)[0]
	n, err := returner.ReadReturn(t.Context(), a, rawReturn(back))
	if err != nil {
		t.Fatal(err)
	}
	if n.ID != first.Notice.ID {
		t.Errorf("the return calls the fact %q, the notice %q", n.ID, first.Notice.ID)
	}
	if out := r.Record(t, payment.SourceReturn, n); !out.Repeat {
		t.Errorf("the return after the notice: %+v", out)
	}
	q, back := r.Pay(t, Good, Never)
	if n, err = returner.ReadReturn(t.Context(), a, rawReturn(back)); err != nil {
		t.Fatal(err)
	}
	if out := r.Record(t, payment.SourceReturn, n); !out.Captured.Equal(q.Amount) {
		t.Errorf("the return without a notice: %+v", out)
	}
	tampered(t, returner, a, back)
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured {
		t.Errorf("state %s", got.State)
	}
}

// tampered changes each of the bank's fields in turn.
func tampered(t *testing.T, g payment.Returner, a payment.Account, back *url.URL) {
	t.Helper()
	ours := map[string]bool{"lang": true, "x": true}
	for name, values := range back.Query() {
		if ours[name] {
			continue
		}
		for what, change := range map[string]func(url.Values){
			"changed":     func(v url.Values) { v.Set(name, values[0]+"0") },
			"missing":     func(v url.Values) { v.Del(name) },
			"given twice": func(v url.Values) { v.Add(name, values[0]) },
		} {
			u, v := *back, back.Query()
			change(v)
			u.RawQuery = v.Encode()
			if n, err := g.ReadReturn(t.Context(), a, rawReturn(&u)); err == nil {
				t.Errorf("return with %s %s was believed: %+v", name, what, n)
			}
		}
	}
}

func rawReturn(u *url.URL) payment.RawNotice {
	return payment.RawNotice{Path: u.Path, RawQuery: u.RawQuery, Query: u.Query()}
}

// twins: a message that differs in anything from a genuine one is refused, and changes nothing.
func twins(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	a := r.Account(t, r.Mode.ID)
	r.Pay(t, Silent, Proper)
	r.Pay(t, Silent, Proper)
	heard := r.Wait(t, 2)
	raw, other := heard[0].Raw, heard[1].Raw
	if _, err := f.Gateway.ReadNotice(t.Context(), a, raw); err != nil {
		t.Fatalf("the genuine message: %v", err)
	}
	refuse := func(what string, a payment.Account, raw payment.RawNotice) {
		t.Helper()
		n, err := f.Gateway.ReadNotice(t.Context(), a, raw)
		if err == nil {
			t.Errorf("%s was believed: %+v", what, n)
			return
		}
		if k := fault.KindOf(err); k == fault.Internal || k == fault.Upstream {
			t.Errorf("%s: %v asks the bank to repeat for ever", what, err)
		}
		if same(f.Gateway.Acknowledge(n, err), f.Expected(heard[0].Notice)) == nil {
			t.Errorf("%s was answered like a good one", what)
		}
	}
	for _, twin := range f.Flip(raw) {
		refuse("a twin with another signature", a, twin)
	}
	refuse("the body of another message", a, f.Swap(raw, other))
	refuse("a message for another account", r.Account(t, r.Save(t, f.Other, true).ID), raw)
	refuse("nothing", a, payment.RawNotice{})
	for i := range raw.Body {
		twin := clone(raw)
		twin.Body[i] ^= 1
		refuse("a body with one bit changed", a, twin)
	}
	huge := clone(raw)
	huge.Body = append(huge.Body, bytes.Repeat([]byte(" "), payment.MaxBody)...)
	refuse("a huge body", a, huge)
}

func clone(raw payment.RawNotice) payment.RawNotice {
	raw.Body, raw.Header, raw.Query = slices.Clone(raw.Body), maps.Clone(raw.Header), maps.Clone(raw.Query)
	return raw
}

// Fuzz feeds bytes to a family: whatever they are, it must not fall over, and must not believe what
// nobody signed.
func Fuzz(f *testing.F, g payment.Gateway, a payment.Account, header string) {
	f.Fuzz(func(t *testing.T, signature string, body []byte) {
		raw := payment.RawNotice{Header: map[string][]string{header: {signature}}, Body: body}
		if n, err := g.ReadNotice(t.Context(), a, raw); err == nil {
			t.Errorf("believed %+v", n)
		}
	})
}
