package promotion

import (
	"bytes"
	"encoding/json"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
)

// Readable tells whether the rule of a stored discount could be read at all, whatever else is wrong with it.
func (s *Stored) Readable() bool { return s.Scope.Of != "" }

// Convert puts a discount into another management currency by sum (CUR-01); what is put away is converted with
// the others, since orders copied what they were given. active is whether it goes on.
func Convert(tx tenant.Tx, who tenant.Actor, s Stored, to money.Currency, sum func(decimal.Decimal) decimal.Decimal, active bool) error {
	after := s
	after.Rule, after.Active, after.Past = s.Rule.Convert(to, sum), active, nil
	for _, was := range s.past(tx.Now()) {
		after.Past = append(after.Past, was.Convert(to, sum))
	}
	if same, err := alike(s, after); err != nil || same && len(after.Past) == 0 {
		return err // it has no amounts: whoever edits it is not disturbed
	}
	if err := write(tx, after); err != nil {
		return err
	}
	tx.Touch()
	return tx.Record(who, "discount.converted", "discount/"+s.ID, journal(s), journal(after))
}

// alike compares discounts as the journal keeps them.
func alike(a, b Stored) (bool, error) {
	one, err := json.Marshal(journal(a))
	if err != nil {
		return false, err
	}
	two, err := json.Marshal(journal(b))
	return bytes.Equal(one, two), err
}
