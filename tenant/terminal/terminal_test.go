package terminal_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/terminal"
)

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

func point(t *testing.T) string {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return text(key.PublicKey().Bytes())
}

var clerk = tenant.Actor{Kind: tenant.Staff, ID: "1", Name: "Claire"}

func book(t *testing.T) terminal.Book {
	t.Helper()
	b, err := terminal.Book{}.Accept(clerk, "fr", "Claire Martin", time.Unix(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	if b, err = b.Add(clerk, point(t), "", time.Unix(2, 0)); err != nil {
		t.Fatal(err)
	}
	return b
}

// PAY-03: the server takes a whole box for the current key, and nothing else.
func TestCheckBox(t *testing.T) {
	b := book(t)
	old := b.Current().ID
	b, err := b.Add(clerk, point(t), "", time.Unix(3, 0))
	if err != nil {
		t.Fatal(err)
	}
	now := b.Current().ID
	sealed := func(key, point string, nonce, box []byte) string {
		return strings.Join([]string{"1", key, point, text(nonce), text(box)}, ".")
	}
	readable := []byte(strings.Repeat("{\"number\":\"4\"} ", 20))[:272]
	hidden := append([]byte("\x01 4111 1111 1111 1111"), random(251)...)
	for name, tt := range map[string]struct {
		part terminal.Part
		text string
		want error
	}{
		"a card":           {terminal.Card, sealed(now, point(t), random(12), random(272)), nil},
		"a code":           {terminal.Code, sealed(now, point(t), random(12), random(32)), nil},
		"a code as a card": {terminal.Card, sealed(now, point(t), random(12), random(32)), terminal.ErrBox},
		"one byte short":   {terminal.Card, sealed(now, point(t), random(12), random(271)), terminal.ErrBox},
		"nothing":          {terminal.Card, "", terminal.ErrBox},
		"no point":         {terminal.Card, sealed(now, text(append([]byte{4}, random(64)...)), random(12), random(272)), terminal.ErrBox},
		"old key":          {terminal.Card, sealed(old, point(t), random(12), random(272)), terminal.ErrOldKey},
		"unknown key":      {terminal.Card, sealed("aaaaaaaaaaaaaaaa", point(t), random(12), random(272)), terminal.ErrOldKey},
		"readable":         {terminal.Card, sealed(now, point(t), random(12), readable), terminal.ErrBox},
		"card in the box":  {terminal.Card, sealed(now, point(t), random(12), hidden), terminal.ErrClear},
		"card in clear":    {terminal.Card, "4111 1111 1111 1111", terminal.ErrClear},
		"card as JSON":     {terminal.Card, `{"number":"5424000000000015"}`, terminal.ErrClear},
		"far too long":     {terminal.Card, sealed(now, point(t), random(12), random(5000)), terminal.ErrBox},
	} {
		err := b.CheckBox(tt.part, tt.text)
		if !errors.Is(err, tt.want) || (tt.want == nil) != (err == nil) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		if err != nil && (terminal.HasCard(err.Error()) || len(fault.ArgsOf(err)) > 0) {
			t.Errorf("%s: the refusal repeats what was sent: %v", name, err)
		}
	}
}

// PAY-03: a card number is seen however it is grouped and whatever stands around it.
func TestHasCard(t *testing.T) {
	for text, want := range map[string]bool{
		"4111111111111111": true, "4111 1111 1111 1111": true, "4111-1111-1111-1111": true, "4111.1111.1111.1111": true,
		"n=370000000000002&x": true, "004111111111111111": true, "1111111111111": false, "411111111111": false,
		"0000000000000000": false, "2026-11-23": false, "": false, "41111111 and 11111111": false,
	} {
		if terminal.HasCard(text) != want {
			t.Errorf("%q: want %v", text, want)
		}
	}
	// A box of noise is not taken for a card.
	for range 2000 {
		if noise := text(random(272)); terminal.HasCard(noise) {
			t.Fatalf("%q", noise)
		}
	}
}

// PAY-03: the duty is accepted by a whole name, and nothing is taken before; a new text is asked about again.
func TestAccept(t *testing.T) {
	for name, key := range map[string]string{"": "form.required", " ": "form.required", "Claire": "terminal.whole_name", "Claire  Martin": ""} {
		b, err := terminal.Book{}.Accept(clerk, "fr", name, time.Unix(1, 0))
		got := ""
		if fields := fault.FieldsOf(err); len(fields) > 0 {
			got = fields[0].Key
		}
		if got != key {
			t.Errorf("%q: %q, want %q", name, got, key)
		}
		if key == "" && (b.Accepted.Name != "Claire Martin" || b.Accepted.Version != terminal.DutyVersion || b.Accepted.By != clerk) {
			t.Errorf("%+v", b.Accepted)
		}
	}
	if _, err := (terminal.Book{}).Add(clerk, point(t), "", time.Unix(1, 0)); !errors.Is(err, terminal.ErrDuty) {
		t.Errorf("a key before the duty: %v", err)
	}
	b := book(t)
	if !b.Ready() {
		t.Error("not ready")
	}
	earlier := *b.Accepted
	earlier.Version = "2001-01"
	b.Accepted = &earlier
	if b.Ready() {
		t.Error("an earlier text is enough")
	}
}

// PAY-03: a private key is taken only as a passphrase wraps it, and the journal has none at all.
func TestAdd(t *testing.T) {
	b := book(t)
	wrapped := strings.Join([]string{"1", "600000", text(random(16)), text(random(12)), text(random(154))}, ".")
	for name, tt := range map[string]struct {
		point, wrapped string
		want           error
	}{
		"no point":    {"x", "", terminal.ErrPoint},
		"bare key":    {point(t), text(random(138)), terminal.ErrWrapped},
		"wrapped":     {point(t), wrapped, nil},
		"too quickly": {point(t), strings.Replace(wrapped, "600000", "599999", 1), terminal.ErrWrapped},
	} {
		after, err := b.Add(clerk, tt.point, tt.wrapped, time.Unix(3, 0))
		if !errors.Is(err, tt.want) || (tt.want == nil) != (err == nil) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		if err == nil {
			journal, _ := json.Marshal(after.Sealed())
			if strings.Contains(string(journal), wrapped) || after.Current().Wrapped != wrapped || after.Check() != nil {
				t.Errorf("%s: %s", name, journal)
			}
			if again, _ := after.Add(clerk, tt.point, tt.wrapped, time.Unix(4, 0)); len(again.Keys) != len(after.Keys) {
				t.Error("the same key twice")
			}
		}
	}
}
