package gatewaytest

import (
	"bytes"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/payment"
)

// returns: what the browser brings back is believed when it is signed, and is the same fact as the
// notice.
func returns(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	returner, ok := r.Gateway.(payment.Returner)
	p, back := r.Pay(t, Good, bank.BeforeReturn)
	if back == nil || !strings.HasPrefix(back.URL.RawQuery, "lang=fr&x=%C3%A9") {
		t.Fatalf("came back to %v: our own query fields were touched", back)
	}
	first := r.Wait(t, f.letters(bank.Paid))
	if !ok {
		return // declared
	}
	a := r.Account(t, r.Mode.ID)
	n, err := returner.ReadReturn(t.Context(), a, back.Raw)
	if err != nil {
		t.Fatal(err)
	}
	if len(first) > 0 && n.ID != first[0].Notice.ID {
		t.Errorf("the return calls the fact %q, the notice %q", n.ID, first[0].Notice.ID)
	}
	if out := r.Record(t, payment.SourceReturn, n); out.Repeat != (len(first) > 0) {
		t.Errorf("the return after the notice: %+v", out)
	}
	q, back := r.Pay(t, Good, bank.Never)
	if n, err = returner.ReadReturn(t.Context(), a, back.Raw); err != nil {
		t.Fatal(err)
	}
	if out := r.Record(t, payment.SourceReturn, n); !out.Captured.Equal(q.Amount) && out.Flag != payment.FlagUnproven {
		t.Errorf("the return without a notice: %+v", out)
	}
	tampered(t, f, returner, a, back.Raw)
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured && got.State != payment.StateReview {
		t.Errorf("state %s", got.State)
	}
}

// tampered changes each of the bank's fields in turn, but for those the signature does not cover by the protocol.
func tampered(t *testing.T, f Family, g payment.Returner, a payment.Account, back payment.RawNotice) {
	t.Helper()
	fields, err := url.ParseQuery(string(back.Body))
	posted := len(back.Body) > 0
	if !posted {
		fields, err = url.ParseQuery(back.RawQuery)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range fields {
		if !posted && (name == "lang" || name == "x") {
			continue // ours
		}
		if at := bytes.Index(carrier(back), []byte(name+"=")); f.Loose != nil && at >= 0 && f.Loose(back, at) {
			t.Logf("%s is not signed", name)
			continue
		}
		for what, change := range map[string]func(url.Values){
			"changed":     func(v url.Values) { v.Set(name, values[0]+"0") },
			"missing":     func(v url.Values) { v.Del(name) },
			"given twice": func(v url.Values) { v.Add(name, values[0]) },
		} {
			raw, v := back, url.Values{}
			for name, values := range fields {
				v[name] = slices.Clone(values)
			}
			change(v)
			if posted {
				raw.Body = []byte(v.Encode())
			} else {
				raw.RawQuery, raw.Query = v.Encode(), v
			}
			if n, err := g.ReadReturn(t.Context(), a, raw); err == nil {
				t.Errorf("return with %s %s was believed: %+v", name, what, n)
			}
		}
	}
}

// twins: a message that differs in anything from a genuine one is refused, and changes nothing.
func twins(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	a := r.Account(t, r.Mode.ID)
	r.Pay(t, Silent, bank.Proper)
	first := r.Wait(t, f.letters(bank.Paid))
	r.Pay(t, Silent, bank.Proper)
	second := r.Wait(t, f.letters(bank.Paid))
	if len(first) == 0 {
		t.Log("this bank sends no notices")
		return
	}
	raw, other := first[0].Raw, second[0].Raw
	if _, err := r.Gateway.ReadNotice(t.Context(), a, raw); err != nil {
		t.Fatalf("the genuine message: %v", err)
	}
	refuse := func(what string, a payment.Account, raw payment.RawNotice) {
		t.Helper()
		n, err := r.Gateway.ReadNotice(t.Context(), a, raw)
		if err == nil {
			t.Errorf("%s was believed: %+v", what, n)
			return
		}
		if k := fault.KindOf(err); k == fault.Internal || k == fault.Upstream {
			t.Errorf("%s: %v asks the bank to repeat for ever", what, err)
		}
		if same(r.Gateway.Acknowledge(n, err), f.Expected(first[0].Notice)) == nil {
			t.Errorf("%s was answered like a good one", what)
		}
	}
	for _, twin := range f.Flip(raw) {
		refuse("a twin with another signature", a, twin)
	}
	refuse("the content of another message", a, f.Swap(raw, other))
	if reason, untold := f.Untold[bank.OtherMerchant]; untold {
		t.Logf("a message for another account cannot be seen: %s", reason)
	} else {
		refuse("a message for another account", r.Account(t, r.Save(t, f.Other, true).ID), raw)
	}
	refuse("nothing", a, payment.RawNotice{})
	for i := range carrier(raw) {
		if f.Loose == nil || !f.Loose(raw, i) {
			refuse("a message with one bit changed", a, flipped(raw, i))
		}
	}
	huge := clone(raw)
	huge.Body = append(huge.Body, bytes.Repeat([]byte(" "), payment.MaxBody)...)
	refuse("a huge body", a, huge)
}

// carrier is what brings the message: the body, or the query where there is none.
func carrier(raw payment.RawNotice) []byte {
	if len(raw.Body) > 0 {
		return raw.Body
	}
	return []byte(raw.RawQuery)
}

// flipped is the message with one bit changed.
func flipped(raw payment.RawNotice, at int) payment.RawNotice {
	twin, text := clone(raw), slices.Clone(carrier(raw))
	text[at] ^= 1
	if len(raw.Body) > 0 {
		twin.Body = text
		return twin
	}
	twin.RawQuery = string(text)
	twin.Query, _ = url.ParseQuery(twin.RawQuery) // as net/http does: what can be read of it
	return twin
}

func clone(raw payment.RawNotice) payment.RawNotice {
	raw.Body, raw.Header, raw.Query = slices.Clone(raw.Body), maps.Clone(raw.Header), maps.Clone(raw.Query)
	return raw
}

// Fuzz feeds bytes to a family, as a body with a signature in a header and as a query: whatever they are, it must not
// fall over, and must not believe what nobody signed.
func Fuzz(f *testing.F, g payment.Gateway, a payment.Account, header string) {
	f.Fuzz(func(t *testing.T, signature string, body []byte) {
		h := map[string][]string{header: {signature}, "Content-Type": {"application/x-www-form-urlencoded"}}
		query, _ := url.ParseQuery(string(body))
		for _, raw := range []payment.RawNotice{{Header: h, URL: "https://platform.example/pay/notify", Body: body}, {Header: h, RawQuery: string(body), Query: query}} {
			n, err := g.ReadNotice(t.Context(), a, raw)
			if err == nil {
				t.Errorf("believed %+v", n)
			}
			g.Acknowledge(n, err)
			if back, ok := g.(payment.Returner); ok {
				if n, err := back.ReadReturn(t.Context(), a, raw); err == nil {
					t.Errorf("believed %+v", n)
				}
			}
		}
	})
}
