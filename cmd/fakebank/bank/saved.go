package bank

import "slices"

// Charge takes the money of a new payment from the card another one was paid with, which the bank has kept: it pays, is
// refused, or has the buyer confirm at the payment's page (Payment.Secure; a refusal where he is absent), as the card does. A payment of that reference
// that is there already is given as it stands. Errors: ErrClash; ErrUnknown for a payment that was paid with no card.
func (t *Teller) Charge(q Request, saved *Payment) (*Payment, error) {
	i := slices.IndexFunc(saved.Events, func(e Event) bool { return e.Kind == Paid || e.Kind == Authorised })
	if i < 0 {
		return nil, ErrUnknown
	}
	q.Dialect, q.Saved = t.dialect, saved.Number
	earlier := 0
	for _, other := range t.List(q.Merchant, q.Mode) {
		if other.Request.Saved == saved.Number && other.Request.Ref != q.Ref {
			earlier++
		}
	}
	p, err := t.bank.open(q)
	if err != nil {
		return nil, err
	}
	return t.bank.change(p.Token, func(p *Payment) error {
		if len(p.Events) > 0 || p.Secure {
			return nil
		}
		now := t.Now()
		switch digits := saved.Events[i].Card; digits {
		case digitsOf("secure"):
			if p.Secure = !q.Absent; q.Absent {
				t.bank.announce(p, p.happen(Refused, q.Amount, "authentication", digits, now))
			}
		case digitsOf("poor"):
			t.bank.announce(p, p.happen(Refused, q.Amount, "funds", digits, now))
		case digitsOf("later"):
			if earlier == 0 {
				t.bank.announce(p, p.happen(Refused, q.Amount, "funds", digits, now))
			} else {
				t.bank.announce(p, p.pay(digits, now))
			}
		case digitsOf("once"):
			t.bank.announce(p, p.happen(Refused, q.Amount, "card", digits, now))
		default:
			t.bank.announce(p, p.pay(digits, now))
		}
		return nil
	})
}
