package payment

import "echoppe.dev/platform/kit/money"

// WorthOf is what a part of the amount that was asked is worth in the currency of the bill. Parts one after
// the other are worth what the whole is: of each only the difference it makes counts, so that no cent is lost.
func (p Payment) WorthOf(before, part money.Amount) money.Amount {
	if p.Worth.Currency() == p.Amount.Currency() {
		return part
	}
	return p.worth(before.Add(part)).Sub(p.worth(before))
}

// worth is what a sum is worth, rounded to the currency of the bill.
func (p Payment) worth(sum money.Amount) money.Amount {
	if sum.Equal(p.Amount) {
		return p.Worth
	}
	return p.Worth.Mul(sum.Decimal()).Div(p.Amount.Decimal()).Round(money.HalfUp)
}
