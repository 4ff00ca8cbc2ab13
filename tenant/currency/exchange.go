package currency

import (
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
)

// Exchange puts amounts kept in one management currency into another (CUR-01). It is for what is stored, once;
// what is shown in another currency is a [Display].
type Exchange struct {
	From   money.Currency  `json:"from"`
	To     money.Currency  `json:"to"`
	Factor decimal.Decimal `json:"factor"` // so many of To for one of From
	// Rounding is for the prices of articles; Sums is for fees, thresholds and costs. Zero goes to the digits of the
	// currency.
	Rounding Rounding `json:"rounding"`
	Sums     Rounding `json:"sums,omitzero"`
}

// Bounds of a factor: far beyond what any two currencies of today are worth.
var (
	leastFactor = decimal.New(1, -7)
	mostFactor  = decimal.New(1, 7)
)

// factorPlaces is how finely a factor may be told.
const factorPlaces = 12

// Check refuses what cannot be: fault.Malformed with the fields "to", "rate", "step" and "ending".
func (x Exchange) Check() error {
	var c form.Checker
	switch {
	case x.To.IsZero():
		c.Refuse("to", "currency.error.currency", nil)
	case x.To == x.From:
		c.Refuse("to", "currency.error.same", nil)
	}
	if x.Factor.LessThan(leastFactor) || x.Factor.GreaterThan(mostFactor) || !x.Factor.Equal(x.Factor.Truncate(factorPlaces)) {
		c.Refuse("rate", "currency.error.factor", nil)
	}
	if !x.To.IsZero() {
		if err := x.Rounding.Check(x.To); err != nil {
			_ = c.Add("", err) // always an error about fields: it comes from a Checker
		}
	}
	return c.Err()
}

// Price is the price of an article in the new currency, by the rounding rule. A price finer than the smallest coin
// of the old currency, such as that of one screw, stays as fine and keeps out of the rule.
func (x Exchange) Price(n decimal.Decimal) decimal.Decimal {
	return x.put(x.Rounding, n)
}

// Sum is any other amount in the new currency: a fee, a threshold, what something cost.
func (x Exchange) Sum(n decimal.Decimal) decimal.Decimal {
	return x.put(x.Sums, n)
}

func (x Exchange) put(r Rounding, n decimal.Decimal) decimal.Decimal {
	to := n.Mul(x.Factor)
	if x.fine(n) {
		return to.Round(money.MaxPlaces)
	}
	return r.round(money.New(to, x.To)).Decimal()
}

// Amount is Sum of an amount with its currency. It panics for one that is not in the old currency.
func (x Exchange) Amount(a money.Amount) money.Amount {
	if a.Currency() != x.From {
		panic(&money.MismatchError{A: a.Currency(), B: x.From})
	}
	return money.New(x.Sum(a.Decimal()), x.To)
}

func (x Exchange) fine(n decimal.Decimal) bool { return !n.Equal(n.Round(x.From.Digits())) }

// Loses tells whether an amount became another by more than a hundredth of itself, because the new currency has no
// coins small enough or the rounding rule is that coarse.
func (x Exchange) Loses(before, after decimal.Decimal) bool {
	exact := before.Mul(x.Factor)
	return after.Sub(exact).Abs().Mul(decimal.NewFromInt(lossShare)).GreaterThan(exact.Abs())
}

const lossShare = 100

// PriceSQL and SumSQL are Price and Sum of a column as an expression of Postgres, whose round goes half away from
// zero as ours does: tables of articles are converted by one statement. column must not come from outside.
func (x Exchange) PriceSQL(column string) string { return x.putSQL(x.Rounding, column) }

// SumSQL is described with PriceSQL.
func (x Exchange) SumSQL(column string) string { return x.putSQL(x.Sums, column) }

func (x Exchange) putSQL(r Rounding, column string) string {
	to := x.product(column)
	ruled := fmt.Sprintf("round(%s, %d)", to, x.To.Digits())
	if r.Step.IsPositive() {
		price := fmt.Sprintf("(round(round((%s - %s::numeric) / %s::numeric, %d)) * %s::numeric + %s::numeric)",
			to, r.Ending, r.Step, money.DivisionPlaces, r.Step, r.Ending)
		ruled = fmt.Sprintf("case when %s > 0 and %s > 0 then %s else %s end", to, price, price, ruled)
	}
	return fmt.Sprintf("case when %s <> round(%s, %d) then round(%s, %d) else %s end",
		column, column, x.From.Digits(), to, money.MaxPlaces, ruled)
}

// LosesSQL is Loses of a column and the expression it becomes.
func (x Exchange) LosesSQL(column, after string) string {
	return fmt.Sprintf("(abs((%s) - %s) * %d > abs(%s))", after, x.product(column), lossShare, x.product(column))
}

func (x Exchange) product(column string) string {
	return fmt.Sprintf("(%s * %s::numeric)", column, x.Factor)
}
