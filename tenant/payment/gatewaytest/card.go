package gatewaytest

import (
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/tenant/payment"
)

// card: what was paid with is known as far as the bank tells it, and never more than the last digits of its number.
func card(t *testing.T, f Family) {
	declared(t, "card", f.Told != payment.Card{}, f.Lacks.Card)
	r := NewRig(t, f, f.Config)
	p, _ := r.Pay(t, Good, bank.Proper)
	r.Wait(t, f.letters(bank.Paid))
	p, _ = r.Find(t, p)
	if inquirer, ok := r.Gateway.(payment.Inquirer); ok && f.Lacks.Calls == "" {
		n, err := inquirer.Inquire(t.Context(), r.Account(t, r.Mode.ID), p)
		if err != nil {
			t.Fatal(err)
		}
		r.Record(t, payment.SourceInquiry, n)
		p, _ = r.Find(t, p)
	}
	if p.Card != f.Told {
		t.Errorf("the card is %+v, want %+v", p.Card, f.Told)
	}
	for _, text := range []string{p.Card.Brand, p.Card.Last, p.Card.Expiry, p.Card.Issuer, p.Card.Auth} {
		if digits := strings.Count(strings.Map(onlyDigits, text), "0"); digits > 10 {
			t.Errorf("%q may be a number", text)
		}
	}
}

// onlyDigits makes every digit a 0 and drops the rest.
func onlyDigits(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return '0'
}
