package payment

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/tenant"
)

// Convert is the scope with its limits, its fee and its rebate put into another management currency by sum
// (CUR-01). The currencies the mode settles in are the merchant's choice and stay.
func (s Scope) Convert(sum func(decimal.Decimal) decimal.Decimal) Scope {
	for _, at := range []**decimal.Decimal{&s.Least, &s.Most} {
		if *at != nil {
			n := sum(**at)
			*at = &n
		}
	}
	for _, share := range []*Share{&s.Cost.Fee, &s.Cost.Rebate} {
		if !share.Fixed.IsZero() {
			share.Fixed = sum(share.Fixed)
		}
	}
	return s
}

// Rescope gives a mode another scope in a unit of work that changes the shop's currency. Its secrets are not
// touched, and a family this program does not have is no hindrance. Errors: ErrMode, ErrStale.
func Rescope(tx tenant.Tx, who tenant.Actor, m Mode, to Scope) error {
	r, err := readMode(tx, m.ID, true)
	if err != nil {
		return err
	}
	if r.Rev != m.Rev {
		return ErrStale
	}
	if same, err := r.Scope.alike(to); err != nil || same {
		return err // it has no amounts: whoever edits it is not disturbed
	}
	before, after := r.mode(), r.mode()
	after.Scope = to
	if after, err = store(tx, after, r.Secrets); err != nil {
		return err
	}
	tx.Touch()
	return tx.Record(who, "payment_mode.converted", subject(m.ID), before, after)
}

// alike compares scopes as they are stored.
func (s Scope) alike(other Scope) (bool, error) {
	one, err := s.Value()
	if err != nil {
		return false, err
	}
	two, err := other.Value()
	return one == two, err
}
